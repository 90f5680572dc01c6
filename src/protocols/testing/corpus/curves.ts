/** Signatures on curves that lax verifiers take: numbers out of range, other lengths, other spellings, weak points. */
import { sign } from 'node:crypto'
import { base64url, mintRaw, type TestKey } from '../minting.ts'
import { SMALL_ORDER } from './keys.ts'
import { type BadToken, bytesOf, type Minter, numberOf, P256_ORDER, P384_ORDER, P521_ORDER } from './minter.ts'

const INVALID = 'signature signature.invalid'

interface Curve {
  readonly name: string
  readonly key: TestKey
  readonly order: bigint
  /** Of each number. */
  readonly bytes: number
}

export function badCurveSignatures(minter: Minter): BadToken[] {
  const { keys } = minter
  const curves: readonly Curve[] = [
    { name: 'P-256', key: keys.es, order: P256_ORDER, bytes: 32 },
    { name: 'P-384', key: keys.es384, order: P384_ORDER, bytes: 48 },
    { name: 'P-521', key: keys.es512, order: P521_ORDER, bytes: 66 },
  ]
  return [...curves.flatMap((curve) => ofCurve(minter, curve)), ...ofEdwards(minter), ...badPoints(minter)]
}

function ofCurve({ withSignature }: Minter, { name, key, order, bytes }: Curve): BadToken[] {
  const changed = (change: (r: bigint, s: bigint) => readonly [bigint, bigint]) => () =>
    withSignature(key, (signature) => {
      const [r, s] = change(numberOf(signature.subarray(0, bytes)), numberOf(signature.subarray(bytes)))
      return Buffer.concat([bytesOf(r, bytes), bytesOf(s, bytes)])
    })
  const raw = (change: (signature: Buffer) => Buffer) => () => withSignature(key, change)
  const most = 2n ** BigInt(bytes * 8) - 1n
  return [
    [`${name}: r zero`, INVALID, changed((_r, s) => [0n, s])],
    [`${name}: s zero`, INVALID, changed((r) => [r, 0n])],
    [`${name}: r and s one`, INVALID, changed(() => [1n, 1n])],
    [`${name}: r the order`, INVALID, changed((_r, s) => [order, s])],
    [`${name}: s the order`, INVALID, changed((r) => [r, order])],
    [`${name}: r and s one less than the order`, INVALID, changed(() => [order - 1n, order - 1n])],
    [`${name}: r and s all ones`, INVALID, changed(() => [most, most])],
    [`${name}: r and s exchanged`, INVALID, changed((r, s) => [s, r])],
    [`${name}: r negated`, INVALID, changed((r, s) => [order - r, s])],
    [`${name}: without its last byte`, INVALID, raw((signature) => signature.subarray(0, -1))],
    [`${name}: r alone`, INVALID, raw((signature) => signature.subarray(0, bytes))],
    [`${name}: twice`, INVALID, raw((signature) => Buffer.concat([signature, signature]))],
    [`${name}: each number a zero longer`, INVALID, raw((signature) => stretched(signature, bytes))],
    [
      `${name}: in DER`,
      INVALID,
      () => {
        const input = withSignature(key, (signature) => signature)
          .split('.')
          .slice(0, 2)
          .join('.')
        const hash = `sha${key.alg.slice(2)}`
        const der = sign(hash, Buffer.from(input), { key: key.privateKey, dsaEncoding: 'der' })
        return `${input}.${base64url(der)}`
      },
    ],
    [
      `${name}: of another hash`,
      INVALID,
      () => {
        const input = withSignature(key, (signature) => signature)
          .split('.')
          .slice(0, 2)
          .join('.')
        const other = sign('sha224', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
        return `${input}.${base64url(other)}`
      },
    ],
  ]
}

function stretched(signature: Buffer, bytes: number): Buffer {
  const zero = Buffer.alloc(1)
  return Buffer.concat([zero, signature.subarray(0, bytes), zero, signature.subarray(bytes)])
}

/** Source: RFC 8032 §5.1.7 (s below the order), §5.1.3 (one spelling of each point). */
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

function ofEdwards({ keys, withSignature }: Minter): BadToken[] {
  const withS = (change: (s: bigint) => bigint) => () =>
    withSignature(keys.ed, (signature) => {
      const s = change(numberOf(Buffer.from(signature.subarray(32)).reverse()))
      return Buffer.concat([signature.subarray(0, 32), bytesOf(s, 32).reverse()])
    })
  const withR = (r: Buffer) => () => withSignature(keys.ed, (signature) => Buffer.concat([r, signature.subarray(32)]))
  return [
    ['Ed25519: s one order more', INVALID, withS((s) => s + ED25519_ORDER)],
    ['Ed25519: s eight orders more', INVALID, withS((s) => s + 8n * ED25519_ORDER)],
    ['Ed25519: s the order', INVALID, withS(() => ED25519_ORDER)],
    ['Ed25519: s zero', INVALID, withS(() => 0n)],
    ['Ed25519: s all ones', INVALID, withS(() => 2n ** 256n - 1n)],
    ['Ed25519: r zero', INVALID, withR(Buffer.alloc(32))],
    ['Ed25519: r the neutral point', INVALID, withR(Buffer.from(SMALL_ORDER[0] ?? '', 'hex'))],
    ['Ed25519: r beyond the field', INVALID, withR(Buffer.alloc(32, 0xff))],
    ['Ed25519: all zero', INVALID, () => withSignature(keys.ed, () => Buffer.alloc(64))],
    ['Ed25519: a byte more', INVALID, () => withSignature(keys.ed, (s) => Buffer.concat([s, Buffer.alloc(1)]))],
    ['Ed448: all zero', INVALID, () => withSignature(keys.ed448, () => Buffer.alloc(114))],
    ['Ed448: cut to the length of Ed25519', INVALID, () => withSignature(keys.ed448, (s) => s.subarray(0, 64))],
    ['Ed448: by the length of an Ed25519 key', INVALID, () => withSignature(keys.ed, () => Buffer.alloc(114))],
  ]
}

/** Published keys that are no keys; under a point of small order, the neutral point and zero sign everything. */
function badPoints({ keys, claims, signedBy }: Minter): BadToken[] {
  const forged = Buffer.concat([Buffer.from(SMALL_ORDER[0] ?? '', 'hex'), Buffer.alloc(32)])
  const weak = SMALL_ORDER.map((_, index): BadToken => {
    const kid = `small-order-${index}`
    return [
      `Ed25519: a signature that anybody can make, under ${kid}`,
      'key key.unknown',
      () => {
        const input = mintRaw(keys.ed, { alg: 'EdDSA', kid }, claims()).split('.').slice(0, 2).join('.')
        return `${input}.${base64url(forged)}`
      },
    ]
  })
  return [
    ...weak,
    ['P-256: a key off its curve', 'key key.unknown', () => signedBy(keys.offCurve, 'ES256')],
    ['P-256: a key of zeros', 'key key.unknown', () => signedBy(keys.es, 'ES256', 'point-of-zero')],
    ['P-256: a key that says P-384', 'key key.unknown', () => signedBy(keys.es, 'ES384', 'other-curve')],
    ['Ed25519: a key for X25519', 'key key.unknown', () => signedBy(keys.ed, 'EdDSA', 'x25519')],
    ['a key for signing only', 'key key.unknown', () => signedBy(keys.signOnly, 'ES256')],
  ]
}
