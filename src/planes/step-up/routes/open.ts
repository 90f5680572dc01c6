/** A transaction is opened: its person is signed in, the browser is bound, and sent to the provider. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../decisions/ladder.ts'
import { clientAddress, limitKey } from '../../../http/client-address.ts'
import type { StepUpTransaction } from '../../../registry/step-up-transaction.ts'
import { UUID } from '../../../registry/step-up-transactions.ts'
import { type Attempt, createAttempt, decisionOf, refuse } from '../../attempt.ts'
import { refusedExchange } from '../../oauth-error.ts'
import { outsideOf } from '../../sign-in/outside.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import { sendOff } from '../../sign-in/routes/send-off.ts'
import { showError } from '../../sign-in/routes/showing.ts'
import { standingIn } from '../../sign-in/signed-in.ts'
import { browserOf } from '../browser.ts'
import { demandsOf, fingerprintOf } from '../challenge.ts'
import { requirePending, requireProvider } from '../open-transaction.ts'
import { signInUrlOf } from '../sign-in-first.ts'

/** Back from our own sign-in: on to the transaction, which looks for itself who came. */
export async function signedIn(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  const { state, error } = Object(request.query)
  if (typeof state === 'string' && UUID.test(state) && error === undefined) {
    return reply.redirect(`/step-up/${state}`, 303)
  }
  const outcome = error === undefined ? 'stepUpOver' : 'declined'
  return await showError(at, request, reply, { error: outcome, decision: null, status: 400 })
}

export async function open(
  at: SignInOptions,
  request: FastifyRequest<{ Params: { uid: string } }>,
  reply: FastifyReply,
) {
  const address = clientAddress(request)
  const key = limitKey(address)
  if (!at.limit.judge(key, false).allowed) {
    at.limit.limited()
    reply.header('retry-after', at.limit.retryAfterSeconds())
    return await showError(at, request, reply, { error: 'tooMany', decision: null, status: 429 })
  }
  const { uid } = request.params
  const transaction = UUID.test(uid) ? await at.registry.stores.stepUpTransactions.getByUid(uid) : null
  if (transaction === null) {
    at.limit.refused(key)
    return await showError(at, request, reply, { error: 'notFound', decision: null, status: 404 })
  }
  const plane = transaction.target.kind === 'test' ? 'test' : 'step-up'
  const base = { id: at.newUid(), at: at.now(), address, refusal: refusedExchange }
  const attempt = createAttempt({ ...base, plane, mode: 'strict' })
  attempt.organisation = transaction.organisation
  try {
    return await toProvider(at, request, reply, attempt, transaction)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    at.limit.refused(key)
    await at.recorder.record(decisionOf(attempt))
    at.onDecision(attempt, error.code)
    return await showError(at, request, reply.header('entente-decision', attempt.id), {
      error: outsideOf(error.code),
      decision: attempt.id,
      organisation: attempt.organisation,
      status: 403,
      // The right person may sign in instead.
      again: error.code === 'step_up.other_person' ? `/step-up/${uid}?other=1` : null,
    })
  }
}

async function toProvider(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Attempt,
  transaction: StepUpTransaction,
) {
  const { uid, person } = transaction
  requirePending(attempt, transaction, at.now())
  const { provider, organisation } = await requireProvider(at.registry, attempt, transaction)
  if (person !== null) {
    const toSignIn = await requireSignedIn(at, request, attempt, { uid, person })
    if (toSignIn !== null) return reply.redirect(toSignIn, 303)
  }
  const left = Math.ceil((transaction.expiresAt.getTime() - at.now().getTime()) / 1000)
  const browser = browserOf(at, uid, request.headers.cookie, left)
  const isBound = await at.registry.stores.stepUpTransactions.bind(uid, browser.hash, at.now())
  attempt.ladder.check('browser', isBound, 'step_up.other_browser', 'the browser that opened it first', 'another one')
  const demands = demandsOf(organisation, provider, transaction)
  if (demands === null) refuse(attempt, 'level', 'step_up.level_unreachable', { expected: transaction.level ?? '' })
  if (browser.cookie !== null) reply.header('set-cookie', browser.cookie)
  return await sendOff(at, request, reply, {
    provider,
    purpose: 'step-up',
    reference: uid,
    identifier: person === null ? null : await addressOf(at, person),
    demands,
    remembered: { provider: fingerprintOf(provider) },
  })
}

/** What the provider may fill in for the person. */
async function addressOf({ registry }: SignInOptions, uid: string): Promise<string | null> {
  return (await registry.stores.persons.getByUid(uid))?.email ?? null
}

/** Null where the person is signed in here; else where the browser has to go first. */
async function requireSignedIn(
  at: SignInOptions,
  request: FastifyRequest,
  attempt: Attempt,
  { uid, person: personUid }: { readonly uid: string; readonly person: string },
): Promise<string | null> {
  const person = await at.registry.stores.persons.getByUid(personUid)
  if (person === null || !person.enabled) refuse(attempt, 'person', 'person.disabled')
  const standing = await standingIn(at, request.raw)
  const asOther = Object.hasOwn(Object(request.query), 'other')
  if (standing?.person.uid === person.uid) return null
  if (standing === null || asOther) return await signInUrlOf(at.registry, uid, person, asOther)
  refuse(attempt, 'person', 'step_up.other_person', { expected: person.id, actual: standing.person.id })
}
