/** The access tokens we issue: JWT profile of RFC 9068, `typ: at+jwt`, ES256. Synchronous: this is the hot path. */
import { type KeyObject, sign, verify } from 'node:crypto'
import type { JsonObject } from '../json.ts'

export interface SigningPair {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** base64url of the protected header, made once. */
  readonly header: string
  /** The same members in the order in which the OpenID Provider library writes them. */
  readonly libraryHeader: string
}

/** Source: RFC 9068 §2.1; RFC 7515 §3.1. */
export function headerOf(kid: string): string {
  return Buffer.from(JSON.stringify({ typ: 'at+jwt', alg: 'ES256', kid })).toString('base64url')
}

/** Source: oidc-provider, the header of its JWT access tokens. */
export function libraryHeaderOf(kid: string): string {
  return Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid })).toString('base64url')
}

/** Signs the claims as a compact JWS. */
export function signAccessToken(pair: SigningPair, claims: JsonObject): string {
  const input = `${pair.header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const signature = sign('sha256', Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

/** Signs claims that are no access token: `typ: JWT`, which `verifyAccessToken` never takes. Source: RFC 7518 §3.3, §3.4. */
export function signPlain(alg: 'ES256' | 'RS256', pair: SigningPair, claims: JsonObject): string {
  const header = Buffer.from(JSON.stringify({ alg, typ: 'JWT', kid: pair.kid })).toString('base64url')
  const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const signature = sign('sha256', Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

/**
 * The claims of a token that one of these keys signed as `at+jwt`, or null. Times and audience are the caller's to check.
 *
 * The header must be byte for byte one of the two that are written here for that key, which settles `alg`, `typ`, `kid` and `crit` at once.
 */
export function verifyAccessToken(pairs: Iterable<SigningPair>, token: string): JsonObject | null {
  // 24 KiB: most are under 2 KiB; groups and attributes of a person, or claims passed on, may be 16 KiB before base64.
  if (token.length > 24_576) return null
  const [header, payload, signature, ...rest] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return null
  for (const pair of pairs) {
    if (pair.header !== header && pair.libraryHeader !== header) continue
    const bytes = Buffer.from(signature, 'base64url')
    if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return null
    const key = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' as const }
    if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, bytes)) return null
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return isObject(claims) ? claims : null
  }
  return null
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
