/** Signature bytes that are not what the key made. */
import { sign } from 'node:crypto'
import { base64url, mint, signatureOf } from '../minting.ts'
import { type BadToken, type Minter, P256_ORDER, partsOf } from './minter.ts'

export function badSignatures(minter: Minter): BadToken[] {
  const { claims, withSignature, head, body, tail, keys } = minter
  return [
    // signature bytes
    [
      'one bit changed',
      'signature signature.invalid',
      () => withSignature(keys.rs, (s) => Buffer.from(s.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))),
    ],
    ['cut short', 'signature signature.invalid', () => withSignature(keys.rs, (s) => s.subarray(0, 255))],
    [
      'a byte more',
      'signature signature.invalid',
      () => withSignature(keys.rs, (s) => Buffer.concat([s, Buffer.alloc(1)])),
    ],
    [
      'a zero before',
      'signature signature.invalid',
      () => withSignature(keys.rs, (s) => Buffer.concat([Buffer.alloc(1), s])),
    ],
    ['all zero', 'signature signature.invalid', () => withSignature(keys.rs, (s) => Buffer.alloc(s.length))],
    ['r and s zero', 'signature signature.invalid', () => withSignature(keys.es, () => Buffer.alloc(64))],
    [
      'r and s the order of the curve',
      'signature signature.invalid',
      () => withSignature(keys.es, () => Buffer.from(P256_ORDER.toString(16).repeat(2), 'hex')),
    ],
    [
      'in DER',
      'signature signature.invalid',
      () => {
        const input = partsOf(mint(keys.es, claims())).slice(0, 2).join('.')
        return `${input}.${base64url(sign('sha256', Buffer.from(input), { key: keys.es.privateKey, dsaEncoding: 'der' }))}`
      },
    ],
    [
      'r and s each a zero longer',
      'signature signature.invalid',
      () =>
        withSignature(keys.es, (s) =>
          Buffer.concat([Buffer.alloc(1), s.subarray(0, 32), Buffer.alloc(1), s.subarray(32)]),
        ),
    ],
    [
      'of Ed25519 with s beyond the order',
      'signature signature.invalid',
      () => {
        const order = 2n ** 252n + 27742317777372353535851937790883648493n
        return withSignature(keys.ed, (sig) => {
          const s = BigInt(`0x${Buffer.from(sig.subarray(32)).reverse().toString('hex')}`) + order
          return Buffer.concat([sig.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()])
        })
      },
    ],
    ['of another token', 'signature signature.invalid', () => `${head}.${base64url(claims({ sub: 'x' }))}.${tail}`],
    [
      'of another header',
      'signature signature.invalid',
      () => `${base64url({ alg: 'RS256', kid: 'rs' })}.${body}.${tail}`,
    ],
    [
      'with another hash',
      'signature signature.invalid',
      () => {
        const input = `${head}.${body}`
        return `${input}.${base64url(signatureOf('RS512', keys.rs.privateKey, input))}`
      },
    ],
    [
      'PSS with a short salt',
      'signature signature.invalid',
      () => {
        const input = `${base64url({ alg: 'PS256', kid: 'ps' })}.${body}`
        return `${input}.${base64url(sign('sha256', Buffer.from(input), { key: keys.ps.privateKey, padding: 6, saltLength: 0 }))}`
      },
    ],
  ]
}
