/** Names, references and white space. Source: XML 1.0 (5th edition) §2.2, §2.3, §3.3.3, §4.1; Namespaces in XML 1.0 §3–4. */
import { Unacceptable } from './refusal.ts'

const START =
  'A-Z_a-z\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{2ff}\u{370}-\u{37d}\u{37f}-\u{1fff}\u{200c}\u{200d}\u{2070}-\u{218f}\u{2c00}-\u{2fef}\u{3001}-\u{d7ff}\u{f900}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{effff}'
const MORE = `${START}0-9.\u{b7}\u{300}-\u{36f}\u{203f}\u{2040}-`
const NC_NAME = new RegExp(`^[${START}][${MORE}]*$`, 'u')
const NC_NAME_HERE = new RegExp(`[${START}][${MORE}]*`, 'uy')
const BEYOND_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u

/** 1 for what starts a name, 2 for what may follow, of ASCII alone: nearly all names are. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  if (/[A-Za-z_]/.test(letter)) return 1
  return /[0-9.-]/.test(letter) ? 2 : 0
})

/** The end of the name without a colon that begins at `from`; `from` itself where none does. */
export function endOfName(text: string, from: number): number {
  let at = from
  let code = text.charCodeAt(at)
  if (code < 128 && ASCII[code] !== 1) return from
  // NaN beyond the end.
  while (code < 128 && ASCII[code] !== 0) code = text.charCodeAt(++at)
  if (!(code >= 128)) return at
  NC_NAME_HERE.lastIndex = from
  return NC_NAME_HERE.test(text) ? NC_NAME_HERE.lastIndex : from
}

/** True for what an ID may be. Source: XML Schema Part 2 §3.3.8. */
export function isName(text: string): boolean {
  return NC_NAME.test(text)
}

export function hasCharactersBeyondXml(text: string): boolean {
  return BEYOND_XML.test(text)
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Replaces references; there are five entities, since no document has a type. */
export function withoutReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12};)?/g, (_all, inner: string | undefined) => characterOf(inner?.slice(0, -1) ?? ''))
}

function characterOf(reference: string): string {
  const named = Object.hasOwn(PREDEFINED, reference) ? PREDEFINED[reference] : undefined
  if (named !== undefined) return named
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}))$/.exec(reference) ?? []
  const code = hexadecimal === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hexadecimal, 16)
  const character = code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
  if (character === '' || hasCharactersBeyondXml(character)) {
    throw new Unacceptable('saml.malformed', 'references to characters and the five entities', 'another reference')
  }
  return character
}

/** An attribute's value as it stands between its quotes: white space becomes spaces, then references are replaced. */
export function attributeValue(text: string): string {
  return withoutReferences(/[\t\n]/.test(text) ? text.replace(/[\t\n]/g, ' ') : text)
}

/**
 * What a namespace may be called: an absolute URI. Relative ones have no canonical form (C14N 1.0 §1.3), and where one
 * implementation stops with nothing, a signature over nothing would fit.
 */
export function isNamespaceUri(uri: string): boolean {
  return NAMESPACE.test(uri)
}

/** Of RFC 3986, what namespaces are made of: a scheme, perhaps a host and a port, a path, perhaps a query and a fragment. */
const PCHAR = "(?:[\\w.~:@!$&'()*+,;=/-]|%[0-9A-Fa-f]{2})"
const AUTHORITY = '//[A-Za-z0-9._~-]+(?::[0-9]{1,5})?(?=[/?#]|$)'
const NAMESPACE = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?:${AUTHORITY}|(?!//))${PCHAR}*(?:\\?${PCHAR}*)?(?:#${PCHAR}*)?$`,
)
