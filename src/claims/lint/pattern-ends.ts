/** How a pattern begins and ends: held to the ends of the text, closed by a delimiter, or loose. */
import { ANY, type CharacterSet, NONE, setOf } from './characters.ts'
import type { PatternTree } from './pattern-tree.ts'

/** `anchored`; `closed` by a delimiter; `open` on purpose, by `.*`; `loose`: a name goes on where the pattern ends. */
export type PatternEnd = 'anchored' | 'closed' | 'open' | 'loose'

export interface PatternEnds {
  readonly begin: PatternEnd
  readonly end: PatternEnd
}

const DELIMITERS: CharacterSet = ['/', ':', '@', '#', '?', '=', ',', ';', ' '].map(setOf).reduce((a, b) => a | b)

/** The worst over all alternatives. */
export function endsOf(tree: PatternTree): PatternEnds {
  return { begin: endOf(tree, 'begin') ?? 'loose', end: endOf(tree, 'end') ?? 'loose' }
}

const WORST: readonly PatternEnd[] = ['loose', 'open', 'closed', 'anchored']

/** Null for what is empty: its neighbour is the end then. */
function endOf(tree: PatternTree, side: 'begin' | 'end'): PatternEnd | null {
  switch (tree.kind) {
    case 'set':
      if (tree.set === ANY) return 'open'
      return tree.set !== NONE && (tree.set & ~DELIMITERS) === NONE ? 'closed' : 'loose'
    case 'begin':
    case 'end':
      return tree.kind === side ? 'anchored' : null
    case 'repeat':
      // What may be there not at all leaves the end to its neighbour, which is not looked at: the worse of both is taken.
      return tree.most === 0 ? null : endOf(tree.part, side)
    case 'sequence': {
      const parts = side === 'begin' ? tree.parts : [...tree.parts].reverse()
      for (const part of parts) {
        const found = endOf(part, side)
        if (found !== null) return found
      }
      return null
    }
    case 'choice': {
      const ends = tree.parts.map((part) => endOf(part, side) ?? 'loose')
      return WORST.find((worst) => ends.includes(worst)) ?? null
    }
  }
}
