/**
 * A workload's own token as client assertion: `client_id` names a trust, and the provider's rules say whether the token
 * is genuine. The client id has to be sent: a token alone never chooses the trust.
 *
 * Source: RFC 7523 §2.2; audiences of client assertions: CONTRACT.md section 6.
 */
import { parseClientId } from '../../registry/cutename.ts'
import { refuse } from '../attempt.ts'
import { readProof } from '../dpop/token-request.ts'
import type { Form, GrantRequest } from '../grant.ts'
import type { Issued } from '../issue.ts'
import { malformed, refusedClient } from '../oauth-error.ts'
import { requestedTargets } from '../target.ts'
import { type ExchangePlane, exchange } from '../token-exchange/exchange.ts'
import { findByClientId } from '../token-exchange/find-trust.ts'
import { requireSize } from '../token-exchange/grant.ts'
import type { TokenSubjects } from '../token-exchange/subjects.ts'
import { JWT_BEARER } from './authenticate.ts'

export interface WorkloadClients extends ExchangePlane {
  readonly subjects: TokenSubjects
}

const JWT = 'urn:ietf:params:oauth:token-type:jwt'

/** True when the client id is a trust's, by its suffix or, in the short form, because no credential has it. */
export async function namesTrust({ credentials, trusts }: TokenSubjects, form: Form): Promise<boolean> {
  const clientId = form.one('client_id')
  const id = clientId === undefined ? null : parseClientId(clientId)
  if (clientId === undefined || id === null) return false
  if (id.use !== null) return id.use === 'wfe'
  return (await credentials.get(clientId)) === null && (await trusts.get(clientId)) !== null
}

/** Climbs the rungs `request`, `trust`, `principal`, and then those of an exchange; each refusal is one of the client. */
export async function workloadToken(
  at: WorkloadClients,
  request: GrantRequest,
  lifetimeSeconds: number,
): Promise<Issued> {
  const { form, attempt, endpoint } = request
  const wrong = (text: string) =>
    refuse(attempt, 'request', 'request.invalid', { error: malformed(text), actual: text })
  const assertion = form.one('client_assertion') ?? ''
  if (form.one('client_secret') !== undefined) return wrong('Send client_secret or client_assertion, not both.')
  if (form.one('client_assertion_type') !== JWT_BEARER) return wrong('client_assertion_type is not supported.')
  requireSize(attempt, 'client_assertion', assertion)
  const targets = requestedTargets(attempt, [...form.all('resource'), ...form.all('audience')])
  attempt.ladder.check('request', true, 'request.invalid')
  attempt.refusal = refusedClient
  const addressed = await findByClientId(at.subjects, attempt, form.one('client_id') ?? '')
  const proof = readProof(at, request)
  const host = addressed.audience.replace(/:\d+$/, '')
  return await exchange(at, attempt, addressed, {
    subjectToken: assertion,
    subjectTokenType: JWT,
    moreAudiences: [host, at.publicUrl, endpoint],
    targets,
    scope: form.one('scope'),
    lifetimeSeconds,
    proof,
  })
}
