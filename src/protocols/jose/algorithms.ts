/** The signature algorithms that are accepted, each with all facts about it in one row. Source: RFC 7518 §3.1, RFC 8037 §3.1. */
import { constants, type KeyObject, type SigningOptions, verify } from 'node:crypto'

export interface Algorithm {
  readonly name: string
  readonly kty: 'RSA' | 'EC' | 'OKP'
  readonly crv: string | null
  /** Null where the algorithm hashes by itself. */
  readonly hash: string | null
  readonly options: SigningOptions
  /** Bytes; null where it depends on the key. */
  readonly signatureBytes: number | null
}

const rsa = (name: string, hash: string): Algorithm => ({
  name,
  kty: 'RSA',
  crv: null,
  hash,
  options: { padding: constants.RSA_PKCS1_PADDING },
  signatureBytes: null,
})
const pss = (name: string, hash: string): Algorithm => ({
  name,
  kty: 'RSA',
  crv: null,
  hash,
  signatureBytes: null,
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
})
const ecdsa = (name: string, hash: string, crv: string, signatureBytes: number): Algorithm => ({
  name,
  kty: 'EC',
  crv,
  hash,
  options: { dsaEncoding: 'ieee-p1363' },
  signatureBytes,
})

const TABLE = new Map(
  [
    rsa('RS256', 'sha256'),
    rsa('RS384', 'sha384'),
    rsa('RS512', 'sha512'),
    pss('PS256', 'sha256'),
    pss('PS384', 'sha384'),
    pss('PS512', 'sha512'),
    ecdsa('ES256', 'sha256', 'P-256', 64),
    ecdsa('ES384', 'sha384', 'P-384', 96),
    ecdsa('ES512', 'sha512', 'P-521', 132),
    { name: 'EdDSA', kty: 'OKP', crv: 'Ed25519', hash: null, options: {}, signatureBytes: 64 } as const,
  ].map((algorithm): [string, Algorithm] => [algorithm.name, algorithm]),
)

/** The algorithm of exactly this name, or null: symmetric ones, `none` and other spellings are not in the table. */
export function algorithmOf(name: unknown): Algorithm | null {
  return typeof name === 'string' ? (TABLE.get(name) ?? null) : null
}

export function algorithmNames(): string[] {
  return [...TABLE.keys()]
}

/** Whether the key made this signature over the input; false for every malformed signature. */
export function isSignedBy(algorithm: Algorithm, key: KeyObject, input: Buffer, signature: Buffer): boolean {
  if (algorithm.signatureBytes !== null && signature.length !== algorithm.signatureBytes) return false
  try {
    return verify(algorithm.hash, input, { key, ...algorithm.options }, signature)
  } catch {
    return false // a signature that the library cannot even read
  }
}
