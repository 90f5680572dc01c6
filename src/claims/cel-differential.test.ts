/** Thousands of random expressions, judged by us and by an evaluator that others wrote: what we accept must come out alike. */
import { type CelInput, celEnv, isCelError, isCelList, isCelMap, parse, plan } from '@bufbuild/cel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { attempt, EXPRESSION_BYTES_LIMIT, openRun, read } from './condition.ts'
import { doubleText, FAILURE, listText, mapText, outcomeText } from './testing/value-text.ts'

const claims: JsonObject = {
  text: 'x',
  other: 'héllo😀',
  digits: '42',
  int: 7,
  negative: -3,
  double: 1.5,
  yes: true,
  no: false,
  nothing: null,
  list: [1, 'x', true],
  groups: ['dev', 'ops'],
  map: { k: 'v', inner: { m: 2 } },
}

/** Some four thousand of them are accepted. */
const RUNS = 20_000

const environment = celEnv({})

function asInput(json: Json): CelInput {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(asInput)
  return new Map(Object.entries(json).map(([key, member]) => [key, asInput(member)]))
}

/** The other evaluator's answer, or null where its parser does not take the text. */
function foreignText(expression: string): string | null {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(expression)
  } catch {
    return null
  }
  const result = plan(environment, parsed)({ claims: asInput(claims) })
  return isCelError(result) ? FAILURE : resultText(result)
}

function resultText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}`
  if (typeof value === 'number') return doubleText(value)
  if (isCelList(value)) return listText([...value].map(resultText))
  if (isCelMap(value)) return mapText([...value].map(([key, member]) => [resultText(key), resultText(member)]))
  return JSON.stringify(value)
}

const operand = fc.constantFrom(
  ...Object.keys(claims).map((name) => `claims.${name}`),
  ...['claims.absent', 'claims.map.inner.m', 'claims["text"]', '"x"', "'y'", '""', '"dev"', '"😀"', 'r"a\\b"'],
  ...['1', '0', '-1', '7', '0x1F', '2.5', '1e3', '7.0', 'true', 'false', 'null', '[1, 2]', '{"k": 1}', '[]', '{}'],
)
const infix = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '%', '&&', '||')
const index = fc.constantFrom('0', '1', '-1', '1.0', '"k"', 'claims.text', 'claims.int - 6', 'null')
const loop = fc.constantFrom('exists', 'all', 'exists_one', 'filter', 'map')

/**
 * Left out is what the other evaluator does against the specification: has() on what is no map, keys of maps that are
 * doubles, bools as indexes of lists, conversions of texts that are no numbers, order of characters beyond U+FFFF, fractions as
 * indexes inside `||`, two signs that cancel each other.
 */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression')
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      { weight: 3, arbitrary: operand },
      { weight: 4, arbitrary: fc.tuple(part, infix, part).map(([a, sign, b]) => `${a} ${sign} ${b}`) },
      { weight: 4, arbitrary: fc.tuple(part, infix, part).map(([a, sign, b]) => `(${a} ${sign} ${b})`) },
      fc.tuple(part, infix, part).map(([a, sign, b]) => `!(${a} ${sign} ${b})`),
      fc.tuple(part, part).map(([a, b]) => `-(${a} + ${b})`),
      part.map((a) => `(${a})`),
      fc.tuple(part, part, part).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
      part.map((a) => `size(${a})`),
      part.map((a) => `dyn(${a})`),
      fc.constantFrom('has(claims.map.k)', 'has(claims.absent)', 'has(claims.map.absent)', 'has({"k": 1}.k)'),
      fc
        .constantFrom('int(claims.digits)', 'int(claims.double)', 'double(claims.int)', 'string(claims.int)')
        .chain((a) => part.map((b) => `${a} == ${b}`)),
      fc
        .tuple(part, fc.constantFrom('startsWith', 'endsWith', 'contains'), part)
        .map(([a, method, b]) => `${a}.${method}(${b})`),
      fc.tuple(part, loop, part).map(([a, macro, b]) => `(${a}).${macro}(v, v == ${b})`),
      fc.tuple(part, loop, part).map(([a, macro, b]) => `(${a}).${macro}(v, ${b})`),
      fc.tuple(part, index).map(([a, b]) => `${a}[${b}]`),
      part.map((a) => `(${a}).k`),
      fc.tuple(part, part).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(fc.constantFrom('"k"', '1', 'true', 'claims.text'), part).map(([a, b]) => `{${a}: ${b}}`),
      part.map((a) => `string(${a} == 1).matches("^t.*e$")`),
    ),
  }
})

describe('random expressions', () => {
  it('come out as they do in another evaluator', { timeout: 120_000 }, () => {
    let accepted = 0
    fc.assert(
      fc.property(expression, (text) => {
        const { faults, step } = read(text, 'condition', ['claims'], EXPRESSION_BYTES_LIMIT, () => null)
        if (faults.length > 0) return
        accepted++
        const ours = outcomeText(attempt(step, openRun(['claims'], { claims })))
        // What it cannot read must not permit here either.
        expect(ours).toBe(foreignText(text) ?? FAILURE)
      }),
      { numRuns: RUNS },
    )
    process.stdout.write(`other evaluator: ${accepted} of ${RUNS} random expressions accepted, all alike\n`)
    expect(accepted).toBeGreaterThan(1_000)
  })
})
