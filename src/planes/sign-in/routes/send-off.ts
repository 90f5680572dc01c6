/** Sends the browser to its provider; where that cannot be begun, the decision says why. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../decisions/ladder.ts'
import { Fault } from '../../../fault.ts'
import { clientAddress } from '../../../http/client-address.ts'
import type { SignInRedirect } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { type Attempt, createAttempt, decisionOf, refuse } from '../../attempt.ts'
import { refusedExchange } from '../../oauth-error.ts'
import { tellUnmet } from '../../step-up/routes/unmet.ts'
import { type Beginning, beginLogin } from '../begin.ts'
import { continuePage } from '../pages/continue.ts'
import type { SignInOptions } from './options.ts'
import { show, showError, viewOf } from './showing.ts'

export async function sendOff(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  beginning: Beginning,
): Promise<FastifyReply> {
  try {
    const { redirect, cookie } = await beginLogin(at, beginning)
    return await follow(at, request, reply.header('set-cookie', cookie), redirect, beginning.provider)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.kind === 'internal' || (error.kind === 'upstream' && error.cause !== undefined))
      at.onError(error, request)
    const attempt = notBegun(at, request, beginning, error)
    const { purpose, reference } = beginning
    // Nobody is at fault but whoever asked: this provider can say nothing of when.
    if (error.code === 'provider.freshness_unsupported' && purpose === 'sign-in' && reference !== null)
      return await tellUnmet(at, { request, reply, attempt }, reference)
    await at.recorder.record(decisionOf(attempt))
    at.onDecision(attempt, 'login.not_begun')
    reply.header('entente-decision', attempt.id)
    const { organisation } = attempt
    return await showError(at, request, reply, {
      error: 'unavailable',
      again: purpose === 'sign-in' && reference !== null ? `/sign-in/${reference}` : null,
      decision: attempt.id,
      organisation,
      status: 502,
    })
  }
}

/** The provider was not reached, or cannot do what was asked of it. */
function notBegun(at: SignInOptions, request: FastifyRequest, beginning: Beginning, { code }: Fault): Attempt {
  const { provider, purpose } = beginning
  const attempt = createAttempt({
    id: at.newUid(),
    at: at.now(),
    address: clientAddress(request),
    plane: purpose,
    mode: 'strict',
    refusal: refusedExchange,
  })
  attempt.organisation = provider.organisation
  attempt.provider = provider.id
  try {
    refuse(attempt, 'begin', 'login.not_begun', { actual: code })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  return attempt
}

/** To the provider, by redirect or by a page that posts itself. */
export async function follow(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  to: SignInRedirect,
  provider: Provider,
): Promise<FastifyReply> {
  if (to.method === 'GET') return reply.redirect(to.url, 303)
  const view = await viewOf(at, request, provider.organisation, null)
  return show(reply, continuePage({ ...view, action: to.url, fields: to.fields, to: shownName(provider) }))
}
