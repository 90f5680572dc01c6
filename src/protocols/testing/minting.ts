/** Makes tokens, good ones and all kinds of bad ones, with node:crypto and nothing of what is under test. */
import { constants, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { JsonObject } from '../../json.ts'

export interface TestKey {
  readonly kid: string
  readonly alg: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** As an issuer publishes it. */
  readonly jwk: JsonObject
}

const KINDS: Readonly<Record<string, () => { privateKey: KeyObject; publicKey: KeyObject }>> = {
  R: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  P: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ES256K: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  Ed448: () => generateKeyPairSync('ed448'),
}

/** A fresh key for the algorithm (`Ed448` for EdDSA on that curve). */
export function createTestKey(kind: string, kid: string = randomBytes(8).toString('hex')): TestKey {
  const make = KINDS[kind] ?? KINDS[kind.slice(0, 1)]
  if (make === undefined) throw new Error(`no such kind of key: ${kind}`)
  const { privateKey, publicKey } = make()
  const alg = kind === 'Ed448' ? 'EdDSA' : kind
  return { kid, alg, privateKey, publicKey, jwk: { ...jwkOf(publicKey), kid, alg, use: 'sig' } }
}

/** The key's own members, as JSON. */
export function jwkOf(key: KeyObject): JsonObject {
  return JSON.parse(JSON.stringify(key.export({ format: 'jwk' })))
}

export function base64url(value: Buffer | string | object): string {
  if (Buffer.isBuffer(value)) return value.toString('base64url')
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

/** Signature bytes as the algorithm wants them. */
export function signatureOf(alg: string, key: KeyObject, input: string): Buffer {
  const data = Buffer.from(input)
  const hash = `sha${alg.slice(2, 5)}`
  switch (alg.slice(0, 2)) {
    case 'RS':
      return sign(hash, data, key)
    case 'PS':
      return sign(hash, data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      })
    case 'ES':
      return sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
    default:
      return sign(null, data, key)
  }
}

/** Header and payload may be given as text, to say what JSON.stringify would not. */
export function mintRaw(key: TestKey, header: string | object, payload: string | object | Buffer): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${base64url(signatureOf(key.alg, key.privateKey, input))}`
}

export function mint(key: TestKey, claims: object, header: object = {}): string {
  return mintRaw(key, { alg: key.alg, typ: 'JWT', kid: key.kid, ...header }, claims)
}

/** Signed with a secret that everybody knows, as in the confusion of symmetric and asymmetric keys. */
export function mintHmac(alg: string, secret: Buffer | string, header: object, claims: object): string {
  const input = `${base64url({ alg, typ: 'JWT', ...header })}.${base64url(claims)}`
  return `${input}.${base64url(
    createHmac(`sha${alg.slice(2)}`, secret)
      .update(input)
      .digest(),
  )}`
}
