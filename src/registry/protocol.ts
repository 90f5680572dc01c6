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
  /** What a link to a person is kept under, where that is not `subject`: `{tid}/{oid}` at Entra; null: nothing links it. */
  readonly linkedAs?: string | null
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
  /** By which limits count who asks: where too many wait for an issuer's keys, who asks most gives way. Absent: all alike. */
  readonly asker?: string
}

/** A SAML 2.0 assertion that is to be exchanged. */
export interface AssertionToVerify {
  readonly provider: Provider
  /** Base64 or base64url of one Assertion or one Response, already held to the size limit. */
  readonly token: string
  /** What its Audience may be beside our entity id. */
  readonly audiences: readonly string[]
  /** What its bearer Recipient may be beside our ACS URL: the endpoint that was called. */
  readonly recipients: readonly string[]
  readonly now: Date
}

/** What a browser is sent to the provider with. */
export interface SignInRequest {
  readonly provider: Provider
  /** The stored secret of that name, opened; null where there is none. */
  readonly secret: (name: string) => string | null
  /** Where the provider sends the browser back to: exactly as registered there. */
  readonly returnUrl: string
  /** One-time, 256 bits: `state` or RelayState. */
  readonly state: string
  /** What the person typed, else the sign-in domain; null where nothing is known. */
  readonly loginHint: string | null
  /** For hints that take a domain: Google `hd`, Entra `domain_hint`. */
  readonly domainHint: string | null
  /** Demands of this login, beside the provider's own settings. */
  readonly demands: SignInDemands
}

export interface SignInDemands {
  readonly prompt?: string
  /** Seconds. */
  readonly maxAge?: number
  /** In the provider's own words. */
  readonly acrValues?: readonly string[]
  /** Entra authentication contexts as `c1` … `c99`, asked for through the `claims` parameter. */
  readonly acrs?: readonly string[]
}

export interface SignInRedirect {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** Of a POST: hidden fields of the page that sends itself. */
  readonly fields: Readonly<Record<string, string>>
  /** What `finish` needs to see again (nonce, code verifier, request id); kept sealed, never shown. */
  readonly memory: JsonObject
}

/** What came back with the browser. */
export interface SignInReturn extends Omit<SignInRequest, 'loginHint' | 'domainHint'> {
  /** Query or form of the return, each parameter once. */
  readonly parameters: Readonly<Record<string, string>>
  readonly memory: JsonObject
  readonly now: Date
}

/** Who came, as the provider says; only `finish` makes one, of verified bytes. */
export interface SignedIn {
  /** The upstream's own identifier before mapping: what links are made of. Null: it never links (transient NameID). */
  readonly subject: string | null
  /** What mapping, mappers and condition read: `assertion`. */
  readonly claims: JsonObject
  /** Only where the provider says that it is verified. */
  readonly email: { readonly address: string; readonly isVerified: boolean } | null
  readonly acr: string | null
  readonly amr: readonly string[]
  readonly authTime: Date | null
  /** `sid` or SessionIndex, for logout. */
  readonly session: string | null
  /** What `logout` needs to see again (ID token, NameID); kept sealed. */
  readonly logout: JsonObject
  /** The provider's own end of the session, where it says one. */
  readonly sessionEndsAt: Date | null
}

/** How people sign in with a provider of this protocol. */
export interface SignIn {
  /** Faults: provider.discovery_failed and the protocol's own, where the provider cannot be asked. */
  begin(request: SignInRequest): Promise<SignInRedirect>
  /**
   * Climbs the protocol's rungs (`state`, `sender`, `answer`, `code`, `token`, `issuer`, `key`, `signature`, `audience`,
   * `time`, `subject`, `nonce`, `hash`, `freshness`, `identity`, `userinfo`, `groups`, …). Strict ladders throw `Refused`.
   * With a lenient one the answer is null when nothing could be trusted; else it shows who came, even where a later rung
   * failed: whoever grants anything asks `ladder.failure`. Levels (`acr`, `acrs`) are the caller's to compare.
   */
  finish(answer: SignInReturn, ladder: Ladder): Promise<SignedIn | null>
  /** Where the browser ends the session at the provider; null where the provider has no such place. */
  logout?(ask: {
    readonly provider: Provider
    readonly memory: JsonObject
    readonly returnUrl: string
    readonly state: string
  }): Promise<SignInRedirect | null>
  /**
   * Judges what the browser brought back from there; absent: to be back with the state is enough. `unknown` where it does not
   * prove that the provider ended its session.
   */
  logoutReturned?(answer: {
    readonly provider: Provider
    /** Of the redirect that `logout` answered. */
    readonly memory: JsonObject
    readonly returnUrl: string
    readonly state: string
    readonly parameters: Readonly<Record<string, string>>
    readonly now: Date
  }): Promise<'ended' | 'unknown'>
  /** Judges a request of the provider to end sessions of ours; absent: it has no such. Null or `Refused` as with `finish`. */
  logoutAsked?(call: LogoutCall, ladder: Ladder): Promise<AskedToLeave | null>
}

/** A provider's own request to end sessions of ours, as a browser brings it: by redirect, or by a form. */
export interface LogoutCall {
  readonly provider: Provider
  /** The raw query of a redirect, or the fields of a form. */
  readonly call: { readonly query: string } | { readonly fields: Readonly<Record<string, string>> }
  readonly now: Date
}

/** Whose sessions the provider has ended; only `logoutAsked` makes one, of verified bytes. */
export interface AskedToLeave {
  /** The person's name there. */
  readonly subject: string
  /** As `SignedIn.session`; none: every session of the person. */
  readonly sessions: readonly string[]
  /** Whether what `SignedIn.logout` kept of a session is of this person. */
  readonly isMeant: (memory: JsonObject) => boolean
  /** The browser's way back, once they have ended; null where nobody knows it. */
  readonly answer: () => Promise<SignInRedirect | null>
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
  /** Like `verifyToken` for SAML 2.0 assertions, each of which is taken once: the rung `replay` is among its own. */
  verifyAssertion?(ask: AssertionToVerify, ladder: Ladder): Promise<VerifiedToken | null>
  /** Absent: nobody signs in with this protocol; the plane refuses by name. */
  readonly signIn?: SignIn
  /** Drops cached keys and documents of a provider that changed or went away. */
  forget?(providerUid: string): void
}

export type Protocols = Readonly<Partial<Record<ProtocolName, Protocol>>>
