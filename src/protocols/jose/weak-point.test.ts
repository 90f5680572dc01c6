import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SMALL_ORDER } from '../testing/corpus/keys.ts'
import { isWeakPoint } from './weak-point.ts'

const ones = `${'ff'.repeat(31)}7f`

describe('a point that proves nothing', () => {
  it.each([
    ...SMALL_ORDER.map((hex) => ['Ed25519', hex] as const),
    ...SMALL_ORDER.map((hex) => ['Ed25519', withSign(hex)] as const),
    ['Ed25519', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['Ed25519', ones],
    ['Ed25519', '01'],
    ['Ed25519', ''],
    ['Ed448', `01${'00'.repeat(56)}`],
    ['Ed448', '00'.repeat(57)],
    ['Ed448', `fe${'ff'.repeat(27)}fe${'ff'.repeat(27)}00`],
    ['Ed448', `${'ff'.repeat(56)}80`],
  ] as const)('is found: %s %s', (curve, hex) => {
    expect(isWeakPoint(curve, Buffer.from(hex, 'hex').toString('base64url'))).toBe(true)
  })

  it.each(['ed25519', 'ed448'] as const)('is no key that is made: %s', (type) => {
    for (let index = 0; index < 20; index++) {
      const { publicKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448')
      const { crv, x } = publicKey.export({ format: 'jwk' })
      expect(isWeakPoint(String(crv), String(x))).toBe(false)
    }
  })

  it('is worth finding: the system takes a signature that nobody made', () => {
    const x = Buffer.from(SMALL_ORDER[0] ?? '', 'hex')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') }, format: 'jwk' })
    expect(verify(null, Buffer.from('anything'), key, Buffer.concat([x, Buffer.alloc(32)]))).toBe(true)
  })
})

function withSign(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  bytes[31] = (bytes[31] ?? 0) | 0x80
  return bytes.toString('hex')
}
