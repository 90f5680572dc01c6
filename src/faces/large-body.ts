/**
 * Which large JSON bodies are read. An uploaded key set or metadata is one long text, and a fault that names its field
 * helps more than "too large"; millions of small values would take long to read and much memory, and nobody sends them.
 */

/** Room for a key set ten thousand keys long, so that its field can be named. */
export const LARGEST_BYTES = 6 * 1_048_576
/** Bodies up to this are read whatever they hold. */
const USUAL_CHARACTERS = 1_048_576
/** Brackets and commas outside of texts. */
const MOST_MARKS = 10_000

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `,`, `[` and `{`: one before each value but the first. */
const MARKS: ReadonlySet<number> = new Set([0x2c, 0x5b, 0x7b])

/** True when a body is larger than usual and more than a few long texts; what is no JSON is judged like what it resembles. */
export function isCrowded(text: string): boolean {
  if (text.length <= USUAL_CHARACTERS) return false
  let marks = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfText(text, at)
    else if (MARKS.has(code) && ++marks > MOST_MARKS) return true
  }
  return false
}

/** Place of the closing quote, or the end. */
function endOfText(text: string, start: number): number {
  let at = start
  for (;;) {
    at = text.indexOf('"', at + 1)
    if (at < 0) return text.length
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at
  }
}
