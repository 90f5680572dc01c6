/** The purpose `sign-in`: the person is let in to the app that asked. */
import type { FastifyReply } from 'fastify'
import type { Interaction } from 'oidc-provider'
import { Refused } from '../../../decisions/ladder.ts'
import { limitKey } from '../../../http/client-address.ts'
import { clientIdOf } from '../../../registry/app.ts'
import { findStepUpProvider } from '../../../registry/step-up-choice.ts'
import { type Attempt, decisionOf, refuse } from '../../attempt.ts'
import { SESSION_OF_RESULT } from '../../openid-provider/accounts.ts'
import { type AskedLevel, askedAge, askedLevel, isMet } from '../../openid-provider/asked-level.ts'
import { sendBackUnmet, tellUnmet } from '../../step-up/routes/unmet.ts'
import { type Arrival, arrive } from '../arrive.ts'
import { isOpen } from '../home-realm.ts'
import { newSession } from '../new-session.ts'
import { requireLogin } from '../returned-login.ts'
import type { SignInOptions } from './options.ts'
import type { Purpose, Returned } from './returned.ts'

export const signInPurpose: Purpose = {
  plane: 'sign-in',
  mode: 'strict',
  async arrive(at, returned) {
    const { request, reply, attempt, state, answer } = returned
    const begun = await requireLogin(at, attempt, state, answer)
    let arrival: Arrival
    try {
      arrival = await arrive(at, attempt, begun, answer)
    } catch (error) {
      const told = isTooWeak(error) ? await tellApp(at, returned, begun.login.reference ?? '') : null
      if (told === null) throw error
      return told
    }
    const interaction = await at.library.interaction(request.raw, reply.raw, arrival.login.reference ?? '')
    return await letIn(at, returned, arrival, await requireApp(at, attempt, interaction, arrival))
  },
}

/** The provider says so itself, or did not heed what it was asked for. */
const TOO_WEAK: readonly string[] = ['upstream.level_unmet', 'auth_time.too_old', 'auth_time.missing']

function isTooWeak(error: unknown): boolean {
  return error instanceof Refused && TOO_WEAK.includes(error.code)
}

/** Null where the app's request is over, or asked for no level and no recent proof: then the person is told. */
async function tellApp(
  at: SignInOptions,
  { request, reply, attempt }: Returned,
  reference: string,
): Promise<FastifyReply | null> {
  const interaction = await at.library.interaction(request.raw, reply.raw, reference)
  if (interaction === null || interaction.uid !== reference) return null
  if (askedLevel(interaction.params) === null && askedAge(interaction.params) === null) return null
  at.limit.refused(limitKey(attempt.address))
  return await tellUnmet(at, { request, reply, attempt }, interaction.uid)
}

/** Asked again: the app may have been narrowed, and its request over, while the person was away. */
async function requireApp(
  at: SignInOptions,
  attempt: Attempt,
  interaction: Interaction | null,
  { login, provider }: Arrival,
): Promise<Interaction> {
  if (interaction === null || interaction.uid !== login.reference) refuse(attempt, 'app', 'login.abandoned')
  const app = await at.findApp(String(interaction.params.client_id))
  if (app === null) refuse(attempt, 'app', 'login.abandoned')
  attempt.ladder.check('app', isOpen(at, app, provider), 'app.closed', 'open to the provider', clientIdOf(app))
  return interaction
}

/** Whether somebody else reaches what this login did not: the person is let in, and asked there at once. */
async function canBeProved(at: SignInOptions, { organisation, person }: Arrival, asked: AskedLevel): Promise<boolean> {
  if (asked === null || asked === 'unknown') return false
  return (await findStepUpProvider(at.registry, organisation, person, asked)) !== null
}

async function letIn(
  at: SignInOptions,
  { request, reply, attempt }: Returned,
  arrival: Arrival,
  interaction: Interaction,
): Promise<FastifyReply> {
  const session = newSession({ newUid: at.newUid, now: at.now, seal: at.sealing.seal }, arrival)
  const asked = askedLevel(interaction.params)
  if (!isMet(asked, session.acr) && !(await canBeProved(at, arrival, asked))) {
    // Never less than was asked for: the app is told, and nobody is signed in.
    return await sendBackUnmet(at, { request, reply, attempt }, interaction.uid, { asked, reached: session.acr })
  }
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
