/** JSON Web Key Sets of others: which keys may verify, made ready once. Source: RFC 7517 §4–5, RFC 7518 §6, RFC 8037 §2. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Algorithm } from './algorithms.ts'

export interface VerificationKey {
  readonly kid: string | null
  readonly kty: 'RSA' | 'EC' | 'OKP'
  readonly crv: string | null
  /** Null when the set does not bind the key to one. */
  readonly alg: string | null
  readonly key: KeyObject
}

export interface KeySet {
  readonly keys: readonly VerificationKey[]
  /** What was passed over, in words, for operators. */
  readonly skipped: readonly string[]
}

/** Keys beyond this are passed over: nobody has more, and each costs a parse. */
const KEYS = 100
/** NIST SP 800-131A: 2048 bits at least. Above 8192 a verification takes milliseconds. */
const RSA_BITS = { least: 2048, most: 8192 }
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const CURVES = ['P-256', 'P-384', 'P-521']

/**
 * The usable signing keys of a document, or null when it is no key set at all. Encryption keys, unknown kinds, keys that
 * show private members and weak ones are passed over, not fatal.
 */
export function parseKeySet(document: unknown, use: 'sig' | 'jwt-svid' = 'sig'): KeySet | null {
  if (typeof document !== 'object' || document === null || !('keys' in document) || !Array.isArray(document.keys))
    return null
  const keys: VerificationKey[] = []
  const skipped: string[] = []
  document.keys.slice(0, KEYS).forEach((jwk: unknown, index) => {
    const key = parseKey(jwk, use)
    if (typeof key === 'string') skipped.push(`keys[${index}] ${key}`)
    else keys.push(key)
  })
  if (document.keys.length > KEYS) skipped.push(`${document.keys.length - KEYS} keys beyond the first ${KEYS}`)
  return { keys, skipped }
}

function parseKey(jwk: unknown, use: 'sig' | 'jwt-svid'): VerificationKey | string {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return 'is not an object'
  const text = (name: string): string | undefined => {
    const value: unknown = Object.hasOwn(jwk, name) ? Object.getOwnPropertyDescriptor(jwk, name)?.value : undefined
    return typeof value === 'string' ? value : undefined
  }
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))) return 'shows private members'
  const kty = text('kty')
  const crv = text('crv') ?? null
  // SPIFFE bundles mark each key's purpose; elsewhere an absent `use` is judged by the kind of key.
  if (use === 'jwt-svid' ? text('use') !== use : (text('use') ?? 'sig') !== 'sig') return `is not for ${use}`
  if (Object.hasOwn(jwk, 'key_ops') && !hasVerify(jwk)) return 'is not for verifying'
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP') return `has kty ${kty ?? 'none'}`
  if (kty === 'EC' && !CURVES.includes(crv ?? '')) return `has curve ${crv ?? 'none'}`
  if (kty === 'OKP' && crv !== 'Ed25519') return `has curve ${crv ?? 'none'}`
  const members =
    kty === 'RSA'
      ? { n: text('n'), e: text('e') }
      : { crv: crv ?? undefined, x: text('x'), ...(kty === 'EC' ? { y: text('y') } : {}) }
  try {
    const key = createPublicKey({ key: { kty, ...definedOf(members) }, format: 'jwk' })
    const bits = key.asymmetricKeyDetails?.modulusLength
    if (bits !== undefined && (bits < RSA_BITS.least || bits > RSA_BITS.most)) return `has ${bits} bits`
    return { kid: text('kid') ?? null, kty, crv, alg: text('alg') ?? null, key }
  } catch {
    return 'is not a public key'
  }
}

function hasVerify(jwk: object): boolean {
  return 'key_ops' in jwk && Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')
}

function definedOf(members: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/**
 * The keys that may have signed: kind, curve and `alg` fit, and the kid is the token's. A token without kid is tried with
 * every fitting key; several keys of one kid are all candidates, since none of them may hide the others.
 */
export function candidatesOf({ keys }: KeySet, kid: string | null, algorithm: Algorithm): VerificationKey[] {
  return keys.filter(
    (key) =>
      (kid === null || key.kid === kid) &&
      key.kty === algorithm.kty &&
      (algorithm.crv === null || key.crv === algorithm.crv) &&
      (key.alg === null || key.alg === algorithm.name || (algorithm.name === 'EdDSA' && key.alg === 'Ed25519')),
  )
}
