/** A person's session with us: begun by one upstream login, kept by the browser's cookie of the OpenID Provider. */
import type { JsonObject } from '../../json.ts'

export interface Session {
  /** UUIDv7; `sid` of ID and logout tokens is derived from it, never this itself. */
  readonly uid: string
  /** The OpenID Provider's own session that it is the proof of; null until the browser is back there. */
  readonly opSession: string | null
  readonly organisation: string
  /** uid of the person. */
  readonly person: string
  /** uid of the provider they came through. */
  readonly provider: string
  /** Of the upstream: `sid` or SAML SessionIndex, for its logout. */
  readonly upstreamSession: string | null
  /** The upstream subject as linked. */
  readonly upstreamSubject: string
  /** What upstream logout needs (an ID token hint, a NameID), sealed; null where nothing is needed. */
  readonly sealedLogout: string | null
  /** A level of ours; null where the provider says that nothing was proved. */
  readonly acr: string | null
  readonly amr: readonly string[]
  /** When the person last proved who they are, upstream. */
  readonly authTime: Date
  /** What the claims of tokens are made of: groups, roles, attributes as mapped at this login. */
  readonly claims: JsonObject
  readonly lastSeenAt: Date
  readonly createdAt: Date
  /** Idle and absolute limits of the organisation, whichever is earlier at the last touch. */
  readonly expiresAt: Date
  /** No refresh past this moment: absolute lifetime since the last upstream login. */
  readonly endsAt: Date
}
