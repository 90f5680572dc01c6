/**
 * Tokens that must not pass, class by class, and what the decision says of each. Every one is minted with node:crypto.
 *
 * Source: reference threats, section 1; RFC 8725.
 */
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createLadder, Refused } from '../../decisions/ladder.ts'
import type { Json } from '../../json.ts'
import type { Protocol, TokenToVerify } from '../../registry/protocol.ts'
import { peekClaims } from '../jose/peek.ts'
import {
  base64url,
  createTestKey,
  jwkOf,
  mint,
  mintHmac,
  mintRaw,
  signatureOf,
  type TestKey,
} from '../testing/minting.ts'
import { AUDIENCE, askFor, claimsAt, createUpstream, ISSUER, KEYS_URL, NOW, providerOf } from '../testing/upstream.ts'
import { oidcProtocol } from './index.ts'

const rs = createTestKey('RS256', 'rs')
const ps = createTestKey('PS256', 'ps')
const es = createTestKey('ES256', 'es')
const es384 = createTestKey('ES384', 'es384')
const es512 = createTestKey('ES512', 'es512')
const ed = createTestKey('EdDSA', 'ed')
const ed448 = createTestKey('Ed448', 'ed448')
const bare = createTestKey('RS384', 'bare')
const secp = createTestKey('ES256K', 'secp')
const encryption = createTestKey('RS256', 'enc')
const foreign = createTestKey('RS256', 'rs')
const stranger = createTestKey('RS256', 'stranger')
const twin = createTestKey('ES256', 'twin')
const twinRsa = createTestKey('RS256', 'twin')
const weak: TestKey = (() => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return { kid: 'weak', alg: 'RS256', ...pair, jwk: { ...jwkOf(pair.publicKey), kid: 'weak' } }
})()
const { alg: _alg, use: _use, ...bareJwk } = bare.jwk

const KEYS: Json[] = [
  rs.jwk,
  ps.jwk,
  es.jwk,
  es384.jwk,
  es512.jwk,
  ed.jwk,
  ed448.jwk,
  bareJwk,
  { ...secp.jwk, alg: 'ES256K' },
  { ...encryption.jwk, use: 'enc', alg: 'RSA-OAEP' },
  weak.jwk,
  { kty: 'oct', kid: 'oct', k: base64url('secret'), alg: 'HS256' },
  { kty: 'RSA', kid: 'private', ...jwkOf(stranger.privateKey) },
  twinRsa.jwk,
  twin.jwk,
  'nonsense',
  { kty: 'PQ', kid: 'future' },
]

const upstream = createUpstream()
let protocol: Protocol

beforeAll(async () => {
  upstream.reply(KEYS_URL, { keys: KEYS })
  protocol = oidcProtocol({ fetch: upstream.fetch, allowsPlainHttp: () => false, now: () => NOW })
  await protocol.verifyToken?.(askFor(mint(rs, claimsAt())), createLadder('strict'))
})

/** The claims, or the rung and code that refused. */
async function judge(token: string, change: Partial<TokenToVerify> = {}): Promise<string> {
  const ladder = createLadder('strict')
  try {
    const verified = await protocol.verifyToken?.(askFor(token, change), ladder)
    return verified === null || verified === undefined ? 'null' : `accepted ${verified.subject}`
  } catch (error) {
    if (error instanceof Refused) return `${error.rung} ${error.code}`
    throw error
  }
}

const at = Math.floor(NOW.getTime() / 1000)
const withClaims = (change: Record<string, unknown>) => mint(rs, claimsAt(change))
const withHeader = (change: object) => mint(rs, claimsAt(), change)
const signedBy = (key: TestKey, alg: string, kid: string | undefined = key.kid) =>
  mint({ ...key, alg }, claimsAt(), { kid })
const withPayload = (payload: string | Buffer) => mintRaw(rs, { alg: 'RS256', kid: 'rs' }, payload)
const withHeaderText = (header: string) => mintRaw(rs, header, claimsAt())
const parts = (token: string) => token.split('.') as [string, string, string] // minted with three
const good = mint(rs, claimsAt())
const [head, body, tail] = parts(good)
const unsigned = (header: object, signature = '') => `${base64url(header)}.${base64url(claimsAt())}.${signature}`
const withSignature = (key: TestKey, change: (signature: Buffer) => Buffer) => {
  const [h, b, s] = parts(mint(key, claimsAt()))
  return `${h}.${b}.${base64url(change(Buffer.from(s, 'base64url')))}`
}
const payloadText = (members: string) => `${JSON.stringify(claimsAt()).slice(0, -1)},${members}}`
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const rsPem = rs.publicKey.export({ type: 'spki', format: 'pem' })
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const negatedS = (signature: Buffer) => {
  const s = P256_ORDER - BigInt(`0x${signature.subarray(32).toString('hex')}`)
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')])
}

