/** Compact JWS, read strictly: three parts, canonical base64url, UTF-8, JSON objects with one meaning. Source: RFC 7515 §3.1, §5.2. */
import { LRUCache } from 'lru-cache'
import type { JsonObject } from '../../json.ts'
import { parseStrictObject } from './strict-json.ts'

export interface Jws {
  readonly header: JsonObject
  readonly payload: JsonObject
  readonly signingInput: Buffer
  readonly signature: Buffer
}

/** 16 KiB. Source: CONTRACT.md section 5. */
export const JWS_CHARACTERS = 16 * 1024

/** The parts of a compact JWS whose payload is a JSON object, or why it is none. */
export function parseJws(token: string): Jws | string {
  if (token.length > JWS_CHARACTERS) return 'larger than 16 KiB'
  const first = token.indexOf('.')
  const last = token.lastIndexOf('.')
  if (first < 1 || last <= first + 1 || last === token.length - 1) return 'not three parts'
  if (token.indexOf('.', first + 1) !== last) return 'not three parts'
  const header = headerOf(token.slice(0, first))
  if (header === null) return 'header is not base64url of a JSON object with unique members'
  const payload = objectOf(token.slice(first + 1, last))
  if (payload === null) return 'payload is not base64url of a JSON object with unique members'
  const signature = bytesOf(token.slice(last + 1))
  if (signature === null) return 'signature is not base64url'
  return { header, payload, signingInput: Buffer.from(token.slice(0, last), 'latin1'), signature }
}

/** All tokens of one key have one header: an issuer's few are kept as read. Frozen, since many attempts share them. */
const headers = new LRUCache<string, JsonObject>({ max: 1_000 })
/** Longer ones carry certificates or worse, and are read each time. */
const KEPT_CHARACTERS = 512

function headerOf(part: string): JsonObject | null {
  const known = headers.get(part)
  if (known !== undefined) return known
  const header = objectOf(part)
  if (header !== null && part.length <= KEPT_CHARACTERS) headers.set(part, Object.freeze(header))
  return header
}

function objectOf(part: string): JsonObject | null {
  const bytes = bytesOf(part)
  if (bytes === null) return null
  const text = bytes.toString('utf8')
  // U+FFFD stands where the bytes were not UTF-8: compare with what it would have been encoded as.
  if (text.includes('\ufffd') && !Buffer.from(text, 'utf8').equals(bytes)) return null
  return parseStrictObject(text)
}

/** Null unless the text is the one spelling of its bytes: no padding, no other alphabet, no stray bits. */
function bytesOf(part: string): Buffer | null {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : null
}
