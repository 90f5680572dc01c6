/** The bytes of a message, as forms and token requests carry them. */

/** Source: CONTRACT.md section 5: 256 KiB. */
export const MESSAGE_BYTES = 256 * 1024
/** Four characters for three bytes, and room for line ends. */
const CHARACTERS = Math.ceil((MESSAGE_BYTES * 4) / 3) * 1.1

/** Strict base64 or base64url, padded or not, white space anywhere; null for anything else, and for more than 256 KiB. */
export function decodeBase64(text: string): Buffer | null {
  if (text.length > CHARACTERS) return null
  const packed = text.replace(/[\t\n\r ]+/g, '')
  if (!/^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$/.test(packed)) return null
  const bytes = Buffer.from(packed, 'base64')
  return bytes.length === 0 || bytes.length > MESSAGE_BYTES ? null : bytes
}