describe('a token that is accepted', () => {
  it.each<[string, () => string]>([
    ['RS256', () => good],
    ['RS512 by a key without alg', () => signedBy(bare, 'RS512')],
    ['PS384 by a key without alg', () => signedBy(bare, 'PS384')],
    ['PS256', () => mint(ps, claimsAt())],
    ['ES256', () => mint(es, claimsAt())],
    ['ES384', () => mint(es384, claimsAt())],
    ['ES512', () => mint(es512, claimsAt())],
    ['EdDSA with Ed25519', () => mint(ed, claimsAt())],
    ['EdDSA with Ed448', () => mint(ed448, claimsAt())],
    ['one of two keys with one kid, the other', () => mint(twin, claimsAt())],
    ['one of two keys with one kid, the one', () => mint(twinRsa, claimsAt())],
    ['no kid, where one key fits', () => mint(ed, claimsAt(), { kid: undefined })],
    ['no typ', () => withHeader({ typ: undefined })],
    ['typ jwt in another case', () => withHeader({ typ: 'jWt' })],
    [
      'keys and addresses in its header, which nobody looks at',
      () =>
        withHeader({
          jku: 'https://evil.example/keys',
          x5u: 'https://evil.example/x',
          jwk: foreign.jwk,
          x5c: ['AAAA'],
        }),
    ],
    ['several audiences', () => withClaims({ aud: ['other', AUDIENCE] })],
    [
      'the resource name as audience',
      () => withClaims({ aud: '//entente.example/organizations/default/providers/ci' }),
    ],
    ['exp 59 s ago', () => withClaims({ iat: at - 200, exp: at - 59 })],
    ['iat 60 s ahead', () => withClaims({ iat: at + 60, exp: at + 300 })],
    ['nbf 60 s ahead', () => withClaims({ nbf: at + 60 })],
    ['iat at the edge of its age', () => withClaims({ iat: at - 660 })],
    ['a life of 48 h', () => withClaims({ iat: at - 10, exp: at - 10 + 172_800 })],
    ['times with fractions', () => withClaims({ iat: at - 10.5, exp: at + 10.25 })],
    ['a sub of 2048 bytes', () => withClaims({ sub: 'ü'.repeat(1024) })],
    ['members with the names of methods', () => withClaims({ constructor: 'a', toString: 'b', hasOwnProperty: 'c' })],
    ['escapes in its JSON', () => withPayload(JSON.stringify(claimsAt({ a: 'é😀' })).replace('é', '\\u00e9'))],
    ['the other half of a malleable signature, which is the same token', () => withSignature(es, negatedS)],
  ])('%s', async (_name, token) => expect(await judge(token())).toMatch(/^accepted /))

  it('is one that jose made', async () => {
    const token = await new SignJWT({ aud: AUDIENCE, sub: 's', iss: ISSUER })
      .setProtectedHeader({ alg: 'ES256', kid: 'es' })
      .setIssuedAt(at)
      .setExpirationTime(at + 300)
      .sign(es.privateKey)
    expect(await judge(token)).toBe('accepted s')
  })

  it('says what it says, and nothing is fetched for it', async () => {
    const before = upstream.asked.length
    const verified = protocol.verifyToken?.(askFor(good), createLadder('strict'))
    expect(verified).not.toBeInstanceOf(Promise)
    expect(verified).toEqual({
      claims: claimsAt(),
      subject: 'repo:octo/app',
      tokenId: 'j-1',
      expiresAt: new Date((at + 290) * 1000),
    })
    expect(upstream.asked.length).toBe(before)
  })

  it.each([
    [undefined, null],
    ['', null],
    ['j', 'j'],
  ])('with jti %j has the id %j', async (jti, id) => {
    const verified = await protocol.verifyToken?.(askFor(withClaims({ jti })), createLadder('strict'))
    expect(verified?.tokenId).toBe(id)
  })

  it('climbs the seven rungs in their order', async () => {
    const ladder = createLadder('strict')
    await protocol.verifyToken?.(askFor(good), ladder)
    expect(ladder.rungs.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(
      ['token', 'issuer', 'key', 'signature', 'audience', 'time', 'subject'].map((name) => `${name} passed`),
    )
    expect(JSON.stringify(ladder.rungs)).not.toContain(tail)
  })
})

const REFUSED: [string, string, () => string][] = [
  // no algorithm, no signature
  ['alg none', 'token token.algorithm', () => unsigned({ alg: 'none' })],
  ['alg None', 'token token.algorithm', () => unsigned({ alg: 'None', kid: 'rs' })],
  ['alg NONE with the signature of another token', 'token token.algorithm', () => unsigned({ alg: 'NONE' }, tail)],
  ['alg nOnE', 'token token.algorithm', () => unsigned({ alg: 'nOnE' })],
  ['alg empty', 'token token.algorithm', () => unsigned({ alg: '' }, tail)],
  ['alg missing', 'token token.algorithm', () => unsigned({ kid: 'rs' }, tail)],
  ['alg null', 'token token.algorithm', () => withHeader({ alg: null })],
  ['alg a list', 'token token.algorithm', () => withHeader({ alg: ['RS256'] })],
  ['alg an object', 'token token.algorithm', () => withHeader({ alg: { RS256: 1 } })],
  ['alg in lower case', 'token token.algorithm', () => withHeader({ alg: 'rs256' })],
  ['alg with a space', 'token token.algorithm', () => withHeader({ alg: 'RS256 ' })],
  ['alg constructor', 'token token.algorithm', () => withHeader({ alg: 'constructor' })],
  ['alg __proto__', 'token token.algorithm', () => withHeader({ alg: '__proto__' })],
  ['alg RS1', 'token token.algorithm', () => withHeader({ alg: 'RS1' })],
  ['alg ES256K', 'token token.algorithm', () => mint(secp, claimsAt())],
  ['alg Ed25519, which is not its name here', 'token token.algorithm', () => mint(ed, claimsAt(), { alg: 'Ed25519' })],
  ['an empty signature', 'signature signature.invalid', () => unsigned({ alg: 'RS256', kid: 'rs' })],
  ['no third part', 'token token.malformed', () => `${head}.${body}`],
  // symmetric algorithms and keys
  [
    'HS256 with the public key as secret',
    'token token.algorithm',
    () => mintHmac('HS256', rsPem, { kid: 'rs' }, claimsAt()),
  ],
  [
    'HS256 with the DER of the public key',
    'token token.algorithm',
    () => mintHmac('HS256', rs.publicKey.export({ type: 'spki', format: 'der' }), { kid: 'rs' }, claimsAt()),
  ],
  [
    'HS256 with the JSON of the public key',
    'token token.algorithm',
    () => mintHmac('HS256', JSON.stringify(rs.jwk), { kid: 'rs' }, claimsAt()),
  ],
  [
    'HS256 with the published symmetric key',
    'token token.algorithm',
    () => mintHmac('HS256', 'secret', { kid: 'oct' }, claimsAt()),
  ],
  ['HS512', 'token token.algorithm', () => mintHmac('HS512', rsPem, { kid: 'rs' }, claimsAt())],
  [
    'an HMAC that says RS256',
    'signature signature.invalid',
    () => {
      const input = `${head}.${body}`
      return `${input}.${base64url(createHmac('sha256', rsPem).update(input).digest())}`
    },
  ],
  ['RS256 for the kid of the symmetric key', 'key key.unknown', () => signedBy(rs, 'RS256', 'oct')],
  // keys for something else
  ['PS256 with a key for RS256', 'key key.unknown', () => signedBy(rs, 'PS256')],
  ['RS384 with a key for RS256', 'key key.unknown', () => signedBy(rs, 'RS384')],
  ['RS256 with a key for PS256', 'key key.unknown', () => signedBy(ps, 'RS256')],
  ['ES256 by the kid of an RSA key', 'key key.unknown', () => signedBy(es, 'ES256', 'rs')],
  ['RS256 by the kid of an EC key', 'key key.unknown', () => signedBy(rs, 'RS256', 'es')],
  ['ES384 by the kid of a P-256 key', 'key key.unknown', () => signedBy(es384, 'ES384', 'es')],
  ['ES256 with a hash of 384 bits by a P-384 key', 'key key.unknown', () => signedBy(es384, 'ES256')],
  ['EdDSA by the kid of an EC key', 'key key.unknown', () => signedBy(ed, 'EdDSA', 'es')],
  ['a key for encryption', 'key key.unknown', () => mint(encryption, claimsAt())],
  ['an RSA key of 1024 bits', 'key key.unknown', () => mint(weak, claimsAt())],
  ['a key published with its private half', 'key key.unknown', () => mint(stranger, claimsAt(), { kid: 'private' })],
  ['a key of a kind from the future', 'key key.unknown', () => mint(rs, claimsAt(), { kid: 'future' })],
  ['no kid, where many keys fit', 'key key.unknown', () => mint(stranger, claimsAt(), { kid: 'nobody' })],
  // another key
  ['another key under the same kid', 'signature signature.invalid', () => mint(foreign, claimsAt())],
  ['a kid nobody has', 'key key.unknown', () => mint(stranger, claimsAt())],
  ['a kid in another case', 'key key.unknown', () => withHeader({ kid: 'RS' })],
  ['a kid that is a path', 'key key.unknown', () => withHeader({ kid: '../../../dev/null' })],
  ['a kid that is SQL', 'key key.unknown', () => withHeader({ kid: "rs' or '1'='1" })],
  ['a kid that is a URL', 'key key.unknown', () => withHeader({ kid: 'https://evil.example/keys' })],
  ['a kid __proto__', 'key key.unknown', () => withHeader({ kid: '__proto__' })],
  ['a kid constructor', 'key key.unknown', () => withHeader({ kid: 'constructor' })],
  ['an empty kid', 'key key.unknown', () => withHeader({ kid: '' })],
  ['a kid that is a number', 'token token.malformed', () => withHeader({ kid: 1 })],
  ['a kid that is a list', 'token token.malformed', () => withHeader({ kid: ['rs'] })],
  ['a kid that is null', 'token token.malformed', () => withHeader({ kid: null })],
  ['a kid of 2000 characters', 'token token.malformed', () => withHeader({ kid: 'a'.repeat(2000) })],
  ['its own key in jwk', 'signature signature.invalid', () => mint(foreign, claimsAt(), { jwk: foreign.jwk })],
  [
    'its own key in jwk without kid',
    'signature signature.invalid',
    () => mint(createTestKey('ES256'), claimsAt(), { jwk: foreign.jwk, kid: undefined }),
  ],
  ['its own keys at jku', 'key key.unknown', () => mint(stranger, claimsAt(), { jku: 'https://evil.example/keys' })],
  ['its own certificate at x5u', 'key key.unknown', () => mint(stranger, claimsAt(), { x5u: 'http://127.0.0.1/x' })],
  // extensions that would have to be understood
  ['crit', 'token token.malformed', () => withHeader({ crit: ['exp'], exp: 1 })],
  ['crit empty', 'token token.malformed', () => withHeader({ crit: [] })],
  ['crit null', 'token token.malformed', () => withHeader({ crit: null })],
  ['crit with b64 false', 'token token.malformed', () => withHeader({ crit: ['b64'], b64: false })],
  ['b64 false', 'token token.malformed', () => withHeader({ b64: false })],
  ['b64 true', 'token token.malformed', () => withHeader({ b64: true })],
  // kinds of token
  ['typ at+jwt', 'token token.type', () => withHeader({ typ: 'at+jwt' })],
  ['typ AT+JWT', 'token token.type', () => withHeader({ typ: 'AT+JWT' })],
  ['typ application/at+jwt', 'token token.type', () => withHeader({ typ: 'application/at+jwt' })],
  ['typ logout+jwt', 'token token.type', () => withHeader({ typ: 'logout+jwt' })],
  ['typ secevent+jwt', 'token token.type', () => withHeader({ typ: 'secevent+jwt' })],
  ['typ dpop+jwt', 'token token.type', () => withHeader({ typ: 'dpop+jwt' })],
  ['typ JOSE', 'token token.type', () => withHeader({ typ: 'JOSE' })],
  ['typ empty', 'token token.type', () => withHeader({ typ: '' })],
  ['typ a list', 'token token.type', () => withHeader({ typ: ['JWT'] })],
  ['typ null', 'token token.type', () => withHeader({ typ: null })],
  ['typ with the Turkish dotless i', 'token token.type', () => withHeader({ typ: 'JWT\u0131' })],
  [
    'a logout token',
    'token token.type',
    () => withClaims({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }),
  ],
  ['events null', 'token token.type', () => withClaims({ events: null })],
  // times
  ['exp 60 s ago', 'time token.expired', () => withClaims({ iat: at - 300, exp: at - 60 })],
  ['exp an hour ago', 'time token.expired', () => withClaims({ iat: at - 4000, exp: at - 3600 })],
  ['exp missing', 'time token.malformed', () => withClaims({ exp: undefined })],
  ['exp null', 'time token.malformed', () => withClaims({ exp: null })],
  ['exp a text', 'time token.malformed', () => withClaims({ exp: String(at + 300) })],
  ['exp a list', 'time token.malformed', () => withClaims({ exp: [at + 300] })],
  ['exp true', 'time token.malformed', () => withClaims({ exp: true })],
  [
    'exp without end',
    'time token.malformed',
    () => withPayload(JSON.stringify(claimsAt()).replace(/"exp":\d+/, '"exp":1e999')),
  ],
  ['exp in milliseconds', 'time token.malformed', () => withClaims({ exp: (at + 300) * 1000 })],
  ['exp below zero', 'time token.expired', () => withClaims({ exp: -1 })],
  ['exp before iat', 'time token.malformed', () => withClaims({ iat: at + 30, exp: at + 20 })],
  ['a life of more than 48 h', 'time token.malformed', () => withClaims({ iat: at, exp: at + 172_801 })],
  ['iat missing', 'time token.malformed', () => withClaims({ iat: undefined })],
  ['iat a text', 'time token.malformed', () => withClaims({ iat: String(at) })],
  ['iat 61 s ahead', 'time token.not_yet_valid', () => withClaims({ iat: at + 61, exp: at + 300 })],
  ['iat 661 s ago', 'time token.too_old', () => withClaims({ iat: at - 661 })],
  ['nbf 61 s ahead', 'time token.not_yet_valid', () => withClaims({ nbf: at + 61 })],
  ['nbf a text', 'time token.malformed', () => withClaims({ nbf: '0' })],
  ['nbf null', 'time token.malformed', () => withClaims({ nbf: null })],
  // issuer
  ...(
    [
      ['missing', undefined],
      ['null', null],
      ['empty', ''],
      ['a list', [ISSUER]],
      ['an object', { iss: ISSUER }],
      ['with a trailing slash', `${ISSUER}/`],
      ['in upper case', ISSUER.toUpperCase()],
      ['with a port', `${ISSUER}:443`],
      ['over http', 'http://issuer.example'],
      ['with a trailing dot', 'https://issuer.example.'],
      ['as a prefix', `${ISSUER}.evil.example`],
      ['as a user', 'https://issuer.example@evil.example'],
      ['with a space', `${ISSUER} `],
      ['with a line break', `${ISSUER}\n`],
      ['with a NUL', `${ISSUER}\0`],
      ['with a path', `${ISSUER}/tenant`],
      ['in another script', 'https://іssuer.example'],
    ] as const
  ).map(([how, iss]): [string, string, () => string] => [
    `iss ${how}`,
    'issuer issuer.mismatch',
    () => withClaims({ iss }),
  ]),
  // audience
  ['aud missing', 'audience audience.mismatch', () => withClaims({ aud: undefined })],
  ['aud empty', 'audience audience.mismatch', () => withClaims({ aud: '' })],
  ['aud an empty list', 'audience audience.mismatch', () => withClaims({ aud: [] })],
  ['aud of somebody else', 'audience audience.mismatch', () => withClaims({ aud: 'other.example' })],
  ['aud in upper case', 'audience audience.mismatch', () => withClaims({ aud: AUDIENCE.toUpperCase() })],
  ['aud with a slash', 'audience audience.mismatch', () => withClaims({ aud: `${AUDIENCE}/` })],
  ['aud as a part', 'audience audience.mismatch', () => withClaims({ aud: `x${AUDIENCE}` })],
  ['aud a list written as text', 'audience audience.mismatch', () => withClaims({ aud: `["${AUDIENCE}"]` })],
  ['aud several in one text', 'audience audience.mismatch', () => withClaims({ aud: `a ${AUDIENCE}` })],
  ['aud a wildcard', 'audience audience.mismatch', () => withClaims({ aud: '*' })],
  ['aud null', 'audience token.malformed', () => withClaims({ aud: null })],
  ['aud true', 'audience token.malformed', () => withClaims({ aud: true })],
  ['aud an object', 'audience token.malformed', () => withClaims({ aud: { 0: AUDIENCE } })],
  ['aud a list in a list', 'audience token.malformed', () => withClaims({ aud: [[AUDIENCE]] })],
  ['aud a list with a number', 'audience token.malformed', () => withClaims({ aud: [AUDIENCE, 1] })],
  ['aud a list with null', 'audience token.malformed', () => withClaims({ aud: [AUDIENCE, null] })],
  // subject
  ['sub missing', 'subject token.malformed', () => withClaims({ sub: undefined })],
  ['sub empty', 'subject token.malformed', () => withClaims({ sub: '' })],
  ['sub null', 'subject token.malformed', () => withClaims({ sub: null })],
  ['sub a number', 'subject token.malformed', () => withClaims({ sub: 1 })],
  ['sub a list', 'subject token.malformed', () => withClaims({ sub: ['a'] })],
  ['sub an object', 'subject token.malformed', () => withClaims({ sub: {} })],
  ['sub with a NUL', 'subject token.malformed', () => withClaims({ sub: 'a\0b' })],
  ['sub with a line break', 'subject token.malformed', () => withClaims({ sub: 'a\nb' })],
  ['sub with DEL', 'subject token.malformed', () => withClaims({ sub: 'a\x7f' })],
  ['sub with a C1 control', 'subject token.malformed', () => withClaims({ sub: 'a\x85' })],
  ['sub of 2049 bytes', 'subject token.malformed', () => withClaims({ sub: 'a'.repeat(2049) })],
  ['sub of 2050 bytes in 1025 characters', 'subject token.malformed', () => withClaims({ sub: 'ü'.repeat(1025) })],
  ['jti a number', 'token token.malformed', () => withClaims({ jti: 1 })],
  ['jti null', 'token token.malformed', () => withClaims({ jti: null })],
  ['jti of 2000 characters', 'token token.malformed', () => withClaims({ jti: 'a'.repeat(2000) })],
  // signature bytes
  [
    'one bit changed',
    'signature signature.invalid',
    () => withSignature(rs, (s) => Buffer.from(s.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))),
  ],
  ['cut short', 'signature signature.invalid', () => withSignature(rs, (s) => s.subarray(0, 255))],
  ['a byte more', 'signature signature.invalid', () => withSignature(rs, (s) => Buffer.concat([s, Buffer.alloc(1)]))],
  ['a zero before', 'signature signature.invalid', () => withSignature(rs, (s) => Buffer.concat([Buffer.alloc(1), s]))],
  ['all zero', 'signature signature.invalid', () => withSignature(rs, (s) => Buffer.alloc(s.length))],
  ['r and s zero', 'signature signature.invalid', () => withSignature(es, () => Buffer.alloc(64))],
  [
    'r and s the order of the curve',
    'signature signature.invalid',
    () => withSignature(es, () => Buffer.from(P256_ORDER.toString(16).repeat(2), 'hex')),
  ],
  [
    'in DER',
    'signature signature.invalid',
    () => {
      const input = parts(mint(es, claimsAt())).slice(0, 2).join('.')
      return `${input}.${base64url(sign('sha256', Buffer.from(input), { key: es.privateKey, dsaEncoding: 'der' }))}`
    },
  ],
  [
    'r and s each a zero longer',
    'signature signature.invalid',
    () =>
      withSignature(es, (s) => Buffer.concat([Buffer.alloc(1), s.subarray(0, 32), Buffer.alloc(1), s.subarray(32)])),
  ],
  [
    'of Ed25519 with s beyond the order',
    'signature signature.invalid',
    () => {
      const order = 2n ** 252n + 27742317777372353535851937790883648493n
      return withSignature(ed, (sig) => {
        const s = BigInt(`0x${Buffer.from(sig.subarray(32)).reverse().toString('hex')}`) + order
        return Buffer.concat([sig.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()])
      })
    },
  ],
  ['of another token', 'signature signature.invalid', () => `${head}.${base64url(claimsAt({ sub: 'x' }))}.${tail}`],
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
      return `${input}.${base64url(signatureOf('RS512', rs.privateKey, input))}`
    },
  ],
  [
    'PSS with a short salt',
    'signature signature.invalid',
    () => {
      const input = `${base64url({ alg: 'PS256', kid: 'ps' })}.${body}`
      return `${input}.${base64url(sign('sha256', Buffer.from(input), { key: ps.privateKey, padding: 6, saltLength: 0 }))}`
    },
  ],
  // the serialisation
  ['empty', 'token token.malformed', () => ''],
  ['a word', 'token token.malformed', () => 'token'],
  ['two dots', 'token token.malformed', () => '..'],
  ['four parts', 'token token.malformed', () => `${good}.${tail}`],
  ['five parts (JWE)', 'token token.malformed', () => `${base64url({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`],
  [
    'PBES2 with a huge count (JWE)',
    'token token.malformed',
    () => `${base64url({ alg: 'PBES2-HS256+A128KW', p2c: 2 ** 31, enc: 'A128GCM' })}.YQ.YQ.YQ.YQ`,
  ],
  ['a dot at the end', 'token token.malformed', () => `${good}.`],
  ['a dot at the beginning', 'token token.malformed', () => `.${good}`],
  [
    'JSON serialisation',
    'token token.malformed',
    () => JSON.stringify({ protected: head, payload: body, signature: tail }),
  ],
  ['a space before', 'token token.malformed', () => ` ${good}`],
  ['a line break after', 'token token.malformed', () => `${good}\n`],
  ['a space inside', 'token token.malformed', () => `${head}. ${body}.${tail}`],
  ['padding', 'token token.malformed', () => `${head}.${body}.${tail}==`],
  ['padding in the header', 'token token.malformed', () => `${head}=.${body}.${tail}`],
  [
    'the other alphabet',
    'token token.malformed',
    () => withSignature(rs, (s) => s).replace(/[-_]/g, (c) => (c === '-' ? '+' : '/')),
  ],
  [
    'bits that nobody reads',
    'token token.malformed',
    () => {
      const [h, b] = parts(mint(es, claimsAt()))
      const signature = parts(mint(es, claimsAt()))[2]
      const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      return `${h}.${b}.${signature.slice(0, -1)}${last[last.indexOf(signature.slice(-1)) + 1]}`
    },
  ],
  ['percent signs', 'token token.malformed', () => good.replaceAll('.', '%2E')],
  ['a NUL at the end', 'token token.malformed', () => `${good}\0`],
  ['characters outside ASCII', 'token token.malformed', () => `${good.slice(0, -1)}ａ`],
  ['a BOM before the payload', 'token token.malformed', () => withPayload(`\ufeff${JSON.stringify(claimsAt())}`)],
  ['a BOM before the header', 'token token.malformed', () => withHeaderText('\ufeff{"alg":"RS256","kid":"rs"}')],
  [
    'a payload in UTF-16',
    'token token.malformed',
    () => withPayload(Buffer.from(JSON.stringify(claimsAt()), 'utf16le')),
  ],
  [
    'a payload in Latin-1',
    'token token.malformed',
    () => withPayload(Buffer.from(JSON.stringify(claimsAt({ sub: 'ü' })), 'latin1')),
  ],
  [
    'UTF-8 longer than needed',
    'token token.malformed',
    () => withPayload(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])),
  ],
  [
    'a surrogate in UTF-8',
    'token token.malformed',
    () => withPayload(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')])),
  ],
  ['half of a character', 'token token.malformed', () => withPayload(payloadText('"a":"\\ud800"'))],
  ['half of a character in a name', 'token token.malformed', () => withPayload(payloadText('"\\udc00":1'))],
  // JSON
  ['a payload that is a list', 'token token.malformed', () => withPayload(`[${JSON.stringify(claimsAt())}]`)],
  ['a payload that is a text', 'token token.malformed', () => withPayload('"a"')],
  ['a payload that is null', 'token token.malformed', () => withPayload('null')],
  ['an empty payload', 'token token.malformed', () => withPayload('')],
  ['a payload that is JSON and more', 'token token.malformed', () => withPayload(`${JSON.stringify(claimsAt())}{}`)],
  ['a payload with a comment', 'token token.malformed', () => withPayload(`/**/${JSON.stringify(claimsAt())}`)],
  ['a payload with a last comma', 'token token.malformed', () => withPayload(payloadText(''))],
  ['a payload with NaN', 'token token.malformed', () => withPayload(payloadText('"a":NaN'))],
  ['a header that is a list', 'token token.malformed', () => withHeaderText('[]')],
  ['a header that is not JSON', 'token token.malformed', () => withHeaderText("{'alg':'RS256'}")],
  ['sub twice', 'token token.malformed', () => withPayload(payloadText('"sub":"admin"'))],
  ['sub twice, once in escapes', 'token token.malformed', () => withPayload(payloadText('"\\u0073ub":"admin"'))],
  ['aud twice', 'token token.malformed', () => withPayload(`{"aud":"x",${JSON.stringify(claimsAt()).slice(1)}`)],
  ['a member twice further in', 'token token.malformed', () => withPayload(payloadText('"x":[{"a":1,"a":2}]'))],
  ['alg twice', 'token token.malformed', () => withHeaderText('{"alg":"none","alg":"RS256","kid":"rs"}')],
  ['kid twice', 'token token.malformed', () => withHeaderText('{"alg":"RS256","kid":"es","kid":"rs"}')],
  ['__proto__', 'token token.malformed', () => withPayload(payloadText('"__proto__":{"admin":true}'))],
  ['__proto__ in escapes', 'token token.malformed', () => withPayload(payloadText('"__pr\\u006fto__":{"admin":true}'))],
  ['__proto__ further in', 'token token.malformed', () => withPayload(payloadText('"a":{"__proto__":1}'))],
  [
    '__proto__ in the header',
    'token token.malformed',
    () => withHeaderText('{"alg":"RS256","__proto__":{"kid":"rs"}}'),
  ],
  // size
  ['longer than 16 KiB', 'token token.malformed', () => withClaims({ a: 'x'.repeat(16_000) })],
  ['33 levels deep', 'token token.malformed', () => withPayload(payloadText(`"a":${deep(33)}`))],
  [
    'thousands of lists deep',
    'token token.malformed',
    () => withPayload(payloadText(`"a":${'['.repeat(5000)}${']'.repeat(5000)}`)),
  ],
  [
    'thousands of levels deep in the header',
    'token token.malformed',
    () => withHeaderText(`{"alg":"RS256","a":${deep(1000)}}`),
  ],
  [
    '501 claims',
    'token token.malformed',
    () => withClaims(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`c${i}`, 1]))),
  ],
]

