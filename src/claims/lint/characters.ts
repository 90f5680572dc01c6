/** Sets of characters, and the few kinds of characters that a question can tell apart. */

/** One bit for each printable ASCII character: whatever a claim of a witness is written with. */
export type CharacterSet = bigint

const FIRST = 0x20
const COUNT = 95

export const NONE: CharacterSet = 0n
export const ANY: CharacterSet = (1n << BigInt(COUNT)) - 1n

/** The set of one character; empty for what is not printable ASCII. */
export function setOf(character: string): CharacterSet {
  const index = (character.codePointAt(0) ?? 0) - FIRST
  return index >= 0 && index < COUNT ? 1n << BigInt(index) : NONE
}

/** From `from` to `to`, both included, by code points. */
export function rangeOf(from: number, to: number): CharacterSet {
  let set = NONE
  for (let code = Math.max(from, FIRST); code <= Math.min(to, FIRST + COUNT - 1); code++)
    set |= 1n << BigInt(code - FIRST)
  return set
}

/** The set with the other case of each of its letters. */
export function foldedOf(set: CharacterSet): CharacterSet {
  const upper = BigInt('A'.charCodeAt(0) - FIRST)
  const distance = BigInt('a'.charCodeAt(0) - 'A'.charCodeAt(0))
  const letters = (1n << 26n) - 1n
  const uppers = (set >> upper) & letters
  const lowers = (set >> (upper + distance)) & letters
  return set | (lowers << upper) | (uppers << (upper + distance))
}

/** Characters in the order in which a witness likes to be written. */
const LIKED = 'xyzwvutsrqponmlkjihgfedcba0123456789XYZWVUTSRQPONMLKJIHGFEDCBA-_/.:@+=,;!$%&()*<>?[]^{|}~#\'"\\` '

/** Kinds of characters: two of one kind are in the same sets. */
export interface Alphabet {
  readonly size: number
  /** The kind of a character; -1 for what is not printable ASCII. */
  kindOf(character: string): number
  /** A character of the kind. */
  characterOf(kind: number): string
  /** Kinds that stand for all others, as far as these sets can tell, each with the number of characters it stands for. */
  kindsFor(sets: readonly CharacterSet[]): readonly { readonly kind: number; readonly count: number }[]
}

/** The coarsest alphabet that the given sets can be told apart by. */
export function alphabetOf(sets: Iterable<CharacterSet>): Alphabet {
  const groups = grouped([...LIKED], [...new Set(sets)])
  const kinds = new Map(groups.flatMap((characters, kind) => characters.map((character) => [character, kind])))
  const firsts = groups.map(([first = '']) => first)
  return {
    size: groups.length,
    kindOf: (character) => kinds.get(character) ?? -1,
    characterOf: (kind) => firsts[kind] ?? '',
    kindsFor: (some) =>
      grouped(firsts, [...new Set(some)]).map((alike) => ({
        kind: kinds.get(alike[0] ?? '') ?? -1,
        count: alike.reduce((sum, first) => sum + (groups[kinds.get(first) ?? -1]?.length ?? 0), 0),
      })),
  }
}

/** Characters that are in the same sets, together. */
function grouped(characters: readonly string[], sets: readonly CharacterSet[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const character of characters) {
    const bit = setOf(character)
    const signature = sets.map((set) => ((set & bit) === NONE ? '0' : '1')).join('')
    const group = groups.get(signature)
    if (group === undefined) groups.set(signature, [character])
    else group.push(character)
  }
  return [...groups.values()]
}
