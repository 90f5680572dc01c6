/** What a provider is: one registered trust in an outside identity provider, the same record for every face. */
import type { JsonObject } from '../json.ts'

export type ProviderUse = 'workload' | 'workforce' | 'step-up'
export type ProtocolName = 'oidc' | 'oauth2' | 'saml' | 'spiffe'

export type FirstLogin = 'create' | 'link_verified_email' | 'refuse'

/** What a sign-in takes over from the claims, in the words of the identity-providers page. */
export interface Mapper {
  /** UUIDv7. */
  readonly id: string
  /** Unique in the provider. */
  readonly name: string
  /** `oidc-role-idp-mapper`, … see claims/mapper-types.ts */
  readonly type: string
  /** Null means INHERIT: the provider's. */
  readonly syncMode: string | null
  readonly config: JsonObject
}

export interface Provider {
  /** UUIDv7, never reused. */
  readonly uid: string
  /** Slug, unique in the organisation, immutable. */
  readonly id: string
  readonly organisation: string
  readonly use: ProviderUse
  readonly protocol: ProtocolName
  /** Null means not given; faces show the id instead. */
  readonly displayName: string | null
  readonly description: string | null
  readonly enabled: boolean
  /** Name of a known source (`GITHUB_ACTIONS`, `CUSTOM`, …), see known/. */
  readonly known: string
  /** Normalised: lower-case scheme and host, no trailing slash. What faces show and uniqueness uses. */
  readonly issuer: string | null
  /** Byte for byte as discovery spells it; a token's `iss` is compared with this. */
  readonly expectedIssuer: string | null
  /** Opaque to the registry; the protocol parses its own. Never holds a secret. */
  readonly settings: JsonObject
  /** Field name → sealed text. Written, never shown. */
  readonly secrets: Readonly<Record<string, string>>
  /** Sign-in domains, lower case; the first is the login hint. */
  readonly domains: readonly string[]
  /** Those of `domains` that an operator vouched for or DNS has proved: only these route anybody. */
  readonly routingDomains: readonly string[]
  /** `google.subject`, `attribute.{name}`, … → CEL; empty means the default of the protocol. */
  readonly attributeMapping: Readonly<Record<string, string>>
  readonly condition: string | null
  readonly mappers: readonly Mapper[]
  /** `INHERIT`, `IMPORT`, `LEGACY` or `FORCE`; null means INHERIT. */
  readonly syncMode: string | null
  /** What a first sign-in does; null means `create`. */
  readonly firstLogin: FirstLogin | null
  /** Claims in → verdict and mapped values out; a write whose examples fail is refused. */
  readonly examples: readonly JsonObject[]
  readonly allowedScopes: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** Past this moment the provider counts as disabled. */
  readonly expiresAt: Date | null
  readonly lastTestedAt: Date | null
  /** Compare-and-swap: starts at 1, one more at each write. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Workload settings of protocol `oidc`, as the protocol's `parseSettings` returns them. */
export interface WorkloadOidcSettings {
  readonly jwksJson?: string
  readonly allowedAudiences?: readonly string[]
  readonly caPem?: string
  /** Seconds; absence means the known source's default. */
  readonly maxTokenAgeSeconds?: number
  /** Each `jti` is taken once. */
  readonly singleUse?: boolean
  /** Written by discovery, not by callers. */
  readonly jwksUri?: string
}

/** Workload settings of protocol `spiffe`. */
export interface WorkloadSpiffeSettings {
  /** Absent only beside `bundleJson`. */
  readonly bundleEndpointUrl?: string
  readonly profile?: 'https_web'
  /** Uploaded for an endpoint that cannot be reached; it is then not asked. */
  readonly bundleJson?: string
}

/** Where an OpenID Connect or OAuth 2.0 upstream is reached: what its discovery document says. */
export interface DiscoveredEndpoints {
  readonly authorizationUrl?: string
  readonly tokenUrl?: string
  readonly userInfoUrl?: string
  readonly jwksUrl?: string
  readonly logoutUrl?: string
  /** `S256`, … as listed. */
  readonly pkceMethods?: readonly string[]
}

/** Settings of protocols `oidc` and `oauth2` for people; absent ones have the default that faces show. */
export interface WorkforceOidcSettings {
  readonly clientId: string
  /** As typed; absent means issuer + the well-known path. */
  readonly discoveryUrl?: string
  readonly authorizationUrl?: string
  readonly tokenUrl?: string
  readonly userInfoUrl?: string
  readonly jwksUrl?: string
  readonly jwksJson?: string
  readonly logoutUrl?: string
  readonly clientAuthMethod?: string
  /** Space-separated; default `openid email profile`. */
  readonly defaultScope?: string
  readonly validateSignature?: boolean
  readonly useJwksUrl?: boolean
  readonly pkceEnabled?: boolean
  readonly pkceMethod?: 'S256' | 'plain'
  readonly allowedTenants?: readonly string[]
  readonly prompt?: string
  /** Seconds. */
  readonly maxAge?: number
  readonly responseType?: 'CODE' | 'ID_TOKEN'
  readonly assertionClaimsBehavior?: 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS' | 'ONLY_ID_TOKEN_CLAIMS'
  /** Written by discovery. */
  readonly discovered?: DiscoveredEndpoints
}

/** Settings of step-up providers (protocol `oidc`): exactly one of the two blocks. */
export interface StepUpSettings {
  readonly clientId: string
  readonly oauth2?: { readonly acrValues?: readonly string[] }
  readonly microsoft?: {
    readonly tenant: string
    /** `C1` … `C99`. */
    readonly conditionalAccessIds?: readonly string[]
    readonly validationMode: 'ACRS' | 'OIDC'
  }
  readonly discovered?: DiscoveredEndpoints
}

/** Settings of protocol `saml`. */
export interface WorkforceSamlSettings {
  readonly metadataXml?: string
  readonly metadataUrl?: string
  readonly idpEntityId?: string
  readonly ssoUrl?: string
  readonly sloUrl?: string
  readonly nameIdFormat?: string
  /** Base64 DER certificates joined by commas. */
  readonly signingCertificate?: string
  readonly wantAuthnRequestsSigned?: boolean
  readonly postBindingAuthnRequest?: boolean
  readonly postBindingResponse?: boolean
  readonly forceAuthn?: boolean
  readonly authnContextClassRefs?: readonly string[]
  readonly pinNameIdFormat?: boolean
  readonly principalType?: 'SUBJECT' | 'ATTRIBUTE' | 'FRIENDLY_ATTRIBUTE'
  readonly principalAttribute?: string
  readonly wantAssertionsEncrypted?: boolean
  readonly allowIdpInitiated?: boolean
  readonly allowSha1?: boolean
  /** What the metadata says. */
  readonly discovered?: JsonObject
}

/** True when no grant path may use the provider at this moment. */
export function isProviderUsable(provider: Provider, now: Date): boolean {
  return provider.enabled && (provider.expiresAt === null || provider.expiresAt > now)
}