describe('a token that is refused', () => {
  /** All at once: many of them wait for keys that nobody has, and they wait for the same fetch. */
  let verdicts: Promise<string>[] = []

  beforeAll(() => {
    verdicts = REFUSED.map(([, , token]) => judge(token()))
  })

  it.each(REFUSED.map(([name, expected], index) => [name, expected, index] as const))(
    '%s: %s',
    async (_name, expected, index) => expect(await verdicts[index]).toBe(expected),
  )

  it.each([
    'urn:ietf:params:oauth:token-type:access_token',
    'urn:ietf:params:oauth:token-type:refresh_token',
    'urn:ietf:params:oauth:token-type:saml2',
    'URN:IETF:PARAMS:OAUTH:TOKEN-TYPE:JWT',
    '',
  ])('a good one sent as type %j: token.type', async (tokenType) => {
    expect(await judge(good, { tokenType })).toBe('token token.type')
  })

  it('a good one sent as id_token passes', async () => {
    expect(await judge(good, { tokenType: 'urn:ietf:params:oauth:token-type:id_token' })).toBe('accepted repo:octo/app')
  })

  it('one for a provider that has no issuer, or expects a slash', async () => {
    const provider = (expectedIssuer: string | null) => providerOf(undefined, { expectedIssuer })
    expect(await judge(good, { provider: provider(null) })).toBe('issuer issuer.mismatch')
    expect(await judge(withClaims({ iss: null }), { provider: provider(null) })).toBe('issuer issuer.mismatch')
    expect(await judge(good, { provider: provider(`${ISSUER}/`) })).toBe('issuer issuer.mismatch')
  })

  it('one whose signature no key can have made, without asking anybody', async () => {
    const before = upstream.asked.length
    const started = performance.now()
    for (const length of [0, 63, 255, 1025])
      expect(await judge(withSignature(rs, () => Buffer.alloc(length)))).toBe('signature signature.invalid')
    expect(await judge(withSignature(stranger, () => Buffer.alloc(10)))).toBe('key key.unknown')
    expect(await judge(withSignature(es, () => Buffer.alloc(65)))).toBe('signature signature.invalid')
    expect(performance.now() - started).toBeLessThan(500)
    expect(upstream.asked.length).toBe(before)
  })

  it('one whose header names addresses, without anybody asking there', () => {
    expect(new Set(upstream.asked)).toEqual(new Set([KEYS_URL]))
  })
})

