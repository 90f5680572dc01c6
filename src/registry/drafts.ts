/**
 * What a face asks the registry to make or change. In a draft, null means "not given". In a change, an absent field
 * stays as it is and an explicit null clears: a face never erases what it cannot see.
 */
import type { JsonObject } from '../json.ts'
import type { AppAuthMethod } from './app.ts'
import type { FirstLogin, ProtocolName, ProviderUse } from './provider.ts'

export interface MapperDraft {
  /** Kept where it names a mapper of the provider; null or absent makes a new one. */
  readonly id?: string | null
  readonly name: string
  readonly type: string
  readonly syncMode: string | null
  readonly config: JsonObject
}

/** What only providers that people sign in with have. */
export interface WorkforceFields {
  /** By field name (`clientSecret`), as given: sealed before anything is stored. */
  readonly secrets?: Readonly<Record<string, string>>
  readonly domains?: readonly string[]
  /** True when an operator writes: the domains need no proof, and mappers may give what only operators give. */
  readonly vouched?: boolean
  readonly attributeMapping?: Readonly<Record<string, string>>
  readonly condition?: string | null
  readonly mappers?: readonly MapperDraft[]
  readonly syncMode?: string | null
  readonly firstLogin?: FirstLogin | null
  readonly examples?: readonly JsonObject[]
  readonly allowedScopes?: readonly string[]
  readonly expiresAt?: Date | null
}

export interface ProviderDraft extends WorkforceFields {
  readonly use: ProviderUse
  /** Given by the client where its face allows it, else made from the display name. */
  readonly id: string | null
  readonly displayName: string | null
  readonly description: string | null
  readonly enabled: boolean
  /** `GITHUB_ACTIONS`, `OKTA`, `CUSTOM`, …; null or unspecified is a fault for workload providers. */
  readonly known: string | null
  /** For people null means: the prefix of the discovery URL, the known source's, or the metadata's entity id. */
  readonly issuer: string | null
  /**
   * Settings blocks as given, by protocol; more than one is a fault, none counts as `oidc: {}` for an https issuer of
   * workloads. Secrets do not belong here.
   */
  readonly settings: Readonly<Partial<Record<ProtocolName, JsonObject>>>
  readonly labels?: Readonly<Record<string, string>>
}

export interface ProviderChange extends Omit<WorkforceFields, 'secrets'> {
  /** An absent field keeps what is stored; null removes it. */
  readonly secrets?: Readonly<Record<string, string | null>>
  /** For people only; workload issuers are immutable. */
  readonly issuer?: string
  /** For people only: the known source; null means unspecified. */
  readonly known?: string | null
  readonly displayName?: string | null
  readonly description?: string | null
  readonly enabled?: boolean
  /** Merged key by key into the stored settings, objects in them likewise; null clears a key. Naming the other protocol's block is a fault. */
  readonly settings?: Readonly<Partial<Record<ProtocolName, JsonObject>>>
  readonly labels?: Readonly<Record<string, string>>
  /** Compare-and-swap against what the caller saw; absent means the latest. */
  readonly version?: number
}

export interface ServicePrincipalDraft {
  readonly id: string | null
  readonly displayName: string | null
  readonly roleIds: readonly string[]
  readonly enabled: boolean
  readonly labels?: Readonly<Record<string, string>>
}

export interface ServicePrincipalChange {
  readonly displayName?: string | null
  readonly roleIds?: readonly string[]
  readonly enabled?: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly version?: number
}

export interface CredentialDraft {
  readonly displayName: string | null
  /** Null means 90 days; at most 180 days. */
  readonly lifetimeSeconds: number | null
  readonly scopedRoleIds: readonly string[]
  readonly allowSourceCidrs: readonly string[]
  readonly requireDpop: boolean
}

export interface CredentialChange {
  readonly displayName?: string | null
  readonly scopedRoleIds?: readonly string[]
  readonly allowSourceCidrs?: readonly string[]
  readonly version?: number
}

