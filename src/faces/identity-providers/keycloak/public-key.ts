/** A pinned public key as a JSON Web Key Set. Source: wire.md section 4.2, publicKeySignatureVerifier; RFC 7517. */
import { createPublicKey, type KeyObject } from 'node:crypto'

/** Keys of 16 384 bits have a fourth of it. */
const CHARACTERS = 16_384

/** The key set as text, or null where the text is no public key. */
export function keySetOf(pem: unknown, kid: unknown): string | null {
  const key = typeof pem === 'string' && pem.length <= CHARACTERS ? readKey(pem) : null
  if (key === null) return null
  const named = typeof kid === 'string' && kid !== '' ? { kid } : {}
  return JSON.stringify({ keys: [{ ...key.export({ format: 'jwk' }), ...named, use: 'sig' }] })
}

/** PEM, or what stands between its armour. A private key is no public one, though one could be made of it. */
function readKey(text: string): KeyObject | null {
  if (text.includes('PRIVATE KEY')) return null
  try {
    if (text.includes('-----BEGIN')) return createPublicKey(text)
    return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}
