/** Regular expressions as trees: what a pattern of RE2 says about printable ASCII text. */
import { ANY, type CharacterSet, foldedOf, NONE, rangeOf, setOf } from './characters.ts'

export type PatternTree =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly PatternTree[] }
  /** `most` null: without end. */
  | { readonly kind: 'repeat'; readonly part: PatternTree; readonly least: number; readonly most: number | null }
  /** The begin or the end of the whole text: claims have no lines. */
  | { readonly kind: 'begin' | 'end' }

export const BEGIN: PatternTree = { kind: 'begin' }
export const END: PatternTree = { kind: 'end' }
export const ANYTHING: PatternTree = { kind: 'repeat', part: { kind: 'set', set: ANY }, least: 0, most: null }

export function sequence(...parts: readonly PatternTree[]): PatternTree {
  return { kind: 'sequence', parts }
}

export function choice(...parts: readonly PatternTree[]): PatternTree {
  return { kind: 'choice', parts }
}

/** Exactly the text. */
export function literal(text: string): PatternTree {
  return sequence(...[...text].map((character): PatternTree => ({ kind: 'set', set: setOf(character) })))
}

/** The whole text is of the tree. */
export function whole(tree: PatternTree): PatternTree {
  return sequence(BEGIN, tree, END)
}

/** True where the tree is a list of whole texts, each of which somebody has written down. */
export function listsTexts(tree: PatternTree): boolean {
  const { kind } = tree
  if ((kind === 'sequence' || kind === 'choice') && tree.parts.length === 1) return tree.parts.every(listsTexts)
  if (kind === 'choice') return tree.parts.every(listsTexts)
  if (kind !== 'sequence') return false
  const [first, ...rest] = tree.parts
  return first?.kind === 'begin' && rest.pop()?.kind === 'end' && rest.every(isWritten)
}

function isWritten(tree: PatternTree): boolean {
  // One character, or none of those that witnesses are written with.
  if (tree.kind === 'set') return (tree.set & (tree.set - 1n)) === NONE || tree.set === NONE
  return 'parts' in tree && tree.parts.every(isWritten)
}

/** Reads RE2 syntax that is known to be valid; null where it has something that we do not judge. */
export function parsePattern(source: string): PatternTree | null {
  const reader = new Reader(source)
  try {
    const tree = reader.choice()
    return reader.isAtEnd() ? tree : null
  } catch (error) {
    if (error instanceof NotJudged) return null
    throw error
  }
}

/** Word boundaries, Unicode classes, look-behind: a tree cannot say them. */
class NotJudged extends Error {}

const DIGIT = rangeOf(0x30, 0x39)
const WORD = DIGIT | rangeOf(0x41, 0x5a) | rangeOf(0x61, 0x7a) | setOf('_')
const SPACE = setOf(' ')

const CLASSES: Readonly<Record<string, CharacterSet>> = {
  d: DIGIT,
  D: ANY & ~DIGIT,
  w: WORD,
  W: ANY & ~WORD,
  s: SPACE,
  S: ANY & ~SPACE,
}

const ALPHA = rangeOf(0x41, 0x5a) | rangeOf(0x61, 0x7a)
const POSIX: Readonly<Record<string, CharacterSet>> = {
  alnum: ALPHA | DIGIT,
  alpha: ALPHA,
  ascii: ANY,
  blank: SPACE,
  cntrl: NONE,
  digit: DIGIT,
  graph: ANY & ~SPACE,
  lower: rangeOf(0x61, 0x7a),
  print: ANY,
  punct: ANY & ~(ALPHA | DIGIT | SPACE),
  space: SPACE,
  upper: rangeOf(0x41, 0x5a),
  word: WORD,
  xdigit: DIGIT | rangeOf(0x41, 0x46) | rangeOf(0x61, 0x66),
}

/** Control characters by their escapes; none of them is in a printable text. */
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

class Reader {
  readonly #source: readonly string[]
  #at = 0
  #folds = false

  constructor(source: string) {
    this.#source = [...source]
  }

  isAtEnd(): boolean {
    return this.#at >= this.#source.length
  }

