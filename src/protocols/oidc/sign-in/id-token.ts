/**
 * The ID token of one login: verified like every other, and then held against what this login sent: its nonce, the code and
 * access token that came beside it, and how fresh the proof had to be.
 *
 * Source: OpenID Connect Core §3.1.3.7, §3.2.2.11, §3.3.2.11.
 */
import { createHash } from 'node:crypto'
import type { Ladder } from '../../../decisions/ladder.ts'
import type { Json, JsonObject } from '../../../json.ts'
import type { SignInReturn, VerifiedToken } from '../../../registry/protocol.ts'
import { parseJws } from '../../jose/jws.ts'
import { shown } from '../../jose/token-form.ts'
import type { ProviderKeys } from '../../jose/verify-jwt.ts'
import { judgeUnsignedIdToken, verifyOidcToken } from '../verify-token.ts'
import type { LoginMemory } from './memory.ts'

const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'

/** How far two clocks may be apart. Source: CONTRACT.md section 5. */
const SKEW_SECONDS = 60

export interface LoginToken {
  readonly token: string
  readonly clientId: string
  /** False for a token that came from the token endpoint over TLS, where the settings say so. */
  readonly isSignatureJudged: boolean
  /** What came beside it; null where nothing did. */
  readonly accessToken: string | null
  readonly code: string | null
}

/** Climbs `token` … `subject`, `nonce`, `hash`, `freshness`. Null, on a lenient ladder, for a token that is not this login's. */
export async function verifyLoginToken(
  { provider, now }: Pick<SignInReturn, 'provider' | 'now'>,
  login: LoginToken,
  memory: LoginMemory,
  keys: ProviderKeys,
  ladder: Ladder,
): Promise<VerifiedToken | null> {
  const ask = {
    provider,
    token: login.token,
    tokenType: ID_TOKEN,
    audiences: [login.clientId],
    now,
    // Not older than the login: whatever was issued before it is another one's.
    maxTokenAgeSeconds: Math.max(0, Math.ceil((now.getTime() - memory.begunAt) / 1000)),
  }
  const verified = await (login.isSignatureJudged
    ? verifyOidcToken(ask, keys, ladder)
    : judgeUnsignedIdToken(ask, ladder))
  if (verified === null) {
    for (const rung of ['nonce', 'hash', 'freshness']) ladder.skip(rung, 'the ID token is not to be believed')
    return null
  }
  const { claims } = verified
  // The nonces themselves are nobody's business: the one that was expected is still a secret of the login.
  const isSame = claims.nonce === memory.nonce
  const told = () => (isSame ? 'the one of this login' : claims.nonce === undefined ? 'none' : 'another')
  const isOurs = ladder.check('nonce', isSame, 'nonce.mismatch', undefined, told)
  const fits = judgeHashes(login, claims, ladder)
  judgeFreshness(claims.auth_time, memory, now, ladder)
  return isOurs && fits ? verified : null
}

function judgeHashes({ token, accessToken, code }: LoginToken, claims: JsonObject, ladder: Ladder): boolean {
  const pairs = [
    ['at_hash', claims.at_hash, accessToken],
    ['c_hash', claims.c_hash, code],
  ] as const
  const judged = pairs.filter(([, hash, text]) => hash !== undefined && text !== null)
  if (judged.length === 0) {
    ladder.skip('hash', 'the ID token names no hash of what came beside it')
    return true
  }
  const wrong = judged.filter(([, hash, text]) => typeof hash !== 'string' || hash !== halfHash(token, text ?? ''))
  return ladder.check('hash', wrong.length === 0, 'token.hash_mismatch', undefined, () =>
    wrong.map(([name]) => name).join(' '),
  )
}

/** The left half of the text's hash, by the hash function of the token's own signature; null where it has none. */
function halfHash(token: string, text: string): string | null {
  const jws = parseJws(token)
  if (typeof jws === 'string') return null
  const hash = hashOf(String(jws.header.alg), jws.signature.length)
  if (hash === null) return null
  const digest = hash.update(text).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

function hashOf(algorithm: string, signatureBytes: number) {
  const bits = /^(?:RS|PS|ES)(256|384|512)$/.exec(algorithm)?.[1]
  if (bits !== undefined) return createHash(`sha${bits}`)
  if (algorithm !== 'EdDSA') return null
  // RFC 8032: Ed25519 hashes with SHA-512; Ed448, whose signatures are longer, with SHAKE256 to 114 bytes.
  return signatureBytes === 64 ? createHash('sha512') : createHash('shake256', { outputLength: 114 })
}

/** Source: OpenID Connect Core §2, `auth_time`; for Entra's contexts, which have none: CONTRACT.md section 7. */
function judgeFreshness(
  authTime: Json | undefined,
  { maxAge, asksContexts }: LoginMemory,
  now: Date,
  ladder: Ladder,
): boolean {
  if (authTime === undefined && (maxAge === null || asksContexts)) {
    ladder.skip('freshness', 'no fresh login was asked for')
    return true
  }
  // Some write 0 where they do not know.
  if (typeof authTime === 'number' && authTime <= 0 && maxAge !== null)
    return ladder.check('freshness', false, 'auth_time.missing', 'a moment', shown(authTime))
  if (typeof authTime !== 'number') {
    const code = authTime === undefined ? 'auth_time.missing' : 'token.malformed'
    return ladder.check('freshness', false, code, 'auth_time a number', shown(authTime))
  }
  if (maxAge === null) {
    ladder.skip('freshness', 'no fresh login was asked for')
    return true
  }
  const age = Math.floor(now.getTime() / 1000) - authTime
  // A moment that has not come is no proof of anything.
  const isFresh = age <= maxAge + SKEW_SECONDS && age >= -SKEW_SECONDS
  return ladder.check(
    'freshness',
    isFresh,
    'auth_time.too_old',
    () => `at most ${maxAge} s ago`,
    () => `${age} s ago`,
  )
}
