import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { shownClaims } from './shown-claims.ts'

const JWT = `eyJhbGciOiJub25lIn0.${'e30'.repeat(4)}.c2ln`

describe('claims that are shown', () => {
  it.each<[string, Record<string, Json>, Record<string, Json>]>([
    [
      'are what they were',
      { sub: 'u', groups: ['a', 'b'], age: 7, on: true, no: null },
      { sub: 'u', groups: ['a', 'b'], age: 7, on: true, no: null },
    ],
    [
      'have no secret by its name, at any depth',
      { nonce: 'n', x: { client_secret: 's', at_hash: 'h' } },
      { nonce: '(withheld)', x: { client_secret: '(withheld)', at_hash: '(withheld)' } },
    ],
    ['have no token by its looks', { custom: JWT, list: [JWT] }, { custom: '(withheld)', list: ['(withheld)'] }],
    ['keep the beginning of a long text', { text: 'x'.repeat(5_000) }, { text: `${'x'.repeat(1_024)}…` }],
  ])('%s', (_what, claims, expected) => {
    expect(shownClaims(claims)).toEqual(expected)
  })

  it('say where a long list was cut', () => {
    const { groups } = shownClaims({ groups: Array.from({ length: 50_000 }, (_, index) => `group-${index}`) })
    expect(Array.isArray(groups) && groups.length < 5_000 && groups.at(-1)).toBe('…')
  })

  it('are bounded whatever comes, and have no inherited members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true }), (claims) => {
        // Only JSON was made.
        const shown = shownClaims(claims as Record<string, Json>)
        expect(JSON.stringify(shown).length).toBeLessThan(400_000)
        expect(Object.getPrototypeOf(shown)).toBe(Object.prototype)
      }),
    )
  })
})
