/** What a judgement found. */
import type { JsonObject } from '../../json.ts'
import type { LintRule, Severity } from './rules.ts'

export interface Finding {
  readonly rule: LintRule
  readonly severity: Severity
  /** A sentence for the person who wrote the condition. */
  readonly message: string
  /** A narrower condition to put in the place of the whole; null where only its writer knows the values. */
  readonly fix: string | null
  /** Claims of a token that the condition lets in, and perhaps should not; null where the finding is about no token. */
  readonly witness: JsonObject | null
}
