/** How deep a body may nest. Parsers, validators and writers of JSON recurse: 50 000 open brackets end the process. */

/** Deeper than any document of ours by an order of magnitude. */
const DEEPEST = 50
/** Columns: DEEPEST levels of two spaces, and room for how people line things up. */
const INDENTATION = 200

/** True for every text of YAML that nests deeper than DEEPEST, and for some that only look it (brackets inside of texts count). */
export function isDeepText(text: string): boolean {
  let open = 0
  let column = 0
  let markers = 0
  let leading = true
  for (const character of text) {
    column++
    if (character === '\n' || character === '\r') {
      column = 0
      markers = 0
      leading = true
    } else if (character === '[' || character === '{') {
      open++
      leading = false
    } else if (character === ']' || character === '}') {
      open = Math.max(0, open - 1)
      leading = false
    } else if (leading && (character === '-' || character === '?' || character === ':')) {
      markers++
    } else if (leading && character !== ' ' && character !== '\t') {
      leading = false
      if (column > INDENTATION) return true
    }
    if (open > DEEPEST || markers > DEEPEST) return true
  }
  return false
}

/** The same for a value, without recursion of its own. */
export function isDeepValue(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
