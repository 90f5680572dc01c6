/** JWT-SVIDs of a trust domain. Source: JWT-SVID section 3; SPIFFE-ID section 2. */
import type { TokenModel } from '../../../claims/lint/token-model.ts'

const SEGMENT = '[A-Za-z0-9._-]+'

export const spiffeTokens: TokenModel = {
  parts: {
    first: { pattern: SEGMENT, stranger: 'any' },
    rest: { pattern: `(?:/${SEGMENT})*`, stranger: '/workload' },
  },
  claims: {
    iss: null,
    // The id of the domain is the issuer.
    sub: '{issuer}/{first}{rest}',
    aud: ['{audience}'],
    exp: 1_800_000_300,
    iat: 1_800_000_000,
    jti: null,
    nbf: null,
    '*': true,
  },
  forms: [],
  owner: ['first', 'rest', '*'],
  ids: [],
  scenes: [],
  settled: ['sub'],
  everything: 'lint.whole_trust_domain',
  pin: '`url(claims.sub).path == "/…"`',
}
