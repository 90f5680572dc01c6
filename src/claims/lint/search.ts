/**
 * Looks for a token that a condition comes out on as wanted. All parts of a token are written one after the other; the
 * automata of all predicates read along, each hearing its own claim. What is found is a token; what is not found after
 * everything was looked at does not exist, as far as the model goes.
 */
import { type Automaton, createAutomaton, setsOf } from './automaton.ts'
import { type Alphabet, alphabetOf } from './characters.ts'
import { type Predicate, type Reading, type Truth, truthOf } from './formula.ts'
import { type Entry, explorePart, type States } from './part-search.ts'
import { listsTexts, whole } from './pattern-tree.ts'
import type { TokenForm } from './token-form.ts'
import type { Work } from './work.ts'

export interface Search {
  readonly form: TokenForm
  readonly reading: Reading
  /** Names of parts whose value must stand for endlessly many others: the condition holds them to no finite set. */
  readonly open: readonly string[]
  /** `true`: the condition permits. `other`: it is false, or fails. */
  readonly wanted: 'true' | 'other'
  /** Asks the evaluator; only tokens that it agrees on are found. */
  readonly confirm: (values: ReadonlyMap<number, string>) => boolean
  readonly work: Work
}

/** Tokens shown to the evaluator before the search gives up on what it could not judge itself. */
const TRIES = 24

/** The values of the parts of one such token; null where there is none. Faults: Exhausted */
export function findToken(search: Search): ReadonlyMap<number, string> | null {
  const { reading, form, wanted, open, confirm, work } = search
  const ears = earsOf(search)
  const listed = reading.predicates.map(({ tree }) => listsTexts(tree))
  let entries: readonly Entry[] = [{ states: ears.automata.map((automaton) => automaton?.start ?? 0), from: null }]
  for (const part of ears.parts) {
    const known = form.parts[part]
    if (known === undefined || known.tree === null) return null
    const own = createAutomaton(whole(known.tree), ears.alphabet, work)
    if (own === null) return null
    const hearing = reading.predicates.filter(({ text }) => text.includes(part))
    entries = explorePart({
      part,
      own,
      alphabet: ears.alphabet,
      kinds: ears.alphabet.kindsFor([known.tree, ...hearing.map(({ tree }) => tree)].flatMap(setsOf)),
      automata: ears.automata.map((automaton, index) =>
        reading.predicates[index]?.text.includes(part) ? automaton : null,
      ),
      listed,
      entries: entries.map((entry) => ({ ...entry, states: ears.heard(entry.states, part) })),
      isOpen: open.includes(known.name),
      isHopeless: (states) => isHopeless(reading, ears.automata, states, wanted),
      work,
    })
    entries = settled(search, ears, entries, part)
  }
  let tries = 0
  for (const entry of entries) {
    const states = ears.heard(entry.states, null)
    const truth = truthOf(reading.formula, (index) => {
      const automaton = ears.automata[index]
      return automaton ? `${automaton.accepts(states[index] ?? 0)}` : 'unknown'
    })
    const mayBe = truth === 'unknown' || (truth === 'true') === (wanted === 'true')
    if (!mayBe) continue
    const values = valuesOf(entry)
    if (confirm(values)) return values
    work.doubts++
    if (++tries >= TRIES) return null
  }
  return null
}

/**
 * Without the entries that have lost already: what follows a part in a predicate's text is known, and a text that has ended
 * holds or does not. Where only that is left of a state, states are told apart no longer: names and ids would multiply.
 */
