import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientIdOf, drawCutename, isClientIdOf, parseClientId } from './cutename.ts'

describe('a cutename', () => {
  it('is an adjective, an animal and five digits, whatever the random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const name = drawCutename(() => bytes)
        expect(name).toMatch(/^[a-z]{2,16}-[a-z]{2,16}-[1-9][0-9]{4}$/)
        expect(parseClientId(name)).toEqual({ cutename: name, audience: null, use: null })
      }),
    )
  })

  it('uses all words', () => {
    const words = (place: 0 | 1) =>
      new Set(
        Array.from({ length: 256 }, (_, byte) => {
          const bytes = new Uint8Array(8)
          bytes[place] = byte
          return drawCutename(() => bytes).split('-')[place]
        }),
      )
    expect(words(0).size).toBeGreaterThanOrEqual(64)
    expect(words(1).size).toBeGreaterThanOrEqual(64)
  })

  it('seldom comes twice', () => {
    const drawn = Array.from({ length: 1000 }, () => drawCutename(randomBytes))
    expect(new Set(drawn).size).toBeGreaterThan(995)
  })
})

describe('a client id', () => {
  const audience = fc.oneof(
    fc.domain(),
    fc.tuple(fc.domain(), fc.integer({ min: 1, max: 65_535 })).map(([host, port]) => `${host}:${port}`),
  )

  it('is read as it was written', () => {
    fc.assert(
      fc.property(audience, fc.constantFrom('wfe' as const, 'spc' as const), (audience, use) => {
        const id = clientIdOf('clever-fox-42195', audience, use)
        expect(parseClientId(id)).toEqual({ cutename: 'clever-fox-42195', audience, use })
      }),
    )
  })

  it.each([
    '',
    'clever-fox',
    'clever-fox-4219',
    'clever-fox-421950',
    'clever-fox-04219',
    'Clever-fox-42195',
    'clever-fox-42195@',
    'clever-fox-42195@acme.example',
    'clever-fox-42195@acme.example/',
    'clever-fox-42195@acme.example/pcc',
    'clever-fox-42195@acme.example/wfe/',
    'clever-fox-42195@acme.example/wfe\n',
    'clever-fox-42195@a@b/wfe',
    'clever-fox-42195@a/b/wfe',
    'clever-fox-42195@acme example/wfe',
    ' clever-fox-42195',
    'clever-fox-42195/wfe',
    `clever-fox-42195@${'a'.repeat(300)}/wfe`,
    'clever-fox-42195\u0000',
  ])('is not %o', (text) => {
    expect(parseClientId(text)).toBeNull()
  })

  it('belongs to exactly one audience and use, unless it is short', () => {
    const full = parseClientId('clever-fox-42195@acme.example:8480/wfe')
    const short = parseClientId('clever-fox-42195')
    if (full === null || short === null) throw new Error('both are client ids')
    expect(isClientIdOf(full, 'acme.example:8480', 'wfe')).toBe(true)
    expect(isClientIdOf(full, 'acme.example', 'wfe')).toBe(false)
    expect(isClientIdOf(full, 'ACME.example:8480', 'wfe')).toBe(false)
    expect(isClientIdOf(full, 'acme.example:8480', 'spc')).toBe(false)
    expect(isClientIdOf(short, 'acme.example:8480', 'spc')).toBe(true)
  })
})
