import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { patternWeight } from './pattern-weight.ts'

describe('patternWeight', () => {
  it.each([
    ['^repo:octo/.*$', 14],
    ['[0-9a-f]{8}-[0-9a-f]{4}', 26],
    ['(abc){1000}', 7001],
    ['((a{10}){10}){10}', 2551],
    [String.raw`\Qa{3}\E`, 8],
    [String.raw`(?i)\pL`, 403],
    ['(a){9}(?i){9}', 450],
  ])('%s weighs about %i', (source, weight) => {
    expect(patternWeight(source)).toBeGreaterThanOrEqual(weight * 0.8)
    expect(patternWeight(source)).toBeLessThanOrEqual(weight * 1.3)
  })

  it('a pattern never compiles to more than half more than its weight', () => {
    const atoms = [
      'a',
      'é',
      '[ab]',
      '[^]a]',
      '[[:alpha:]]',
      '.',
      '^',
      '$',
      '-',
      '{',
      '}',
      '\\d',
      '\\pL',
      '\\b',
      '\\x{41}',
      '\\(',
    ]
    const others = [
      '(',
      '(?:',
      '(?i:',
      '(?i)',
      '(?P<n>',
      ')',
      '{2}',
      '{3,5}',
      '{0,4}',
      '{2,}',
      '*',
      '+',
      '?',
      '|',
      '\\Q',
      '\\E',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...atoms, ...others), { maxLength: 14 }), (parts) => {
        const source = parts.join('')
        let size = 0
        try {
          size = RE2JS.compile(source).programSize()
        } catch {
          return
        }
        expect(size).toBeLessThanOrEqual(1.5 * patternWeight(source) + 8)
      }),
      { numRuns: 3_000 },
    )
  })
})
