/** The rung `token`: is this a kind of token that may be exchanged at all. Nothing here is believed, it is only refused. */
import type { Ladder } from '../../decisions/ladder.ts'
import type { Json, JsonObject } from '../../json.ts'
import { algorithms } from '../jose/algorithms.ts'
import type { Jws } from '../jose/jws.ts'

/** Source: RFC 8693 §3. */
const TOKEN_TYPES: ReadonlySet<string> = new Set([
  'urn:ietf:params:oauth:token-type:jwt',
  'urn:ietf:params:oauth:token-type:id_token',
])

const ALGORITHMS = [...algorithms.keys()].join(' ')

/** Longest `kid` and `jti`; issuers use hashes and UUIDs. */
const ID_CHARACTERS = 1_024

export interface TokenForm {
  readonly algorithm: string
  /** Null where the token names none. */
  readonly kid: string | null
  /** False, on a lenient ladder, for a kind of token that is not exchanged. */
  readonly isGood: boolean
}

/** Records the rung. Null when the signature cannot be judged. */
export function judgeForm({ header, claims }: Jws, tokenType: string, ladder: Ladder): TokenForm | null {
  const { alg, kid, typ } = header
  if (typeof alg !== 'string' || !algorithms.has(alg)) {
    ladder.check('token', false, 'token.algorithm', ALGORITHMS, shown(alg))
    return null
  }
  // RFC 7515 §4.1.11: no extension is understood here, so none may be critical. RFC 7797: nor is an unencoded payload.
  if (header.crit !== undefined || header.b64 !== undefined) {
    ladder.check('token', false, 'token.malformed', 'no crit and no b64', 'one of them')
    return null
  }
  if (kid !== undefined && !isId(kid)) {
    ladder.check('token', false, 'token.malformed', `a kid that is a text of at most ${ID_CHARACTERS} characters`)
    return null
  }
  return { algorithm: alg, kid: kid ?? null, isGood: judgeKind(claims, typ, tokenType, ladder) }
}

function judgeKind(claims: JsonObject, typ: Json | undefined, tokenType: string, ladder: Ladder): boolean {
  if (claims.jti !== undefined && !isId(claims.jti)) {
    const expected = `a jti that is a text of at most ${ID_CHARACTERS} characters`
    return ladder.check('token', false, 'token.malformed', expected)
  }
  if (typ !== undefined && (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT')) {
    return ladder.check('token', false, 'token.type', 'typ JWT or none', shown(typ))
  }
  // A logout token has the same issuer, key and subject, and proves nobody's presence. GHSA-7fpj; OpenID Back-Channel Logout §2.4.
  if (claims.events !== undefined) {
    return ladder.check('token', false, 'token.type', 'no events claim', 'an events claim')
  }
  if (!TOKEN_TYPES.has(tokenType)) {
    return ladder.check('token', false, 'token.type', [...TOKEN_TYPES].join(' '), tokenType)
  }
  return ladder.check('token', true, 'token.malformed')
}

function isId(value: Json): value is string {
  return typeof value === 'string' && value.length <= ID_CHARACTERS
}

/** A value of the token as a line of a decision. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
