/**
 * JSON that has one meaning: no member twice, no `__proto__`, no half characters, nothing deep or endless.
 *
 * JSON.parse keeps the last of two members of one name and other readers keep the first, so a text with both says two
 * things. The members of the text are counted by a scan, those of the parsed value by a walk: where the counts differ,
 * a name came twice, however it was spelt. Source: RFC 8259 §4; RFC 7519 §4 (names must be unique).
 */
import { isUtf8 } from 'node:buffer'
import type { Json, JsonObject } from '../../json.ts'

/** Real tokens nest two or three levels. */
const DEPTH = 32
/** Real tokens have some forty members in all. */
const MEMBERS = 500

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const LETTER_U = 0x75

/** The object in the bytes, or a string: the reason why there is none. */
export function parseStrictJson(bytes: Buffer, mostMembers: number = MEMBERS): JsonObject | string {
  if (!isUtf8(bytes)) return 'not UTF-8'
  const scan = scanText(bytes, mostMembers)
  if (typeof scan === 'string') return scan
  const value = parseJson(bytes.toString('utf8'))
  if (value === undefined) return 'not JSON'
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'not a JSON object'
  const members = countMembers(value)
  if (Number.isNaN(members)) return 'a member is called __proto__'
  if (members !== scan.members) return 'a member comes twice'
  // Escapes are the only way to write half of a surrogate pair into valid UTF-8.
  if (scan.hasEscapes && !isWellFormed(value)) return 'half of a character'
  return value as JsonObject // an object that is no array, and JSON.parse makes nothing but Json
}

interface Scan {
  readonly members: number
  readonly hasEscapes: boolean
}

/** Counts colons outside of strings: in valid JSON one for each member. In invalid JSON the count means nothing. */
function scanText(bytes: Buffer, mostMembers: number): Scan | string {
  const end = bytes.length
  let members = 0
  let depth = 0
  let hasEscapes = false
  for (let at = 0; at < end; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      for (at++; at < end && bytes[at] !== QUOTE; at++) {
        if (bytes[at] !== BACKSLASH) continue
        at++
        if (bytes[at] === LETTER_U) hasEscapes = true
      }
    } else if (byte === COLON) {
      members++
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > DEPTH) return `deeper than ${DEPTH}`
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--
    }
  }
  return members > mostMembers ? `more than ${mostMembers} members` : { members, hasEscapes }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not JSON: the caller says so
  }
}

/** NaN as soon as one is called `__proto__`: JSON.parse makes it an own member, and copying it would set the prototype. */
function countMembers(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item)
    return count
  }
  const object: { readonly [name: string]: Json } = value as JsonObject // no list, see above
  // Ten times as fast as Object.entries; what somebody put on Object.prototype would be counted, and the token refused.
  for (const name in object) {
    if (name === '__proto__') return Number.NaN
    const item = object[name]
    count += typeof item === 'object' && item !== null ? 1 + countMembers(item) : 1
  }
  return count
}

function isWellFormed(value: Json): boolean {
  if (typeof value === 'string') return !hasHalfCharacter(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isWellFormed)
  return Object.entries(value).every(([name, item]) => !hasHalfCharacter(name) && isWellFormed(item))
}

const HALF_CHARACTER = /\p{Surrogate}/u

function hasHalfCharacter(text: string): boolean {
  return HALF_CHARACTER.test(text)
}
