/**
 * Which language a page speaks: what the app asked for (`ui_locales`), then what the browser prefers, then English.
 *
 * Source: OpenID Connect Core §3.1.2.1 (`ui_locales`); RFC 9110 §12.5.4 (Accept-Language); RFC 4647 §3.4 (lookup).
 */

/** In the order in which `*` finds them. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

interface Wish {
  /** Lower case. */
  readonly range: string
  /** From 0, which means never, to 1. */
  readonly weight: number
}

/** Characters of a header or parameter that are read; no browser sends as many. */
const READ_CHARACTERS = 1_000

/** The language to speak. Bad parts of either text count as unsaid. */
export function languageOf(uiLocales: string | null | undefined, acceptLanguage: string | null | undefined): Language {
  return chosen(localesOf(uiLocales ?? '')) ?? chosen(wishesOf(acceptLanguage ?? '')) ?? 'en'
}

function localesOf(text: string): Wish[] {
  const tags = text.slice(0, READ_CHARACTERS).toLowerCase().split(' ')
  return tags.filter((tag) => isRange(tag) && tag !== '*').map((range) => ({ range, weight: 1 }))
}

function wishesOf(header: string): Wish[] {
  const wishes = header
    .slice(0, READ_CHARACTERS)
    .toLowerCase()
    .split(',')
    .flatMap((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim())
      const weight = weightOf(parameters)
      return isRange(range) && weight !== null ? [{ range, weight }] : []
    })
  // Stable: of equal weights the first said is the first tried.
  return wishes.sort((one, other) => other.weight - one.weight)
}

/** `q=` with at most three digits; 1 where nothing is said, null where what is said is none. */
function weightOf(parameters: readonly string[]): number | null {
  if (parameters.length === 0) return 1
  const said = parameters.length === 1 ? /^q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(parameters[0] ?? '') : null
  return said === null ? null : Number(said[1])
}

function isRange(text: string): boolean {
  return text === '*' || /^[a-z]{1,8}(?:-(?:[a-z0-9]{1,8}|\*))*$/.test(text)
}

function chosen(wishes: readonly Wish[]): Language | null {
  const never = wishes.filter(({ weight }) => weight === 0).map(({ range }) => range)
  for (const { range, weight } of wishes) {
    if (weight === 0) continue
    const found = range === '*' ? others(wishes)[0] : lookup(range)
    // `en;q=0` says no to English; `en-GB;q=0` says nothing about what is not British.
    if (found !== undefined && !never.includes(found)) return found
  }
  return null
}

/** What `*` stands for: the languages that no other range has named. */
function others(wishes: readonly Wish[]): Language[] {
  return LANGUAGES.filter((language) => !wishes.some(({ range }) => lookup(range) === language))
}

/** From the most exact to the least: `de-AT-1996`, `de-AT`, `de`. */
function lookup(range: string): Language | undefined {
  const parts = range.split('-')
  for (let length = parts.length; length > 0; length -= 1) {
    const shorter = parts.slice(0, length).join('-')
    const found = LANGUAGES.find((language) => language === shorter)
    if (found !== undefined) return found
  }
  return undefined
}
