/** What is known of the tokens of a source: how their claims hang together, and which parts of them strangers choose. */
import type { JsonObject } from '../../json.ts'
import type { LintRule } from './rules.ts'

/** A part of claims that varies by itself: an owner's name, an id, a branch. */
export interface Part {
  /** RE2 syntax of the whole value. */
  readonly pattern: string
  /** What a stranger's token has, where the condition does not care. */
  readonly stranger: string
  /** What the owner's has; absent: the same. */
  readonly own?: string
}

/** Tokens that the owner has beside those a trust is for. */
export interface Scene {
  readonly rule: LintRule
  /** How such tokens differ from the claims of the model; each is a merge patch. */
  readonly forms: readonly JsonObject[]
  /** Parts that the condition leaves open, if it lets all such tokens in. */
  readonly open: readonly string[]
  /** Judged only where the condition reads this claim; absent: always. */
  readonly reading?: string
  /** Ends the matter when it is put beside the condition. */
  readonly narrowing: string | null
}

/**
 * Claims as templates over parts: `repo:{owner}/{repository}:ref:{ref}`. Every template names its parts in the order of
 * `parts`, each once, so that one reading from left to right can follow all of them.
 */
export interface TokenModel {
  readonly parts: Readonly<Record<string, Part>>
  /** `{issuer}` and `{audience}` stand for the provider's; a member `*` says that others than these may be there. */
  readonly claims: JsonObject
  /** Other shapes of a token, each a merge patch: null takes a claim away. The first shape is `claims` as it stands. */
  readonly forms: readonly JsonObject[]
  /** Parts that say whose token it is (`*`: claims that are not known); who leaves all of them open lets strangers in. */
  readonly owner: readonly string[]
  /** Those of `owner` that are never given to anybody else. */
  readonly ids: readonly string[]
  readonly scenes: readonly Scene[]
  /** Two groups of forms of the same tokens: a condition that knows only one of them will fail for the other. */
  readonly shapes?: readonly [readonly JsonObject[], readonly JsonObject[]]
  /** True where who runs the issuer's accounts may choose what `sub` is made of: more than the forms may be there. */
  readonly subjectsVary?: boolean
  /** Claims of which every possible value is known, where others may be there: a condition on these alone may be never true. */
  readonly settled?: readonly string[]
  /** The rule for conditions that let every token in, where it is not the usual one. */
  readonly everything?: LintRule
  /** Clause that pins the owner for good, with a place to fill in. */
  readonly pin: string
}

/** The source of the tokens that a condition judges. */
export interface LintSource {
  readonly title: string
  /** Anybody can get tokens of this issuer. */
  readonly isShared: boolean
  readonly model: TokenModel
  readonly issuer: string
  /** Accepted audiences, the organisation's own first. */
  readonly audiences: readonly string[]
}
