/** What a CI job does: ask its platform for a token, and trade that for one of ours. */
import { type Answer, at, postForm } from './api.ts'

/** The request a job's tooling makes of its runner; resolves to the ID token. */
export async function requestIdToken(url: string, requestToken: string, audience: string): Promise<string> {
  const response = await fetch(`${url}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: `Bearer ${requestToken}` },
  })
  const value = at(await response.json(), 'value')
  if (typeof value !== 'string') throw new Error(`no ID token: ${response.status}`)
  return value
}

/**
 * Trades an outside token for one of ours.
 *
 * Source: RFC 8693 §2.1.
 */
export function exchange(serverUrl: string, clientId: string, subjectToken: string): Promise<Answer> {
  return postForm(`${serverUrl}/auth/v1/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subjectToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    client_id: clientId,
  })
}
