/**
 * A token signed by the key in its own header: it says nothing about who, only that whoever made it holds that key.
 *
 * Source: RFC 7515 §4.1.3 (`jwk`); RFC 9449 §4.3, checks 2 to 7; RFC 7638 (thumbprint).
 */
import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../json.ts'
import { algorithms, canBeSignature } from './algorithms.ts'
import { parseJws } from './jws.ts'
import { isSigned, type KeySet, parseKeySet } from './key-set.ts'

export interface SelfSigned {
  readonly header: JsonObject
  readonly claims: JsonObject
  /** SHA-256 thumbprint of the key, base64url. */
  readonly thumbprint: string
}

/** Every algorithm that such a token may have. */
export const selfSignedAlgorithms: readonly string[] = [...algorithms.keys()]

/** The token, once its signature has verified; a string says what is wrong with it. */
export function readSelfSigned(token: string): SelfSigned | string {
  const jws = parseJws(token)
  if (typeof jws === 'string') return jws
  const { header, claims } = jws
  const { alg } = header
  if (typeof alg !== 'string' || !algorithms.has(alg)) return 'alg: not one of the accepted ones'
  // RFC 7515 §4.1.11: no extension is understood here, so none may be critical.
  if (header.crit !== undefined || header.b64 !== undefined) return 'crit or b64 in the header'
  const key = keyOf(header)
  if (typeof key === 'string') return `jwk: ${key}`
  const forms = key.set.find(null, alg)
  if (forms === null) return 'jwk: not a key for that alg'
  if (!canBeSignature(alg, jws.signature.length) || !isSigned(forms, jws.input, jws.signature)) return 'signature'
  return { header, claims, thumbprint: key.thumbprint }
}

interface HeaderKey {
  readonly set: KeySet
  readonly thumbprint: string
}

/** A client signs all its proofs under one header, which is parsed once and shared. */
const known = new WeakMap<JsonObject, HeaderKey | string>()

function keyOf(header: JsonObject): HeaderKey | string {
  const found = known.get(header)
  if (found !== undefined) return found
  const key = parseHeaderKey(header.jwk)
  known.set(header, key)
  return key
}

function parseHeaderKey(jwk: Json | undefined): HeaderKey | string {
  if (!isObject(jwk)) return 'missing'
  const parsed = parseKeySet({ keys: [jwk] }, 'sig', 1)
  const set = parsed?.set ?? null
  if (set === null) return parsed?.problems[0]?.message ?? 'unusable'
  return { set, thumbprint: thumbprintOf(jwk) }
}

/** RFC 7638 §3.2: the required members of each kind, in the order of their names. */
function thumbprintOf({ kty, crv, n, e, x, y }: JsonObject): string {
  const members = kty === 'RSA' ? { e, kty, n } : kty === 'OKP' ? { crv, kty, x } : { crv, kty, x, y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
