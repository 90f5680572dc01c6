/** The rung `token`: is this a kind of token that may be exchanged at all. Nothing here is believed, it is only refused. */
import type { Ladder } from '../../decisions/ladder.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { Jws } from './jws.ts'

/** Source: RFC 8693 §3. */
const TOKEN_TYPES: ReadonlySet<string> = new Set([
  'urn:ietf:params:oauth:token-type:jwt',
  'urn:ietf:params:oauth:token-type:id_token',
])

/** Longest `kid` and `jti`; issuers use hashes and UUIDs. */
const ID_CHARACTERS = 1_024

/** In what the tokens of one protocol differ from those of another before any key is looked up. */
export interface FormRules {
  readonly algorithms: ReadonlySet<string>
  /** In upper case; a token without `typ` is one, too. */
  readonly types: ReadonlySet<string>
}

export interface TokenForm {
  readonly algorithm: string
  /** Null where the token names none. */
  readonly kid: string | null
  /** False, on a lenient ladder, for a kind of token that is not exchanged. */
  readonly isGood: boolean
}

/** Records the rung. Null when the signature cannot be judged. */
export function judgeForm(
  { header, claims }: Jws,
  rules: FormRules,
  tokenType: string,
  ladder: Ladder,
): TokenForm | null {
  const { alg, kid, typ } = header
  if (typeof alg !== 'string' || !rules.algorithms.has(alg)) {
    ladder.check('token', false, 'token.algorithm', () => [...rules.algorithms].join(' '), shown(alg))
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
  const isGood = judgeType(typ, rules, ladder) && judgeKind(claims, tokenType, ladder)
  return { algorithm: alg, kid: kid ?? null, isGood }
}

function judgeType(typ: Json | undefined, { types }: FormRules, ladder: Ladder): boolean {
  if (typ === undefined || (typeof typ === 'string' && types.has(typ.toUpperCase()))) return true
  return ladder.check('token', false, 'token.type', () => `typ ${[...types].join(' or ')}, or none`, shown(typ))
}

function judgeKind(claims: JsonObject, tokenType: string, ladder: Ladder): boolean {
  if (claims.jti !== undefined && !isId(claims.jti)) {
    const expected = `a jti that is a text of at most ${ID_CHARACTERS} characters`
    return ladder.check('token', false, 'token.malformed', expected)
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