describe('a token with another kid than its key', () => {
  const provider = providerOf({
    jwksJson: JSON.stringify({ keys: Array.from({ length: 5 }, (_, i) => createTestKey('ES256', `k${i}`).jwk) }),
  })

  it('is not tried with every key of a large set', async () => {
    const key = createTestKey('ES256')
    expect(await judge(mint(key, claimsAt(), { kid: undefined }), { provider })).toBe('key key.unknown')
  })
})

describe('uploaded keys', () => {
  it('verify without any fetch, and are all there is', async () => {
    const provider = providerOf({ jwksJson: JSON.stringify({ keys: [es.jwk] }) }, { uid: 'uploaded' })
    const before = upstream.asked.length
    expect(await judge(mint(es, claimsAt()), { provider })).toBe('accepted repo:octo/app')
    expect(await judge(mint(rs, claimsAt()), { provider })).toBe('key key.unknown')
    expect(await judge(mint({ ...es, privateKey: twin.privateKey }, claimsAt()), { provider })).toBe(
      'signature signature.invalid',
    )
    expect(upstream.asked.length).toBe(before)
  })

  it('of a provider that has none usable are unavailable', async () => {
    const provider = providerOf({ jwksJson: '{"keys":[]}' }, { uid: 'empty' })
    expect(await judge(good, { provider })).toBe('key key.unavailable')
  })
})

