/**
 * Judges a SAML 2.0 response, rung by rung. Synchronous, and everything it depends on comes in.
 *
 * Source: SAML 2.0 Core §2, §3.2–3.3, §5; Profiles §4.1.4; CONTRACT.md sections 5 and 7.
 */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { ExpectedResponse, VerifiedAssertion } from './port.ts'

/**
 * The assertion of the document (decoded from base64), or null on a lenient ladder when nothing of it could be trusted.
 * With one that failed a later rung (bindings, times) the answer shows what is known; whoever grants anything asks
 * `ladder.failure`. Strict ladders throw `Refused`.
 */
export function judgeResponse(bytes: Uint8Array, expected: ExpectedResponse, ladder: Ladder): VerifiedAssertion | null {
  const isJudged = bytes.length === 0 && expected.certificates.length === 0
  ladder.check('token', isJudged, 'saml.malformed', 'a SAML response', 'not judged by this version')
  return null
}
