/** Back from the provider: parked, arrived, and let in or refused with a decision. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Interaction } from 'oidc-provider'
import { Refused } from '../../../decisions/ladder.ts'
import { clientAddress, limitKey } from '../../../http/client-address.ts'
import { parseForm } from '../../../http/forms.ts'
import { type Attempt, createAttempt, decisionOf, refuse } from '../../attempt.ts'
import { refusedExchange } from '../../oauth-error.ts'
import { SESSION_OF_RESULT } from '../../openid-provider/accounts.ts'
import { type Arrival, arrive } from '../arrive.ts'
import { boundBrowser } from '../binding.ts'
import { isOpen } from '../home-realm.ts'
import { newSession } from '../new-session.ts'
import { outsideOf } from '../outside.ts'
import { formOf } from './form.ts'
import type { SignInOptions } from './options.ts'
import { showError } from './showing.ts'

export interface ReturnPath {
  readonly organisation: string
  readonly provider: string
}

/** Cookies of Lax do not come with a POST of another site: the message waits for the GET that has them. */
export async function park(at: SignInOptions, request: FastifyRequest<{ Params: ReturnPath }>, reply: FastifyReply) {
  const form = formOf(request)
  const state = form?.state
  if (form === null || state === undefined || !(await at.logins.park(state, { ...form }, at.now()))) {
    return await refuseUnknown(at, request, reply)
  }
  const { organisation, provider } = request.params
  return reply.redirect(`/sign-in/${organisation}/${provider}/return?state=${encodeURIComponent(state)}`, 303)
}

export async function comeBack(
  at: SignInOptions,
  request: FastifyRequest<{ Params: ReturnPath }>,
  reply: FastifyReply,
) {
  const query = parseForm(request.raw.url?.split('?').slice(1).join('?') ?? '')
  if (!query.ok || [...query.parameters.values()].some((values) => values.length > 1))
    return await refuseUnknown(at, request, reply)
  const sent = Object.fromEntries([...query.parameters].map(([name, [value = '']]) => [name, value]))
  const { state } = sent
  if (state === undefined) return await refuseUnknown(at, request, reply)
  const attempt = attemptOf(at, request)
  if (!at.limit.judge(limitKey(attempt.address), false).allowed) return await tooMany(at, request, reply)
  const parked = (await at.logins.peek(state, at.now()))?.parked ?? null
  // Only texts were parked.
  const parameters: Readonly<Record<string, string>> =
    Object.keys(sent).length === 1 && parked !== null ? Object(parked) : sent
  try {
    const browserHash = boundBrowser(at.publicUrl, state, request.headers.cookie)
    const { organisation, provider } = request.params
    const arrival = await arrive(at, attempt, state, { organisation, provider, parameters, browserHash })
    const uid = arrival.login.reference ?? ''
    await requireApp(at, attempt, await at.library.interaction(request.raw, reply.raw, uid), arrival)
    return await letIn(at, request, reply, attempt, arrival)
  } catch (error) {
    return await refused(at, request, reply, attempt, error)
  }
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
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Attempt,
  arrival: Arrival,
) {
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

async function refused(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Attempt,
  error: unknown,
) {
  if (!(error instanceof Refused)) {
    at.onError(error, request)
    return await showError(at, request, reply, { error: 'internal', decision: null, status: 500 })
  }
  at.limit.refused(limitKey(attempt.address))
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, error.code)
  reply.header('entente-decision', attempt.id)
  return await showError(at, request, reply, {
    error: outsideOf(error.code),
    decision: attempt.id,
    organisation: attempt.organisation,
    status: error.code === 'code.unavailable' || error.code === 'key.unavailable' ? 502 : 403,
  })
}

async function refuseUnknown(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
}

async function tooMany(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  at.limit.limited()
  reply.header('retry-after', at.limit.retryAfterSeconds())
  return await showError(at, request, reply, { error: 'tooMany', decision: null, status: 429 })
}

function attemptOf(at: SignInOptions, request: FastifyRequest): Attempt {
  const base = { id: at.newUid(), at: at.now(), address: clientAddress(request) }
  return createAttempt({ ...base, plane: 'sign-in', mode: 'strict', refusal: refusedExchange })
}