describe('keys of two providers', () => {
  it('never stand in for each other, even under one kid and issuer', async () => {
    const ours = providerOf({ jwksJson: JSON.stringify({ keys: [es.jwk] }) }, { uid: 'a' })
    const other = createTestKey('ES256', 'es')
    const theirs = providerOf({ jwksJson: JSON.stringify({ keys: [other.jwk] }) }, { uid: 'b' })
    expect(await judge(mint(other, claimsAt()), { provider: ours })).toBe('signature signature.invalid')
    expect(await judge(mint(other, claimsAt()), { provider: theirs })).toBe('accepted repo:octo/app')
  })
})

describe('on a lenient ladder', () => {
  const climb = async (token: string, change: Partial<TokenToVerify> = {}) => {
    const ladder = createLadder('lenient')
    const verified = await protocol.verifyToken?.(askFor(token, change), ladder)
    return { verified, told: ladder.rungs.map(({ name, outcome }) => `${name} ${outcome}`) }
  }

  it('a good token passes everything', async () => {
    const { verified, told } = await climb(good)
    expect(verified?.subject).toBe('repo:octo/app')
    expect(told.every((line) => line.endsWith(' passed'))).toBe(true)
  })

  it('an expired token of the right key is judged to the end', async () => {
    const { verified, told } = await climb(withClaims({ iat: at - 4000, exp: at - 3600, aud: 'x' }))
    expect(verified).toBeNull()
    expect(told).toEqual([
      'token passed',
      'issuer passed',
      'key passed',
      'signature passed',
      'audience failed',
      'time failed',
      'subject passed',
    ])
  })

  it.each<[string, () => string, string[]]>([
    ['a forged one', () => mint(foreign, claimsAt()), ['signature failed', 'audience passed', 'subject passed']],
    ['one of another issuer', () => withClaims({ iss: 'x' }), ['issuer failed', 'key skipped', 'signature skipped']],
    [
      'one with alg none',
      () => unsigned({ alg: 'none' }),
      ['token failed', 'issuer passed', 'key skipped', 'time passed'],
    ],
    ['one of an unknown key', () => mint(stranger, claimsAt()), ['key failed', 'signature skipped', 'time passed']],
    ['an access token', () => withHeader({ typ: 'at+jwt' }), ['token failed', 'signature passed', 'subject passed']],
    ['one with a broken signature part', () => `${head}.${body}.!`, ['token failed', 'audience passed']],
    ['nonsense', () => 'nonsense', ['token failed', 'issuer skipped', 'subject skipped']],
  ])('%s is judged as far as can be, and never believed', async (_name, token, lines) => {
    const { verified, told } = await climb(token())
    expect(verified).toBeNull()
    for (const line of lines) expect(told).toContain(line)
  })

  it('an earlier failure of somebody else’s rung does not take the claims away', async () => {
    const ladder = createLadder('lenient')
    ladder.check('provider', false, 'provider.disabled')
    expect(await protocol.verifyToken?.(askFor(good), ladder)).not.toBeNull()
  })
})

describe('peeking', () => {
  it('shows claims whatever the signature, and nothing where nothing can be read', () => {
    expect(peekClaims(`${head}.${body}.`)).toEqual(claimsAt())
    expect(peekClaims(mint(foreign, claimsAt()))).toEqual(claimsAt())
    expect(peekClaims(`.${body}`)).toEqual(claimsAt())
    for (const token of [
      '',
      '.',
      'a.b.c',
      `a.${base64url('[]')}.c`,
      `a.${base64url(deep(2000))}.c`,
      'a'.repeat(17_000),
    ]) {
      expect(peekClaims(token)).toBeNull()
    }
  })
})

it('the key in the test set that has 1024 bits is a real key', () => {
  expect(createPublicKey(weak.privateKey).asymmetricKeyDetails?.modulusLength).toBe(1024)
})
