/** What the other rooms see of CEL conditions. */
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'

export type Verdict =
  | { readonly outcome: 'true' }
  | { readonly outcome: 'false' }
  /** Missing claim, wrong type, cost bound hit: never permits. `detail` is for operators. */
  | { readonly outcome: 'error'; readonly detail: string }

/** A compiled condition; evaluation is synchronous, bounded, and free of side effects. */
export interface Condition {
  readonly expression: string
  evaluate(variables: JsonObject): Verdict
}

/** Longest trust condition in bytes. Source: workload-federation documentation, CEL expression limit. */
export const TRUST_CONDITION_BYTES = 1024

export interface Conditions {
  /** Parses, type-checks and bounds the expression; every reason it may not be stored, as faults of `path`. */
  check(expression: string, path: string, variables: readonly string[], maxBytes: number): FieldFault[]
  /** Compiles (with a bounded cache by text and variables). Faults: condition.invalid */
  compile(expression: string, variables: readonly string[]): Condition
}
