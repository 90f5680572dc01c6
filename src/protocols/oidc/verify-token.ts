/** By which rules an ID token of a workload or a person is verified. Source: OpenID Connect Core 1.0 §2; CONTRACT.md section 5. */
import type { Ladder } from '../../decisions/ladder.ts'
import type { TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { algorithms } from '../jose/algorithms.ts'
import { judgeUnsigned, type ProviderKeys, type TokenRules, verifyJwt } from '../jose/verify-jwt.ts'
import { judgeIssuer, linkedAs } from './token-issuer.ts'

const ID_TOKENS: TokenRules = {
  algorithms: new Set(algorithms.keys()),
  types: new Set(['JWT']),
  needsIssuedAt: true,
  subject: null,
  judgeIssuer,
  linkedAs,
}

/** See `verifyJwt`. */
export function verifyOidcToken(
  ask: TokenToVerify,
  keys: ProviderKeys,
  ladder: Ladder,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  return verifyJwt(ask, ID_TOKENS, keys, ladder)
}

/** See `judgeUnsigned`. */
export function judgeUnsignedIdToken(ask: TokenToVerify, ladder: Ladder): VerifiedToken | null {
  return judgeUnsigned(ask, ID_TOKENS, ladder)
}
