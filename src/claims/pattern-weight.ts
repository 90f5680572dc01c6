/**
 * How dear a regular expression is to compile, read from its text before anything is compiled: counted repetitions
 * multiply what they repeat (`(abc){1000}` is 3 000 instructions), and case folding of wide ranges walks all of Unicode.
 */

/** What a Unicode class costs over a letter: some 60 µs; folded for `(?i)`, some 3 ms. Units: instructions. */
const WIDE = 10
const WIDE_FOLDED = 400

const FOLDING = /\(\?[a-zA-Z-]*i/
const WIDE_ATOM = /\\[pP]/g
const WIDE_FOLDED_ATOM = /\\[pPx]|[^ -~]/g

/** An upper bound of the instructions, plus the surcharge for Unicode. Wrong syntax has some weight too. */
export function patternWeight(source: string): number {
  const folding = FOLDING.test(source)
  const wide = source.match(folding ? WIDE_FOLDED_ATOM : WIDE_ATOM)?.length ?? 0
  return instructions(source) + wide * (folding ? WIDE_FOLDED : WIDE)
}

/** Quotes of nothing: a repetition after them, too, is of what stands before. */
const EMPTY: ReadonlySet<string> = new Set(['\\Q', '\\Q\\E'])

/** One token: quoted text, an escape, a class, a repetition, the start of a group with its flags, or a character. */
const TOKEN =
  /\\Q[\s\S]*?(?:\\E|$)|\\[pPx]\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|\(\?[a-zA-Z-]*\)|\(\?(?:P?<\w*>|[a-zA-Z-]*:?)|[\s\S]/gu

function instructions(source: string): number {
  const outer: number[] = []
  let size = 0
  let last = 0
  for (const [token, least, most] of source.matchAll(TOKEN)) {
    if (least !== undefined) {
      // optional repetitions bring a branch each, and what was repeated may be repeated again with its group
      const copies = Math.max(Number(least), Number(most ?? 0), 1) - 1
      size += (last + 1) * copies + 2
      last = (last + 1) * copies + last + 2
    } else if (token.startsWith('(') && token.endsWith(')')) {
      // flags alone: a repetition after them is of what stands before
      size++
    } else if (token.startsWith('(')) {
      outer.push(size)
      size = 0
      last = 0
    } else if (token === ')') {
      last = size + 3
      size = last + (outer.pop() ?? 0)
    } else {
      size += token.startsWith('\\Q') ? token.length : 1
      if (!'*+?|'.includes(token) && !EMPTY.has(token)) last = 1
    }
  }
  return outer.reduce((sum, part) => sum + part + 2, size)
}
