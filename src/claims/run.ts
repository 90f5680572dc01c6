/** One evaluation: what it may spend, where its loop variables lie, and why it failed. */
import type { JsonMap, Value } from './values.ts'

/** Stands for a CEL error; `Run.detail` says which. A value, not an exception: 5 000 errors in a loop stay cheap. */
export const FAILED: unique symbol = Symbol('failed')

export type Outcome = Value | typeof FAILED

export type Step = (run: Run) => Outcome

export interface Run {
  /** The variables, in the order they were declared; null where the caller gave none. */
  readonly roots: readonly (JsonMap | null)[]
  /** Loop variables by nesting. */
  readonly slots: Value[]
  left: number
  detail: string
}

/**
 * What one evaluation may spend. Units: about 20 ns each where it is slowest, so that a spent budget is some 20 ms,
 * which leaves room for a slower machine under the 50 ms that an evaluation may take.
 */
export const COST_LIMIT = 1_000_000

/** Thrown, not returned: `||` and `exists` absorb failures, and a spent budget must not be absorbed. */
export const costExceeded = new Error('the condition costs more than an evaluation may')

/** Thrown by the conversion of claims, which has no other way out. */
export const tooDeep = new Error('the claims are nested too deeply')

export function charge(run: Run, units: number): void {
  run.left -= units
  if (run.left < 0) throw costExceeded
}

/** Notes why, for operators: expression text and type names only, never a claim's value. */
export function fail(run: Run, detail: string): typeof FAILED {
  run.detail = detail
  return FAILED
}
