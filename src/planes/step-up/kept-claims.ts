/** What is kept of an answer: who proved what, how and when, and nothing else that a token may say of a person. */
import { shownClaims } from '../../claims/shown-claims.ts'
import type { JsonObject } from '../../json.ts'

/** Of a proof. */
const OF_A_PROOF = ['iss', 'sub', 'tid', 'oid', 'acr', 'acrs', 'amr', 'auth_time', 'iat', 'preferred_username', 'email']
/** Of the token, not of the person; some of them could be presented to somebody. */
const OF_THE_TOKEN = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'sid', 'jti', 'uti', 'rh', 'aio'])

export function keptClaims(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => OF_A_PROOF.includes(name)))
}

/** Everything that a test received: whoever tests a provider wants to see what it says. */
export function testedClaims(claims: JsonObject): JsonObject {
  return shownClaims(Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_TOKEN.has(name))))
}
