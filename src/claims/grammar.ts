/**
 * Where the parser library takes more than CEL's grammar, or reads a text in another way than CEL does. Such texts are
 * refused, so that what is stored means the same to every reader of CEL.
 * Source: CEL language definition, Syntax
 */

export interface Departure {
  /** Units: UTF-16 code units from the start of the expression. */
  readonly offset: number
  readonly message: string
}

/** Of a text that the library has parsed: strings, so that nothing in them counts, numbers, words, and signs one by one. */
const TOKEN =
  /(?<blank>[ \t\r\n]+|\/\/[^\n]*)|(?<prefix>[rRbB]?)(?<string>"""(?:\\[\s\S]|(?!""")[^\\])*"""|'''(?:\\[\s\S]|(?!''')[^\\])*'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\w+|==|!=|<=|>=|&&|\|\||[\s\S]/g

const EQUALITIES: ReadonlySet<string> = new Set(['==', '!='])
const RELATIONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'in'])
const SEPARATORS: ReadonlySet<string> = new Set(['&&', '||', '?', ':', ','])

/** What stands between two brackets, or outside of all. */
interface Level {
  /** An `==` or `!=` since the last separator. */
  hasEquality: boolean
  /** Questions whose `:` has not come yet. */
  questions: number
}

const openLevel = (): Level => ({ hasEquality: false, questions: 0 })

/** Every place where CEL would read the text differently or not at all; the library must have parsed it. */
export function departures(expression: string): Departure[] {
  const found: Departure[] = []
  const outer: Level[] = []
  let level = openLevel()
  let before = ''
  for (const { 0: token, index: offset, groups } of expression.matchAll(TOKEN)) {
    if (groups?.blank !== undefined) continue
    const message =
      groups?.string === undefined ? inLevel(level, token, before) : inString(groups.prefix ?? '', groups.string)
    if (message !== null) found.push({ offset, message })
    if ('([{'.includes(token)) {
      outer.push(level)
      level = openLevel()
    } else if (')]}'.includes(token)) level = outer.pop() ?? openLevel()
    before = token
  }
  if (/\p{Cs}/u.test(expression)) found.push({ offset: 0, message: 'the expression has broken Unicode' })
  return found
}

/** The fault of a token that is no string, after which the level has moved on. */
function inLevel(level: Level, token: string, before: string): string | null {
  if (EQUALITIES.has(token)) level.hasEquality = true
  // The library binds == looser than the other relations, CEL as tight as they: `a == b in c` is `(a == b) in c`.
  if (RELATIONS.has(token) && level.hasEquality) {
    return 'put parentheses around the comparison on the right, or around the one on the left'
  }
  if (token === ')' && before === ',') return 'a call has no comma after its last argument'
  if (!SEPARATORS.has(token)) return null
  level.hasEquality = false
  if (token === ',') level.questions = 0
  if (token === ':') level.questions = Math.max(0, level.questions - 1)
  if (token !== '?') return null
  level.questions++
  return level.questions > 1 ? 'put parentheses around the inner `? :`' : null
}

/** The fault of a string, whose quotes are given with it. */
function inString(prefix: string, quoted: string): string | null {
  const quotes = quoted.length >= 6 && quoted.startsWith(quoted.charAt(0).repeat(3)) ? 3 : 1
  const text = quoted.slice(quotes)
  // Some readers of CEL make it a line feed, others keep it.
  if (text.includes('\r')) return 'write a carriage return in a string as \\r'
  if (prefix !== 'r' && prefix !== 'R') return null
  if (quotes === 1 && text.includes('\n')) return 'a string with line breaks needs three quotes'
  // To the library a backslash keeps the quote after it from ending a raw string, to CEL it does not.
  const ended = text.indexOf(quoted.slice(0, quotes)) === text.length - quotes
  return ended ? null : 'a raw string ends at its first quote; write it with the other quotes'
}

/** A node's text with the brackets that are not in the tree, so that none of it stands alone: `(a + 1) == 2`. */
export function balanced(expression: string, start: number, end: number): string {
  let open = 0
  let closed = 0
  for (const { 0: token } of expression.slice(start, end).matchAll(TOKEN)) {
    if (token === '(') open++
    if (token === ')' && open === 0) closed++
    else if (token === ')') open--
  }
  const before = expression.slice(0, start).match(new RegExp(`(\\(\\s*){${closed}}$`))?.[0] ?? ''
  const after = expression.slice(end).match(new RegExp(`^(\\s*\\)){${open}}`))?.[0] ?? ''
  return before + expression.slice(start, end) + after
}
