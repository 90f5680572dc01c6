/** The secret of a credential: an Ed25519 key in the text form that existing clients read. Source: wire.md section 1.4. */
import { createHash, generateKeyPairSync } from 'node:crypto'

/** What clients look for in front of the key; the third part is the version they check. */
const PREFIX = 'secret-token:conductorone.com:v1:'

export interface MadeSecret {
  /** Shown once, never kept. */
  readonly clientSecret: string
  /** SHA-256 of the whole text, base64url: the key has 256 random bits, so a slow hash would add nothing. */
  readonly secretHash: string
  /** Public half, base64url. Source: RFC 8037 section 2. */
  readonly publicKeyX: string
}

/** Makes a key pair and the three things that come of it. */
export function makeSecret(): MadeSecret {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  if (d === undefined || x === undefined) throw new TypeError('an Ed25519 key without its two halves')
  const jwk = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x, d })
  const clientSecret = PREFIX + Buffer.from(jwk).toString('base64url')
  return { clientSecret, secretHash: createHash('sha256').update(clientSecret).digest('base64url'), publicKeyX: x }
}
