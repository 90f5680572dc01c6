/**
 * JSON objects in which every member has one meaning: duplicate members and `__proto__` are refused, depth and number are
 * bounded. `JSON.parse` keeps the last of two equal members where other parsers keep the first, and that difference forges
 * claims.
 *
 * Source: RFC 8259 §4 (names SHOULD be unique), RFC 7515 §4 and RFC 7519 §4 (duplicates refused or last wins).
 */
import type { JsonObject } from '../../json.ts'

/** Deeper than any known token. */
const DEPTH = 32
/** Entra tokens with overage stay under 300. */
const MEMBERS = 2_000

/** The object that the text is, or null. */
export function parseStrictObject(text: string): JsonObject | null {
  if (!text.startsWith('{') || !hasUniqueMembers(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null // just parsed: JSON
  } catch {
    return null // not JSON
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Reads structure only; what is not JSON at all is left for JSON.parse to find. */
function hasUniqueMembers(text: string): boolean {
  // One set of names for each open object, null for an open list.
  const open: (Set<string> | null)[] = []
  let members = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
        open.push(new Set())
        if (open.length > DEPTH) return false
        break
      case 0x5b: // [
        open.push(null)
        if (open.length > DEPTH) return false
        break
      case 0x7d: // }
      case 0x5d: // ]
        open.pop()
        break
      case 0x2c: // ,
        if (++members > MEMBERS) return false
        break
      case QUOTE: {
        const end = endOfString(text, at)
        if (end < 0) return false
        const names = open.at(-1)
        if (names !== null && names !== undefined && isName(text, end)) {
          const name = nameOf(text, at, end)
          if (name === null || name === '__proto__' || names.has(name)) return false
          names.add(name)
        }
        at = end
        break
      }
    }
  }
  return true
}

/** Where the string that begins at `start` ends, or -1. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

/** An odd number of backslashes before the quote. */
function isEscaped(text: string, quote: number): boolean {
  let slashes = 0
  while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++
  return slashes % 2 === 1
}

/** A string followed by a colon is a member's name. */
function isName(text: string, end: number): boolean {
  for (let at = end + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3a) return true
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false
  }
  return false
}

function nameOf(text: string, start: number, end: number): string | null {
  const raw = text.slice(start + 1, end)
  if (!raw.includes('\\')) return raw
  try {
    return String(JSON.parse(`"${raw}"`))
  } catch {
    return null // not JSON
  }
}
