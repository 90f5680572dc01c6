/**
 * The strict reader of what may be signed: UTF-8, no document type, no processing instructions, no CDATA, no entities but
 * the five. Everything else of XML 1.0 and its namespaces is read as it is; what is not well-formed is refused.
 *
 * Source: XML 1.0 (5th edition); Namespaces in XML 1.0; SAML 2.0 Core §1.3. Faults (thrown as `Unacceptable`):
 * saml.too_large, saml.encoding_refused, saml.doctype_refused, saml.instruction_refused, saml.cdata_refused,
 * saml.comment_refused, saml.too_complex, saml.malformed
 */
import { isUtf8 } from 'node:buffer'
import { hasCharactersBeyondXml, withoutReferences } from './characters.ts'
import { type Cursor, type OpenTag, readOpeningTag } from './opening-tag.ts'
import { Unacceptable } from './refusal.ts'
import type { Scope, Tag } from './tree.ts'

/** Source: CONTRACT.md section 5. Units: bytes. */
export const DOCUMENT_BYTES = 262_144
/** A response has eight levels; metadata of federations a few more. */
const DEPTH = 32
/** So many groups fit into the size at all; a page of open tags alone would be four times as many. */
const TAGS = 16_384

/** The root element of the document; `outer` are the declarations around it, where it was cut out of another. */
export function readDocument(bytes: Uint8Array, outer: Scope | null = null): Tag {
  return readText(decoded(bytes), outer)
}

/** The one element of a text whose characters are known to be XML's, like a canonical form. */
export function readText(text: string, outer: Scope | null = null): Tag {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const start = endOfDeclaration(lines)
  const root = endOfMisc(lines, start)
  const { tag, end } = readElement(lines, root, outer)
  if (endOfMisc(lines, end) !== lines.length) throw malformed('something behind the root element')
  return tag
}

export function malformed(actual: string): Unacceptable {
  return new Unacceptable('saml.malformed', 'well-formed XML', actual)
}

function decoded(bytes: Uint8Array): string {
  if (bytes.length > DOCUMENT_BYTES)
    throw new Unacceptable('saml.too_large', `at most ${DOCUMENT_BYTES} bytes`, `${bytes.length}`)
  // UTF-16 without a byte order mark is UTF-8 with NULs.
  if (!isUtf8(bytes) || bytes.includes(0))
    throw new Unacceptable('saml.encoding_refused', 'UTF-8', 'bytes that are not')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  const marked = text.startsWith('\u{feff}') ? text.slice(1) : text
  if (hasCharactersBeyondXml(marked)) throw malformed('characters that XML does not know')
  return marked
}

const DECLARATION =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"([^"<>]*)"|'([^'<>]*)'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y

function endOfDeclaration(text: string): number {
  if (!/^<\?xml[ \t\n?]/.test(text)) return 0
  DECLARATION.lastIndex = 0
  const found = DECLARATION.exec(text)
  if (found === null) throw malformed('an XML declaration that is none')
  const encoding = found[1] ?? found[2] ?? 'UTF-8'
  if (encoding.toUpperCase() !== 'UTF-8')
    throw new Unacceptable('saml.encoding_refused', 'UTF-8', encoding.slice(0, 40))
  return found[0].length
}

/** White space and comments before and behind the root element. */
function endOfMisc(text: string, from: number): number {
  let at = from
  for (;;) {
    while (at < text.length && ' \t\n'.includes(text.charAt(at))) at += 1
    if (text.startsWith('<!--', at)) at = endOfComment(text, at)
    else if (text.startsWith('<?', at) || text.startsWith('<!', at)) throw refusedMarkup(text, at)
    else return at
  }
}

function endOfComment(text: string, from: number): number {
  const end = text.indexOf('--', from + 4)
  if (end === -1 || text.charAt(end + 2) !== '>') throw malformed('a comment that does not end as one')
  return end + 3
}

function refusedMarkup(text: string, at: number): Unacceptable {
  if (text.startsWith('<?', at)) return new Unacceptable('saml.instruction_refused', 'no processing instruction', 'one')
  if (text.startsWith('<![CDATA[', at)) return new Unacceptable('saml.cdata_refused', 'no CDATA section', 'one')
  // In any case of letters: XML knows capitals only, other readers are said to be kinder.
  if (/^<!doctype/i.test(text.slice(at, at + 9)))
    return new Unacceptable('saml.doctype_refused', 'no document type', 'one')
  return malformed('a declaration within the document')
}

/** A loop, not a recursion: the depth of a document is the sender's to choose. */
function readElement(text: string, from: number, outer: Scope | null): { tag: Tag; end: number } {
  if (text.charAt(from) !== '<') throw malformed('no element')
  const cursor: Cursor = { text, at: from, prefix: '', name: '', isEmpty: false }
  const open: OpenTag[] = []
  let tags = 0
  let hasComment = false
  for (;;) {
    const current = open.at(-1)
    const next = text.indexOf('<', cursor.at)
    if (next === -1) throw malformed('an element that does not end')
    if (current !== undefined && next > cursor.at) addText(current, text.slice(cursor.at, next))
    cursor.at = next
    const mark = text.charCodeAt(next + 1)
    if (mark === SLASH) {
      if (current === undefined) throw malformed('an end without a beginning')
      cursor.at = endOfClosingTag(text, next, current.called)
      open.pop()
      if (open.length === 0) return { tag: hasComment ? withoutCommentsInText(current) : current, end: cursor.at }
      continue
    }
    if (mark === EXCLAMATION && current !== undefined && text.startsWith('<!--', next)) {
      cursor.at = endOfComment(text, next)
      current.hasComment = true
      hasComment = true
      continue
    }
    if (mark === EXCLAMATION || mark === QUESTION) throw refusedMarkup(text, next)
    const tag = readOpeningTag(cursor, current === undefined ? outer : current.scope)
    tags += 1
    if (tags > TAGS) throw new Unacceptable('saml.too_complex', `at most ${TAGS} elements`, 'more')
    current?.content.push(tag)
    if (!cursor.isEmpty) open.push(tag)
    else if (current === undefined) return { tag, end: cursor.at }
    if (open.length > DEPTH) throw new Unacceptable('saml.too_complex', `at most ${DEPTH} levels`, 'more')
  }
}

const [EXCLAMATION, SLASH, QUESTION] = [33, 47, 63]

function endOfClosingTag(text: string, from: number, called: string): number {
  if (!text.startsWith(called, from + 2)) throw malformed('tags that do not match')
  let at = from + 2 + called.length
  while (at < text.length && ' \t\n'.includes(text.charAt(at))) at += 1
  if (text.charAt(at) !== '>') throw malformed('tags that do not match')
  return at + 1
}

function addText(tag: OpenTag, raw: string): void {
  if (raw.includes(']]>')) throw malformed('the end of a CDATA section without its beginning')
  const text = withoutReferences(raw)
  const { content } = tag
  const last = content.at(-1)
  if (typeof last === 'string') content[content.length - 1] = last + text
  else content.push(text)
}

/**
 * A comment may stand between elements. Within a text, readers have disagreed about what the text is: all of it, or what
 * comes before or behind. Source: CVE-2017-11427 and its kin; CVE-2025-29775.
 */
function withoutCommentsInText(tag: Tag): Tag {
  const open = [tag]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const part of one.content) {
      if (typeof part !== 'string') open.push(part)
      else if (one.hasComment && /[^ \t\n\r]/.test(part))
        throw new Unacceptable('saml.comment_refused', 'no comment within a text', 'one')
    }
  }
  return tag
}
