/** Every signature algorithm that we accept, and all that has to be known of each, one row per algorithm. Source: RFC 7518 §3.1; RFC 8037 §3.1. */

interface AlgorithmRow {
  readonly kty: 'RSA' | 'EC' | 'OKP'
  /** Curves of the key; none for RSA. */
  readonly curves: readonly string[]
  /** As node:crypto calls it; null where the algorithm has its own. */
  readonly hash: string | null
  readonly padding: 'pkcs1' | 'pss' | null
  /** Least and most bytes of a signature by any key for it. */
  readonly bytes: readonly [number, number]
}

const rsa = (hash: string, padding: 'pkcs1' | 'pss'): AlgorithmRow => ({
  kty: 'RSA',
  curves: [],
  hash,
  padding,
  bytes: [256, 1_024],
})
const ec = (hash: string, curve: string, bytes: number): AlgorithmRow => ({
  kty: 'EC',
  curves: [curve],
  hash,
  padding: null,
  bytes: [bytes, bytes],
})

/** Asymmetric ones only: with a symmetric one, whoever can read a public key could sign. */
export const algorithms: ReadonlyMap<string, AlgorithmRow> = new Map([
  ['RS256', rsa('sha256', 'pkcs1')],
  ['RS384', rsa('sha384', 'pkcs1')],
  ['RS512', rsa('sha512', 'pkcs1')],
  ['PS256', rsa('sha256', 'pss')],
  ['PS384', rsa('sha384', 'pss')],
  ['PS512', rsa('sha512', 'pss')],
  ['ES256', ec('sha256', 'P-256', 64)],
  ['ES384', ec('sha384', 'P-384', 96)],
  ['ES512', ec('sha512', 'P-521', 132)],
  ['EdDSA', { kty: 'OKP', curves: ['Ed25519', 'Ed448'], hash: null, padding: null, bytes: [64, 114] }],
])

/** Bytes of a signature by a key on the curve: two integers (RFC 7518 §3.4), or the one string of RFC 8032. */
export const CURVE_SIGNATURE_BYTES: Readonly<Record<string, number>> = {
  'P-256': 64,
  'P-384': 96,
  'P-521': 132,
  Ed25519: 64,
  Ed448: 114,
}

/** False when no key whatever can have made a signature of that length. */
export function canBeSignature(algorithm: string, bytes: number): boolean {
  const [least, most] = algorithms.get(algorithm)?.bytes ?? [1, 0]
  return bytes >= least && bytes <= most
}
