/** The purpose `test`: begun by a ticket, ended on a page that shows what was found; nobody is signed in. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isProviderUsable } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { decisionOf } from '../../attempt.ts'
import { testResultPage } from '../pages/test-result.ts'
import { arriveForTest } from '../test-arrival.ts'
import { takeTicket } from '../test-ticket.ts'
import type { SignInOptions } from './options.ts'
import type { Purpose } from './returned.ts'
import { sendOff } from './send-off.ts'
import { show, showError, viewOf } from './showing.ts'

/** Opened by the browser that will come back. */
export async function beginTest(
  at: SignInOptions,
  request: FastifyRequest<{ Params: { ticket: string } }>,
  reply: FastifyReply,
) {
  const uid = await takeTicket(at, request.params.ticket)
  const provider = uid === null ? null : await at.registry.stores.providers.getByUid(uid)
  if (provider === null) return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
  const beginning = { provider, purpose: 'test' as const, reference: null, identifier: null, demands: {} }
  return await sendOff(at, request, reply, beginning)
}

export const testPurpose: Purpose = {
  plane: 'test',
  mode: 'lenient',
  async arrive(at, { request, reply, attempt, state, answer }) {
    const { provider, condition } = await arriveForTest(at, attempt, state, answer)
    const decision = decisionOf(attempt)
    await at.recorder.record(decision)
    at.onDecision(attempt, decision.code)
    if (decision.outcome === 'granted') await at.registry.stores.providers.touchTested(provider.uid, attempt.at)
    const view = await viewOf(at, request, provider.organisation, null)
    const { claims = null, mapped = null, mappers = [], person = null } = decision.tested ?? {}
    const page = testResultPage({
      ...view,
      of: 'sign-in',
      provider: shownName(provider),
      isOpen: isProviderUsable(provider, at.now()),
      refusedBy: decision.outcome === 'granted' ? null : decision.code,
      decision: decision.id,
      claims,
      mapped,
      condition,
      mappers,
      person,
      rungs: decision.rungs,
    })
    return show(reply.header('entente-decision', decision.id), page)
  },
}
