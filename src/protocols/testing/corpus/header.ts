/** Headers that must not be believed: algorithms, keys of another kind, extensions, kinds of token. */
import { createHmac } from 'node:crypto'
import { base64url, createTestKey, mint, mintHmac } from '../minting.ts'
import type { BadToken, Minter } from './minter.ts'

export function badHeaders(minter: Minter): BadToken[] {
  const { claims, withClaims, withHeader, signedBy, unsigned, head, body, tail, keys, rsPem } = minter
  return [
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
    ['alg ES256K', 'token token.algorithm', () => mint(keys.secp, claims())],
    [
      'alg Ed25519, which is not its name here',
      'token token.algorithm',
      () => mint(keys.ed, claims(), { alg: 'Ed25519' }),
    ],
    ['an empty signature', 'signature signature.invalid', () => unsigned({ alg: 'RS256', kid: 'rs' })],
    ['no third part', 'token token.malformed', () => `${head}.${body}`],
    // symmetric algorithms and keys
    [
      'HS256 with the public key as secret',
      'token token.algorithm',
      () => mintHmac('HS256', rsPem, { kid: 'rs' }, claims()),
    ],
    [
      'HS256 with the DER of the public key',
      'token token.algorithm',
      () => mintHmac('HS256', keys.rs.publicKey.export({ type: 'spki', format: 'der' }), { kid: 'rs' }, claims()),
    ],
    [
      'HS256 with the JSON of the public key',
      'token token.algorithm',
      () => mintHmac('HS256', JSON.stringify(keys.rs.jwk), { kid: 'rs' }, claims()),
    ],
    [
      'HS256 with the published symmetric key',
      'token token.algorithm',
      () => mintHmac('HS256', 'secret', { kid: 'oct' }, claims()),
    ],
    ['HS512', 'token token.algorithm', () => mintHmac('HS512', rsPem, { kid: 'rs' }, claims())],
    [
      'an HMAC that says RS256',
      'signature signature.invalid',
      () => {
        const input = `${head}.${body}`
        return `${input}.${base64url(createHmac('sha256', rsPem).update(input).digest())}`
      },
    ],
    ['RS256 for the kid of the symmetric key', 'key key.unknown', () => signedBy(keys.rs, 'RS256', 'oct')],
    // keys for something else
    ['PS256 with a key for RS256', 'key key.unknown', () => signedBy(keys.rs, 'PS256')],
    ['RS384 with a key for RS256', 'key key.unknown', () => signedBy(keys.rs, 'RS384')],
    ['RS256 with a key for PS256', 'key key.unknown', () => signedBy(keys.ps, 'RS256')],
    ['ES256 by the kid of an RSA key', 'key key.unknown', () => signedBy(keys.es, 'ES256', 'rs')],
    ['RS256 by the kid of an EC key', 'key key.unknown', () => signedBy(keys.rs, 'RS256', 'es')],
    ['ES384 by the kid of a P-256 key', 'key key.unknown', () => signedBy(keys.es384, 'ES384', 'es')],
    ['ES256 with a hash of 384 bits by a P-384 key', 'key key.unknown', () => signedBy(keys.es384, 'ES256')],
    ['EdDSA by the kid of an EC key', 'key key.unknown', () => signedBy(keys.ed, 'EdDSA', 'es')],
    ['a key for encryption', 'key key.unknown', () => mint(keys.encryption, claims())],
    ['an RSA key of 1024 bits', 'key key.unknown', () => mint(keys.weak, claims())],
    [
      'a key published with its private half',
      'key key.unknown',
      () => mint(keys.stranger, claims(), { kid: 'private' }),
    ],
    ['a key of a kind from the future', 'key key.unknown', () => mint(keys.rs, claims(), { kid: 'future' })],
    ['no kid, where many keys fit', 'key key.unknown', () => mint(keys.stranger, claims(), { kid: 'nobody' })],
    // another key
    ['another key under the same kid', 'signature signature.invalid', () => mint(keys.foreign, claims())],
    ['a kid nobody has', 'key key.unknown', () => mint(keys.stranger, claims())],
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
    [
      'its own key in jwk',
      'signature signature.invalid',
      () => mint(keys.foreign, claims(), { jwk: keys.foreign.jwk }),
    ],
    [
      'its own key in jwk without kid',
      'signature signature.invalid',
      () => mint(createTestKey('ES256'), claims(), { jwk: keys.foreign.jwk, kid: undefined }),
    ],
    [
      'its own keys at jku',
      'key key.unknown',
      () => mint(keys.stranger, claims(), { jku: 'https://evil.example/keys' }),
    ],
    [
      'its own certificate at x5u',
      'key key.unknown',
      () => mint(keys.stranger, claims(), { x5u: 'http://127.0.0.1/x' }),
    ],
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
  ]
}
