import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { lintSourceOf } from '../../registry/known/lint-source.ts'
import { createConditions } from '../condition.ts'
import { TRUST_CONDITION_BYTES } from '../condition-port.ts'
import { lintCondition } from './lint.ts'
import { corpus, OURS, OWNER_CLAIMS, type Policy, SOURCES } from './testing/corpus.ts'

const conditions = createConditions()

function sourceOf(name: Policy['source'], allowedAudiences: readonly string[] = []) {
  const { known, issuer } = SOURCES[name]
  return lintSourceOf({ known, issuer, expectedIssuer: issuer, settings: { allowedAudiences } }, 'entente.example.com')
}

function lint({ source, condition }: Policy) {
  return lintCondition({ condition, source: sourceOf(source), isHeldToAddresses: false })
}

/** What the evaluator says, which is what the token endpoint asks. */
function admits(condition: string | null, claims: JsonObject): boolean {
  return condition === null || conditions.compile(condition, ['claims']).evaluate({ claims }).outcome === 'true'
}

/** Rules that say that strangers get in. */
const OPEN = [
  'lint.no_condition',
  'lint.always_true',
  'lint.only_excludes',
  'lint.unanchored_pattern',
  'lint.open_prefix',
  'lint.stranger_chooses',
  'lint.owner_not_pinned',
]

describe.each(corpus.map((policy) => [policy.source, policy.condition, policy] as const))(
  '%s: %s',
  (_source, condition, policy) => {
    const findings = lint(policy)

    it('finds what it should and nothing else', () => {
      expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(policy.finds)
    })

    it('shows only tokens that get in', () => {
      for (const { witness, rule } of findings) {
        if (witness !== null) expect(admits(condition, witness), rule).toBe(true)
      }
    })

    it('calls nothing open without the token of a stranger who gets in', () => {
      for (const { severity, witness, rule } of findings) {
        if (severity !== 'error' || !OPEN.includes(rule)) continue
        expect(admits(condition, witness ?? {}), rule).toBe(true)
        for (const claim of OWNER_CLAIMS) {
          const value = witness?.[claim]
          if (typeof value === 'string') expect(OURS, claim).not.toContain(value)
        }
      }
    })

    it('offers only what may be stored, keeps the witness out, and leaves no such finding', () => {
      for (const { fix, witness, rule } of findings) {
        if (fix === null) continue
        expect(conditions.check(fix, 'condition', ['claims'], TRUST_CONDITION_BYTES)).toEqual([])
        if (witness !== null) expect(admits(fix, witness), fix).toBe(false)
        expect(lint({ ...policy, condition: fix }).map((finding) => finding.rule)).not.toContain(rule)
      }
    })

    if (policy.fix !== undefined) {
      it('offers the narrower one', () => {
        expect(findings[0]?.fix).toBe(policy.fix)
      })
    }
  },
)