function settled(search: Search, ears: Ears, entries: readonly Entry[], part: number): Entry[] {
  const { reading, wanted, work } = search
  const kept = new Map<string, Entry>()
  const firsts = new Map<string, number>()
  for (const entry of entries) {
    work.spend(1 + ears.automata.length)
    const ahead = ears.ahead(entry.states, part)
    const truthAt = (index: number): Truth => {
      const automaton = ears.automata[index]
      const state = ahead[index] ?? 0
      const truth = ears.hasEnded(index, part) ? automaton?.accepts(state) : automaton?.settled(state)
      return typeof truth === 'boolean' ? `${truth}` : 'unknown'
    }
    if (isLost(truthOf(reading.formula, truthAt), wanted)) continue
    const states = entry.states.map((state, index) => {
      const truth = truthAt(index)
      if (truth === 'unknown') return state
      const key = `${index} ${truth} ${ears.hasEnded(index, part)}`
      const first = firsts.get(key) ?? state
      firsts.set(key, first)
      return first
    })
    const key = states.join(' ')
    if (!kept.has(key)) kept.set(key, { ...entry, states })
  }
  return [...kept.values()]
}

/** True when no text that follows can bring about what is wanted. */
function isHopeless(
  { formula }: Reading,
  automata: readonly (Automaton | null)[],
  states: States,
  wanted: Search['wanted'],
): boolean {
  const truth = truthOf(formula, (index): Truth => {
    const settled = automata[index]?.settled(states[index] ?? 0) ?? null
    return settled === null ? 'unknown' : `${settled}`
  })
  return isLost(truth, wanted)
}

function isLost(truth: Truth, wanted: Search['wanted']): boolean {
  return wanted === 'true' ? truth === 'false' || truth === 'error' : truth === 'true'
}

interface Ears {
  readonly alphabet: Alphabet
  /** By predicate; null where its pattern is too large to be followed. */
  readonly automata: readonly (Automaton | null)[]
  /** Numbers of the parts that any predicate hears, in the order of writing. */
  readonly parts: readonly number[]
  /** The states after the literals that come right before the part; null: that come last. */
  heard(states: States, part: number | null): States
  /** The states after the literals that come right behind the part. */
  ahead(states: States, part: number): States
  /** True where the part is the last of the predicate's text, or comes behind it. */
  hasEnded(index: number, part: number): boolean
}

function earsOf({ reading: { predicates }, form, work }: Search): Ears {
  const parts = [...new Set(predicates.flatMap(({ text }) => text.filter((piece) => typeof piece === 'number')))].sort(
    (a, b) => a - b,
  )
  const trees = parts.flatMap((part) => form.parts[part]?.tree ?? [])
  const alphabet = alphabetOf([...predicates.map(({ tree }) => tree), ...trees].flatMap(setsOf))
  const automata = predicates.map(({ tree }) => createAutomaton(tree, alphabet, work))
  const leads = predicates.map(leadsOf)
  const numbers = predicates.map(({ text }) => text.filter((piece) => typeof piece === 'number'))
  const heardBy = (index: number, state: number, part: number | null): number => {
    const automaton = automata[index]
    const lead = leads[index]?.get(part) ?? ''
    if (!automaton) return state
    return [...lead].reduce((at, character) => automaton.step(at, alphabet.kindOf(character)), state)
  }
  const hasEnded = (index: number, part: number) => (numbers[index]?.at(-1) ?? -1) <= part
  return {
    alphabet,
    automata,
    parts,
    heard: (states, part) => states.map((state, index) => heardBy(index, state, part)),
    ahead: (states, part) =>
      states.map((state, index) => {
        if (hasEnded(index, part)) return heardBy(index, state, null)
        return numbers[index]?.includes(part) === true
          ? heardBy(index, state, numbers[index]?.find((other) => other > part) ?? null)
          : state
      }),
    hasEnded,
  }
}

/** The literals before each part of the predicate's text, and those at its end. */
function leadsOf({ text }: Predicate): Map<number | null, string> {
  const leads = new Map<number | null, string>()
  let lead = ''
  for (const piece of text) {
    if (typeof piece === 'string') lead += piece
    else {
      leads.set(piece, lead)
      lead = ''
    }
  }
  return leads.set(null, lead)
}

function valuesOf(entry: Entry): ReadonlyMap<number, string> {
  const values = new Map<number, string>()
  for (let at = entry; at.from !== null; at = at.from.before) values.set(at.from.part, at.from.text())
  return values
}
