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

interface Pair {
  readonly prefix: string
  readonly name: string
  readonly value: string
}

/** An element whose content is still to come. */
export interface OpenTag extends Tag {
  readonly content: (Tag | string)[]
  hasComment: boolean
}

export interface OpeningTag {
  readonly tag: OpenTag
  /** Behind its `>`. */
  readonly end: number
  readonly isEmpty: boolean
}

export function readOpeningTag(text: string, from: number, outer: Scope | null): OpeningTag {
  const { prefix, name, end } = readName(text, from + 1)
  const pairs: Pair[] = []
  let scope = outer
  let at = end
  for (;;) {
    const before = at
    at = endOfSpace(text, at)
    const mark = text.charAt(at)
    if (mark === '>' || mark === '/') break
    if (at === before) throw malformed('attributes without a space between them')
    const pair = readAttribute(text, at)
    if (pair.isDeclaration) scope = declared(scope, outer, pair)
    else pairs.push(pair)
    if (pairs.length > ATTRIBUTES)
      throw new Unacceptable('saml.too_complex', `at most ${ATTRIBUTES} attributes`, 'more')
    at = pair.end
  }
  const isEmpty = text.charAt(at) === '/'
  if (isEmpty && text.charAt(at + 1) !== '>') throw malformed('a slash within a tag')
  const namespace = prefix === '' ? (lookUp(scope, '') ?? '') : namespaceOf(scope, prefix)
  const attributes = pairs.length === 0 ? NONE : resolved(pairs, scope)
  const tag = { prefix, name, namespace, attributes, scope, content: [], hasComment: false }
  return { tag, end: at + (isEmpty ? 2 : 1), isEmpty }
}

const NONE: readonly TagAttribute[] = []

function malformed(actual: string): Unacceptable {
  return new Unacceptable('saml.malformed', 'well-formed XML', actual)
}

function endOfSpace(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 9; code = text.charCodeAt(at)) at += 1
  return at
}

function readName(text: string, from: number): { prefix: string; name: string; end: number } {
  const middle = endOfName(text, from)
  if (middle === from) throw malformed('no name where one belongs')
  const first = text.slice(from, middle)
  if (text.charAt(middle) !== ':') return { prefix: '', name: first, end: middle }
  const end = endOfName(text, middle + 1)
  if (end === middle + 1) throw malformed('no name behind a prefix')
  return { prefix: first, name: text.slice(middle + 1, end), end }
}

function readAttribute(text: string, from: number): Pair & { readonly isDeclaration: boolean; readonly end: number } {
  const { prefix, name, end } = readName(text, from)
  const equals = endOfSpace(text, end)
  if (text.charAt(equals) !== '=') throw malformed('an attribute without a value')
  const start = endOfSpace(text, equals + 1)
  const quote = text.charAt(start)
  const closing = quote === '"' || quote === "'" ? text.indexOf(quote, start + 1) : -1
  if (closing === -1) throw malformed('a value that is not within quotes')
  const raw = text.slice(start + 1, closing)
  if (raw.includes('<')) throw malformed('a value with a tag in it')
  const value = attributeValue(raw)
  const isDefault = prefix === '' && name === 'xmlns'
  return {
    prefix,
    name: isDefault ? '' : name,
    value,
    isDeclaration: isDefault || prefix === 'xmlns',
    end: closing + 1,
  }
}

/** The scope with one more declaration of the tag whose surroundings are `outer`. */
function declared(scope: Scope | null, outer: Scope | null, { name: prefix, value: uri }: Pair): Scope | null {
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

function resolved(pairs: readonly Pair[], scope: Scope | null): TagAttribute[] {
  const attributes = pairs.map(({ prefix, name, value }) => ({
    prefix,
    name,
    namespace: prefix === '' ? '' : namespaceOf(scope, prefix),
    value,
  }))
  for (const [index, one] of attributes.entries())
    for (let other = 0; other < index; other += 1) {
      const before = attributes[other]
      if (before?.name === one.name && before.namespace === one.namespace) throw malformed('an attribute given twice')
    }
  return attributes
}
