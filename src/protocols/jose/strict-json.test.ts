import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

const parse = (text: string) => parseStrictJson(Buffer.from(text))

/** JSON text with every freedom that JSON leaves: escapes in names and values, white space, order. */
const escaped = fc.string({ unit: 'grapheme', maxLength: 8 }).chain((text) =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((escapes) => {
    const units = [...Array(text.length).keys()].map((at) => {
      const unit = text.charCodeAt(at)
      const isHalf = unit >= 0xd800 && unit <= 0xdfff
      const isSpecial = unit < 0x20 || unit === 0x22 || unit === 0x5c
      const hex = `\\u${unit.toString(16).padStart(4, '0')}`
      return (escapes[at] === true && !isHalf) || isSpecial ? hex : text[at]
    })
    return `"${units.join('')}"`
  }),
)
const space = fc.constantFrom('', ' ', '\n', '\t\r ')
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(
      escaped,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(JSON.stringify),
      fc.constantFrom('null', 'true', 'false'),
    ),
    fc.tuple(space, fc.array(tie('json'), { maxLength: 4 })).map(([s, items]) => `[${s}${items.join(`${s},`)}${s}]`),
    fc
      .tuple(space, fc.array(fc.tuple(escaped, tie('json')), { maxLength: 4 }))
      .map(([s, members]) => `{${s}${members.map(([name, value]) => `${name}${s}:${s}${value}`).join(`,${s}`)}}`),
  ),
}))

/** The plain way to find a duplicate: by a reviver that sees the source would need a newer engine; this one reads names. */
function hasDuplicates(text: string): boolean {
  let at = 0
  let found = false
  const skip = () => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const readString = (): string => {
    const start = at
    at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    return JSON.parse(text.slice(start, at))
  }
  const readValue = (): void => {
    skip()
    if (text[at] === '{' || text[at] === '[') {
      const isObject = text[at] === '{'
      const names = new Set<string>()
      at++
      skip()
      while (text[at] !== '}' && text[at] !== ']') {
        if (isObject) {
          const name = readString()
          if (names.has(name) || name === '__proto__') found = true
          names.add(name)
          skip()
          at++
        }
        readValue()
        skip()
        if (text[at] === ',') at++
        skip()
      }
      at++
    } else if (text[at] === '"') {
      readString()
    } else {
      while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at++
    }
  }
  readValue()
  return found
}

describe('strict JSON', () => {
  it('reads what JSON.parse reads, and refuses exactly the texts with a name twice', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(escaped, json), { maxLength: 6 }), (members) => {
        const text = `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`
        const read = parse(text)
        if (hasDuplicates(text)) expect(read).toMatch(/twice|__proto__/)
        else expect(read).toEqual(JSON.parse(text))
      }),
      { numRuns: 500 },
    )
  })

  it('answers for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseStrictJson(Buffer.from(bytes))))
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parse(text)
        if (typeof read !== 'string') expect(read).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    ['{"a":1,"a":2}', 'a member comes twice'],
    ['{"a":1,"a":1}', 'a member comes twice'],
    ['{"a":1,"\\u0061":2}', 'a member comes twice'],
    ['{"x":{"a":1,"a":1}}', 'a member comes twice'],
    ['{"x":[{"a":1,"a":1}]}', 'a member comes twice'],
    ['{"":1,"":2}', 'a member comes twice'],
    ['{"__proto__":{"admin":true}}', 'a member is called __proto__'],
    ['{"x":[{"__proto__":1}]}', 'a member is called __proto__'],
    ['{"a":1,"a":2,"__proto__":1}', 'a member is called __proto__'],
    ['{"a":"\\ud800"}', 'half of a character'],
    ['{"\\udfff":1}', 'half of a character'],
    ['{"a":["\\udc00\\ud800"]}', 'half of a character'],
    ['{"a":1,}', 'not JSON'],
    ['{"a":1}x', 'not JSON'],
    ['{"a":1', 'not JSON'],
    ['{"a":"\\"', 'not JSON'],
    ['{"a":"\n"}', 'not JSON'],
    ['', 'not JSON'],
    ['\ufeff{"a":1}', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['"a"', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['1', 'not a JSON object'],
    [`{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'deeper than 32'],
    [`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'deeper than 32'],
    [`{${Array.from({ length: 501 }, (_, i) => `"${i}":1`).join()}}`, 'more than 500 members'],
  ])('%.60s: %s', (text, why) => expect(parse(text)).toBe(why))

  it.each<[string, object]>([
    [' {"a":1} ', { a: 1 }],
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] }],
    ['{"a":"b","b":"a: \\"a\\": {[","c":":::"}', { a: 'b', b: 'a: "a": {[', c: ':::' }],
    ['{"a\\\\":1,"a":"\\\\"}', { 'a\\': 1, a: '\\' }],
    ['{"constructor":1,"toString":2,"valueOf":{}}', { constructor: 1, toString: 2, valueOf: {} }],
    ['{"a":"\\ud83d\\ude00"}', { a: '😀' }],
    [`{"a":${'['.repeat(31)}${']'.repeat(31)}}`, JSON.parse(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`)],
  ])('reads %.60s', (text, expected) => expect(parse(text)).toEqual(expected))

  it('refuses bytes that are not UTF-8', () => {
    expect(parseStrictJson(Buffer.from('{"a":"ü"}', 'latin1'))).toBe('not UTF-8')
    expect(parseStrictJson(Buffer.from('{"a":1}', 'utf16le'))).not.toBeTypeOf('object')
  })

  it('refuses everything while somebody has polluted the prototype, rather than misread it', () => {
    Object.assign(Object.prototype, { polluted: 1 })
    try {
      expect(parse('{"a":1}')).toBe('a member comes twice')
    } finally {
      delete (Object.prototype as { polluted?: number }).polluted // put there above
    }
  })
})
