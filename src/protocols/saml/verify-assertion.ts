/**
 * SAML 2.0 assertions as tokens that are exchanged: judged as those of a login, but addressed to the endpoint that takes them
 * and answering no request.
 *
 * Source: RFC 7522 §3; CONTRACT.md section 5.
 */
import type { Ladder } from '../../decisions/ladder.ts'
import type { AssertionToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { decodeBase64 } from './message-bytes.ts'
import { judgeResponse } from './response/judge-response.ts'
import { claimsOf } from './sign-in/claims.ts'
import { expectedResponse, judgePrincipal, type Receiver, requireFirstUse } from './sign-in/finish.ts'
import { signInUpstreamOf } from './upstream.ts'

/** Null, on a lenient ladder, when no assertion could be trusted. */
export async function verifyAssertion(
  at: Receiver,
  { provider, token, audiences, recipients, now }: AssertionToVerify,
  ladder: Ladder,
): Promise<VerifiedToken | null> {
  const upstream = signInUpstreamOf(provider.settings)
  const bytes = upstream === null ? null : decodeBase64(token)
  const isMessage = ladder.check('token', bytes !== null, 'saml.malformed', 'an assertion in base64', 'something else')
  if (!isMessage || bytes === null || upstream === null) return null
  const expected = expectedResponse(at.publicUrl, provider, upstream, await at.decryptionKeys(), now)
  const assertion = judgeResponse(
    bytes,
    {
      ...expected,
      audiences: [...expected.audiences, ...audiences],
      recipients: [...expected.recipients, ...recipients],
      destinations: [...expected.destinations, ...recipients],
      inResponseTo: null,
      allowBareAssertion: true,
    },
    ladder,
  )
  if (assertion === null) return null
  await requireFirstUse(at, provider, assertion, now, ladder)
  const principal = judgePrincipal(upstream.principal, assertion, ladder)
  const claims = claimsOf(assertion, principal)
  return {
    claims,
    subject: typeof claims.subject === 'string' ? claims.subject : '',
    // A name for once is nobody's.
    linkedAs: principal,
    tokenId: assertion.assertionId,
    expiresAt: assertion.notOnOrAfter,
  }
}
