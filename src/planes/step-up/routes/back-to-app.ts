/** A step-up that an app asked for through our OpenID Provider ends there: with the session raised, or with the standard's error. */
import type { FastifyReply } from 'fastify'
import { levelReached } from '../../../registry/levels.ts'
import type { Attempt } from '../../attempt.ts'
import { SESSION_OF_RESULT } from '../../openid-provider/accounts.ts'
import { provedAt } from '../../sign-in/new-session.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import type { Returned } from '../../sign-in/routes/returned.ts'
import { showError } from '../../sign-in/routes/showing.ts'
import { standingIn } from '../../sign-in/signed-in.ts'
import { textsOf } from '../texts.ts'
import type { Settled } from './arrive.ts'
import { unmetBy } from './unmet.ts'

export async function backToApp(
  at: SignInOptions,
  { request, reply, attempt }: Returned,
  uid: string,
  seen: Settled,
): Promise<FastifyReply> {
  reply.header('entente-decision', attempt.id)
  const interaction = await at.library.interaction(request.raw, reply.raw, uid)
  if (interaction === null || interaction.uid !== uid) {
    return await showError(at, request, reply, { error: 'expired', decision: attempt.id, status: 400 })
  }
  const { failure } = attempt.ladder
  const result = (failure === null ? await raised(at, request.raw, seen) : null) ?? refusalOf(attempt)
  return reply.redirect(await at.library.finish(request.raw, reply.raw, result, uid), 303)
}

function refusalOf(attempt: Attempt) {
  if (attempt.ladder.failure?.code === 'upstream.access_denied')
    return { error: 'access_denied', error_description: `the person did not prove it; decision ${attempt.id}` }
  return unmetBy(attempt)
}

/** The session says from now on what was proved, how and when; null where there is none any more. */
async function raised(
  at: SignInOptions,
  request: Parameters<SignInOptions['library']['signedIn']>[0],
  { provider, organisation, signedIn }: Settled,
) {
  const standing = await standingIn(at, request)
  if (standing === null || provider === null || organisation === null || signedIn === null) return null
  const { acr, amr, claims } = signedIn
  const level = levelReached(organisation, provider, { acr, contexts: textsOf(claims.acrs) })
  if (level === null) return null
  // Contexts of Entra come without a time.
  const authTime = provedAt(signedIn, at.now())
  if (!(await at.sessions.raise(standing.session.uid, { acr: level, amr, authTime }))) return null
  const ts = Math.floor(authTime.getTime() / 1000)
  const login = { accountId: standing.person.uid, acr: level, amr: [...amr], ts }
  return { login, [SESSION_OF_RESULT]: standing.session.uid }
}
