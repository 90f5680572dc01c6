/** Tokens of an issuer of which only the standard claims are known. Source: RFC 7519 §4.1. */
import type { TokenModel } from '../../../claims/lint/token-model.ts'

export const customTokens: TokenModel = {
  parts: { subject: { pattern: '[ -~]+', stranger: 'anybody' } },
  claims: {
    iss: '{issuer}',
    sub: '{subject}',
    aud: '{audience}',
    exp: 1_800_000_300,
    iat: 1_800_000_000,
    nbf: 1_800_000_000,
    '*': true,
  },
  forms: [],
  owner: ['subject', '*'],
  ids: [],
  scenes: [],
  pin: '`claims.sub == "…"`',
}
