/** Trees of patterns as automata that read a text character by character and are made as far as they are used. */
import type { Alphabet, CharacterSet } from './characters.ts'
import { NONE, setOf } from './characters.ts'
import type { PatternTree } from './pattern-tree.ts'
import type { Work } from './work.ts'

export interface Automaton {
  readonly start: number
  /** The state after a character of the kind. */
  step(state: number, kind: number): number
  /** Whether the text that ends here is one of the pattern's. */
  accepts(state: number): boolean
  /** The same, as far as it no longer depends on what follows; null where it does. */
  settled(state: number): boolean | null
}

type Place =
  | { readonly kind: 'set'; readonly set: CharacterSet; next: number }
  | { readonly kind: 'split'; readonly next: number[] }
  | { readonly kind: 'begin' | 'end'; next: number }
  | { readonly kind: 'match' }

/** Counted repetitions multiply; a pattern that compiles within the evaluator's limit stays far below. */
const PLACES = 6_000

const sets = new WeakMap<PatternTree, readonly CharacterSet[]>()

/** Sets of characters that the tree tells apart. */
export function setsOf(tree: PatternTree): readonly CharacterSet[] {
  const known = sets.get(tree)
  if (known !== undefined) return known
  const found = new Set<CharacterSet>()
  collectSets(tree, found)
  const distinct = [...found]
  sets.set(tree, distinct)
  return distinct
}

function collectSets(tree: PatternTree, found: Set<CharacterSet>): void {
  if (tree.kind === 'set') found.add(tree.set)
  else if (tree.kind === 'repeat') collectSets(tree.part, found)
  else if ('parts' in tree) for (const part of tree.parts) collectSets(part, found)
}

/** An automaton that accepts texts in which the tree is found; null where it would be too large. Faults: Exhausted, also later */
export function createAutomaton(tree: PatternTree, alphabet: Alphabet, work: Work): Automaton | null {
  const places: Place[] = [{ kind: 'match' }]
  const first = addTree(places, tree, 0)
  return first === null ? null : new Lazy(places, first, alphabet, work)
}

/** Adds places for the tree, from the end backwards; the answer is where it begins. */
function addTree(places: Place[], tree: PatternTree, next: number): number | null {
  if (places.length > PLACES) return null
  switch (tree.kind) {
    case 'set':
      return places.push({ kind: 'set', set: tree.set, next }) - 1
    case 'begin':
    case 'end':
      return places.push({ kind: tree.kind, next }) - 1
    case 'sequence': {
      let at: number | null = next
      for (let index = tree.parts.length - 1; index >= 0 && at !== null; index--) {
        const part = tree.parts[index]
        if (part !== undefined) at = addTree(places, part, at)
      }
      return at
    }
    case 'choice': {
      const starts: number[] = []
      for (const part of tree.parts) {
        const start = addTree(places, part, next)
        if (start === null) return null
        starts.push(start)
      }
      return places.push({ kind: 'split', next: starts }) - 1
    }
    case 'repeat':
      return addRepeat(places, tree.part, tree.least, tree.most, next)
  }
}

function addRepeat(
  places: Place[],
  part: PatternTree,
  least: number,
  most: number | null,
  next: number,
): number | null {
  let at: number | null = next
  if (most === null) {
    const ways: number[] = [next]
    const loop = places.push({ kind: 'split', next: ways }) - 1
    const body = addTree(places, part, loop)
    if (body === null) return null
    ways.push(body)
    at = loop
  } else {
    for (let count = least; count < most && at !== null; count++) {
      const body: number | null = addTree(places, part, at)
      at = body === null ? null : places.push({ kind: 'split', next: [next, body] }) - 1
    }
  }
  for (let count = 0; count < least && at !== null; count++) at = addTree(places, part, at)
  return at
}

/** States are sets of places, numbered as they are met. */
class Lazy implements Automaton {
  readonly start: number
  readonly #places: readonly Place[]
  readonly #alphabet: Alphabet
  readonly #work: Work
  /** Where a match may still begin after the first character. */
  readonly #later: readonly number[]
  readonly #numbers = new Map<string, number>()
  readonly #states: { readonly at: readonly number[]; readonly steps: number[] }[] = []
  readonly #accepting: (boolean | undefined)[] = []
  /** By place, which kinds of characters go on. */
  readonly #takes = new Map<number, readonly boolean[]>()

  constructor(places: readonly Place[], first: number, alphabet: Alphabet, work: Work) {
    this.#places = places
    this.#alphabet = alphabet
    this.#work = work
    this.#later = this.#closure([first], { isBegin: false, isEnd: false })
    // Its own number, also where its places come again later: here the text begins.
    this.start = this.#states.push({ at: this.#closure([first], { isBegin: true, isEnd: false }), steps: [] }) - 1
  }

  step(state: number, kind: number): number {
    const known = this.#states[state]
    if (known === undefined || known.at[0] === 0) return state
    const remembered = known.steps[kind]
    if (remembered !== undefined) return remembered
    const next = known.at.flatMap((place) => {
      const here = this.#places[place]
      return here?.kind === 'set' && this.#kindsOf(place, here.set)[kind] === true ? [here.next] : []
    })
    const to = this.#numberOf(this.#closure([...next, ...this.#later], { isBegin: false, isEnd: false }))
    known.steps[kind] = to
    return to
  }

  accepts(state: number): boolean {
    const known = this.#accepting[state]
    if (known !== undefined) return known
    const at = this.#states[state]?.at ?? []
    const found = this.#closure(at, { isBegin: state === this.start, isEnd: true })[0] === 0
    this.#accepting[state] = found
    return found
  }

  settled(state: number): boolean | null {
    const at = this.#states[state]?.at ?? []
    if (at[0] === 0) return true
    return at.length === 0 ? false : null
  }

  #kindsOf(place: number, set: CharacterSet): readonly boolean[] {
    const known = this.#takes.get(place)
    if (known !== undefined) return known
    const kinds = Array.from(
      { length: this.#alphabet.size },
      (_, kind) => (set & setOf(this.#alphabet.characterOf(kind))) !== NONE,
    )
    this.#takes.set(place, kinds)
    return kinds
  }

  /** All places reached without a character, in order; place 0 alone where the match is complete. */
  #closure(from: readonly number[], { isBegin, isEnd }: { isBegin: boolean; isEnd: boolean }): number[] {
    const seen = new Set<number>()
    const left = [...from]
    for (let place = left.pop(); place !== undefined; place = left.pop()) {
      if (seen.has(place)) continue
      seen.add(place)
      const here = this.#places[place]
      if (here?.kind === 'split') left.push(...here.next)
      if ((here?.kind === 'begin' && isBegin) || (here?.kind === 'end' && isEnd)) left.push(here.next)
    }
    // Sets of many places are what makes a pattern dear.
    this.#work.spend(2 * seen.size)
    if (seen.has(0)) return [0]
    // What waits for the begin of the text has missed it.
    return [...seen].filter((place) => ['set', 'end'].includes(this.#places[place]?.kind ?? '')).sort((a, b) => a - b)
  }

  #numberOf(at: readonly number[]): number {
    const key = at.join(' ')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#states.push({ at, steps: [] }) - 1
    this.#numbers.set(key, number)
    return number
  }
}
