/** By which rules a workload's JWT-SVID is verified. Source: JWT-SVID §2 (header), §3 (claims); CONTRACT.md section 5. */
import type { Ladder } from '../../decisions/ladder.ts'
import type { TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { algorithms } from '../jose/algorithms.ts'
import { shown } from '../jose/token-form.ts'
import { type ProviderKeys, type TokenRules, verifyJwt } from '../jose/verify-jwt.ts'
import { isIn, isWorkloadId } from './spiffe-id.ts'

const JWT_SVIDS: TokenRules = {
  // JWT-SVID §2.1 lists all that we accept but EdDSA.
  algorithms: new Set([...algorithms.keys()].filter((name) => name !== 'EdDSA')),
  types: new Set(['JWT', 'JOSE']),
  needsIssuedAt: false,
  subject: { holds: isWorkloadId, expected: 'sub the SPIFFE ID of a workload: spiffe://trust-domain/path' },
  // `iss` is nobody's business here: the trust domain is named by `sub`, and by nothing else.
  judgeIssuer({ provider }, { sub }, ladder) {
    const { expectedIssuer } = provider
    return ladder.check(
      'issuer',
      typeof sub === 'string' && expectedIssuer !== null && isIn(expectedIssuer, sub),
      'issuer.mismatch',
      () => expectedIssuer ?? 'none',
      () => shown(sub),
    )
  },
}

export function verifyJwtSvid(
  ask: TokenToVerify,
  keys: ProviderKeys,
  ladder: Ladder,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  return verifyJwt(ask, JWT_SVIDS, keys, ladder)
}
