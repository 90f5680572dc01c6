/** Expressions and claims that were written to be expensive: refused at write, or ended in time without permission. */
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { createConditions, evaluate, read } from './condition.ts'
import { costExceeded, tooDeep } from './run.ts'

const conditions = createConditions()
/** What each case took, for the eye: a machine that is busy is no fault, a spent budget is what ends an evaluation. */
const timings: { readonly name: string; readonly ms: number }[] = []

afterAll(() => {
  const slowest = timings.sort((a, b) => b.ms - a.ms).slice(0, 8)
  process.stdout.write(`CPU time of expressions written to be expensive, the slowest of ${timings.length}:\n`)
  for (const { name, ms } of slowest) process.stdout.write(`  ${ms.toFixed(1).padStart(6)} ms  ${name}\n`)
})

const SIZES: ReadonlySet<string> = new Set(['condition.too_long', 'condition.too_costly', 'condition.pattern'])
const BOUNDS = [costExceeded.message, tooDeep.message, 'a string grew beyond 65536 characters']

const check = (expression: string, maxBytes = 1024) => conditions.check(expression, 'condition', ['claims'], maxBytes)

/** Keeps the shortest of three CPU times: the machine may be busy, the first run compiles. */
function time(name: string, work: () => void): void {
  const ms = Math.min(
    ...[1, 2, 3].map(() => {
      const start = process.cpuUsage()
      work()
      const used = process.cpuUsage(start)
      return (used.user + used.system) / 1000
    }),
  )
  timings.push({ name, ms })
}

const groups = Array.from({ length: 5000 }, (_, index) => `group-${index}`)
const nested = (depth: number): Json => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
const claims: JsonObject = {
  groups,
  numbers: groups.map((_, index) => index),
  objects: groups.map((group) => ({ group })),
  members: Object.fromEntries(groups.map((group) => [group, group])),
  same: Object.fromEntries(groups.map((group) => [group, group])),
  big: 'a'.repeat(50_000),
  other: `${'a'.repeat(49_999)}b`,
  needle: `b${'a'.repeat(20_000)}`,
  binary: Array.from({ length: 2000 }, (_, index) => ((index * index) % 7 < 3 ? 'a' : 'b')).join(''),
  deep: nested(5000),
  deepToo: nested(5000),
  s: 'x',
}

describe('refused at write', () => {
  it.each([
    ['a megabyte', `claims.x == "${'a'.repeat(1_000_000)}"`, 1024],
    ['a megabyte where much is allowed', `claims.x == "${'a'.repeat(1_000_000)}"`, 2_000_000],
    ['10 000 parentheses', `${'('.repeat(10_000)}true${')'.repeat(10_000)}`, 1_000_000],
    ['500 parentheses', `${'('.repeat(500)}true${')'.repeat(500)}`, 1024],
    ['16 000 negations', `${'!'.repeat(16_000)}true`, 1_000_000],
    ['1 000 negations', `${'!'.repeat(1_000)}true`, 1024],
    ['a long chain', `true${'||true'.repeat(2_000)}`, 1_000_000],
    ['a long chain of indexes', `claims${'[0]'.repeat(300)} == 1`, 1024],
    ['a list of 5 000', `claims.x in [${Array.from({ length: 5000 }, () => '1').join()}]`, 1_000_000],
    ['five loops inside each other', `${loops(5, 'all', 'a0 == a4')}`, 1024],
    ['five maps inside each other', `${loops(5, 'map', 'a0')}.size() > 0`, 1024],
    ['a repetition of everything', `claims.s.matches("(${'a'.repeat(900)}){1000}")`, 1024],
    ['many repetitions', `claims.s.matches("${'a{1000}'.repeat(100)}")`, 1024],
    ['many folded ranges', `claims.s.matches(r"(?i)${String.raw`[a-\x{10ffff}]`.repeat(60)}")`, 1024],
    ['many Unicode classes', `claims.s.matches(r"${String.raw`\pL`.repeat(300)}")`, 1024],
    ['brackets without end', `claims.s.matches("${'['.repeat(15_000)}")`, 1_000_000],
  ])('%s', (name, expression, maxBytes) => {
    const codes = new Set(check(expression, maxBytes).map((fault) => fault.code))
    // By its size or its cost, whatever else is wrong with it.
    expect([...codes].some((code) => SIZES.has(code))).toBe(true)
    time(`check: ${name}`, () => check(expression, maxBytes))
  })
})

function loops(depth: number, macro: string, body: string): string {
  return Array.from({ length: depth }, (_, index) => index)
    .reverse()
    .reduce((inner, index) => `claims.groups.${macro}(a${index}, ${inner})`, body)
}

