/** How a step-up ends in the browser: back at whoever asked, or on a page of ours. */
import type { FastifyReply } from 'fastify'
import { isProviderUsable } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { isReturnTo, withOutcome } from '../../../registry/return-to.ts'
import type { StepUpTransaction } from '../../../registry/step-up-transaction.ts'
import { outsideOf } from '../../sign-in/outside.ts'
import { stepUpDonePage } from '../../sign-in/pages/step-up-done.ts'
import { testResultPage } from '../../sign-in/pages/test-result.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import type { Returned } from '../../sign-in/routes/returned.ts'
import { show, showError, viewOf } from '../../sign-in/routes/showing.ts'
import type { Settled } from './arrive.ts'

export async function showOutcome(
  at: SignInOptions,
  { request, reply, attempt }: Returned,
  transaction: StepUpTransaction,
  { provider, signedIn }: Settled,
): Promise<FastifyReply> {
  reply.header('entente-decision', attempt.id)
  const { uid, organisation, returnTo, state, target } = transaction
  // Asked again: the app may have gone, or taken the address away.
  if (returnTo !== null && (await isReturnTo(at.registry.stores.apps, organisation, returnTo, at.publicUrl))) {
    return reply.redirect(withOutcome(returnTo, at.publicUrl, uid, state), 303)
  }
  const { failure, rungs } = attempt.ladder
  const view = await viewOf(at, request, organisation, null)
  if (target.kind === 'test' && provider !== null) {
    const page = testResultPage({
      ...view,
      of: 'step-up',
      provider: shownName(provider),
      isOpen: isProviderUsable(provider, at.now()),
      refusedBy: failure?.code ?? null,
      decision: attempt.id,
      claims: signedIn === null ? null : transaction.claims,
      mapped: null,
      condition: null,
      mappers: [],
      person: null,
      rungs,
    })
    return show(reply, page)
  }
  if (failure === null) return show(reply, stepUpDonePage({ ...view, reason: transaction.reason }))
  return await showError(at, request, reply, {
    error: outsideOf(failure.code),
    decision: attempt.id,
    organisation,
    status: failure.code === 'code.unavailable' || failure.code === 'key.unavailable' ? 502 : 403,
  })
}
