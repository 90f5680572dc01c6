/** What the corpus is minted with: one issuer, its keys and its clock, and the ways to spoil a token. */
import { base64url, mint, mintRaw, type TestKey } from '../minting.ts'
import type { CorpusKeys } from './keys.ts'

/** Rung and code of the decision, and how to make the token. */
export type BadToken = readonly [name: string, expected: string, token: () => string]
export type GoodToken = readonly [name: string, token: () => string]

export interface CorpusWorld {
  readonly keys: CorpusKeys
  readonly issuer: string
  readonly audience: string
  /** Of the provider, as tokens may name it. */
  readonly resourceName: string
  readonly now: () => Date
  /** Kept from the edges of times: the clock goes on between minting and judging. Units: seconds. */
  readonly margin: number
}

type Change = Readonly<Record<string, unknown>>

export interface Minter extends CorpusWorld {
  /** Units: seconds since 1970. */
  readonly at: () => number
  /** Of a good token; undefined takes a claim away. */
  readonly claims: (change?: Change) => Record<string, unknown>
  readonly good: string
  readonly head: string
  readonly body: string
  readonly tail: string
  readonly rsPem: string | Buffer
  readonly withClaims: (change: Change) => string
  readonly withHeader: (change: object) => string
  readonly withHeaderText: (header: string) => string
  readonly withPayload: (payload: string | Buffer) => string
  /** A payload with members written by hand behind the good ones. */
  readonly payloadText: (members: string) => string
  readonly withSignature: (key: TestKey, change: (signature: Buffer) => Buffer) => string
  readonly signedBy: (key: TestKey, alg: string, kid?: string) => string
  readonly unsigned: (header: object, signature?: string) => string
}

export function createMinter(world: CorpusWorld): Minter {
  const { keys, issuer, audience } = world
  const { rs } = keys
  const at = () => Math.floor(world.now().getTime() / 1000)
  const claims: Minter['claims'] = (change = {}) => {
    const now = at()
    return { iss: issuer, sub: 'repo:octo/app', aud: audience, iat: now - 10, exp: now + 290, jti: 'j-1', ...change }
  }
  const good = mint(rs, claims())
  const [head, body, tail] = partsOf(good)
  return {
    ...world,
    at,
    claims,
    good,
    head,
    body,
    tail,
    rsPem: rs.publicKey.export({ type: 'spki', format: 'pem' }),
    withClaims: (change) => mint(rs, claims(change)),
    withHeader: (change) => mint(rs, claims(), change),
    withHeaderText: (header) => mintRaw(rs, header, claims()),
    withPayload: (payload) => mintRaw(rs, { alg: 'RS256', kid: 'rs' }, payload),
    payloadText: (members) => `${JSON.stringify(claims()).slice(0, -1)},${members}}`,
    withSignature(key, change) {
      const [h, b, s] = partsOf(mint(key, claims()))
      return `${h}.${b}.${base64url(change(Buffer.from(s, 'base64url')))}`
    },
    signedBy: (key, alg, kid = key.kid) => mint({ ...key, alg }, claims(), { kid }),
    unsigned: (header, signature = '') => `${base64url(header)}.${base64url(claims())}.${signature}`,
  }
}

/** Of a token that was minted, which has three. */
export function partsOf(token: string): [string, string, string] {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}

/** JSON so many levels deep. */
export function deep(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
}

/** Source: SEC 2, section 2.4. */
export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
export const P384_ORDER =
  0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n
export const P521_ORDER =
  0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n

/** The same point with the other s, which verifies as well: the two are one token. */
export function negatedS(signature: Buffer): Buffer {
  const s = P256_ORDER - numberOf(signature.subarray(32))
  return Buffer.concat([signature.subarray(0, 32), bytesOf(s, 32)])
}

export function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`)
}

export function bytesOf(number: bigint, length: number): Buffer {
  return Buffer.from(number.toString(16).padStart(length * 2, '0'), 'hex')
}
