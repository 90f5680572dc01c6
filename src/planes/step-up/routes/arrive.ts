/**
 * The purpose `step-up`: the browser is back with the provider's answer, and the transaction is settled by it, once. Whatever
 * is not proved to the letter is an error, and an error is the end of the transaction.
 */
import type { FastifyReply } from 'fastify'
import { Refused } from '../../../decisions/ladder.ts'
import { limitKey } from '../../../http/client-address.ts'
import type { JsonObject } from '../../../json.ts'
import type { Organisation } from '../../../registry/organisation.ts'
import type { SignedIn } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import type { StepUpTransaction } from '../../../registry/step-up-transaction.ts'
import { type Attempt, createAttempt, decisionOf, refuse } from '../../attempt.ts'
import { type DecisionCode, decisionCodes } from '../../faults.ts'
import type { Login } from '../../sign-in/login.ts'
import { type Answer, judgeAnswer, requireLogin } from '../../sign-in/returned-login.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import type { Purpose, Returned } from '../../sign-in/routes/returned.ts'
import { standingIn } from '../../sign-in/signed-in.ts'
import { forgottenBrowser } from '../browser.ts'
import { fingerprintOf } from '../challenge.ts'
import { entraMeaning } from '../entra-errors.ts'
import { keptClaims, testedClaims } from '../kept-claims.ts'
import { requirePending, requireProvider } from '../open-transaction.ts'
import { requireSamePerson } from '../same-person.ts'
import { styleOf } from '../style.ts'
import { backToApp } from './back-to-app.ts'
import { showOutcome } from './outcome.ts'

export const stepUpPurpose: Purpose = {
  plane: 'step-up',
  mode: 'strict',
  async arrive(at, returned) {
    const { login } = await requireLogin(at, returned.attempt, returned.state, returned.answer)
    const { stepUpTransactions } = at.registry.stores
    const transaction = await stepUpTransactions.getByUid(login.reference ?? '')
    if (transaction === null) refuse(returned.attempt, 'transaction', 'step_up.transaction_gone')
    return await settle(at, { ...returned, attempt: attemptFor(transaction, returned.attempt) }, login, transaction)
  },
}

export interface Settled {
  readonly provider: Provider | null
  readonly organisation: Organisation | null
  /** What the provider said; null where nothing could be trusted. */
  readonly signedIn: SignedIn | null
}

/** A test climbs on where it can: whoever takes it wants to see everything. */
function attemptFor({ target }: StepUpTransaction, attempt: Attempt): Attempt {
  if (target.kind !== 'test') return attempt
  const { id, at, address, refusal, organisation, provider } = attempt
  const lenient = createAttempt({ id, at, address, refusal, plane: 'test', mode: 'lenient' })
  lenient.ladder.check('login', true, 'login.unknown')
  return Object.assign(lenient, { organisation, provider })
}

async function settle(
  at: SignInOptions,
  returned: Returned,
  login: Login,
  transaction: StepUpTransaction,
): Promise<FastifyReply> {
  const { attempt } = returned
  const seen: { -readonly [K in keyof Settled]: Settled[K] } = { provider: null, organisation: null, signedIn: null }
  try {
    await judge(at, returned, login, transaction, seen)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  const failure = attempt.ladder.failure
  const isTest = transaction.target.kind === 'test'
  const claims = seen.signedIn === null ? {} : (isTest ? testedClaims : keptClaims)(seen.signedIn.claims)
  const state = failure === null ? 'verified' : 'error'
  const errorMessage = failure === null ? null : messageOf(failure.code, saidOf(attempt, returned.answer))
  const after = settled(transaction, at.now(), {
    state,
    errorMessage,
    claims: failure === null || isTest ? claims : {},
  })
  if (isTest && seen.signedIn !== null) attempt.tested = { claims, mapped: null, mappers: [], person: null }
  // Durable before anybody can see that it is verified.
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, failure?.code ?? 'granted')
  if (failure !== null) at.limit.refused(limitKey(attempt.address))
  returned.reply.header('set-cookie', forgottenBrowser(at, transaction.uid))
  const { stepUpTransactions } = at.registry.stores
  const isFirst = transaction.state === 'pending' && (await stepUpTransactions.update(after))
  // Whoever is sent back is told what became of the transaction, not of the answer that came too late.
  const standing = isFirst ? after : ((await stepUpTransactions.getByUid(transaction.uid)) ?? after)
  if (failure === null && !isFirst) return await late(at, returned, standing)
  if (failure === null && isTest && seen.provider !== null) {
    await at.registry.stores.providers.touchTested(seen.provider.uid, at.now())
  }
  const { interaction } = login.demands
  if (typeof interaction === 'string') return await backToApp(at, returned, interaction, seen)
  return await showOutcome(at, returned, standing, seen)
}

