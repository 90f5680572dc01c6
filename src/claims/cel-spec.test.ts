/** The specification's own conformance cases: whatever conditions accept must come out as the specification says. */
import type { Value as SpecValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js'
import { getConformanceSuite, type IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js'
import { afterAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { attempt, EXPRESSION_BYTES_LIMIT, openRun, read } from './condition.ts'
import { FAILURE, outcomeText, specText } from './testing/value-text.ts'

type Case = IncrementalTestSuite['tests'][number]

/** Of 2 344 cases; a change that accepts fewer has to say so here. */
const ACCEPTED_AT_LEAST = 620

/** What the result must be, or null where a case says nothing that can be compared. */
function expected({ original: { checkOnly, resultMatcher } }: Case): string | null {
  if (checkOnly) return null
  switch (resultMatcher.case) {
    case undefined:
      return 'true'
    case 'value':
      return specText(resultMatcher.value)
    case 'typedResult':
      return resultMatcher.value.result === undefined ? null : specText(resultMatcher.value.result)
    case 'evalError':
    case 'anyEvalErrors':
      return FAILURE
    default:
      return 'unknown'
  }
}

/** A bound variable as a claim; undefined for what no token can say, such as the double 1.0, bytes and messages. */
function asClaim(value: SpecValue | undefined): Json | undefined {
  const kind = value?.kind
  switch (kind?.case) {
    case 'int64Value':
      return Number.isSafeInteger(Number(kind.value)) ? Number(kind.value) : undefined
    case 'doubleValue':
      return Number.isFinite(kind.value) && !Number.isInteger(kind.value) ? kind.value : undefined
    case 'nullValue':
      return null
    case 'boolValue':
    case 'stringValue':
      return kind.value
    case 'listValue': {
      const elements = kind.value.values.map(asClaim)
      return elements.every((element) => element !== undefined) ? elements : undefined
    }
    case 'mapValue': {
      const entries = kind.value.entries.map(({ key, value }) => [asClaim(key), asClaim(value)] as const)
      if (!entries.every(([key, member]) => typeof key === 'string' && member !== undefined)) return undefined
      return Object.fromEntries(entries)
    }
    default:
      return undefined
  }
}

/** The case with its variables as claims, or null where it is about what conditions do not have: names in containers, calls instead of macros. */
function translated({ original }: Case): { readonly expression: string; readonly claims: JsonObject } | null {
  if (original.disableMacros || original.container !== '') return null
  const claims: Record<string, Json> = {}
  for (const [name, bound] of Object.entries(original.bindings)) {
    const claim = bound.kind.case === 'value' ? asClaim(bound.kind.value) : undefined
    if (claim === undefined) return null
    claims[name] = claim
  }
  const names = new Set([...Object.keys(claims), ...original.typeEnv.map((declared) => declared.name)])
  // Dotted names stand for several things at once, depending on how they are resolved.
  if ([...names].some((name) => name.includes('.'))) return null
  let expression = original.expr
  for (const name of names) {
    expression = expression.replace(new RegExp(`(?<![.\\w"'])${name}(?![\\w"'(])`, 'g'), `claims.${name}`)
  }
  return { expression, claims }
}

const counts = { accepted: 0, refused: new Map<string, number>(), untranslated: 0 }

/** What differs from the specification, in words; null where nothing does. */
function difference(found: Case): string | null {
  const wanted = expected(found)
  const given = translated(found)
  if (given === null || wanted === null) {
    counts.untranslated++
    return null
  }
  const { expression, claims } = given
  const { faults, step } = read(expression, 'condition', ['claims'], EXPRESSION_BYTES_LIMIT, () => null)
  const [fault] = faults
  if (fault !== undefined) {
    counts.refused.set(fault.code, (counts.refused.get(fault.code) ?? 0) + 1)
    return null
  }
  counts.accepted++
  const result = outcomeText(attempt(step, openRun(['claims'], { claims })))
  return result === wanted ? null : `${expression} is ${result}, the specification says ${wanted}`
}

function casesOf(suite: IncrementalTestSuite): readonly Case[] {
  return [...suite.tests, ...suite.suites.flatMap(casesOf)]
}

const suites = getConformanceSuite().suites.map((suite) => [suite.name, casesOf(suite)] as const)

afterAll(() => {
  const refused = [...counts.refused].sort(([, a], [, b]) => b - a)
  const total = refused.reduce((sum, [, count]) => sum + count, 0)
  process.stdout.write(
    `cel-spec: ${counts.accepted} cases accepted, ${total} refused at write (${refused.map(([code, count]) => `${code} ${count}`).join(', ')}), ` +
      `${counts.untranslated} about what conditions have no word for\n`,
  )
})

describe('an expression that conditions accept means what the specification says', () => {
  it.each(suites)('%s', (_, cases) => {
    expect(cases.map(difference).filter((told) => told !== null)).toEqual([])
  })

  it('the subset does not shrink unnoticed', () => {
    expect(counts.accepted).toBeGreaterThanOrEqual(ACCEPTED_AT_LEAST)
  })
})
