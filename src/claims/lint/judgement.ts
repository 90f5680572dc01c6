/** What the rules are given. */
import type { JsonObject } from '../../json.ts'
import type { Finding } from './finding.ts'
import type { Judged } from './judged.ts'
import { type LintRule, type Severity, trustRules } from './rules.ts'
import type { LintSource, TokenModel } from './token-model.ts'
import type { Work } from './work.ts'

export interface LintAsk {
  /** Null: there is none. */
  readonly condition: string | null
  readonly source: LintSource
  /** Only some addresses may use it: a stranger's token alone is not enough then. */
  readonly isHeldToAddresses: boolean
}

export interface Judgement extends LintAsk {
  readonly judged: Judged
  readonly work: Work
}

/** Every shape of the source's ordinary tokens. */
export function formsOf({ forms }: TokenModel): readonly JsonObject[] {
  return [{}, ...forms]
}

interface Details {
  readonly severity?: Severity
  /** Goes on after what the rule says. */
  readonly more?: string
  readonly fix?: string | null
  readonly witness?: JsonObject | null
}

/** A finding in the words of its rule. */
export function findingOf(rule: LintRule, details: Details = {}): Finding {
  const { severity, says } = trustRules[rule]
  return {
    rule,
    severity: details.severity ?? severity,
    message: details.more === undefined ? says : `${says} ${details.more}`,
    fix: details.fix ?? null,
    witness: details.witness ?? null,
  }
}

/** Both conditions at once. */
export function both(condition: string, clause: string, op: string): string {
  return op === '||' || op === '?:' ? `(${condition}) && ${clause}` : `${condition} && ${clause}`
}