  choice(): PatternTree {
    const parts = [this.#sequence()]
    while (this.#takes('|')) parts.push(this.#sequence())
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : choice(...parts)
  }

  #sequence(): PatternTree {
    const parts: PatternTree[] = []
    while (!this.isAtEnd() && this.#peek() !== '|' && this.#peek() !== ')') parts.push(...this.#repeated())
    return sequence(...parts)
  }

  #repeated(): PatternTree[] {
    let parts = this.#part()
    for (;;) {
      const bounds = this.#bounds()
      const last = parts.at(-1)
      if (bounds === null) return parts
      // After flags or an empty quote it would be of what stands before them.
      if (last === undefined) throw new NotJudged()
      // Lazy or greedy: the same texts.
      this.#takes('?')
      parts = [...parts.slice(0, -1), { kind: 'repeat', part: last, ...bounds }]
    }
  }

  #bounds(): { least: number; most: number | null } | null {
    if (this.#takes('*')) return { least: 0, most: null }
    if (this.#takes('+')) return { least: 1, most: null }
    if (this.#takes('?')) return { least: 0, most: 1 }
    if (this.#peek() !== '{') return null
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#source.slice(this.#at, this.#at + 12).join(''))
    if (counted === null) return null
    const [text, least = '0', comma, most] = counted
    this.#at += text.length
    return { least: Number(least), most: comma === undefined ? Number(least) : most ? Number(most) : null }
  }

  /** One atom; several for quoted text, of which a repetition takes the last; none for flags. */
  #part(): PatternTree[] {
    const character = this.#next()
    switch (character) {
      case '(':
        return this.#group()
      case '[':
        return [this.#set(this.#class())]
      case '.':
        return [this.#set(ANY)]
      case '^':
        return [BEGIN]
      case '$':
        return [END]
      case '\\':
        return this.#escape()
      default:
        return [this.#set(setOf(character))]
    }
  }

  #set(set: CharacterSet): PatternTree {
    return { kind: 'set', set: this.#folds ? foldedOf(set) : set }
  }

  #group(): PatternTree[] {
    const outside = this.#folds
    if (this.#takes('?')) {
      const head = /^(?:P?<([A-Za-z_]\w*)>|([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)]))/.exec(
        this.#source.slice(this.#at).join(''),
      )
      if (head === null) throw new NotJudged()
      const [text, name, on = '', off = '', end] = head
      this.#at += text.length
      if (name === undefined) this.#folds = (outside || on.includes('i')) && !off.includes('i')
      // Flags alone hold until the group around them ends.
      if (end === ')') return []
    }
    const tree = this.choice()
    if (!this.#takes(')')) throw new NotJudged()
    this.#folds = outside
    return [tree]
  }

  #escape(): PatternTree[] {
    const character = this.#next()
    if (character === 'A') return [BEGIN]
    if (character === 'z') return [END]
    if (character === 'Q') return this.#quoted()
    const set = CLASSES[character]
    return [this.#set(set ?? this.#escaped(character))]
  }

  #quoted(): PatternTree[] {
    const rest = this.#source.slice(this.#at).join('')
    const end = rest.indexOf('\\E')
    const text = end < 0 ? rest : rest.slice(0, end)
    this.#at += [...text].length + (end < 0 ? 0 : 2)
    return [...text].map((one) => this.#set(setOf(one)))
  }

  /** The one character that an escape stands for. */
  #escaped(character: string): CharacterSet {
    if (character === 'x') {
      const [text = '', long, short] = /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(this.#ahead()) ?? []
      this.#at += text.length
      return setOf(String.fromCodePoint(Number.parseInt(long ?? short ?? '0', 16)))
    }
    if (Object.hasOwn(CONTROLS, character)) return NONE
    if (/[0-7]/.test(character)) {
      const [more = ''] = /^[0-7]{0,2}/.exec(this.#ahead()) ?? []
      this.#at += more.length
      return setOf(String.fromCodePoint(Number.parseInt(character + more, 8)))
    }
    if (/[A-Za-z0-9]/.test(character)) throw new NotJudged()
    return setOf(character)
  }

  #class(): CharacterSet {
    const isNegated = this.#takes('^')
    let set = NONE
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.isAtEnd()) throw new NotJudged()
      set |= this.#classPart()
    }
    this.#at++
    const folded = this.#folds ? foldedOf(set) : set
    return isNegated ? ANY & ~folded : folded
  }

  #classPart(): CharacterSet {
    const [posix = '', negated, name = ''] = /^\[:(\^?)(\w+):\]/.exec(this.#ahead()) ?? []
    if (posix !== '') {
      const known = POSIX[name]
      if (known === undefined) throw new NotJudged()
      this.#at += posix.length
      return negated === '^' ? ANY & ~known : known
    }
    const low = this.#next()
    if (low === '\\') {
      const known = CLASSES[this.#peek()]
      if (known !== undefined) {
        this.#at++
        return known
      }
    }
    const from = low === '\\' ? this.#codeOf(this.#next()) : (low.codePointAt(0) ?? 0)
    if (this.#peek() !== '-' || this.#source[this.#at + 1] === ']') return rangeOf(from, from)
    this.#at++
    const high = this.#next()
    return rangeOf(from, high === '\\' ? this.#codeOf(this.#next()) : (high.codePointAt(0) ?? 0))
  }

  /** Code point of an escape in a class; ranges need its place, printable or not. */
  #codeOf(character: string): number {
    const control = CONTROLS[character]
    if (control !== undefined) return control
    const set = this.#escaped(character)
    if (set === NONE) throw new NotJudged()
    return 0x20 + set.toString(2).length - 1
  }

  #ahead(): string {
    return this.#source.slice(this.#at, this.#at + 24).join('')
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #next(): string {
    const character = this.#source[this.#at++]
    if (character === undefined) throw new NotJudged()
    return character
  }

  #takes(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }
}
