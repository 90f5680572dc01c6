/** Ids of records: one name for all faces. Source: CONTRACT.md section 3. */
import type { FieldFault } from '../fault.ts'
import { fieldFault } from './faults.ts'

const ID = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const ID_CHARACTERS = 63

/** `^[a-z]([-a-z0-9]*[a-z0-9])?$`, 1–63 characters. Anything else names nothing, so it need not be looked up. */
export function isId(text: string): boolean {
  return text.length <= ID_CHARACTERS && ID.test(text)
}

/** Faults of an id that the caller chose; null is fine. */
export function idFaults(id: string | null): FieldFault[] {
  if (id === null || isId(id)) return []
  return [
    fieldFault('id.invalid', 'id', 'must be 1 to 63 of a-z, 0-9 and -, beginning with a letter, ending with none of -'),
  ]
}

/** Letters that Unicode does not take apart into a base letter and a mark. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
  ŧ: 't',
}

/** An id that reads like the display name; `fallback` where the name has no letter we can spell. */
export function slugOf(displayName: string | null, fallback: string): string {
  const spelled = (displayName ?? '')
    .slice(0, 512)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðħıłþŧ]/g, (letter) => FOLDED[letter] ?? '')
    // "Bob's runner" is bobs-runner: an apostrophe joins.
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const led = /^[a-z]/.test(spelled) ? spelled : spelled === '' ? fallback : `${fallback}-${spelled}`
  return cut(led, ID_CHARACTERS)
}

/** 32 letters and digits, so that five random bits choose one; without i, l, o and u, which are misread. */
const TAIL = '0123456789abcdefghjkmnpqrstvwxyz'
const TAIL_CHARACTERS = 5

/** The slug with a random tail, for one that is taken: `deployer-k7w3p`. */
export function withSuffix(slug: string, randomBytes: (size: number) => Uint8Array): string {
  const tail = Array.from(randomBytes(TAIL_CHARACTERS), (byte) => TAIL.charAt(byte % 32)).join('')
  return `${cut(slug, ID_CHARACTERS - TAIL_CHARACTERS - 1)}-${tail}`
}

function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/-+$/, '')
}
