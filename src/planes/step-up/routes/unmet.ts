/** The level that an app asked for is not reached: the app is told so, in the words of the standard, and a decision says why. */
import type { FastifyReply } from 'fastify'
import { Refused } from '../../../decisions/ladder.ts'
import { decisionOf, refuse } from '../../attempt.ts'
import type { AskedLevel } from '../../openid-provider/asked-level.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import type { Returned } from '../../sign-in/routes/returned.ts'

/** Source: OpenID Connect Core, Unmet Authentication Requirements 1.0; RFC 9470 §5. */
export const UNMET = 'unmet_authentication_requirements'
export const UNMET_DESCRIPTION = 'the level or the age of authentication that was asked for is not reached'

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
  const result = { error: UNMET, error_description: UNMET_DESCRIPTION }
  const to = await at.library.finish(request.raw, reply.raw, result, interaction)
  return reply.header('entente-decision', attempt.id).redirect(to, 303)
}
