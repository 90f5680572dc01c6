/**
 * An XML document as signatures need it: prefixes and the order of everything are kept. Comments are gone, but it is known
 * where some were.
 */

export interface Tag {
  /** Empty for elements without one. */
  readonly prefix: string
  readonly name: string
  /** Prefix and name as they stand in the tags. */
  readonly called: string
  /** Empty for elements in no namespace. */
  readonly namespace: string
  readonly attributes: readonly TagAttribute[]
  /** All declarations in scope, the innermost first; null where there is none. */
  readonly scope: Scope | null
  /** Never two texts in a row. */
  readonly content: readonly (Tag | string)[]
  /** Directly within it, not in its children. */
  readonly hasComment: boolean
}

export interface TagAttribute {
  readonly prefix: string
  readonly name: string
  readonly namespace: string
  readonly value: string
}

/** A namespace declaration and those around it. */
export interface Scope {
  readonly prefix: string
  /** Empty: the default namespace is taken back. */
  readonly uri: string
  readonly outer: Scope | null
}

/** The namespace of the prefix, undefined where it is not declared. */
export function lookUp(scope: Scope | null, prefix: string): string | undefined {
  for (let one = scope; one !== null; one = one.outer) if (one.prefix === prefix) return one.uri
  return undefined
}

export function isTag(tag: Tag, namespace: string, name: string): boolean {
  return tag.name === name && tag.namespace === namespace
}

/** The child elements, or null where there is text between them that is more than white space. */
export function childrenOnly(tag: Tag): Tag[] | null {
  const children: Tag[] = []
  for (const one of tag.content) {
    if (typeof one !== 'string') children.push(one)
    else if (/[^ \t\r\n]/.test(one)) return null
  }
  return children
}

/** The child elements, whatever text is between them. */
export function childrenOf(tag: Tag): Tag[] {
  return tag.content.filter((one) => typeof one !== 'string')
}

/** The text of an element that has nothing but text; null where it has children. */
export function textOf(tag: Tag): string | null {
  const [only = '', more] = tag.content
  return more === undefined && typeof only === 'string' ? only : null
}

/** The value of an attribute without a namespace, null where there is none. */
export function attributeOf(tag: Tag, name: string): string | null {
  for (const one of tag.attributes) if (one.name === name && one.namespace === '') return one.value
  return null
}

/** The element and everything in it, in the order of the document. */
export function everyTag(tag: Tag, found: Tag[] = []): Tag[] {
  found.push(tag)
  for (const one of tag.content) if (typeof one !== 'string') everyTag(one, found)
  return found
}
