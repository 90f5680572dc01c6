/**
 * What comes back from a SAML identity provider: the response that was parked, judged, taken once, and held against what
 * this login asked for.
 *
 * Source: SAML 2.0 Profiles §4.1.4.3–4.1.4.5; CONTRACT.md section 7.
 */
import type { KeyObject } from 'node:crypto'
import type { Ladder } from '../../../decisions/ladder.ts'
import type { SignedIn, SignInReturn } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import { decodeBase64 } from '../message-bytes.ts'
import { judgeResponse } from '../response/judge-response.ts'
import type { ExpectedResponse, VerifiedAssertion } from '../response/port.ts'
import { serviceProviderOf } from '../service-provider.ts'
import { isPast, type Principal, type SignInUpstream, signInUpstreamOf } from '../upstream.ts'
import { claimsOf, emailOf, principalOf } from './claims.ts'
import { fromMemory, type LoginMemory } from './memory.ts'

export interface Receiver {
  readonly publicUrl: string
  readonly decryptionKeys: () => Promise<readonly KeyObject[]>
  /** True for exactly one caller for the scope and key until the moment, in any process. */
  readonly takeOnce: (scope: string, key: string, until: Date, now: Date) => Promise<boolean>
}

/** Null, on a lenient ladder, when no assertion could be trusted; else as `SignIn.finish`. */
export async function finishSignIn(at: Receiver, answer: SignInReturn, ladder: Ladder): Promise<SignedIn | null> {
  const { provider, parameters, now } = answer
  const memory = fromMemory(answer.memory)
  const upstream = signInUpstreamOf(provider.settings)
  if (memory === null || upstream === null) {
    ladder.check('state', false, 'answer.state_mismatch', 'what the login began with', 'another protocol')
    return null
  }
  const message = parameters.SAMLResponse === undefined ? null : decodeBase64(parameters.SAMLResponse)
  if (!ladder.check('answer', message !== null, 'answer.empty', 'a SAML response', 'none') || message === null)
    return null
  const expected = expectedResponse(at.publicUrl, provider, upstream, await at.decryptionKeys(), now)
  const assertion = judgeResponse(message, { ...expected, inResponseTo: memory.requestId }, ladder)
  if (assertion === null) return null
  await requireFirstUse(at, provider, assertion, now, ladder)
  judgeContext(memory, assertion, ladder)
  judgeFreshness(answer, memory, assertion, ladder)
  return signedIn(provider, upstream, assertion, ladder)
}

/** What every response of the provider is held against, of a login or an exchange. */
export function expectedResponse(
  publicUrl: string,
  provider: Provider,
  upstream: SignInUpstream,
  decryptionKeys: readonly KeyObject[],
  now: Date,
): Omit<ExpectedResponse, 'inResponseTo'> {
  const { entityId, acsUrl } = serviceProviderOf(publicUrl, provider)
  return {
    // Past their time they are nobody's.
    certificates: isPast(upstream, now) ? [] : upstream.certificates,
    allowSha1: upstream.allowSha1,
    now,
    idpEntityId: upstream.entityId,
    audiences: [entityId],
    destinations: [acsUrl],
    recipients: [acsUrl],
    decryptionKeys,
    wantAssertionsEncrypted: upstream.wantAssertionsEncrypted,
    allowBareAssertion: false,
    pinnedNameIdFormat: upstream.pinsNameIdFormat ? upstream.nameIdFormat : null,
    requiresNameId: upstream.principal.by === 'NameID',
  }
}

/** The rung `replay`: an assertion is taken once, wherever it is brought to. Source: SAML 2.0 Profiles §4.1.4.5. */
export async function requireFirstUse(
  { takeOnce }: Pick<Receiver, 'takeOnce'>,
  { uid }: Provider,
  { assertionId, replayableUntil }: VerifiedAssertion,
  now: Date,
  ladder: Ladder,
): Promise<void> {
  if (ladder.failure !== null) {
    // Whoever grants anything has stopped: what will not be used need not be used up.
    ladder.skip('replay', 'an earlier rung failed')
    return
  }
  const isFirst = await takeOnce(`saml:${uid}`, assertionId, replayableUntil, now)
  ladder.check('replay', isFirst, 'token.replayed', 'an assertion not seen before', assertionId)
}

/** The rung `context`: a provider that did not heed what was asked for has not proved it. */
function judgeContext({ contexts }: LoginMemory, { authnContextClassRef }: VerifiedAssertion, ladder: Ladder): void {
  if (contexts.length === 0) {
    ladder.skip('context', 'none was asked for')
    return
  }
  const isOne = authnContextClassRef !== null && contexts.includes(authnContextClassRef)
  ladder.check('context', isOne, 'upstream.level_unmet', () => contexts.join(' '), authnContextClassRef ?? 'none')
}

/** Clocks may differ. Units: seconds */
const SKEW_SECONDS = 60

/** The rung `freshness`: where a new proof was asked for, it cannot be older than the login. */
function judgeFreshness(
  { now, demands }: SignInReturn,
  { isForced, begunAt }: LoginMemory,
  { authnInstant }: VerifiedAssertion,
  ladder: Ladder,
): void {
  if (!isForced) {
    ladder.skip('freshness', 'no new proof was asked for')
    return
  }
  const age = Math.round((now.getTime() - authnInstant.getTime()) / 1000)
  const allowed = Math.max(demands.maxAge ?? 0, Math.round((now.getTime() - begunAt) / 1000)) + SKEW_SECONDS
  ladder.check(
    'freshness',
    age <= allowed,
    'auth_time.too_old',
    () => `at most ${allowed} s`,
    () => `${age} s`,
  )
}

function signedIn(
  provider: Provider,
  { principal }: SignInUpstream,
  assertion: VerifiedAssertion,
  ladder: Ladder,
): SignedIn {
  const subject = judgePrincipal(principal, assertion, ladder)
  const { nameId, sessionIndex } = assertion
  return {
    subject,
    claims: claimsOf(assertion, subject),
    email: emailOf(provider, assertion),
    acr: assertion.authnContextClassRef,
    amr: [],
    authTime: assertion.authnInstant,
    session: sessionIndex,
    logout: nameId === null ? {} : { nameId: { ...nameId }, sessionIndex },
    sessionEndsAt: assertion.sessionNotOnOrAfter,
  }
}

/** The rung `identity`. A transient NameID is no fault here: it never links, and whoever needs a link says so. */
export function judgePrincipal(principal: Principal, assertion: VerifiedAssertion, ladder: Ladder): string | null {
  const subject = principalOf(principal, assertion)
  if (principal.by === 'NameID') ladder.skip('identity', 'the NameID is the identity')
  else ladder.check('identity', subject !== null, 'subject.attribute_missing', principal.attribute)
  return subject
}
