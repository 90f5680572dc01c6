/** Whether a trust lets a genuine token act: its source address, its condition, and which trust it is where several could. */
import type { Conditions, Verdict } from '../../claims/condition-port.ts'
import { identityDrift } from '../../claims/identity-drift.ts'
import { inCidrs } from '../../http/client-address.ts'
import type { JsonObject } from '../../json.ts'
import { identityFactsOf } from '../../registry/known/identities.ts'
import type { VerifiedToken } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import type { Trust } from '../../registry/trust.ts'
import { type Attempt, refuse } from '../attempt.ts'
import type { Found } from './find-trust.ts'
import { explainRefusal } from './nearest-trusts.ts'

interface Judge {
  readonly conditions: Conditions
}

/** With `audience` naming the provider: exactly one trust must match, else the answer would depend on an order. */
export function chooseTrust(
  at: Judge,
  attempt: Attempt,
  { provider, candidates }: { readonly provider: Provider; readonly candidates: readonly Found[] },
  token: VerifiedToken,
): Found {
  const matching = candidates.filter(({ trust, principal }) => {
    if (!trust.enabled || !principal.enabled) return false
    if (trust.allowSourceCidrs.length > 0 && !inCidrs(attempt.address, trust.allowSourceCidrs)) return false
    return (
      trust.condition === null || conditionOf(at, trust.condition).evaluate({ claims: token.claims }).outcome === 'true'
    )
  })
  const [found, ...others] = matching
  const expected = 'one matching trust'
  if (found === undefined) {
    explainRefusal(attempt, token.claims, null, candidates)
    const named = candidates.map((one) => `${nameOf(one)}${driftOf(provider, one.trust, token.claims)}`)
    const actual = `none of ${named.join(' ')}`
    refuse(attempt, 'condition', 'condition.false', { expected, actual })
  }
  if (others.length > 0)
    refuse(attempt, 'condition', 'trust.ambiguous', { expected, actual: matching.map(nameOf).join(' ') })
  attempt.trust = found.trust.cutename
  attempt.ladder.check('condition', true, 'condition.false', found.trust.condition ?? undefined)
  return found
}

function nameOf({ trust }: Found): string {
  return trust.cutename
}

export function requireAddress(attempt: Attempt, trust: Trust): void {
  if (trust.allowSourceCidrs.length === 0) {
    attempt.ladder.skip('address', 'any address')
    return
  }
  const allowed = inCidrs(attempt.address, trust.allowSourceCidrs)
  attempt.ladder.check(
    'address',
    allowed,
    'address.denied',
    () => trust.allowSourceCidrs.join(' '),
    () => attempt.address,
  )
}

/** All trusts of the provider of the one with this cutename, for those who read why that one refused. */
export type Neighbours = (cutename: string) => Promise<readonly Found[]>

/** The rung `condition`; only a refusal, which is explained, takes the time to look at the neighbours. */
export function requireCondition(
  at: Judge & { readonly neighbours: Neighbours },
  attempt: Attempt,
  { trust, provider }: { readonly trust: Trust; readonly provider: Provider },
  claims: JsonObject,
): void | Promise<void> {
  if (trust.condition === null) {
    attempt.ladder.skip('condition', 'the trust has none')
    return
  }
  const verdict = conditionOf(at, trust.condition).evaluate({ claims })
  if (verdict.outcome !== 'true') {
    return refuseByCondition(at.neighbours, attempt, trust, {
      claims,
      verdict,
      drift: driftOf(provider, trust, claims),
    })
  }
  attempt.ladder.check('condition', true, 'condition.false', trust.condition, () => 'true')
}

async function refuseByCondition(
  neighbours: Neighbours,
  attempt: Attempt,
  trust: Trust,
  { claims, verdict, drift }: { readonly claims: JsonObject; readonly verdict: Verdict; readonly drift: string },
): Promise<void> {
  explainRefusal(attempt, claims, trust, await neighbours(trust.cutename))
  const [code, actual] =
    verdict.outcome === 'error'
      ? (['condition.error', verdict.detail] as const)
      : (['condition.false', 'false'] as const)
  attempt.ladder.check('condition', false, code, trust.condition ?? undefined, `${actual}${drift}`)
}

/** In brackets behind what a condition came to: a name that changed hands, a rename, another shape of `sub`; else nothing. */
function driftOf(provider: Provider, { condition }: Trust, claims: JsonObject): string {
  const facts = condition === null ? null : identityFactsOf(provider)
  const drift = facts === null || condition === null ? null : identityDrift(condition, claims, facts)
  return drift === null ? '' : ` (${drift})`
}

function conditionOf(at: Judge, expression: string) {
  return at.conditions.compile(expression, ['claims'])
}