export interface TrustDraft {
  /** Manifests may name it; null means the cutename. */
  readonly id: string | null
  /** Registry id of the provider in the same organisation. */
  readonly provider: string
  readonly displayName: string | null
  readonly description: string | null
  readonly condition: string | null
  readonly scopedRoleIds: readonly string[]
  readonly allowSourceCidrs: readonly string[]
  readonly passthroughClaims: readonly string[]
  readonly allowedResources: readonly string[]
  readonly allowedScopes: readonly string[]
  readonly tokenLifetimeSeconds: number | null
  readonly capLifetimeToSubject: boolean
  /** Claims in → verdict out; a write whose examples fail is refused. */
  readonly examples?: readonly JsonObject[]
  /** Names of lint rules; they hold for the condition they are given with. */
  readonly acknowledgedLint?: readonly string[]
  readonly enabled: boolean
  readonly labels?: Readonly<Record<string, string>>
}

export interface TrustChange {
  readonly displayName?: string | null
  readonly description?: string | null
  readonly condition?: string | null
  readonly scopedRoleIds?: readonly string[]
  readonly allowSourceCidrs?: readonly string[]
  readonly passthroughClaims?: readonly string[]
  readonly allowedResources?: readonly string[]
  readonly allowedScopes?: readonly string[]
  readonly tokenLifetimeSeconds?: number | null
  readonly capLifetimeToSubject?: boolean
  readonly examples?: readonly JsonObject[]
  /** Absent: those there are stay while the condition stays, and end with it. */
  readonly acknowledgedLint?: readonly string[]
  readonly enabled?: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly version?: number
}

export interface OrganisationDraft {
  readonly id: string | null
  readonly displayName: string | null
  readonly description: string | null
  readonly host: string | null
  readonly roles: readonly string[]
  readonly settings: JsonObject
  readonly labels?: Readonly<Record<string, string>>
}

/** What an app may be given; absent fields have the defaults that `createApp` names. */
export interface AppFields {
  readonly displayName?: string | null
  readonly enabled?: boolean
  readonly redirectUris?: readonly string[]
  readonly postLogoutRedirectUris?: readonly string[]
  readonly backchannelLogoutUri?: string | null
  readonly grantTypes?: readonly string[]
  readonly scopes?: readonly string[]
  readonly resources?: readonly string[]
  readonly tokenEndpointAuthMethod?: AppAuthMethod
  /** As given: sealed before it is stored. */
  readonly clientSecret?: string | null
  readonly jwks?: JsonObject | null
  readonly jwksUri?: string | null
  readonly requireDpop?: boolean
  readonly firstParty?: boolean
  readonly idTokenSignedResponseAlg?: 'RS256' | 'ES256'
  readonly initiateLoginUri?: string | null
  readonly allowedOrganizations?: readonly string[]
  readonly allowedProviders?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
}

export interface AppDraft extends AppFields {
  readonly id: string | null
}

/** An absent secret keeps the stored one; null removes it. */
export interface AppChange extends AppFields {
  readonly version?: number
}

export interface PersonFields {
  readonly email?: string | null
  readonly displayName?: string | null
  readonly enabled?: boolean
  readonly groups?: readonly string[]
  readonly roleIds?: readonly string[]
  /** By registry id of the provider. */
  readonly links?: readonly { readonly provider: string; readonly subject: string }[]
  readonly labels?: Readonly<Record<string, string>>
}

export interface PersonDraft extends PersonFields {
  readonly id: string | null
}

export interface PersonChange extends PersonFields {
  readonly version?: number
}

export interface DomainFields {
  /** Registry id; null: none. */
  readonly provider?: string | null
  readonly vouched?: boolean
  readonly labels?: Readonly<Record<string, string>>
}

export interface DomainDraft extends DomainFields {
  readonly id: string | null
  readonly domain: string
}

export interface DomainChange extends DomainFields {
  readonly version?: number
}
