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
import type { Provider } from '../../registry/provider.ts'
import { canBeSignature } from './algorithms.ts'
import { type Jws, parseJws } from './jws.ts'
import { isSigned, type KeySet } from './key-set.ts'
import type { NewerKeys } from './key-source.ts'
import { peekClaims } from './peek.ts'
import { judgeAudience, judgeSubject, judgeTimes, type SubjectRule } from './token-claims.ts'
import { type FormRules, judgeForm, type TokenForm } from './token-form.ts'

/** Keys of one provider, at hand or to be waited for. See KeySource. */
export interface ProviderKeys {
  current(asker?: string): KeySet | Promise<KeySet | null>
  newer(suit: (keys: KeySet) => boolean, patience: number, asker?: string): Promise<NewerKeys>
}

/** In what the tokens of one protocol differ from those of another. */
export interface TokenRules extends FormRules {
  readonly needsIssuedAt: boolean
  /** Climbs the rung `issuer`. */
  judgeIssuer(ask: TokenToVerify, claims: JsonObject, ladder: Ladder): boolean
  /** Null where every text will do. */
  readonly subject: SubjectRule | null
  /** What a link to a person is kept under, where that is not `sub`. */
  linkedAs?(provider: Provider, claims: JsonObject): string | null
}

/** A key that nobody has seen is worth a second question; a bad signature is almost always just that. */
const PATIENCE = { unknownKey: 2, badSignature: 1 }

export function verifyJwt(
  ask: TokenToVerify,
  rules: TokenRules,
  keys: ProviderKeys,
  ladder: Ladder,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  const jws = parseJws(ask.token)
  if (typeof jws === 'string') {
    ladder.check('token', false, 'token.malformed', 'a signed JWT in compact form', jws)
    const claims = peekClaims(ask.token)
    if (claims !== null) rules.judgeIssuer(ask, claims, ladder)
    return afterUnjudged({ ask, rules }, claims, ladder, 'the token could not be read')
  }
  const form = judgeForm(jws, rules, ask.tokenType, ladder)
  // Before any key is looked up: another issuer's token never makes us fetch.
  const isIssuer = rules.judgeIssuer(ask, jws.claims, ladder)
  if (form === null || !isIssuer)
    return afterUnjudged({ ask, rules }, jws.claims, ladder, 'no key of the issuer can have signed it')
  const token: SignedToken = { ask, rules, jws, form, ladder }
  const atHand = keys.current(ask.asker)
  if (atHand instanceof Promise) return verifyWithFetchedKeys(token, keys, atHand)
  return isSignedByOneOf(token, atHand) ? signed(token) : verifyWithNewerKeys(token, keys, atHand)
}

/**
 * Judges everything but the signature: for an ID token that came straight from its issuer's token endpoint over TLS, where
 * the provider's settings say that this is enough. Source: OpenID Connect Core §3.1.3.7, 6.
 */
export function judgeUnsigned(ask: TokenToVerify, rules: TokenRules, ladder: Ladder): VerifiedToken | null {
  const why = 'the token endpoint vouches for it, over TLS; validation of signatures is off'
  const jws = parseJws(ask.token)
  if (typeof jws === 'string') {
    ladder.check('token', false, 'token.malformed', 'a JWT in compact form', jws)
    return afterUnjudged({ ask, rules }, null, ladder, 'the token could not be read')
  }
  const form = judgeForm(jws, rules, ask.tokenType, ladder)
  const isIssuer = rules.judgeIssuer(ask, jws.claims, ladder)
  ladder.skip('key', why)
  ladder.skip('signature', why)
  return judgeClaims({ ask, rules }, jws.claims, ladder, form?.isGood === true && isIssuer)
}

/** What a token is asked, and by which rules. */
interface Question {
  readonly ask: TokenToVerify
  readonly rules: TokenRules
}

interface SignedToken extends Question {
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
  const { asker } = token.ask
  const isKnown = (set: KeySet) => set.find(kid, algorithm) !== null
  // Nobody is asked about a signature that no key can have made.
  if (!canBeSignature(algorithm, token.jws.signature.length)) return isKnown(atHand) ? missigned(token) : keyless(token)
  if (!isKnown(atHand)) {
    const newer = await keys.newer(isKnown, PATIENCE.unknownKey, asker)
    if (newer === 'unavailable') return unavailable(token)
    if (newer === 'absent') return keyless(token)
    if (isSignedByOneOf(token, newer.keys)) return signed(token)
  }
  const newer = await keys.newer((other) => isSignedByOneOf(token, other), PATIENCE.badSignature, asker)
  return typeof newer === 'object' ? signed(token) : missigned(token)
}

function signed(token: SignedToken): VerifiedToken | null {
  const { jws, form, ladder } = token
  ladder.check('key', true, 'key.unknown', undefined, form.kid ?? 'no kid')
  ladder.check('signature', true, 'signature.invalid', undefined, form.algorithm)
  return judgeClaims(token, jws.claims, ladder, form.isGood)
}

function missigned(token: SignedToken): null {
  const { jws, ladder } = token
  const { kid } = token.form
  ladder.check('key', true, 'key.unknown', undefined, kid ?? 'no kid')
  ladder.check('signature', false, 'signature.invalid', `a signature by ${kid ?? 'a key of the issuer'}`, 'another')
  return judgeClaims(token, jws.claims, ladder, false)
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

function unsigned(token: SignedToken): null {
  token.ladder.skip('signature', 'there is no key to judge it with')
  return judgeClaims(token, token.jws.claims, token.ladder, false)
}

function afterUnjudged(question: Question, claims: JsonObject | null, ladder: Ladder, why: string): null {
  if (claims === null) {
    for (const rung of ['issuer', 'key', 'signature', 'audience', 'time', 'subject']) ladder.skip(rung, why)
    return null
  }
  ladder.skip('key', why)
  ladder.skip('signature', why)
  return judgeClaims(question, claims, ladder, false)
}

function judgeClaims(question: Question, claims: JsonObject, ladder: Ladder, isBelievable: false): null
function judgeClaims(
  question: Question,
  claims: JsonObject,
  ladder: Ladder,
  isBelievable: boolean,
): VerifiedToken | null
function judgeClaims(
  { ask, rules }: Question,
  claims: JsonObject,
  ladder: Ladder,
  isBelievable: boolean,
): VerifiedToken | null {
  const isForUs = judgeAudience(claims, ask, ladder)
  const isInTime = judgeTimes(claims, ask, rules.needsIssuedAt, ladder)
  const subject = judgeSubject(claims.sub, ask.provider.use, rules.subject, ladder)
  const { exp, jti } = claims
  if (!isBelievable || !isForUs || !isInTime || subject === null || typeof exp !== 'number') return null
  const tokenId = typeof jti === 'string' && jti !== '' ? jti : null
  const verified = { claims, subject, tokenId, expiresAt: new Date(exp * 1000) }
  const linked = rules.linkedAs?.(ask.provider, claims) ?? null
  return linked === null ? verified : { ...verified, linkedAs: linked }
}
