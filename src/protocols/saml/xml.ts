/**
 * Reads XML that nobody vouches for: well-formed, namespace-aware, no document type, no entities but the five predefined.
 * What is found is copied into plain records, so that nothing of the parser's own memory is left behind.
 *
 * Source: XML 1.0 (5th edition) §2.2, §2.8; Namespaces in XML 1.0.
 */
import { ParseOption, XmlAttribute, XmlCData, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm'

export interface Attribute {
  /** Empty for those without a prefix. */
  readonly namespace: string
  readonly name: string
  readonly value: string
}

export interface Element {
  /** Empty for elements in no namespace. */
  readonly namespace: string
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly children: readonly Element[]
  /** The element's own text and CDATA, joined over comments; none of its children's. */
  readonly text: string
}

export interface XmlLimits {
  /** UTF-16 units. */
  readonly characters: number
  /** Elements inside of each other; at most 250, the parser itself refuses more than 256. */
  readonly depth: number
}

export type ReadXml = { readonly root: Element } | { readonly problem: string }

/** No network, no external or internal entities, no catalogues, no compressed input; the text is UTF-8 whatever it says of itself. */
const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_SKIP_IDS |
  ParseOption.XML_PARSE_BIG_LINES

const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u

/** The root element, or what is wrong in words that go on after the field's name; never throws. */
export function readXml(text: string, limits: XmlLimits): ReadXml {
  if (text.length > limits.characters) return { problem: `must be at most ${limits.characters} characters` }
  if (NOT_XML.test(text)) return { problem: 'has characters that XML does not know' }
  if (hasDoctype(text)) return { problem: 'must not have a DOCTYPE' }
  let document: XmlDocument | undefined
  try {
    document = XmlDocument.fromBuffer(new TextEncoder().encode(text), { option: OPTIONS })
    // The scan before the parser has seen it already; this holds should they ever disagree.
    if (document.dtd !== null) return { problem: 'must not have a DOCTYPE' }
    const root = copyOf(document.root, limits.depth)
    return root === null ? { problem: `has more than ${limits.depth} elements inside of each other` } : { root }
  } catch {
    // The parser's own sentence quotes the text.
    return { problem: 'is not well-formed XML' }
  } finally {
    document?.dispose()
  }
}

/** A document type stands before the root element or nowhere: only comments and instructions can come before it. */
function hasDoctype(text: string): boolean {
  let at = text.startsWith('\u{feff}') ? 1 : 0
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
    const closing = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : null
    if (closing === null) return text.startsWith('<!', at)
    // From beyond the opening, so that `<!-->` does not close itself.
    const end = text.indexOf(closing, at + (closing === '-->' ? 4 : 2))
    if (end === -1) return false
    at = end + closing.length
  }
}

function copyOf(element: XmlElement, depth: number): Element | null {
  if (depth < 1) return null
  const children: Element[] = []
  let text = ''
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) {
      const child = copyOf(node, depth - 1)
      if (child === null) return null
      children.push(child)
    } else if (node instanceof XmlText || node instanceof XmlCData) text += node.content
  }
  const attributes = element.attrs
    .filter((one) => one instanceof XmlAttribute)
    .map(({ namespaceUri: namespace, name, value }) => ({ namespace, name, value }))
  return { namespace: element.namespaceUri, name: element.name, attributes, children, text }
}

/** The value of an attribute without a namespace, null where there is none. */
export function attributeOf(element: Element, name: string): string | null {
  return element.attributes.find((one) => one.namespace === '' && one.name === name)?.value ?? null
}

/** The children of that name, in the order of the document. */
export function childrenOf(element: Element, namespace: string, name: string): Element[] {
  return element.children.filter((one) => one.namespace === namespace && one.name === name)
}
