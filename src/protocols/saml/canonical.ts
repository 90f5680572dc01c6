/**
 * Writes XML that is its own exclusive canonical form, so that what is signed is what is sent: no canonicaliser stands
 * between. Whoever writes with it declares a namespace at the outermost element that uses it, and nowhere else.
 *
 * Source: Exclusive XML Canonicalization 1.0; Canonical XML 1.0 §1.1 (order, escapes, empty elements as pairs of tags).
 */

/** Escaped texts or elements. */
export type Content = readonly string[]

/** Attributes are put into canonical order and escaped here; content is XML already. */
export function element(name: string, attributes: Readonly<Record<string, string>>, content: Content = []): string {
  const written = Object.keys(attributes)
    .sort(inOrder)
    .map((key) => ` ${key}="${attributeText(attributes[key] ?? '')}"`)
  return `<${name}${written.join('')}>${content.join('')}</${name}>`
}

/** Namespaces come first, by prefix; none of our attributes has a prefix itself. Canonical XML 1.0 §2.2. */
function inOrder(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => (/^xmlns(:|$)/.test(name) ? 0 : 1))
  if (first !== second) return (first ?? 0) - (second ?? 0)
  return one < other ? -1 : one > other ? 1 : 0
}

const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** A text between tags. What XML cannot carry at all becomes U+FFFD. */
export function text(value: string): string {
  return value
    .replace(NOT_XML, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;')
}

function attributeText(value: string): string {
  return value
    .replace(NOT_XML, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;')
}