describe('ended in time, without permission', () => {
  it.each([
    ['two loops', loops(2, 'all', 'a0 != "" && a1 != ""')],
    ['two maps', `${loops(2, 'map', 'a0 + a1')}.size() > 0`],
    ['a failing loop', loops(2, 'exists', 'a1.x == 1')],
    ['absorbed failures', loops(2, 'all', 'a1.x == 1 || true')],
    ['membership in a loop', 'claims.groups.all(g, g in claims.groups)'],
    ['membership of numbers', 'claims.numbers.all(g, g in claims.numbers)'],
    ['membership of objects', 'claims.objects.all(g, g in claims.objects)'],
    ['keys in a loop', 'claims.groups.all(g, claims.members.size() > 0)'],
    ['equal maps in a loop', 'claims.groups.all(g, claims.members == claims.same)'],
    ['joined lists in a loop', 'claims.groups.all(g, (claims.groups + claims.groups).size() > 0)'],
    ['comparison of long strings', 'claims.groups.all(g, claims.big != claims.other && claims.big < claims.other)'],
    ['search in long strings', 'claims.groups.all(g, !claims.big.contains("aaaaaaaaab"))'],
    ['a periodic needle', 'claims.big.contains(claims.needle) || true == claims.big.contains(claims.needle)'],
    ['string doubling', `[claims.s]${'.map(a, a + a)'.repeat(60)}.exists(a, a != "")`],
    ['list doubling', `[claims.groups]${'.map(a, a + a)'.repeat(60)}.exists(a, a.size() > 0)`],
    ['map growth', 'claims.groups.all(g, claims.groups.all(h, {g: [g, h], h + "x": [g, h]}.size() > 0))'],
    ['(a+)+$ on 50 kB', 'claims.big.matches("(a+)+$")'],
    ['(a+)+$ on 50 kB that do not match', 'claims.other.matches("(a+)+$")'],
    ['exponential states', 'claims.binary.matches("[ab]*a[ab]{300}c") || !claims.binary.matches("[ab]*a[ab]{300}c")'],
    ['patterns in a loop', 'claims.groups.all(g, !g.matches("[a-z]*x[a-z]{12}y"))'],
    ['conversions in a loop', 'claims.groups.all(g, claims.numbers.all(n, int(double(string(n))) == n))'],
    ['deep claims', 'claims.deep == claims.deepToo'],
  ])('%s', (name, expression) => {
    const { faults, step } = read(expression, 'condition', ['claims'], 1024)
    expect(faults).toEqual([])
    const verdict = evaluate(step, ['claims'], { claims })
    // Nothing absorbs a spent budget, and what it pays for bounds the time.
    expect(BOUNDS).toContain(verdict.outcome === 'error' ? verdict.detail : verdict.outcome)
    time(`evaluate: ${name}`, () => evaluate(step, ['claims'], { claims }))
  })

  it('5 000 groups can be looked through', () => {
    for (const expression of ['"group-4999" in claims.groups', 'claims.groups.exists(g, g == "group-4999")']) {
      expect(conditions.compile(expression, ['claims']).evaluate({ claims })).toEqual({ outcome: 'true' })
    }
  })
})

describe('whatever is written', () => {
  const token = fc.constantFrom(
    ...[
      'claims',
      '.',
      'x',
      '[',
      ']',
      '(',
      ')',
      '"a"',
      "'",
      '1',
      '2.5',
      '-',
      '!',
      '&&',
      '||',
      '==',
      '<',
      'in',
      '?',
      ':',
    ],
    ...[
      ',',
      '{',
      '}',
      '.all(a,',
      '.map(a,',
      '.exists(a,',
      'a',
      'has(',
      'size(',
      'url(',
      '.matches("',
      '")',
      '"',
      'null',
    ],
    ...['true', '+', '/', '%', ' ', '\n', '//', 'r"', '\\', '\\u', '0x', 'u', '.path', '$', '\u0000', 'é', '`', '@'],
  )
  const written = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(token, { maxLength: 60 }).map((parts) => parts.join('')),
  )

  it('check never throws', () => {
    fc.assert(
      fc.property(written, (expression) => {
        expect(Array.isArray(check(expression))).toBe(true)
      }),
      { numRuns: 5_000 },
    )
    fc.assert(
      fc.property(fc.array(token, { minLength: 200, maxLength: 600 }), (parts) => {
        const expression = parts.join('')
        time(`check: random tokens ${JSON.stringify(expression.slice(0, 40))}`, () => check(expression))
      }),
      { numRuns: 200 },
    )
  })

  it('evaluate never throws, whatever expression and claims meet', () => {
    const operand = fc.constantFrom(
      'claims.x',
      'claims.y',
      'claims["z"]',
      'claims',
      '"a"',
      '1',
      '2.5',
      'null',
      '[1, "a"]',
    )
    const operator = fc.constantFrom('==', '!=', '<', '>=', 'in', '+', '-', '*', '/', '%', '&&', '||')
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        operand,
        fc.tuple(tie('expression'), operator, tie('expression')).map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('expression').map((a) => `!(${a})`),
        tie('expression').map((a) => `size(${a})`),
        fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
        fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}).exists(v, v == ${b})`),
        fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}).map(v, ${b})`),
        tie('expression').map((a) => `string(${a}).matches("a|b")`),
      ),
    }))
    let evaluated = 0
    fc.assert(
      fc.property(
        expression,
        fc.object({ maxDepth: 3, key: fc.constantFrom('x', 'y', 'z', '__proto__') }),
        (part, x) => {
          const whole = `(${part}) == claims.x || (${part}) != null`
          if (check(whole).length > 0) return
          evaluated++
          const json = JSON.parse(JSON.stringify({ claims: x }))
          const { outcome } = conditions.compile(whole, ['claims']).evaluate(json)
          expect(['true', 'false', 'error']).toContain(outcome)
        },
      ),
      { numRuns: 5_000 },
    )
    expect(evaluated).toBeGreaterThan(100)
  })
})
