/** Looks for misses by another road: tokens of strangers made at random, from what the conditions themselves say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintSourceOf } from '../../registry/known/lint-source.ts'
import { createConditions } from '../condition.ts'
import { lintCondition } from './lint.ts'
import { corpus, OURS, SOURCES } from './testing/corpus.ts'
import { TokenForm } from './token-form.ts'
import type { LintSource } from './token-model.ts'

const conditions = createConditions()

/** Policies at shared issuers that let no stranger in, as lint says. */
const closed = corpus.flatMap(({ source: name, condition }) => {
  const { known, issuer } = SOURCES[name]
  const source = lintSourceOf({ known, issuer, expectedIssuer: issuer, settings: {} }, 'entente.example.com')
  const findings = lintCondition({ condition, source, isHeldToAddresses: false })
  const isOpen = findings.some(({ severity }) => severity === 'error')
  return condition === null || isOpen || !source.isShared ? [] : [{ condition, source }]
})

/** Words of the condition, whole and in pieces, and what grows out of them. */
function wordsOf(condition: string): string[] {
  const words = condition.match(/[A-Za-z0-9_.-]+/g) ?? []
  const texts = [...condition.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text)
  return [...words, ...texts].flatMap((word) => [word, `${word}-evil`, `evil-${word}`, `${word}evil`, `evil/${word}`])
}

/** A value of the part: a word of the condition if it fits, else the stranger's. Owners are never ours. */
function valuesOf(source: LintSource, form: TokenForm, words: readonly string[]) {
  return form.parts.map(({ name, pattern, stranger }, index) => {
    const fits = words.filter(
      (word) =>
        new RegExp(`^(?:${pattern})$`).test(word) && !(source.model.owner.includes(name) && OURS.includes(word)),
    )
    return fc.constantFrom(stranger, ...fits).map((value) => [index, value] as const)
  })
}

describe('no stranger among thousands gets in by', () => {
  it.each(closed.map(({ condition, source }) => [source.title, condition, source] as const))(
    '%s: %s',
    (_title, condition, source) => {
      const words = wordsOf(condition)
      const judge = conditions.compile(condition, ['claims'])
      const token = fc.constantFrom({}, ...source.model.forms).chain((patch) => {
        const form = new TokenForm(source, patch)
        return fc.tuple(...valuesOf(source, form, words)).map((values) => form.tokenOf(new Map(values)))
      })
      fc.assert(
        fc.property(token, (claims) => {
          expect(judge.evaluate({ claims }).outcome).not.toBe('true')
        }),
        { numRuns: 300 },
      )
    },
  )
})
