/**
 * TRUST LINT
 *
 * Judges what a condition lets in, not how it is written: a model of the source's tokens says what strangers can get, and
 * a search looks for such a token that the condition permits. A policy is called open only with that token in hand, and
 * the evaluator has agreed to it.
 *
 * rules.ts           the catalogue; token-model.ts  what is known of a source, as data beside it (registry/known)
 * judged.ts          one expression and one source; branches.ts  its alternatives, each judged by itself
 * formula.ts         a condition as predicates over claims, with texts-of.ts and token-form.ts
 * search.ts          the search, part by part (part-search.ts), over automata (automaton.ts, pattern-tree.ts, characters.ts);
 *                    guesses.ts for what they cannot follow
 * strangers.ts       who gets in that should not, and why; own-tokens.ts  which of the owner's own tokens; loose.ts
 * tighten.ts         narrower expressions to offer, with pattern-ends.ts
 */
import type { Finding } from './finding.ts'
import { judge } from './judged.ts'
import type { Judgement, LintAsk } from './judgement.ts'
import { looseFindings } from './loose.ts'
import {
  audienceFindings,
  nameFindings,
  neverTrueFindings,
  sceneFindings,
  shapeFindings,
  unknownClaimFindings,
} from './own-tokens.ts'
import { type Severity, trustRules } from './rules.ts'
import { noCondition, strangerFindings } from './strangers.ts'
import { Exhausted, Work } from './work.ts'

/** Steps of automata that the judgement of one condition may take: some 40 ms where it is slowest. */
const WORK = 300_000

/** Every finding, the gravest first; never throws. Empty for what may not be stored as a condition: that has its own faults. */
export function lintCondition(ask: LintAsk): Finding[] {
  const findings: Finding[] = []
  try {
    collect(ask, findings)
  } catch (error) {
    // Whatever broke off, a judgement that was not finished is no all-clear.
    const { says } = trustRules['lint.not_judged']
    const message = error instanceof Exhausted ? says : 'The judgement of the condition broke off.'
    findings.push({ rule: 'lint.not_judged', severity: 'info', message, fix: null, witness: null })
  }
  return findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

/** Into the list, so that what was found stays when the work is spent. */
function collect(ask: LintAsk, findings: Finding[]): void {
  const work = new Work(WORK)
  const judged = judge(ask.condition ?? 'true', ask.source, work)
  if (judged === null) return
  const judgement: Judgement = { ...ask, judged, work }
  if (ask.condition === null) {
    findings.push(noCondition(judgement))
    return
  }
  const never = [...unknownClaimFindings(judgement), ...neverTrueFindings(judgement)]
  // The first of them explains the second.
  findings.push(...never.slice(0, 1))
  const isOpen = strangerFindings(judgement, findings)
  if (isOpen) return
  const names = nameFindings(judgement)
  findings.push(...names, ...looseFindings(judgement, names.length > 0))
  findings.push(...shapeFindings(judgement), ...sceneFindings(judgement), ...audienceFindings(judgement))
}
