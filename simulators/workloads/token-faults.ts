/** The named things that can be wrong with a token: each is one change of a good one. */
import { createHmac, createPublicKey } from 'node:crypto'
import type { JWK } from 'jose'
import type { MintOptions } from '../signing-keys.ts'

/** A token before it is signed. */
export interface Draft {
  readonly claims: Readonly<Record<string, unknown>>
  readonly header: Readonly<Record<string, unknown>>
  readonly key: NonNullable<MintOptions['key']>
}

export interface FaultRow {
  readonly says: string
  /** Changes what will be signed. `at`: the time of the issuer, in seconds. */
  readonly alter?: (draft: Draft, at: number) => Draft
  /** Changes what was signed. `key`: the public key that belongs to it. */
  readonly spoil?: (token: string, key: JWK) => string
}

const HOUR = 3_600
const DAY = 24 * HOUR

const claims = (change: (at: number) => Readonly<Record<string, unknown>>) => (draft: Draft, at: number) => ({
  ...draft,
  claims: { ...draft.claims, ...change(at) },
})
const header = (change: Readonly<Record<string, unknown>>) => (draft: Draft) => ({
  ...draft,
  header: { ...draft.header, ...change },
})

const ROWS = {
  expired: {
    says: 'ended an hour ago',
    alter: claims((at) => ({ iat: at - 2 * HOUR, nbf: undefined, exp: at - HOUR })),
  },
  'not-yet-valid': { says: 'begins in an hour', alter: claims((at) => ({ nbf: at + HOUR, exp: at + 2 * HOUR })) },
  'from-the-future': { says: 'was issued in an hour', alter: claims((at) => ({ iat: at + HOUR, exp: at + 2 * HOUR })) },
  'too-old': {
    says: 'is still valid, but was issued 27 hours ago',
    alter: claims((at) => ({ iat: at - 27 * HOUR, nbf: undefined, exp: at + HOUR })),
  },
  'too-long': { says: 'is valid for three days', alter: claims((at) => ({ exp: at + 3 * DAY })) },
  'without-expiry': { says: 'never ends', alter: claims(() => ({ exp: undefined })) },
  'wrong-audience': { says: 'is for somebody else', alter: claims(() => ({ aud: 'https://somebody-else.example' })) },
  'without-audience': { says: 'is for nobody', alter: claims(() => ({ aud: undefined })) },
  'wrong-issuer': { says: 'names another issuer, and is signed by this one', alter: toOtherIssuer },
  'logout-token': {
    says: 'is a logout token of the same issuer',
    alter: claims(() => ({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })),
  },
  'access-token': { says: 'is an access token by its type', alter: header({ typ: 'at+jwt' }) },
  forged: {
    says: 'is signed by somebody else under a kid of the issuer',
    alter: (draft: Draft): Draft => ({ ...draft, key: 'foreign' }),
  },
  'unknown-key': {
    says: 'is signed by a key nobody published',
    alter: (draft: Draft): Draft => ({ ...draft, key: 'unknown' }),
  },
  'withdrawn-key': {
    says: 'is signed by the key before the last rotation',
    alter: (draft: Draft): Draft => ({ ...draft, key: 'previous' }),
  },
  tampered: { says: 'was changed after it was signed', spoil: (token: string) => withClaims(token, { admin: true }) },
  unsigned: { says: 'has the algorithm none and no signature', spoil: unsigned },
  symmetric: { says: 'is signed by HS256 with the public key as the secret', spoil: symmetric },
  'swapped-algorithm': { says: 'names another algorithm than its key is for', spoil: swapped },
} satisfies Readonly<Record<string, FaultRow>>

/** What most tokens have. */
export const NO_FAULT: FaultRow = { says: 'is as it should be' }

/** `replayed` is no change: it is the token that was given out before. */
export type TokenFault = keyof typeof ROWS | 'replayed'

/** What each does, for help texts. */
export const TOKEN_FAULTS: Readonly<Record<TokenFault, string>> = {
  ...(Object.fromEntries(Object.entries(ROWS).map(([name, { says }]) => [name, says])) as Record<
    keyof typeof ROWS,
    string
  >), // the same keys
  replayed: 'is the one that was given out before',
}

export function isTokenFault(name: string): name is TokenFault {
  return Object.hasOwn(TOKEN_FAULTS, name)
}

/** The row of a fault that changes something. */
export function tokenFault(name: keyof typeof ROWS): FaultRow {
  return ROWS[name]
}

/** A trust domain is named by the subject, everybody else by `iss`. */
function toOtherIssuer(draft: Draft): Draft {
  const { sub } = draft.claims
  const isSpiffe = typeof sub === 'string' && sub.startsWith('spiffe://')
  const change = isSpiffe ? { sub: sub.replace(/^spiffe:\/\/[^/]+/, 'spiffe://other.example') } : {}
  return { ...draft, claims: { ...draft.claims, ...change, iss: 'https://issuer.other.example' } }
}

function partsOf(token: string): { header: object; claims: object; signature: string } {
  const [first = '', second = '', signature = ''] = token.split('.')
  const read = (part: string) => Object(JSON.parse(Buffer.from(part, 'base64url').toString()))
  return { header: read(first), claims: read(second), signature }
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function withClaims(token: string, change: object): string {
  const { header: head, claims: body, signature } = partsOf(token)
  return `${part(head)}.${part({ ...body, ...change })}.${signature}`
}

function unsigned(token: string): string {
  const { header: head, claims: body } = partsOf(token)
  return `${part({ ...head, alg: 'none' })}.${part(body)}.`
}

function symmetric(token: string, key: JWK): string {
  const { header: head, claims: body } = partsOf(token)
  const secret = createPublicKey({ key: { ...key }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const input = `${part({ ...head, alg: 'HS256' })}.${part(body)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function swapped(token: string, { alg }: JWK): string {
  const { header: head, claims: body, signature } = partsOf(token)
  return `${part({ ...head, alg: alg === 'RS256' ? 'PS256' : 'ES512' })}.${part(body)}.${signature}`
}
