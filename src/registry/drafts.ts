/**
 * What a face asks the registry to make or change. In a draft, null means "not given". In a change, an absent field
 * stays as it is and an explicit null clears: a face never erases what it cannot see.
 */
import type { JsonObject } from '../json.ts'
import type { ProtocolName, ProviderUse } from './provider.ts'

export interface ProviderDraft {
  readonly use: ProviderUse
  /** Given by the client where its face allows it, else made from the display name. */
  readonly id: string | null
  readonly displayName: string | null
  readonly description: string | null
  readonly enabled: boolean
  /** `GITHUB_ACTIONS`, `CUSTOM`, …; null or unspecified is a fault for workload providers. */
  readonly known: string | null
  readonly issuer: string | null
  /** Settings blocks as given, by protocol; more than one is a fault, none counts as `oidc: {}` for an https issuer. */
  readonly settings: Readonly<Partial<Record<ProtocolName, JsonObject>>>
  readonly labels?: Readonly<Record<string, string>>
}

export interface ProviderChange {
  readonly displayName?: string | null
  readonly description?: string | null
  readonly enabled?: boolean
  /** Merged key by key into the stored settings; null clears a key. Naming the other protocol's block is a fault. */
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
