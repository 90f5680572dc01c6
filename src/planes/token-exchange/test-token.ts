/**
 * TestToken: the same checks on a token in the operator's hand, or on claims alone, without issuing, without taking a
 * single-use token, and climbing on after a failure so that all of it is seen. Recorded as a decision of plane `test`.
 */

import { explainCondition } from '../../claims/explain.ts'
import type { ExplainedPart, Rung } from '../../decisions/decision.ts'
import { Refused } from '../../decisions/ladder.ts'
import type { Recorder } from '../../decisions/recorder.ts'
import type { JsonObject } from '../../json.ts'
import type { ExchangeSubject } from '../../registry/exchange-subject.ts'
import { createAttempt, decisionOf, requireEnabled } from '../attempt.ts'
import { refusedExchange } from '../oauth-error.ts'
import type { ExchangePlane } from './exchange.ts'
import { requireAddress, requireCondition } from './judge-trust.ts'
import { requireProvider, verifySubjectToken } from './subject-token.ts'

export interface TestTokenAsk {
  readonly subject: ExchangeSubject
  /** A token, or claims that are taken for those of a genuine one. */
  readonly evidence: { readonly subjectToken: string } | { readonly claims: JsonObject }
  /** What the token would be called at the token endpoint. */
  readonly address: string
}

export interface TestTokenReport {
  readonly decisionId: string
  readonly passed: boolean
  readonly rungs: readonly Rung[]
  /** Best effort: also when the signature fails. Null when there is nothing to decode. */
  readonly claims: JsonObject | null
  /** Of the trust's condition, whatever it came to; null where it has none or nothing was decoded. */
  readonly conditionParts: readonly ExplainedPart[] | null
}

export interface TestTokenPlane extends Pick<ExchangePlane, 'protocols' | 'conditions' | 'neighbours'> {
  readonly recorder: Recorder
  readonly now: () => Date
  readonly newUid: () => string
  /** Decodes without verifying. */
  readonly peekClaims: (token: string) => JsonObject | null
}

const JWT = 'urn:ietf:params:oauth:token-type:jwt'

export async function testToken(at: TestTokenPlane, ask: TestTokenAsk): Promise<TestTokenReport> {
  const { trust, provider, principal, organisation, audience } = ask.subject
  const attempt = createAttempt({
    id: at.newUid(),
    at: at.now(),
    address: ask.address,
    plane: 'test',
    mode: 'lenient',
    refusal: refusedExchange,
  })
  attempt.organisation = organisation.id
  attempt.provider = provider.id
  attempt.trust = trust.cutename
  const { ladder } = attempt
  requireEnabled(attempt, 'trust', trust.enabled, 'trust.disabled')
  requireEnabled(attempt, 'principal', principal.enabled, 'principal.disabled')
  requireProvider(attempt, provider)
  const { evidence, subject } = ask
  const claims =
    'claims' in evidence ? evidence.claims : await verifyLeniently(at, attempt, subject, evidence, audience)
  if ('claims' in evidence) for (const rung of TOKEN_RUNGS) ladder.skip(rung, 'claims were given in place of a token')
  if (claims === null) ladder.skip('condition', 'the token could not be decoded')
  else {
    await requireCondition(at, attempt, { trust, provider }, claims)
    if (trust.condition !== null) attempt.conditionParts ??= explainCondition(trust.condition, { claims }).parts
  }
  requireAddress(attempt, trust)
  await at.recorder.record(decisionOf(attempt))
  const { conditionParts } = attempt
  return { decisionId: attempt.id, passed: ladder.failure === null, rungs: ladder.rungs, claims, conditionParts }
}

/** What claims alone cannot show. */
const TOKEN_RUNGS = ['token', 'issuer', 'key', 'signature', 'audience', 'time', 'subject']

async function verifyLeniently(
  at: TestTokenPlane,
  attempt: ReturnType<typeof createAttempt>,
  { provider }: ExchangeSubject,
  { subjectToken }: { readonly subjectToken: string },
  audience: string,
): Promise<JsonObject | null> {
  const addressed = { provider, audience }
  try {
    const verified = await verifySubjectToken(at, attempt, addressed, { subjectToken, subjectTokenType: JWT })
    // Shown to the operator who pasted the token, and judged by the condition only inside this report.
    return verified?.claims ?? at.peekClaims(subjectToken)
  } catch (error) {
    if (error instanceof Refused) return at.peekClaims(subjectToken)
    throw error
  }
}
