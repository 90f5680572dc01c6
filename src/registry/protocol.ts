/**
 * The port a wire protocol implements: a name, settings of its own, and optional capabilities. A plane that needs a
 * capability the protocol lacks refuses by name. Opened once with the guarded outbound fetch; never imported by the core.
 */
import type { Ladder } from '../decisions/ladder.ts'
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { DiscoveredEndpoints, ProtocolName, Provider, ProviderUse } from './provider.ts'

/** What a probe is asked about: a provider that is not stored yet. */
export interface ProbeRequest {
  readonly use: ProviderUse
  readonly known: string
  /** As the caller typed it (not normalised); empty where the settings say it (SAML metadata). */
  readonly issuer: string
  readonly settings: JsonObject
  /** What is known of the source; given settings come before it, discovery after. */
  readonly template?: DiscoveredEndpoints
  /** True: the template is the source's one and only, good also while its discovery cannot be reached. */
  readonly isTemplateFixed?: boolean
}

/** Faults of the settings at the place where they were typed. */
export interface ParsedSettings {
  readonly settings: JsonObject
  readonly faults: FieldFault[]
}

/** What an upstream's own document says of it, for a form or a draft to start from. */
export interface ImportedSettings {
  readonly issuer: string | null
  readonly settings: JsonObject
  /** Members that mean something there and nothing here. */
  readonly unknown: readonly string[]
}

export interface ProbeResult {
  /** Byte for byte as the upstream spells it. */
  readonly expectedIssuer: string
  /** Settings to store: what was given, plus what discovery found. */
  readonly settings: JsonObject
}

/** What a verified subject token says; only the verifier makes one. */
export interface VerifiedToken {
  readonly claims: JsonObject
  readonly subject: string
  /** `jti`, null where the token has none. */
  readonly tokenId: string | null
  readonly expiresAt: Date
}

export interface TokenToVerify {
  readonly provider: Provider
  /** Compact serialisation, already held to the size limit. */
  readonly token: string
  /** RFC 8693 token type URI as sent. */
  readonly tokenType: string
  /** Any one of these in the token's `aud` suffices. */
  readonly audiences: readonly string[]
  readonly now: Date
  /** Seconds; the provider's own setting or its known source's default. */
  readonly maxTokenAgeSeconds: number
}

export interface Protocol {
  readonly name: ProtocolName
  /** `https` or `spiffe`: the issuer schemes this protocol can speak to. */
  readonly issuerSchemes: readonly string[]
  /** Names of settings that must be sealed; none of them may stand in `settings`. */
  readonly secretFields: readonly string[]
  /** Checks the given settings and returns them cleaned, or every fault at once; `before` are those they replace. */
  parseSettings(use: ProviderUse, input: JsonObject, before?: JsonObject): ParsedSettings
  /**
   * Asks the upstream before anything is stored; what it finds goes to `settings.discovered` (for workloads
   * `settings.jwksUri`). Faults: provider.discovery_failed, provider.issuer_differs, provider.bundle_invalid
   */
  probe?(request: ProbeRequest): Promise<ProbeResult>
  /** The upstream in its own document (SAML metadata), made from what is stored; null where the settings do not suffice. */
  describeUpstream?(provider: Provider): string | null
  /** Reads a document at a URL, or its text, as settings; stores nothing. Faults: provider.discovery_failed, settings' own */
  importSettings?(source: { readonly url: string } | { readonly text: string }): Promise<ImportedSettings>
  /**
   * Climbs the rungs `token`, `issuer`, `key`, `signature`, `audience`, `time`, `subject` on the ladder.
   * Synchronous while the keys are at hand; a promise when they must be fetched. Strict ladders throw `Refused`;
   * with a lenient one the answer is null when no claims could be trusted.
   */
  verifyToken?(ask: TokenToVerify, ladder: Ladder): VerifiedToken | null | Promise<VerifiedToken | null>
  /** Drops cached keys and documents of a provider that changed or went away. */
  forget?(providerUid: string): void
}

export type Protocols = Readonly<Partial<Record<ProtocolName, Protocol>>>
