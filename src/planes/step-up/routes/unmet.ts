/** The level that an app asked for is not reached: the app is told so, in the words of the standard, and a decision says why. */
import type { FastifyReply } from 'fastify'
import { Refused } from '../../../decisions/ladder.ts'
import { type Attempt, decisionOf, refuse } from '../../attempt.ts'
import type { AskedLevel } from '../../openid-provider/asked-level.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import type { Returned } from '../../sign-in/routes/returned.ts'

/** Source: OpenID Connect Core, Unmet Authentication Requirements 1.0; RFC 9470 §5. */
const UNMET = 'unmet_authentication_requirements'
const DESCRIPTION = 'the level or the age of authentication that was asked for is not reached'

/** What the app is told; a redirect has no header that an app could read, so the decision's id is in the words. */
export function unmetBy({ id }: Attempt) {
  return { error: UNMET, error_description: `${DESCRIPTION}; decision ${id}` }
}

export async function sendBackUnmet(
  at: SignInOptions,
  { request, reply, attempt }: Pick<Returned, 'request' | 'reply' | 'attempt'>,
  interaction: string,
  { asked, reached }: { readonly asked: AskedLevel; readonly reached: string | null },
): Promise<FastifyReply> {
  try {
    refuse(attempt, 'level', 'step_up.level_unreachable', { expected: asked ?? 'none', actual: reached ?? 'none' })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  return await tellUnmet(at, { request, reply, attempt }, interaction)
}

/** Of an attempt that was refused already, whose code stays what it is. */
export async function tellUnmet(
  at: SignInOptions,
  { request, reply, attempt }: Pick<Returned, 'request' | 'reply' | 'attempt'>,
  interaction: string,
): Promise<FastifyReply> {
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, attempt.ladder.failure?.code ?? 'step_up.level_unreachable')
  const to = await at.library.finish(request.raw, reply.raw, unmetBy(attempt), interaction)
  return reply.header('entente-decision', attempt.id).redirect(to, 303)
}
