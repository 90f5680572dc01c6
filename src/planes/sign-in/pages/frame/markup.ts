/**
 * HTML that is escaped by construction: `html` takes values in text and in double-quoted attributes, and nowhere else.
 * What a template may hold is judged once, from its literal parts; a hole in any other place throws when it is first used.
 *
 * Source: WHATWG HTML, "Tokenization" (which characters end a text or an attribute value).
 */

/** HTML of ours. Made only by `html` and `attributes`: no value from outside is ever an instance. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Attributes of one tag, each with its leading space. */
export class Attributes {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Null and false show nothing. */
export type Content = string | number | Markup | Attributes | null | false | readonly Content[]

type Place = 'text' | 'attribute' | 'address' | 'tag'

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in text and in a quoted attribute; control characters that HTML forbids become U+FFFD. */
export function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '').replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd')
}

/** A template of ours with values in it. Faults: a TypeError where the template itself is wrong. */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const places = placesOf(literals)
  let text = literals[0] ?? ''
  values.forEach((value, index) => {
    text += shown(value, places[index] ?? 'tag') + (literals[index + 1] ?? '')
  })
  return new Markup(text)
}

/** Attributes that are there or not: true shows the bare name, null and false nothing. */
export function attributes(of: Readonly<Record<string, string | boolean | null>>): Attributes {
  const parts = Object.entries(of).map(([name, value]) => {
    // Handlers and styles need no script-src to be refused: they cannot be written.
    if (!/^[a-z][a-z-]*$/.test(name) || /^(on|style$)/.test(name)) throw new TypeError(`no attribute of ours: ${name}`)
    if (value === null || value === false) return ''
    if (value === true) return ` ${name}`
    return ` ${name}="${shown(value, ADDRESSES.test(name) ? 'address' : 'attribute')}"`
  })
  return new Attributes(parts.join(''))
}

/** Whether it leads to the web or to a path of ours, and cannot be read as anything else (`javascript:`, `//host`, `/\host`). */
export function isWebAddress(value: string): boolean {
  if (/[\s\p{Cc}\\]/u.test(value)) return false
  if (value.startsWith('/')) return !value.startsWith('//')
  return /^https?:\/\//i.test(value) && URL.canParse(value)
}

const ADDRESSES = /^(?:href|action|formaction|src)$/

function shown(value: Content, place: Place): string {
  if (value === null || value === false) return ''
  if (value instanceof Attributes) {
    if (place !== 'tag') throw new TypeError('attributes belong into a tag')
    return value.text
  }
  if (place === 'tag') throw new TypeError('only attributes belong into a tag')
  if (place === 'text') {
    if (value instanceof Markup) return value.text
    return typeof value === 'object' ? value.map((one) => shown(one, place)).join('') : escaped(String(value))
  }
  if (typeof value === 'object') throw new TypeError('markup and lists belong into text')
  if (place === 'address' && !isWebAddress(String(value)))
    throw new TypeError('an address leads to the web or to a path')
  return escaped(String(value))
}

const known = new WeakMap<TemplateStringsArray, readonly Place[]>()

function placesOf(literals: TemplateStringsArray): readonly Place[] {
  const found = known.get(literals)
  if (found !== undefined) return found
  const places: Place[] = []
  let before = ''
  literals.forEach((literal, index) => {
    before += literal
    if (index < literals.length - 1) {
      places.push(placeAfter(before))
      // Holds the place of the value, so that what follows is read rightly.
      if (places.at(-1) !== 'tag') before += 'x'
    }
  })
  if (placeAfter(before) !== 'text') throw new TypeError('a template ends where it began: in text')
  known.set(literals, places)
  return places
}

/** Where a value would stand that follows this HTML of ours. */
function placeAfter(before: string): Place {
  // What is raw text for a browser is not unescaped by it.
  if (/<(?:script|style|textarea|title|!--)/i.test(before)) throw new TypeError('no values beside raw text')
  const tag = before.lastIndexOf('<')
  const open = tag < 0 ? '' : before.slice(tag)
  if (tag < 0 || /^<[^<>"]*(?:"[^"]*"[^<>"]*)*>/.test(open)) return 'text'
  const within = /\s([a-z-]+)="([^"]*)$/.exec(open)
  if (within !== null) return ADDRESSES.test(within[1] ?? '') ? addressPlace(within[2] ?? '') : 'attribute'
  if (/^<[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"]*")?)*\s*$/.test(open)) return 'tag'
  throw new TypeError('a value stands in text or in a double-quoted attribute')
}

function addressPlace(literal: string): Place {
  if (literal !== '') throw new TypeError('an address is one value: it is judged whole')
  return 'address'
}
