/**
 * Verifies a JWT of a workload or a person: form, issuer, key, signature, audience, times, subject, in this order.
 * Synchronous while the keys are at hand. On a lenient ladder the later rungs are judged from claims that nobody vouches for, and the answer is
 * null unless every rung passed.
 *
 * Source: RFC 7519 §7.2; RFC 8725 §3 (algorithms, keys, issuer, types).
 */
import type { Ladder } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import type { TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { canBeSignature } from '../jose/algorithms.ts'
import { type Jws, parseJws } from '../jose/jws.ts'
import { isSigned, type KeySet } from '../jose/key-set.ts'
import type { NewerKeys } from '../jose/key-source.ts'
import { peekClaims } from '../jose/peek.ts'
import { judgeAudience, judgeSubject, judgeTimes } from './token-claims.ts'
import { judgeForm, type TokenForm } from './token-form.ts'
import { judgeIssuer, linkedAs } from './token-issuer.ts'

/** Keys of one provider, at hand or to be waited for. See KeySource. */
export interface ProviderKeys {
  current(): KeySet | Promise<KeySet | null>
  newer(suit: (keys: KeySet) => boolean, patience: number): Promise<NewerKeys>
}

/** A key that nobody has seen is worth a second question; a bad signature is almost always just that. */
const PATIENCE = { unknownKey: 2, badSignature: 1 }

export function verifyOidcToken(
  ask: TokenToVerify,
  keys: ProviderKeys,
  ladder: Ladder,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  const jws = parseJws(ask.token)
  if (typeof jws === 'string') {
    ladder.check('token', false, 'token.malformed', 'a signed JWT in compact form', jws)
    const claims = peekClaims(ask.token)
    if (claims !== null) judgeIssuer(ask, claims, ladder)
    return afterUnjudged(ask, claims, ladder, 'the token could not be read')
  }
  const form = judgeForm(jws, ask.tokenType, ladder)
  const isIssuer = judgeIssuer(ask, jws.claims, ladder)
  if (form === null || !isIssuer)
    return afterUnjudged(ask, jws.claims, ladder, 'no key of the issuer can have signed it')
  const token: SignedToken = { ask, jws, form, ladder }
  const atHand = keys.current()
  if (atHand instanceof Promise) return verifyWithFetchedKeys(token, keys, atHand)
  return isSignedByOneOf(token, atHand) ? signed(token) : verifyWithNewerKeys(token, keys, atHand)
}

interface SignedToken {
  readonly ask: TokenToVerify
  readonly jws: Jws
  readonly form: TokenForm
  readonly ladder: Ladder
}

function isSignedByOneOf({ jws, form }: SignedToken, keys: KeySet): boolean {
  const found = keys.find(form.kid, form.algorithm)
  return found !== null && isSigned(found, jws.input, jws.signature)
}

async function verifyWithFetchedKeys(
  token: SignedToken,
  keys: ProviderKeys,
  fetched: Promise<KeySet | null>,
): Promise<VerifiedToken | null> {
  const set = await fetched
  if (set === null) return unavailable(token)
  return isSignedByOneOf(token, set) ? signed(token) : await verifyWithNewerKeys(token, keys, set)
}

/** The keys at hand did not verify it: they may be old. Rotation brings a new kid, or a new key under the same one. */
async function verifyWithNewerKeys(
  token: SignedToken,
  keys: ProviderKeys,
  atHand: KeySet,
): Promise<VerifiedToken | null> {
  const { kid, algorithm } = token.form
  const isKnown = (set: KeySet) => set.find(kid, algorithm) !== null
  // Nobody is asked about a signature that no key can have made.
  if (!canBeSignature(algorithm, token.jws.signature.length)) return isKnown(atHand) ? missigned(token) : keyless(token)
  if (!isKnown(atHand)) {
    const newer = await keys.newer(isKnown, PATIENCE.unknownKey)
    if (newer === 'unavailable') return unavailable(token)
    if (newer === 'absent') return keyless(token)
    if (isSignedByOneOf(token, newer.keys)) return signed(token)
  }
  const newer = await keys.newer((other) => isSignedByOneOf(token, other), PATIENCE.badSignature)
  return typeof newer === 'object' ? signed(token) : missigned(token)
}

function signed({ ask, jws, form, ladder }: SignedToken): VerifiedToken | null {
  ladder.check('key', true, 'key.unknown', undefined, form.kid ?? 'no kid')
  ladder.check('signature', true, 'signature.invalid', undefined, form.algorithm)
  return judgeClaims(ask, jws.claims, ladder, form.isGood)
}

function missigned({ ask, jws, form, ladder }: SignedToken): null {
  const { kid } = form
  ladder.check('key', true, 'key.unknown', undefined, kid ?? 'no kid')
  ladder.check('signature', false, 'signature.invalid', `a signature by ${kid ?? 'a key of the issuer'}`, 'another')
  return judgeClaims(ask, jws.claims, ladder, false)
}

function keyless(token: SignedToken): null {
  const { kid, algorithm } = token.form
  token.ladder.check('key', false, 'key.unknown', `a key for ${algorithm}`, `kid ${kid ?? 'none'}`)
  return unsigned(token)
}

function unavailable(token: SignedToken): null {
  token.ladder.check('key', false, 'key.unavailable', 'keys of the issuer', 'none could be fetched')
  return unsigned(token)
}

function unsigned({ ask, jws, ladder }: SignedToken): null {
  ladder.skip('signature', 'there is no key to judge it with')
  return judgeClaims(ask, jws.claims, ladder, false)
}

function afterUnjudged(ask: TokenToVerify, claims: JsonObject | null, ladder: Ladder, why: string): null {
  if (claims === null) {
    for (const rung of ['issuer', 'key', 'signature', 'audience', 'time', 'subject']) ladder.skip(rung, why)
    return null
  }
  ladder.skip('key', why)
  ladder.skip('signature', why)
  return judgeClaims(ask, claims, ladder, false)
}

function judgeClaims(ask: TokenToVerify, claims: JsonObject, ladder: Ladder, isBelievable: false): null
function judgeClaims(
  ask: TokenToVerify,
  claims: JsonObject,
  ladder: Ladder,
  isBelievable: boolean,
): VerifiedToken | null
function judgeClaims(
  ask: TokenToVerify,
  claims: JsonObject,
  ladder: Ladder,
  isBelievable: boolean,
): VerifiedToken | null {
  const isForUs = judgeAudience(claims, ask, ladder)
  const isInTime = judgeTimes(claims, ask, ladder)
  const subject = judgeSubject(claims.sub, ask.provider.use, ladder)
  const { exp, jti } = claims
  if (!isBelievable || !isForUs || !isInTime || subject === null || typeof exp !== 'number') return null
  const tokenId = typeof jti === 'string' && jti !== '' ? jti : null
  const verified = { claims, subject, tokenId, expiresAt: new Date(exp * 1000) }
  const linked = linkedAs(ask.provider, claims)
  return linked === null ? verified : { ...verified, linkedAs: linked }
}
