import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { createAutomaton, setsOf } from './automaton.ts'
import { alphabetOf } from './characters.ts'
import { parsePattern } from './pattern-tree.ts'
import { Work } from './work.ts'

/** Whether the pattern is found in the text, by the automaton; null where the pattern is not judged. */
function found(source: string, text: string): boolean | null {
  const tree = parsePattern(source)
  if (tree === null) return null
  const alphabet = alphabetOf(setsOf(tree))
  const automaton = createAutomaton(tree, alphabet, new Work(1_000_000))
  if (automaton === null) return null
  let state = automaton.start
  for (const character of text) {
    const settled = automaton.settled(state)
    state = automaton.step(state, alphabet.kindOf(character))
    if (settled !== null) expect(automaton.settled(state)).toBe(settled)
  }
  return automaton.accepts(state)
}

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'A',
    '/',
    ':',
    '.',
    '[a-c]',
    '[^a]',
    '[a-]',
    '[]a]',
    '[^]b]',
    '\\.',
    '\\d',
    '\\W',
    '\\s',
    '[\\w.]',
    '[[:alpha:]]',
  ],
  ...[
    '[[:^digit:]/]',
    '\\x61',
    '\\x{62}',
    '\\Qa.b\\E',
    '(?i)',
    '(?i:a)',
    '(?-i)',
    '\\141',
    '\\t',
    '[\\x61-c]',
    '\\A',
    '\\z',
    '^',
    '$',
    '',
  ],
)
const repetition = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{0,2}', '{1,}', '{0}')
const pattern = fc.letrec<{ choice: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(atom, repetition).map(([one, times]) => one + times),
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?P<n>', '(?i:'), tie('choice'), repetition)
      .map(([open, inner, times]) => `${open}${inner})${times}`),
  ),
  choice: fc
    .array(
      fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((ways) => ways.join('|')),
})).choice
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '/', ':', '.', '1', ' ', '-', ']'), maxLength: 6 })

describe('an automaton', () => {
  it('finds a pattern where RE2 finds it', () => {
    let judged = 0
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 4, maxLength: 8 }), (source, texts) => {
        const regex = compiled(source)
        fc.pre(regex !== null)
        for (const one of texts) {
          const mine = found(source, one)
          if (mine === null) return
          judged++
          expect([source, one, mine]).toEqual([source, one, regex?.test(one)])
        }
      }),
      { numRuns: 3_000 },
    )
    expect(judged).toBeGreaterThan(5_000)
  })

  it.each([
    ['^repo:octo-org/payments:ref:refs/heads/main|x$', 'repo:octo-org/payments:ref:refs/heads/main-evil', true],
    ['^(?:repo:octo-org/payments)$', 'repo:octo-org/payments-evil', false],
    ['^$', '', true],
    ['$', 'anything', true],
    ['(?i)OCTO', 'x/octo/y', true],
    ['', 'x', true],
    ['a{3,5}$', 'aa', false],
  ])('%s in %s: %s', (source, one, verdict) => {
    expect(found(source, one)).toBe(verdict)
  })

  it.each(['\\bword\\b', '\\pL', '(?<=a)b', '\\C'])('%s is not judged', (source) => {
    expect(parsePattern(source)).toBeNull()
  })

  it('is not made where it would be too large', () => {
    const tree = parsePattern('((((a{10}){10}){10}){10}){10}')
    expect(tree).not.toBeNull()
    if (tree !== null) expect(createAutomaton(tree, alphabetOf(setsOf(tree)), new Work(1_000_000))).toBeNull()
  })
})

function compiled(source: string): RE2JS | null {
  try {
    return RE2JS.compile(source)
  } catch {
    return null
  }
}
