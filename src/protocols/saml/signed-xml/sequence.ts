/** The children of an element as its schema lists them. Source: SAML 2.0 Core §2.3.3, §3.2.2; XML Schema Part 1 §3.8. */
import { childrenOnly, type Tag } from './tree.ts'

export interface Slot {
  readonly namespace: string
  readonly names: readonly string[]
  readonly least: 0 | 1
  readonly most: number
}

export const one = (namespace: string, ...names: string[]): Slot => ({ namespace, names, least: 1, most: 1 })
export const optional = (namespace: string, ...names: string[]): Slot => ({ namespace, names, least: 0, most: 1 })
export const any = (namespace: string, ...names: string[]): Slot => ({ namespace, names, least: 0, most: Infinity })

/** The children by slot, or null where they are not as listed: in this order, and nothing else. */
export function inSequence(tag: Tag, slots: readonly Slot[]): readonly (readonly Tag[])[] | null {
  const children = childrenOnly(tag)
  if (children === null) return null
  let at = 0
  const found: Tag[][] = []
  for (const { namespace, names, least, most } of slots) {
    const here: Tag[] = []
    for (let child = children[at]; child !== undefined && here.length < most; child = children[at]) {
      if (child.namespace !== namespace || !names.includes(child.name)) break
      here.push(child)
      at += 1
    }
    if (here.length < least) return null
    found.push(here)
  }
  return at === children.length ? found : null
}
