/** Ids that look like real ones and are the same for the same name, so that what is pinned once stays pinned. */
import { createHash } from 'node:crypto'

function bytesOf(name: string): Buffer {
  return createHash('sha512').update(name).digest()
}

/** A number of up to ten digits that does not begin with zero. */
export function numberOf(name: string): string {
  return String(1 + bytesOf(name).readUInt32BE(0))
}

/** Exactly so many digits, at most 32. */
export function digitsOf(name: string, length: number): string {
  return [...bytesOf(name)]
    .map((byte) => byte % 10)
    .join('')
    .slice(0, length)
}

/** Exactly so many hexadecimal digits, at most 128. */
export function hexOf(name: string, length: number): string {
  return bytesOf(name).toString('hex').slice(0, length)
}

export function uuidOf(name: string): string {
  const hex = hexOf(name, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** Exactly so many letters and digits, at most 64. */
export function lettersOf(name: string, length: number): string {
  return [...bytesOf(name)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .slice(0, length)
}

/** What a claim is after the caller's wishes: a text where one was given, else the usual one. */
export function textOf(given: Readonly<Record<string, unknown>>, name: string, usual: string): string {
  const value = given[name]
  return typeof value === 'string' ? value : usual
}
