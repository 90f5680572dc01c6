/**
 * Public keys of EdDSA under which anybody can make signatures: points of small order. Libraries of the operating system
 * take them, since whoever publishes one only hurts themselves; but a set that was tampered with must not open a door.
 *
 * Source: RFC 8032 §5.1, §5.2 (fields and encodings).
 */

interface Field {
  readonly prime: bigint
  /** Length of an encoded point; its topmost bit is the sign of the other coordinate. */
  readonly bytes: number
  /** The y of every point of small order. */
  readonly weak: readonly bigint[]
}

const P25519 = 2n ** 255n - 19n
const P448 = 2n ** 448n - 2n ** 224n - 1n
/** Of order 8 on Ed25519; its negative is the y of the others of that order. */
const OCTIC = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n

const FIELDS: Readonly<Record<string, Field>> = {
  Ed25519: { prime: P25519, bytes: 32, weak: [0n, 1n, P25519 - 1n, OCTIC, P25519 - OCTIC] },
  Ed448: { prime: P448, bytes: 57, weak: [0n, 1n, P448 - 1n] },
}

/** True for such a point, and for one that is not spelt in its one way. */
export function isWeakPoint(curve: string, x: string): boolean {
  const field = FIELDS[curve]
  if (field === undefined) return false
  const bytes = Buffer.from(x, 'base64url').reverse()
  if (bytes.length !== field.bytes) return true
  bytes[0] = (bytes[0] ?? 0) & 0x7f
  const y = BigInt(`0x${bytes.toString('hex')}`)
  return y >= field.prime || field.weak.includes(y)
}
