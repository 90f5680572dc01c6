/** What a provider of people makes of its claims: the rungs `mapping` and `condition`, for exchange and sign-in alike. */
import { ATTRIBUTE_CONDITION_VARIABLES, conditionVariables } from '../claims/attribute-condition.ts'
import type { Conditions } from '../claims/condition-port.ts'
import { explainCondition } from '../claims/explain.ts'
import { compileMapping } from '../claims/mapping.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Provider } from '../registry/provider.ts'
import { shownMapping } from '../registry/provider-view.ts'
import { type Attempt, refuse } from './attempt.ts'

export type MappedClaims = Readonly<Record<string, Json>>

/** The mapped values, `google.subject` among them. Strict ladders throw where an expression has no answer. */
export function requireMapping(attempt: Attempt, provider: Provider, claims: JsonObject): MappedClaims {
  const mapped = compileMapping(shownMapping(provider)).apply(claims)
  if ('error' in mapped) {
    const { key, detail } = mapped.error
    refuse(attempt, 'mapping', 'mapping.error', { expected: `a value for ${key}`, actual: detail })
  }
  // Plain, so that a granted decision says whom it was for.
  attempt.ladder.check('mapping', true, 'mapping.error', undefined, String(mapped.values['google.subject']))
  return mapped.values
}

/** Climbs the rung `condition`; a provider without one skips it. */
export function requirePersonCondition(
  at: { readonly conditions: Conditions },
  attempt: Attempt,
  { condition }: Provider,
  claims: JsonObject,
  mapped: MappedClaims,
): void {
  if (condition === null) {
    attempt.ladder.skip('condition', 'the provider has none')
    return
  }
  const verdict = at.conditions
    .compile(condition, ATTRIBUTE_CONDITION_VARIABLES)
    .evaluate(conditionVariables(claims, mapped))
  if (verdict.outcome !== 'true') {
    attempt.conditionParts = explainCondition(condition, conditionVariables(claims, mapped)).parts
  }
  const code = verdict.outcome === 'error' ? 'condition.error' : 'condition.false'
  const actual = () => (verdict.outcome === 'error' ? verdict.detail : verdict.outcome)
  attempt.ladder.check('condition', verdict.outcome === 'true', code, condition, actual)
}
