/**
 * The canonical form of an element, exclusive and without comments: the one form that signatures are taken over here.
 *
 * Source: Exclusive XML Canonicalization 1.0 §3; Canonical XML 1.0 §2.2–2.3.
 */
import { lookUp, type Scope, type Tag, type TagAttribute } from './tree.ts'

export interface CanonicalOptions {
  /** Left out with everything in it: the signature that is enveloped. */
  readonly without?: Tag
  /** `InclusiveNamespaces`; the default namespace as the empty text. */
  readonly inclusivePrefixes?: readonly string[]
}

/** Text whose UTF-8 bytes are the canonical form. */
export function canonicalForm(apex: Tag, { without, inclusivePrefixes = [] }: CanonicalOptions = {}): string {
  return write(apex, null, without ?? null, inclusivePrefixes)
}

/** `rendered` are the declarations of the output around the element. */
function write(tag: Tag, rendered: Scope | null, without: Tag | null, inclusive: readonly string[]): string {
  let out = `<${tag.called}`
  let within = rendered
  for (const prefix of prefixesOf(tag, inclusive)) {
    const uri = lookUp(tag.scope, prefix) ?? ''
    if ((lookUp(within, prefix) ?? '') === uri) continue
    out += prefix === '' ? ` xmlns="${attributeText(uri)}"` : ` xmlns:${prefix}="${attributeText(uri)}"`
    within = { prefix, uri, outer: within }
  }
  for (const { prefix, name, value } of inOrder(tag.attributes))
    out += prefix === '' ? ` ${name}="${attributeText(value)}"` : ` ${prefix}:${name}="${attributeText(value)}"`
  out += '>'
  for (const one of tag.content) {
    if (typeof one === 'string') out += contentText(one)
    else if (one !== without) out += write(one, within, without, inclusive)
  }
  return `${out}</${tag.called}>`
}

/** Of the namespaces that the element uses itself, and of the inclusive ones in scope, in order. */
function prefixesOf({ prefix, attributes, scope }: Tag, inclusive: readonly string[]): readonly string[] {
  // Nearly every element.
  if (inclusive.length === 0 && prefix !== 'xml' && attributes.every((one) => one.prefix === '')) return [prefix]
  const found = [prefix]
  for (const one of attributes) if (one.prefix !== '' && !found.includes(one.prefix)) found.push(one.prefix)
  for (const one of inclusive)
    if (!found.includes(one) && (one === '' || lookUp(scope, one) !== undefined)) found.push(one)
  const declared = found.filter((one) => one !== 'xml')
  return declared.length < 2 ? declared : declared.sort(compareText)
}

/** By namespace, those without one first; then by name. */
function inOrder(attributes: readonly TagAttribute[]): readonly TagAttribute[] {
  if (attributes.length < 2) return attributes
  return [...attributes].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name))
}

/** By code points: UTF-16 units sort the characters beyond U+FFFF before some of those below. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const one = a.charCodeAt(at)
    const other = b.charCodeAt(at)
    if (one !== other) return rank(one) - rank(other)
  }
  return a.length - b.length
}

function rank(unit: number): number {
  return unit >= 0xd8_00 && unit <= 0xdf_ff ? unit + 0x1_00_00 : unit
}

const IN_TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const IN_ATTRIBUTE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

function contentText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (one) => IN_TEXT[one] ?? '') : text
}

function attributeText(text: string): string {
  return /[&<"\t\n\r]/.test(text) ? text.replace(/[&<"\t\n\r]/g, (one) => IN_ATTRIBUTE[one] ?? '') : text
}
