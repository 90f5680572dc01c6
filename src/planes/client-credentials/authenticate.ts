/** Authenticates a service principal's credential, by its secret or by an assertion, and asks whether it is still live. */
import { inCidrs } from '../../http/client-address.ts'
import type { CredentialSubject } from '../../registry/exchange-subject.ts'
import { type Attempt, refuse, requireEnabled } from '../attempt.ts'
import type { Form } from '../grant.ts'
import { malformed, refusedClient } from '../oauth-error.ts'
import type { TokenSubjects } from '../token-exchange/subjects.ts'
import { type AssertionRules, requireAssertion, subjectOfAssertion } from './assertion.ts'
import { requireSecret } from './secret.ts'

export interface ClientAuthentication extends AssertionRules {
  readonly subjects: TokenSubjects
}

/** Source: RFC 7523 §2.2. */
export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Source: CONTRACT.md section 5. */
const ASSERTION_CHARACTERS = 16 * 1024

/** Climbs the rungs `request`, `client`, `authentication`, `principal`, `time`, `address`. */
export async function authenticateClient(
  at: ClientAuthentication,
  attempt: Attempt,
  form: Form,
  endpoint: string,
): Promise<CredentialSubject> {
  const wrong = (text: string) =>
    refuse(attempt, 'request', 'request.invalid', { error: malformed(text), actual: text })
  const secret = form.one('client_secret')
  const assertion = form.one('client_assertion')
  if (secret !== undefined && assertion !== undefined) return wrong('Send client_secret or client_assertion, not both.')
  if (assertion !== undefined && form.one('client_assertion_type') !== JWT_BEARER) {
    return wrong('client_assertion_type is not supported.')
  }
  // Before anything is decoded; it says little more than its client's name.
  if (assertion !== undefined && assertion.length > ASSERTION_CHARACTERS)
    return wrong('client_assertion is larger than 16 KiB.')
  const clientId = form.one('client_id') ?? (assertion === undefined ? undefined : subjectOfAssertion(assertion))
  if (clientId === undefined) return wrong('client_id is missing.')
  attempt.ladder.check('request', true, 'request.invalid')
  attempt.refusal = refusedClient
  const subject = await findCredential(at.subjects, attempt, clientId)
  if (assertion !== undefined) await requireAssertion(at, attempt, subject, { assertion, clientId, endpoint })
  else requireSecret(attempt, subject.credential, secret)
  requireLive(attempt, subject)
  return subject
}

async function findCredential(subjects: TokenSubjects, attempt: Attempt, clientId: string): Promise<CredentialSubject> {
  const cached = subjects.credentials.get(clientId)
  const subject = cached instanceof Promise ? await cached : cached
  if (subject === null) {
    const isTrust = (await subjects.trusts.get(clientId)) !== null
    const expected = isTrust
      ? 'a credential: a trust is named by client_id and proved by client_assertion'
      : 'a credential'
    refuse(attempt, 'client', 'client.unknown', { expected, actual: clientId })
  }
  attempt.organisation = subject.organisation.id
  attempt.trust = subject.credential.id
  attempt.ladder.check('client', true, 'client.unknown')
  return subject
}

/** What may have changed since the credential was made. */
function requireLive(attempt: Attempt, { credential, principal }: CredentialSubject): void {
  const { ladder, at, address } = attempt
  requireEnabled(attempt, 'principal', principal.enabled, 'principal.disabled')
  ladder.check(
    'time',
    credential.expiresAt > at,
    'client.expired',
    credential.expiresAt.toISOString(),
    at.toISOString(),
  )
  if (credential.allowSourceCidrs.length === 0) {
    ladder.skip('address', 'any address')
    return
  }
  const allowed = inCidrs(address, credential.allowSourceCidrs)
  ladder.check(
    'address',
    allowed,
    'address.denied',
    () => credential.allowSourceCidrs.join(' '),
    () => address,
  )
}