/** Climbs everything between the login and the verdict. */
async function judge(
  at: SignInOptions,
  { request, attempt, answer }: Returned,
  login: Login,
  transaction: StepUpTransaction,
  seen: { -readonly [K in keyof Settled]: Settled[K] },
): Promise<void> {
  requirePending(attempt, transaction, at.now())
  const { provider, organisation } = await requireProvider(at.registry, attempt, transaction)
  seen.provider = provider
  seen.organisation = organisation
  const person = transaction.person === null ? null : await at.registry.stores.persons.getByUid(transaction.person)
  if (transaction.person !== null) {
    const standing = await standingIn(at, request.raw)
    const isHere = person !== null && standing?.person.uid === person.uid
    if (!isHere) refuse(attempt, 'session', 'step_up.signed_out')
    attempt.ladder.check('session', true, 'step_up.signed_out')
  }
  // Before anything is sent there: the code may be for what the provider was.
  const isSame = login.demands.provider === fingerprintOf(provider)
  if (!isSame) refuse(attempt, 'provider', 'step_up.provider_changed')
  const signedIn = await judgeAnswer(at, attempt, { login, provider }, answer)
  if (signedIn === null) return
  seen.signedIn = signedIn
  styleOf(provider).judge(Object(login.demands), signedIn, attempt.ladder)
  await requireSamePerson(at.registry.stores, attempt, person, provider, signedIn)
}

/** Two answers of one transaction came at once: the other one settled it. */
async function late(at: SignInOptions, returned: Returned, transaction: StepUpTransaction): Promise<FastifyReply> {
  const { id: _, organisation, provider, plane, ...rest } = returned.attempt
  const attempt = Object.assign(createAttempt({ ...rest, id: at.newUid(), plane, mode: 'lenient' }), {
    organisation,
    provider,
  })
  attempt.ladder.check('transaction', false, 'step_up.transaction_used', 'pending', 'settled meanwhile')
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, 'step_up.transaction_used')
  const none = { provider: null, organisation: null, signedIn: null }
  return await showOutcome(at, { ...returned, attempt }, transaction, none)
}

function settled(
  transaction: StepUpTransaction,
  now: Date,
  outcome: { readonly state: 'verified' | 'error'; readonly errorMessage: string | null; readonly claims: JsonObject },
): StepUpTransaction {
  return { ...transaction, ...outcome, version: transaction.version + 1, updatedAt: now }
}

/** What the provider said of the failure, to the browser or to us at its token endpoint. */
function saidOf({ ladder }: Attempt, { parameters }: Answer): string {
  const { actual = '' } = ladder.rungs.find(({ outcome }) => outcome === 'failed') ?? {}
  return `${parameters.error_description ?? ''} ${actual}`
}

/** Longest text kept of what went wrong. */
const MESSAGE_CHARACTERS = 500

function messageOf(code: string, description: string): string {
  const entry = isDecisionCode(code) ? decisionCodes[code] : null
  const said = entraMeaning(description)
  const message = `${entry?.message ?? 'The step-up was refused.'}${said === null ? '' : ` ${said}`} (${code})`
  return message.slice(0, MESSAGE_CHARACTERS)
}

function isDecisionCode(code: string): code is DecisionCode {
  return Object.hasOwn(decisionCodes, code)
}
