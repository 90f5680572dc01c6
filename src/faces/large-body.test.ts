import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCrowded } from './large-body.ts'

const LONG = 'x'.repeat(1_100_000)

describe('a large body', () => {
  it.each<[string, unknown, boolean]>([
    ['one long text', LONG, false],
    ['one long text among fields', { a: { b: [LONG, 1, null] } }, false],
    ['a text full of commas and brackets', ','.repeat(1_100_000), false],
    [
      'a text that is JSON',
      { jwksJson: JSON.stringify({ keys: Array.from({ length: 20_000 }, () => ({ kty: 'EC', x: 'y'.repeat(60) })) }) },
      false,
    ],
    ['a text that ends in backslashes', { a: `${LONG}\\\\`, b: '"\\' }, false],
    ['many empty lists', Array.from({ length: 400_000 }, () => []), true],
    ['many members', { a: LONG, b: Array.from({ length: 20_000 }, (_, n) => ({ n })) }, true],
    ['many values after a text with a quote', ['"\\"', LONG, ...Array.from({ length: 20_000 }, () => 1)], true],
  ])('of %s is crowded: %s', (_what, value, crowded) => expect(isCrowded(JSON.stringify(value))).toBe(crowded))

  it('that was never closed is judged all the same', () => {
    expect(isCrowded(`"${LONG}`)).toBe(false)
    expect(isCrowded('['.repeat(1_100_000))).toBe(true)
    expect(isCrowded(`"${'\\'.repeat(1_100_001)}`)).toBe(false)
  })

  it('of usual size is read whatever it holds', () => {
    fc.assert(fc.property(fc.json(), (text) => !isCrowded(text)))
    expect(isCrowded('['.repeat(1_000_000))).toBe(false)
  })
})
