/** What the other rooms see of attribute mappings. */
import type { Json, JsonObject } from '../json.ts'

/** CEL expressions by the key that they fill. */
export type MappingExpressions = Readonly<Record<string, string>>

/** What the claims of one person become, or which expression had no answer. `detail` is for operators. */
export type Mapped =
  | { readonly values: Readonly<Record<string, Json>> }
  | { readonly error: { readonly key: string; readonly detail: string } }

/** A compiled mapping; one application is synchronous, bounded as a whole, and free of side effects. */
export interface Mapping {
  /** An expression without an answer is an error: a mapping that half works hides mistakes. Null leaves its key out. */
  apply(assertion: JsonObject): Mapped
}
