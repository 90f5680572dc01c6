/** What a provider is: one registered trust in an outside identity provider, the same record for every face. */
import type { JsonObject } from '../json.ts'

export type ProviderUse = 'workload' | 'workforce' | 'step-up'
export type ProtocolName = 'oidc' | 'oauth2' | 'saml' | 'spiffe'

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
  readonly domains: readonly string[]
  readonly attributeMapping: Readonly<Record<string, string>>
  readonly condition: string | null
  readonly mappers: readonly JsonObject[]
  readonly syncMode: string | null
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
  readonly bundleEndpointUrl: string
  readonly profile?: 'https_web'
}

/** True when no grant path may use the provider at this moment. */
export function isProviderUsable(provider: Provider, now: Date): boolean {
  return provider.enabled && (provider.expiresAt === null || provider.expiresAt > now)
}
