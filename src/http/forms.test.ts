import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseForm } from './forms.ts'

const entriesOf = (body: string) => {
  const parsed = parseForm(body)
  return parsed.ok ? [...parsed.parameters] : parsed.reason
}

describe('a form', () => {
  it('reads like the URL Standard reads it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), { maxLength: 20 }),
        (pairs) => {
          const body = new URLSearchParams(pairs).toString()
          const expected = new Map<string, string[]>()
          for (const [name, value] of new URLSearchParams(body))
            expected.set(name, [...(expected.get(name) ?? []), value])
          expect(entriesOf(body)).toEqual([...expected])
        },
      ),
    )
  })

  it.each<[string, unknown]>([
    ['', []],
    ['a', [['a', ['']]]],
    ['a=', [['a', ['']]]],
    ['a=1&a=2', [['a', ['1', '2']]]],
    ['a=b=c', [['a', ['b=c']]]],
    [
      'a=1&&b=2',
      [
        ['a', ['1']],
        ['b', ['2']],
      ],
    ],
    ['a+b=c+d', [['a b', ['c d']]]],
    ['__proto__=x', [['__proto__', ['x']]]],
    ['=x', [['', ['x']]]],
    ['a=é', [['a', ['é']]]],
    ['a=%EF%BF%BD', [['a', ['\ufffd']]]],
  ])('%j', (body, expected) => expect(entriesOf(body)).toEqual(expected))

  it.each(['a=%', 'a=%2', 'a=%zz', 'a=%ff', 'a=%c3%28', '%ed%a0%80=x', Buffer.from([0x61, 0x3d, 0xff]).toString()])(
    'refuses %j',
    (body) => {
      expect(parseForm(body).ok).toBe(false)
    },
  )

  it('refuses too many parameters and too much text', () => {
    expect(parseForm('a=1&'.repeat(200)).ok).toBe(false)
    expect(parseForm(`a=${'x'.repeat(600_000)}`).ok).toBe(false)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (body) => void parseForm(body)))
  })
})
