import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictObject } from './strict-json.ts'

describe('a strict JSON object', () => {
  it('reads what JSON.stringify writes, with any white space', () => {
    const members = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.jsonValue({ maxDepth: 4 }),
    )
    fc.assert(
      fc.property(members, fc.constantFrom(0, 2, '\t'), (object, space) => {
        const text = JSON.stringify(object, null, space)
        if (text.includes('__proto__')) return
        expect(parseStrictObject(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":{"a":1,"a":1}}',
    '{"x":[{"a":1,"a":1}]}',
    '{"__proto__":{"admin":true}}',
    '{"x":{"__proto__":1}}',
    '{"a":1,}',
    '{"a":1}x',
    '[]',
    '"a"',
    'null',
    '',
    ' {"a":1}',
    '\ufeff{"a":1}',
    '{"a":1',
    '{"a":"\\"',
    `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
    `{"a":[${'1,'.repeat(3000)}1]}`,
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ])('refuses %.60j', (text) => expect(parseStrictObject(text)).toBeNull())

  it.each<[string, object]>([
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] }],
    ['{"a":"b","b":"a: \\"a\\": {"}', { a: 'b', b: 'a: "a": {' }],
    ['{"a\\\\":1,"a":"\\\\"}', { 'a\\': 1, a: '\\' }],
    ['{"constructor":1,"toString":2}', { constructor: 1, toString: 2 }],
  ])('reads %j', (text, expected) => expect(parseStrictObject(text)).toEqual(expected))

  it('answers for any text, and never with two readings', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseStrictObject(text)))
  })
})
