/** Back from the provider: parked, arrived for what the login was begun for, or refused with a decision. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../decisions/ladder.ts'
import { clientAddress, limitKey } from '../../../http/client-address.ts'
import { parseForm } from '../../../http/forms.ts'
import { type Attempt, createAttempt, decisionOf } from '../../attempt.ts'
import { refusedExchange } from '../../oauth-error.ts'
import { boundBrowser, endedBinding } from '../binding.ts'
import type { Login } from '../login.ts'
import { outsideOf } from '../outside.ts'
import type { ErrorKey } from '../pages/error.ts'
import type { Answer } from '../returned-login.ts'
import { formOf } from './form.ts'
import type { SignInOptions } from './options.ts'
import { purposes } from './purposes.ts'
import type { Purpose } from './returned.ts'
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
  // Back to where it was sent: each plane has its own path.
  const [path = ''] = request.url.split('?', 1)
  return reply.redirect(`${path}?state=${encodeURIComponent(state)}`, 303)
}

/** By the door `acs` nothing counts but what was parked: a response in an address would be logged on its way. */
export async function comeBack(
  at: SignInOptions,
  request: FastifyRequest<{ Params: ReturnPath }>,
  reply: FastifyReply,
  door: Answer['door'],
) {
  const query = parseForm(request.raw.url?.split('?').slice(1).join('?') ?? '')
  if (!query.ok || [...query.parameters.values()].some((values) => values.length > 1))
    return await refuseUnknown(at, request, reply)
  const sent = Object.fromEntries([...query.parameters].map(([name, [value = '']]) => [name, value]))
  const { state } = sent
  if (state === undefined) return await refuseUnknown(at, request, reply)
  if (!at.limit.judge(limitKey(clientAddress(request)), false).allowed) return await tooMany(at, request, reply)
  const seen = await at.logins.peek(state, at.now())
  // An answer to nothing: the address says at least whose decision it is.
  const purpose = purposes[seen?.purpose ?? (request.url.startsWith('/step-up/') ? 'step-up' : 'sign-in')]
  const attempt = attemptOf(at, request, purpose)
  const parked = seen?.parked ?? null
  // Only texts were parked.
  const parameters: Readonly<Record<string, string>> =
    door === 'acs' || (Object.keys(sent).length === 1 && parked !== null) ? Object(parked) : sent
  try {
    const browserHash = boundBrowser(at.publicUrl, state, request.headers.cookie)
    const { organisation, provider } = request.params
    const onUsed = () => void reply.header('set-cookie', endedBinding(at.publicUrl, state))
    const answer = { organisation, provider, door, parameters, browserHash, onUsed }
    return await purpose.arrive(at, { request, reply, attempt, state, answer })
  } catch (error) {
    return await refused(at, request, reply, attempt, error, againOf(seen))
  }
}

/** The question that the login answers: it stays open for its browser, and is nothing to any other. */
function againOf(login: Login | null): string | null {
  if (login?.purpose !== 'sign-in' || login.reference === null) return null
  return `/sign-in/${login.reference}`
}

/** What ended with the login, or belongs elsewhere, is not tried again from here. */
const OVER: readonly ErrorKey[] = ['expired', 'otherBrowser']

/** What a provider's own new key looks like until its metadata were read. */
const FOREIGN_KEY = ['signature.invalid', 'saml.key_missing']

export async function refused(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Attempt,
  error: unknown,
  again: string | null = null,
) {
  if (!(error instanceof Refused)) {
    at.onError(error, request)
    return await showError(at, request, reply, { error: 'internal', decision: null, status: 500 })
  }
  if (FOREIGN_KEY.includes(error.code) && attempt.provider !== null)
    at.onKeyUnknown(attempt.organisation, attempt.provider)
  at.limit.refused(limitKey(attempt.address))
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, error.code)
  reply.header('entente-decision', attempt.id)
  const key = outsideOf(error.code, attempt.plane)
  return await showError(at, request, reply, {
    error: key,
    again: OVER.includes(key) ? null : again,
    decision: attempt.id,
    organisation: attempt.organisation,
    status: error.code === 'code.unavailable' || error.code === 'key.unavailable' ? 502 : 403,
  })
}

export async function refuseUnknown(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
}

export async function tooMany(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  at.limit.limited()
  reply.header('retry-after', at.limit.retryAfterSeconds())
  return await showError(at, request, reply, { error: 'tooMany', decision: null, status: 429 })
}

export function attemptOf(
  at: SignInOptions,
  request: FastifyRequest,
  { plane, mode }: Pick<Purpose, 'plane' | 'mode'>,
): Attempt {
  const base = { id: at.newUid(), at: at.now(), address: clientAddress(request) }
  return createAttempt({ ...base, plane, mode, refusal: refusedExchange })
}
