/** One sealed text: nonce, ciphertext and tag under a 32-byte key, bound to the place it lies in. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

export type RandomBytes = (size: number) => Uint8Array

/** NIST SP 800-38D §8.2.2: 96-bit random nonces. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM in base64url; `associated` must be given again to open it. */
export function encrypt(key: Uint8Array, associated: string, plain: Uint8Array, randomBytes: RandomBytes): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(associated, 'utf8'))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** What `encrypt` was given, or null. */
export function decrypt(key: Uint8Array, associated: string, text: string): Buffer | null {
  const box = Buffer.from(text, 'base64url')
  if (box.length < NONCE_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(associated, 'utf8'))
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES)), decipher.final()])
  } catch {
    return null // wrong key, wrong place or changed bytes: GCM does not tell, nor do we
  }
}
