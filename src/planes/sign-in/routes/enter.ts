/** The purpose `sign-in`: the person is let in to the app that asked. */
import type { FastifyReply } from 'fastify'
import type { Interaction } from 'oidc-provider'
import { type Attempt, decisionOf, refuse } from '../../attempt.ts'
import { SESSION_OF_RESULT } from '../../openid-provider/accounts.ts'
import { type Arrival, arrive } from '../arrive.ts'
import { isOpen } from '../home-realm.ts'
import { newSession } from '../new-session.ts'
import type { SignInOptions } from './options.ts'
import type { Purpose, Returned } from './returned.ts'

export const signInPurpose: Purpose = {
  plane: 'sign-in',
  mode: 'strict',
  async arrive(at, returned) {
    const { request, reply, attempt, state, answer } = returned
    const arrival = await arrive(at, attempt, state, answer)
    const interaction = await at.library.interaction(request.raw, reply.raw, arrival.login.reference ?? '')
    await requireApp(at, attempt, interaction, arrival)
    return await letIn(at, returned, arrival)
  },
}

/** Asked again: the app may have been narrowed, and its request over, while the person was away. */
async function requireApp(
  at: SignInOptions,
  attempt: Attempt,
  interaction: Interaction | null,
  { login, provider }: Arrival,
) {
  const app =
    interaction === null || interaction.uid !== login.reference
      ? null
      : await at.findApp(String(interaction.params.client_id))
  if (app === null) refuse(attempt, 'app', 'login.abandoned')
  attempt.ladder.check('app', isOpen(at, app, provider), 'app.closed', 'open to the provider')
}

async function letIn(
  at: SignInOptions,
  { request, reply, attempt }: Returned,
  arrival: Arrival,
): Promise<FastifyReply> {
  const session = newSession({ newUid: at.newUid, now: at.now, seal: at.sealing.seal }, arrival)
  await at.sessions.insert(session)
  // Nobody is in before the decision that let them in is durable.
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, 'granted')
  const proof = {
    accountId: session.person,
    ...(session.acr === null ? {} : { acr: session.acr }),
    amr: [...session.amr],
    ts: Math.floor(session.authTime.getTime() / 1000),
  }
  const result = { login: proof, [SESSION_OF_RESULT]: session.uid }
  const to = await at.library.finish(request.raw, reply.raw, result, arrival.login.reference ?? '')
  return reply.header('entente-decision', attempt.id).redirect(to, 303)
}
