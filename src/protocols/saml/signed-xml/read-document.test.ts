import fc from 'fast-check'
import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { documents, texts } from '../testing/documents.ts'
import { canonicalForm } from './canonical.ts'
import { readDocument, readText } from './read-document.ts'
import { orRefusal, Unacceptable } from './refusal.ts'
import { childrenOf, type Tag } from './tree.ts'

const bytesOf = (text: string) => Buffer.from(text, 'utf8')
const read = (text: string) => orRefusal(() => readDocument(bytesOf(text)))
const codeOf = (text: string) => {
  const answer = read(text)
  return answer instanceof Unacceptable ? answer.code : null
}

/** What libxml2 makes of it: the canonical form, exclusive and without comments; null where it refuses. */
function theirs(text: string, inclusiveNamespacePrefixes: string[] = []): string | null {
  let document: XmlDocument | undefined
  try {
    const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
    document = XmlDocument.fromBuffer(bytesOf(text), { option })
    const mode = XmlC14NMode.XML_C14N_EXCLUSIVE_1_0
    return document.root.canonicalizeToString({ mode, inclusiveNamespacePrefixes })
  } catch {
    return null
  } finally {
    document?.dispose()
  }
}

describe('the strict reader', () => {
  it('takes nothing that libxml2 refuses, and writes what libxml2 writes', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.oneof(documents, texts), (text) => {
        const answer = read(text)
        if (answer instanceof Unacceptable) return
        taken += 1
        expect(canonicalForm(answer)).toBe(theirs(text))
      }),
      { numRuns: 3_000 },
    )
    // Else it would be strict and nothing more.
    expect(taken).toBeGreaterThan(500)
  })

  it('takes the documents that libxml2 takes, but for what it says it refuses', () => {
    const reasons = new Set(['saml.comment_refused', 'saml.too_complex'])
    fc.assert(
      fc.property(documents, (text) => {
        const code = codeOf(text)
        if (code !== null && !reasons.has(code)) expect(theirs(text)).toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads a canonical form as what it is the canonical form of', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const answer = read(text)
        if (answer instanceof Unacceptable) return
        const canonical = canonicalForm(answer)
        expect(canonicalForm(readText(canonical))).toBe(canonical)
      }),
      { numRuns: 1_000 },
    )
  })

  it('writes inclusive namespaces as libxml2 does', () => {
    const prefixes = fc.uniqueArray(fc.constantFrom('a', 'b', 'saml', 'undeclared'))
    fc.assert(
      fc.property(documents, prefixes, (text, inclusivePrefixes) => {
        const answer = read(text)
        if (answer instanceof Unacceptable) return
        expect(canonicalForm(answer, { inclusivePrefixes })).toBe(theirs(text, inclusivePrefixes))
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses, and never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(orRefusal(() => readDocument(bytes))).toBeDefined()
      }),
      { numRuns: 500 },
    )
  })

  it('joins texts over comments only where there is none but white space', () => {
    expect(codeOf('<r>a<!-- --></r>')).toBe('saml.comment_refused')
    expect(codeOf('<r><!-- -->a</r>')).toBe('saml.comment_refused')
    expect(codeOf('<r> <!-- --> <a/><!-- --></r>')).toBeNull()
  })

  it('keeps what is between quotes and tags as XML means it', () => {
    const answer = read('<r a="&#x9;&#65;\t\n&lt;" b=\'"\'>&#13;\r\n&gt;<c/>😀</r>')
    if (answer instanceof Unacceptable) throw answer
    expect(answer.attributes.map(({ value }) => value)).toEqual(['\tA  <', '"'])
    expect(answer.content.map((one) => (typeof one === 'string' ? one : one.name))).toEqual(['\r\n>', 'c', '😀'])
  })

  it('finds the namespaces of a part in the document around it', () => {
    const around = read('<r xmlns:a="urn:a" xmlns="urn:d"><x/></r>')
    if (around instanceof Unacceptable) throw around
    const [inner] = childrenOf(around)
    const part: Tag = readDocument(bytesOf('<a:y><z/></a:y>'), inner?.scope ?? null)
    expect([part.namespace, ...childrenOf(part).map(({ namespace }) => namespace)]).toEqual(['urn:a', 'urn:d'])
    expect(() => readDocument(bytesOf('<b:y/>'), inner?.scope ?? null)).toThrow()
  })
})

describe('the canonical form', () => {
  it('sorts by code points, as those beyond the first plane show', () => {
    // U+FF5A comes before U+10000, whose UTF-16 begins with D800.
    const xml = '<r \u{10000}="1" \u{ff5a}="2"/>'.replace('\u{ff5a}', '\u{fdf0}')
    const answer = read(xml)
    if (answer instanceof Unacceptable) throw answer
    expect(canonicalForm(answer)).toBe(theirs(xml))
  })

  it('leaves out the element it is told to, and nothing else', () => {
    const root = read('<r><a>1</a>2<a>1</a></r>')
    if (root instanceof Unacceptable) throw root
    const [, second] = childrenOf(root)
    expect(canonicalForm(root, second === undefined ? {} : { without: second })).toBe('<r><a>1</a>2</r>')
  })

  // Source: Exclusive XML Canonicalization 1.0 §2.2, its own examples.
  it('is that of the specification’s examples', () => {
    const first =
      '<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>'
    const root = read(first)
    if (root instanceof Unacceptable) throw root
    const [element] = childrenOf(root)
    expect(element === undefined ? '' : canonicalForm(element)).toBe(
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>',
    )
  })
})
