import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTestKey, jwkOf, mintHmac, mintRaw } from '../testing/minting.ts'
import { readSelfSigned, selfSignedAlgorithms } from './self-signed.ts'

const key = createTestKey('ES256')
const other = createTestKey('ES256')
const jwk = jwkOf(key.publicKey)
const CLAIMS = { jti: 'x', iat: 1 }
const by = (header: object, claims: object = CLAIMS) =>
  mintRaw(key, { alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }, claims)

describe('a token signed by its own key', () => {
  it.each(selfSignedAlgorithms)('is read, with the thumbprint that jose makes, for %s', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg === 'EdDSA' ? 'Ed25519' : alg)
    const publicJwk = await exportJWK(publicKey)
    const header = { alg, typ: 'dpop+jwt', jwk: publicJwk }
    const token = await new SignJWT(CLAIMS).setProtectedHeader(header).sign(privateKey)
    for (const _again of [1, 2]) {
      expect(readSelfSigned(token)).toMatchObject({
        claims: CLAIMS,
        thumbprint: await calculateJwkThumbprint(publicJwk),
      })
    }
  })

  it('may carry members that say what the key is for', () => {
    const read = readSelfSigned(by({ jwk: { ...jwk, use: 'sig', alg: 'ES256', kid: 'k', key_ops: ['verify'] } }))
    expect(read).toMatchObject({ thumbprint: Object(readSelfSigned(by({}))).thumbprint })
  })

  it.each<[string, () => string, RegExp]>([
    ['no key', () => by({ jwk: undefined }), /^jwk: missing/],
    ['a key as text', () => by({ jwk: JSON.stringify(jwk) }), /^jwk: missing/],
    ['a list of keys', () => by({ jwk: [jwk] }), /^jwk: missing/],
    ['another key', () => by({ jwk: jwkOf(other.publicKey) }), /^signature$/],
    ['a private key', () => by({ jwk: jwkOf(key.privateKey) }), /^jwk: has private members/],
    ['a symmetric key', () => by({ jwk: { kty: 'oct', k: 'AAAA' } }), /^jwk: is a symmetric key/],
    ['a key for another algorithm', () => by({ jwk: { ...jwk, alg: 'ES384' } }), /^jwk: /],
    ['a key for encryption', () => by({ jwk: { ...jwk, use: 'enc' } }), /^jwk: /],
    ['a point that is not on the curve', () => by({ jwk: { ...jwk, y: jwk.x } }), /^jwk: is not a valid public key/],
    ['an algorithm that the key cannot have', () => by({ alg: 'RS256' }), /^jwk: not a key for that alg/],
    ['alg none', () => by({ alg: 'none' }), /^alg/],
    ['no alg', () => by({ alg: undefined }), /^alg/],
    ['a symmetric algorithm', () => mintHmac('HS256', JSON.stringify(jwk), { jwk }, CLAIMS), /^alg/],
    ['something critical', () => by({ crit: ['x'], x: 1 }), /^crit/],
    ['an unencoded payload', () => by({ b64: false }), /^crit/],
    [
      'a changed payload',
      () => by({}).replace(/\.([^.]*)\./, `.${Buffer.from('{"jti":"y"}').toString('base64url')}.`),
      /^signature$/,
    ],
    ['no signature', () => by({}).replace(/\.[^.]*$/, '.'), /^signature$/],
    ['a longer signature', () => `${by({})}AA`, /^signature/],
    ['members twice', () => mintRaw(key, { alg: 'ES256', jwk }, '{"jti":"a","jti":"b"}'), /twice/],
    ['two proofs', () => `${by({})}, ${by({})}`, /three parts/],
    ['nothing', () => '', /three parts/],
    ['20 KB', () => 'a'.repeat(20_000), /longer than/],
  ])('is refused with %s', (_name, token, why) => {
    expect(readSelfSigned(token())).toMatch(why)
  })
})
