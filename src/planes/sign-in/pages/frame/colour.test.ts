import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brandOf } from './brand.ts'
import { contrast, parseColour, standingOut, textOn } from './colour.ts'
import { SHEET } from './sheet.ts'
import { SURFACE, styleOf } from './style.ts'

function colour(text: string) {
  const parsed = parseColour(text)
  if (parsed === null) throw new Error(`${text} is not a colour`)
  return parsed
}

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => colour(`#${value.toString(16).padStart(6, '0')}`))

describe('a colour', () => {
  it('is six hexadecimal digits', () => {
    expect(parseColour('#A0b1C2')).toBe('#a0b1c2')
  })

  it.each([
    '',
    'red',
    '#fff',
    '#ffffff80',
    '#gggggg',
    '#ffffff;}body{display:none',
    '#ffffff\n',
    ' #ffffff',
    'url(https://x.example)',
    0xffffff,
    null,
    ['#ffffff'],
  ])('is nothing like %o', (value) => {
    expect(parseColour(value)).toBeNull()
  })
})

describe('contrast', () => {
  // Values of the WCAG definition, computed by hand.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
    ['#336699', '#336699', 1],
  ])('of %s and %s is %d, in either order', (one, other, expected) => {
    expect(contrast(colour(one), colour(other))).toBeCloseTo(expected, 2)
    expect(contrast(colour(other), colour(one))).toBeCloseTo(expected, 2)
  })

  it('of text on any colour is enough to read it', () => {
    fc.assert(
      fc.property(anyColour, (ground) => {
        expect(contrast(textOn(ground), ground)).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })

  it('of what stands out is what was asked, on the card of either scheme, and a fit colour stays as it is', () => {
    const grounds = fc.constantFrom(colour(SURFACE.light), colour(SURFACE.dark))
    fc.assert(
      fc.property(anyColour, grounds, fc.constantFrom(3, 5.5), (given, ground, ratio) => {
        const shown = standingOut(given, ground, ratio)
        expect(contrast(shown, ground)).toBeGreaterThanOrEqual(ratio)
        if (contrast(given, ground) >= ratio) expect(shown).toBe(given)
      }),
    )
  })
})

describe('the style', () => {
  it('reckons with the surfaces that the sheet has', () => {
    expect([...SHEET.matchAll(/--surface: (#[0-9a-f]{6})/g)].map(([, surface]) => surface)).toEqual([
      SURFACE.light,
      SURFACE.dark,
    ])
  })

  it('has the organisation’s colour, and asks for nothing from outside', () => {
    expect(styleOf(colour('#ffd400'))).toContain('--brand:#ffd400;--on-brand:#000000')
    expect(styleOf(null)).toBe(styleOf(null))
    expect(styleOf(null)).not.toMatch(/url\(|@import|<\//)
  })
})

describe('a brand', () => {
  const none = { displayName: null, settings: {} }
  it.each([
    [
      'what its branding says',
      { displayName: 'Acme Inc.', settings: { branding: { name: ' Acme ', color: '#FF0000' } } },
      { name: 'Acme', colour: '#ff0000' },
    ],
    ['else its display name', { displayName: 'Acme Inc.', settings: {} }, { name: 'Acme Inc.', colour: null }],
    [
      'without a colour that is none',
      { displayName: 'A', settings: { branding: { color: 'red' } } },
      { name: 'A', colour: null },
    ],
    ['without branding that is none', { displayName: 'A', settings: { branding: ['x'] } }, { name: 'A', colour: null }],
    ['nothing without a name', { ...none, settings: { branding: { name: ' ', color: '#ff0000' } } }, null],
    ['nothing where nothing is', none, null],
  ])('is %s', (_what, organisation, expected) => {
    expect(brandOf(organisation)).toEqual(expected)
  })

  it('has a name that fits', () => {
    expect(brandOf({ displayName: 'x'.repeat(500), settings: {} })?.name).toBe('x'.repeat(80))
    expect(brandOf({ displayName: '🌲'.repeat(500), settings: {} })?.name).toBe('🌲'.repeat(80))
  })
})
