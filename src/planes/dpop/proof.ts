/**
 * A DPoP proof: that the sender of this very request holds a private key. Judged first, which costs no query; taken, so
 * that nobody can send it again, only once everything else of the request has passed.
 *
 * No nonces are handed out (RFC 9449 §8 leaves it to the server): a proof counts for a minute and once over all
 * processes, and a nonce would cost every client a second request to shut out nothing but proofs made ahead of time by
 * somebody who could use the key anyhow.
 *
 * Source: RFC 9449 §4.3. Units: seconds since 1970.
 */
import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../json.ts'
import type { DecisionCode } from '../faults.ts'
import type { OneTimeStore } from '../one-time-store.ts'

/** A token signed by the key in its own header, verified; `thumbprint` is that key's (RFC 7638, SHA-256). */
export interface SelfSigned {
  readonly header: JsonObject
  readonly claims: JsonObject
  readonly thumbprint: string
}

export interface DpopRules {
  /** Verifies such a token, or says what is wrong with it. */
  readonly readSelfSigned: (token: string) => SelfSigned | string
  readonly algorithms: readonly string[]
  readonly oneTime: OneTimeStore
}

/** What the proof has to be about. */
export interface ProofAsk {
  /** The header as sent; several come joined by commas, and are no proof. */
  readonly proof: string
  readonly method: string
  /** As we publish it, without query. */
  readonly url: string
  /** Set where the proof goes along with an access token. */
  readonly accessToken: string | null
  readonly now: Date
}

/** Judged, and not yet taken. */
export interface Proof {
  readonly thumbprint: string
  readonly id: string
  /** Past this nobody takes it. */
  readonly expiresAt: Date
}

/** `sentence` is about what the sender made, and may be told. */
export interface ProofFault {
  readonly code: DecisionCode
  readonly sentence: string
  readonly expected: string
  readonly actual: string
}

/** How far two clocks may be apart, and how long a proof may take to arrive. */
const WINDOW_SECONDS = 60
/** The UUIDs and hashes in use have 20 to 64. */
const ID_CHARACTERS = 256

/** Everything but whether it was sent before. */
export function judgeProof(read: DpopRules['readSelfSigned'], ask: ProofAsk): Proof | ProofFault {
  const signed = read(ask.proof)
  if (typeof signed === 'string') {
    const code = signed === 'signature' ? 'dpop.signature_invalid' : 'dpop.malformed'
    return fault(code, 'it is not signed by the key in its header', 'a JWT signed by its own public jwk', signed)
  }
  const { header, claims, thumbprint } = signed
  if (header.typ !== 'dpop+jwt') return fault('dpop.malformed', 'typ is not dpop+jwt', 'typ dpop+jwt', header.typ)
  const { jti, htm, htu, iat, ath } = claims
  if (typeof jti !== 'string' || jti === '' || jti.length > ID_CHARACTERS) {
    return fault('dpop.malformed', 'it has no usable jti', `a jti of 1 to ${ID_CHARACTERS} characters`, 'none such')
  }
  if (htm !== ask.method) return fault('dpop.mismatch', 'htm is not this method', `htm ${ask.method}`, htm)
  if (htu !== ask.url) return fault('dpop.mismatch', 'htu is not this address', `htu ${ask.url}`, htu)
  const now = Math.floor(ask.now.getTime() / 1000)
  if (typeof iat !== 'number' || !Number.isFinite(iat) || Math.abs(now - iat) > WINDOW_SECONDS) {
    return fault('dpop.stale', 'iat is not this minute', `iat within ${WINDOW_SECONDS} s of ${now}`, iat)
  }
  if (ask.accessToken !== null && ath !== hashOf(ask.accessToken)) {
    return fault('dpop.mismatch', 'ath is not the hash of the access token', 'ath of the access token', ath)
  }
  // As long again: another process's clock may be behind.
  return { thumbprint, id: jti, expiresAt: new Date((iat + 2 * WINDOW_SECONDS) * 1000) }
}

/** True for exactly one request of all that bring this proof, on whatever process. */
export function takeProof({ oneTime }: Pick<DpopRules, 'oneTime'>, proof: Proof, now: Date): Promise<boolean> {
  return oneTime.consume(`dpop:${proof.thumbprint}`, proof.id, proof.expiresAt, now)
}

export function isFault(judged: Proof | ProofFault): judged is ProofFault {
  return 'code' in judged
}

/** Source: RFC 9449 §4.2, `ath`. */
function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest('base64url')
}

function fault(code: DecisionCode, sentence: string, expected: string, actual: Json | undefined): ProofFault {
  return { code, sentence, expected, actual: typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? 'none') }
}
