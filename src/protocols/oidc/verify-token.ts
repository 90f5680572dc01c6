/**
 * Verifies a workload's JWT: form, issuer, key, signature, audience, times, subject, in this order.
 *
 * Source: RFC 7519 §7.2, RFC 8725 (algorithms, issuer, types), OpenID Connect Core §3.1.3.7; limits: CONTRACT.md section 5.
 * Units:  NumericDate in seconds.
 */
import type { Ladder } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import type { TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { type Algorithm, algorithmNames, algorithmOf, isSignedBy } from '../jose/algorithms.ts'
import { type Jws, parseJws } from '../jose/jws.ts'
import { candidatesOf, type KeySet, type VerificationKey } from '../jose/key-set.ts'

/** Where the verifier finds keys: at hand, or fetched. */
export interface ProviderKeys {
  current(): KeySet | null
  renewed(): Promise<KeySet | null>
}

const ALGORITHMS = algorithmNames().join(' ')
const TOKEN_TYPES = ['urn:ietf:params:oauth:token-type:jwt', 'urn:ietf:params:oauth:token-type:id_token']
const SKEW_SECONDS = 60
/** A workload's token that lives longer is no short-lived credential. */
const LIFETIME_SECONDS = 48 * 3600
const SUBJECT_BYTES = 2048

/** Synchronous while the keys are at hand. */
export function verifyOidcToken(
  ask: TokenToVerify,
  keys: ProviderKeys,
  ladder: Ladder,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  const jws = parseJws(ask.token)
  if (typeof jws === 'string') {
    ladder.check('token', false, 'token.malformed', 'a compact JWS', jws)
    return null
  }
  const algorithm = judgeForm(jws, ask.tokenType, ladder)
  const { iss } = jws.payload
  const expected = ask.provider.expectedIssuer
  // Before any key is looked up: another issuer's token never makes us fetch.
  ladder.check('issuer', typeof iss === 'string' && iss === expected, 'issuer.mismatch', expected ?? 'none', () =>
    shown(iss),
  )
  if (algorithm === null) return finish(ask, jws, ladder, false)
  const atHand = keys.current()
  if (atHand !== null) {
    const signer = signerOf(jws, algorithm, atHand)
    if (signer === 'verified') return finish(ask, jws, ladder, passKey(ladder, jws))
  }
  return verifyWithRenewedKeys(ask, jws, algorithm, keys, ladder)
}

/** The rung `token`; null when no signature can be judged. */
function judgeForm({ header, payload }: Jws, tokenType: string, ladder: Ladder): Algorithm | null {
  const algorithm = algorithmOf(header.alg)
  if (!ladder.check('token', algorithm !== null, 'token.algorithm', ALGORITHMS, () => shown(header.alg))) return null
  // RFC 7515 §4.1.11: no extension is understood here, so none may be critical. RFC 7797: neither is b64.
  const critical = Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')
  if (!ladder.check('token', !critical, 'token.malformed', 'no crit and no b64', () => 'crit or b64')) return null
  if (header.kid !== undefined && typeof header.kid !== 'string') {
    ladder.check('token', false, 'token.malformed', 'kid a string', typeof header.kid)
    return null
  }
  const { typ } = header
  const typed = typ === undefined || (typeof typ === 'string' && typ.toUpperCase() === 'JWT')
  ladder.check('token', typed, 'token.type', 'typ JWT or none', () => shown(typ))
  // A logout token is signed by the same issuer and says `sub`, but is no proof that anybody is there.
  ladder.check('token', !Object.hasOwn(payload, 'events'), 'token.type', 'no events claim', () => 'an events claim')
  ladder.check('token', TOKEN_TYPES.includes(tokenType), 'token.type', 'jwt or id_token', () => tokenType)
  return algorithm
}

type Signer = 'verified' | 'wrong' | 'unknown'

function signerOf(jws: Jws, algorithm: Algorithm, keys: KeySet): Signer {
  const candidates = candidatesOf(keys, kidOf(jws), algorithm)
  if (candidates.length === 0) return 'unknown'
  const signed = (candidate: VerificationKey) => isSignedBy(algorithm, candidate.key, jws.signingInput, jws.signature)
  return candidates.some(signed) ? 'verified' : 'wrong'
}

function kidOf({ header }: Jws): string | null {
  return typeof header.kid === 'string' ? header.kid : null
}

function passKey(ladder: Ladder, jws: Jws): boolean {
  ladder.check('key', true, 'key.unknown', undefined, kidOf(jws) ?? 'no kid')
  return ladder.check('signature', true, 'signature.invalid')
}

/** The keys at hand did not verify it: they may be old, so the issuer is asked once (rotation, also under the same kid). */
async function verifyWithRenewedKeys(
  ask: TokenToVerify,
  jws: Jws,
  algorithm: Algorithm,
  keys: ProviderKeys,
  ladder: Ladder,
): Promise<VerifiedToken | null> {
  const renewed = await keys.renewed()
  const set = renewed ?? keys.current()
  if (set === null) {
    ladder.check('key', false, 'key.unavailable', 'keys of the issuer', 'none could be fetched')
    return finish(ask, jws, ladder, false)
  }
  const signer = signerOf(jws, algorithm, set)
  if (signer === 'verified') return finish(ask, jws, ladder, passKey(ladder, jws))
  if (signer === 'unknown') {
    // With the issuer out of reach nobody knows whether the key is new or made up.
    const code = renewed === null ? 'key.unavailable' : 'key.unknown'
    ladder.check('key', false, code, `a key for ${algorithm.name}`, kidOf(jws) ?? 'no kid')
    return finish(ask, jws, ladder, false)
  }
  ladder.check('key', true, 'key.unknown', undefined, kidOf(jws) ?? 'no kid')
  ladder.check('signature', false, 'signature.invalid')
  return finish(ask, jws, ladder, false)
}

/** The rungs that read claims; on a strict ladder they are reached only after the signature has passed. */
function finish(ask: TokenToVerify, { payload }: Jws, ladder: Ladder, verified: boolean): VerifiedToken | null {
  const now = ask.now.getTime() / 1000
  judgeAudience(payload.aud, ask.audiences, ladder)
  const timely = judgeTimes(payload, now, ask.maxTokenAgeSeconds, ladder)
  const subject = judgeSubject(payload.sub, ladder)
  if (!verified || !timely || subject === null || typeof payload.exp !== 'number') return null
  const tokenId = typeof payload.jti === 'string' && payload.jti !== '' ? payload.jti : null
  return { claims: payload, subject, tokenId, expiresAt: new Date(payload.exp * 1000) }
}

function judgeAudience(aud: unknown, accepted: readonly string[], ladder: Ladder): boolean {
  const named = typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud : []
  const texts = named.every((item) => typeof item === 'string')
  const found = texts && named.some((item) => accepted.includes(item))
  return ladder.check(
    'audience',
    found,
    'audience.mismatch',
    () => accepted.join(' '),
    () => shown(aud),
  )
}

function judgeTimes(claims: JsonObject, now: number, maxAgeSeconds: number, ladder: Ladder): boolean {
  const { exp, iat, nbf } = claims
  const readable = isTime(exp) && isTime(iat) && (nbf === undefined || isTime(nbf))
  if (!readable)
    return ladder.check(
      'time',
      false,
      'token.malformed',
      'exp and iat as numbers',
      () => `exp ${shown(exp)}, iat ${shown(iat)}`,
    )
  const lifetime = exp - iat
  const latest = now + SKEW_SECONDS
  const early = () => `nbf and iat before ${iso(now)}`
  const starts = () => `nbf ${nbf === undefined ? 'absent' : iso(nbf)}, iat ${iso(iat)}`
  const issued = () => `iat ${iso(iat)}, judged at ${iso(now)}`
  return (
    ladder.check(
      'time',
      exp > now - SKEW_SECONDS,
      'token.expired',
      () => `exp after ${iso(now)}`,
      () => `exp ${iso(exp)}`,
    ) &&
    ladder.check('time', iat <= latest && (nbf === undefined || nbf <= latest), 'token.not_yet_valid', early, starts) &&
    ladder.check(
      'time',
      now - iat <= maxAgeSeconds + SKEW_SECONDS,
      'token.too_old',
      () => `issued within ${maxAgeSeconds} s`,
      issued,
    ) &&
    ladder.check(
      'time',
      lifetime <= LIFETIME_SECONDS && lifetime > 0,
      'token.malformed',
      'a lifetime of at most 48 h',
      () => `${lifetime} s`,
    )
  )
}

function judgeSubject(sub: unknown, ladder: Ladder): string | null {
  const good = typeof sub === 'string' && sub !== '' && Buffer.byteLength(sub) <= SUBJECT_BYTES && !/\p{Cc}/u.test(sub)
  ladder.check('subject', good, 'token.malformed', 'a string of 1 to 2048 bytes without control characters', () =>
    shown(sub),
  )
  return good ? sub : null
}

function isTime(value: unknown): value is number {
  // A date beyond the year 9999 is not one that a clock showed.
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 253_402_300_800
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

/** For operators: what stood there, shortened by the ladder. */
function shown(value: unknown): string {
  if (value === undefined) return 'absent'
  return typeof value === 'string' ? value : (JSON.stringify(value)?.slice(0, 300) ?? 'unreadable')
}
