/** The compact serialisation of a signed token, read strictly and without judging it. Source: RFC 7515 §3.1, §7.1; RFC 7519 §7.2. */
import { LRUCache } from 'lru-cache'
import type { JsonObject } from '../../json.ts'
import { parseStrictJson } from './strict-json.ts'

/** Source: CONTRACT.md section 5. */
export const TOKEN_CHARACTERS = 16_384

export interface Jws {
  /** Shared with other tokens, and frozen. */
  readonly header: JsonObject
  /** Unverified. */
  readonly claims: JsonObject
  /** What was signed: header and payload as sent. */
  readonly input: Buffer
  /** May be empty, which no algorithm accepts. */
  readonly signature: Buffer
}

/** Parses exactly three parts of canonical base64url, the first two JSON objects; a string says what is wrong. */
export function parseJws(token: string): Jws | string {
  if (token.length > TOKEN_CHARACTERS) return `longer than ${TOKEN_CHARACTERS} characters`
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) return 'not three parts'
  const header = parseHeader(token.slice(0, first))
  if (typeof header === 'string') return `header: ${header}`
  const claims = parsePart(token.slice(first + 1, second))
  if (typeof claims === 'string') return `payload: ${claims}`
  const signature = decode(token.slice(second + 1))
  if (signature === null) return 'signature: not base64url'
  return { header, claims, input: Buffer.from(token.slice(0, second), 'latin1'), signature }
}

/** All tokens of one key have one header, and there are few keys. */
const headers = new LRUCache<string, JsonObject>({ max: 1_000 })
/** Longer ones carry certificates or worse, and are read each time. */
const KEPT_CHARACTERS = 512

function parseHeader(part: string): JsonObject | string {
  const known = headers.get(part)
  if (known !== undefined) return known
  const header = parsePart(part)
  if (typeof header === 'string' || part.length > KEPT_CHARACTERS) return header
  // A copy of the text: a slice would keep the whole token in memory.
  headers.set(Buffer.from(part, 'latin1').toString('latin1'), Object.freeze(header))
  return header
}

function parsePart(part: string): JsonObject | string {
  const bytes = decode(part)
  return bytes === null ? 'not base64url' : parseStrictJson(bytes)
}

/** Null unless the text is the one canonical spelling of its bytes: other spellings would be other tokens with one meaning. */
function decode(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
