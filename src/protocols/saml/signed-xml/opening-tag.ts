/** One opening tag: its names, attributes and namespace declarations. Source: XML 1.0 §3.1; Namespaces in XML 1.0 §2–6. */
import { attributeValue, endOfName, isNamespaceUri } from './characters.ts'
import { Unacceptable } from './refusal.ts'
import { lookUp, type Scope, type Tag, type TagAttribute } from './tree.ts'

const XML = 'http://www.w3.org/XML/1998/namespace'
const XMLNS = 'http://www.w3.org/2000/xmlns/'
/** No element of SAML has ten; comparing each with each stays cheap. */
const ATTRIBUTES = 64
/** Declarations around one element; every prefix is looked up among them. */
const SCOPE = 128

/** An element whose content is still to come. */
export interface OpenTag extends Tag {
  readonly content: (Tag | string)[]
  hasComment: boolean
}

/**
 * Where the reading is, and the last name it met: one record for a document, since there are thousands of names. Behind a tag,
 * `isEmpty` says whether the tag was an element of its own.
 */
export interface Cursor {
  readonly text: string
  at: number
  prefix: string
  name: string
  isEmpty: boolean
}

/** The tag that begins at the cursor, with its declarations over those around it. */
export function readOpeningTag(cursor: Cursor, outer: Scope | null): OpenTag {
  const { text } = cursor
  const start = cursor.at + 1
  cursor.at = start
  readName(cursor)
  const { prefix, name } = cursor
  const called = prefix === '' ? name : text.slice(start, cursor.at)
  const attributes: OpenAttribute[] = []
  let scope = outer
  for (;;) {
    const before = cursor.at
    skipSpace(cursor)
    const mark = text.charCodeAt(cursor.at)
    if (mark === GREATER || mark === SLASH) break
    if (cursor.at === before) throw malformed('attributes without a space between them')
    readName(cursor)
    const { prefix: space, name: called } = cursor
    const value = readValue(cursor)
    if (space === 'xmlns') scope = declared(scope, outer, called, value)
    else if (space === '' && called === 'xmlns') scope = declared(scope, outer, '', value)
    else attributes.push({ prefix: space, name: called, namespace: '', value })
    if (attributes.length > ATTRIBUTES)
      throw new Unacceptable('saml.too_complex', `at most ${ATTRIBUTES} attributes`, 'more')
  }
  const isEmpty = text.charCodeAt(cursor.at) === SLASH
  if (isEmpty && text.charCodeAt(cursor.at + 1) !== GREATER) throw malformed('a slash within a tag')
  const namespace = prefix === '' ? (lookUp(scope, '') ?? '') : namespaceOf(scope, prefix)
  resolve(attributes, scope)
  cursor.at += isEmpty ? 2 : 1
  cursor.isEmpty = isEmpty
  return { prefix, name, called, namespace, attributes, scope, content: [], hasComment: false }
}

type OpenAttribute = { -readonly [Member in keyof TagAttribute]: TagAttribute[Member] }

const [SLASH, GREATER, EQUALS, COLON, QUOTE, APOSTROPHE] = [47, 62, 61, 58, 34, 39]

function malformed(actual: string): Unacceptable {
  return new Unacceptable('saml.malformed', 'well-formed XML', actual)
}

function skipSpace(cursor: Cursor): void {
  const { text } = cursor
  for (let code = text.charCodeAt(cursor.at); code === 32 || code === 10 || code === 9; ) {
    cursor.at += 1
    code = text.charCodeAt(cursor.at)
  }
}

function readName(cursor: Cursor): void {
  const { text, at } = cursor
  const middle = endOfName(text, at)
  if (middle === at) throw malformed('no name where one belongs')
  if (text.charCodeAt(middle) !== COLON) {
    cursor.prefix = ''
    cursor.name = text.slice(at, middle)
    cursor.at = middle
    return
  }
  const end = endOfName(text, middle + 1)
  if (end === middle + 1) throw malformed('no name behind a prefix')
  cursor.prefix = text.slice(at, middle)
  cursor.name = text.slice(middle + 1, end)
  cursor.at = end
}

/** From behind the attribute's name to behind its closing quote. */
function readValue(cursor: Cursor): string {
  const { text } = cursor
  skipSpace(cursor)
  if (text.charCodeAt(cursor.at) !== EQUALS) throw malformed('an attribute without a value')
  cursor.at += 1
  skipSpace(cursor)
  const quote = text.charCodeAt(cursor.at)
  const start = cursor.at + 1
  const isQuoted = quote === QUOTE || quote === APOSTROPHE
  const closing = isQuoted ? text.indexOf(quote === QUOTE ? '"' : "'", start) : -1
  if (closing === -1) throw malformed('a value that is not within quotes')
  cursor.at = closing + 1
  const raw = text.slice(start, closing)
  if (raw.includes('<')) throw malformed('a value with a tag in it')
  return attributeValue(raw)
}

/** The scope with one more declaration of the tag whose surroundings are `outer`. */
function declared(scope: Scope | null, outer: Scope | null, prefix: string, uri: string): Scope | null {
  let depth = 0
  for (let one = scope; one !== null; one = one.outer) depth += 1
  if (depth >= SCOPE) throw new Unacceptable('saml.too_complex', `at most ${SCOPE} namespaces in scope`, 'more')
  for (let one = scope; one !== outer && one !== null; one = one.outer)
    if (one.prefix === prefix) throw malformed('a namespace declared twice')
  if (prefix === 'xmlns' || uri === XMLNS || (prefix === 'xml') !== (uri === XML))
    throw malformed('a reserved namespace declared otherwise')
  if (prefix === 'xml') return scope
  if (uri === '' ? prefix !== '' : !isNamespaceUri(uri)) throw malformed('a namespace that is no absolute URI')
  return { prefix, uri, outer: scope }
}

function namespaceOf(scope: Scope | null, prefix: string): string {
  if (prefix === 'xml') return XML
  const uri = lookUp(scope, prefix)
  if (uri === undefined) throw malformed('a prefix that is not declared')
  return uri
}

/** Gives attributes their namespaces, and no two of them the same name. */
function resolve(attributes: readonly OpenAttribute[], scope: Scope | null): void {
  for (const [index, one] of attributes.entries()) {
    if (one.prefix !== '') one.namespace = namespaceOf(scope, one.prefix)
    for (let other = 0; other < index; other += 1) {
      const before = attributes[other]
      if (before?.name === one.name && before.namespace === one.namespace) throw malformed('an attribute given twice')
    }
  }
}
