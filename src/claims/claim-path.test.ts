import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimAt, equalsWanted, matchesWanted, textsOf } from './claim-path.ts'
import { openRun } from './condition.ts'

const run = () => openRun([], {})

describe('a claim by its path', () => {
  const claims = {
    a: { b: { c: 1 }, 'd.e': 2 },
    'https://example.com/roles': ['x'],
    list: [{ n: 'first' }, { n: 'second' }],
    empty: null,
  }
  it.each([
    ['a.b.c', 1],
    ['a.d\\.e', 2],
    ['https://example.com/roles', ['x']],
    ['list[1].n', 'second'],
    ['list[7].n', undefined],
    ['a.b.c.d', undefined],
    ['a.constructor', undefined],
    ['__proto__', undefined],
    ['constructor.name', undefined],
    ['empty', null],
    ['empty.x', undefined],
    ['', undefined],
    ['.', undefined],
  ])('%s', (path, value) => {
    expect(claimAt(claims, path)).toEqual(value)
  })

  it('never throws, whatever claims and path meet', () => {
    const claims = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))
    fc.assert(
      fc.property(claims, fc.string(), (claims, path) => {
        // What fast-check makes is JSON.
        textsOf(claimAt(claims as Parameters<typeof claimAt>[0], path))
      }),
    )
  })
})

describe('a value against what is wanted', () => {
  it.each([
    ['admin', 'admin', true],
    ['Admin', 'admin', false],
    [['viewer', 'admin'], 'admin', true],
    [['viewer'], 'admin', false],
    ['not-an-admin', 'admin', false],
    [3, '3', true],
    [3, '3.0', true],
    [0, '', false],
    [0, ' ', false],
    [true, 'true', true],
    [true, 'True', false],
    [{ a: 1, b: 2 }, '{"b":2,"a":1}', true],
    [{ a: 1 }, '{"a":2}', false],
    [['a', 'b'], '["a","b"]', true],
    [null, 'null', false],
    [undefined, '', false],
  ])('%j is %s: %s', (value, wanted, verdict) => {
    expect(equalsWanted(value, wanted)).toBe(verdict)
  })

  it.each([
    ['admin', 'adm.n', true],
    ['not-an-admin', 'admin', false],
    ['a\nadmin', 'admin', false],
    ['evil', '^x|admin$', false],
    ['admin', 'x|admin', true],
    [['a', 'b-team'], '[ab]-team', true],
    ['admin', '(', false],
    [undefined, '.*', false],
    [{}, '.*', false],
  ])('%j fits %s whole: %s', (value, expression, verdict) => {
    expect(matchesWanted(value, expression, run())).toBe(verdict)
  })
})
