/** Tokens that must be accepted, whatever the bad ones look like. */
import { mint } from '../minting.ts'
import { type GoodToken, type Minter, negatedS } from './minter.ts'

export function goodTokens(minter: Minter): GoodToken[] {
  const {
    at,
    audience,
    claims,
    good,
    keys,
    margin,
    resourceName,
    signedBy,
    withClaims,
    withHeader,
    withPayload,
    withSignature,
  } = minter
  return [
    ['RS256', () => good],
    ['RS512 by a key without alg', () => signedBy(keys.bare, 'RS512')],
    ['PS384 by a key without alg', () => signedBy(keys.bare, 'PS384')],
    ['PS256', () => mint(keys.ps, claims())],
    ['ES256', () => mint(keys.es, claims())],
    ['ES384', () => mint(keys.es384, claims())],
    ['ES512', () => mint(keys.es512, claims())],
    ['EdDSA with Ed25519', () => mint(keys.ed, claims())],
    ['EdDSA with Ed448', () => mint(keys.ed448, claims())],
    ['one of two keys with one kid, the other', () => mint(keys.twin, claims())],
    ['one of two keys with one kid, the one', () => mint(keys.twinRsa, claims())],
    ['no kid, where one key fits', () => mint(keys.ed, claims(), { kid: undefined })],
    ['no typ', () => withHeader({ typ: undefined })],
    ['typ jwt in another case', () => withHeader({ typ: 'jWt' })],
    [
      'keys and addresses in its header, which nobody looks at',
      () =>
        withHeader({
          jku: 'https://evil.example/keys',
          x5u: 'https://evil.example/x',
          jwk: keys.foreign.jwk,
          x5c: ['AAAA'],
        }),
    ],
    ['several audiences', () => withClaims({ aud: ['other', audience] })],
    ['the resource name as audience', () => withClaims({ aud: resourceName })],
    ['exp 59 s ago', () => withClaims({ iat: at() - 200, exp: at() - 59 + margin })],
    ['iat 60 s ahead', () => withClaims({ iat: at() + 60, exp: at() + 300 })],
    ['nbf 60 s ahead', () => withClaims({ nbf: at() + 60 })],
    ['iat at the edge of its age', () => withClaims({ iat: at() - 660 + margin })],
    ['a life of 48 h', () => withClaims({ iat: at() - 10, exp: at() - 10 + 172_800 })],
    ['times with fractions', () => withClaims({ iat: at() - 10.5, exp: at() + 10.25 })],
    ['a sub of 2048 bytes', () => withClaims({ sub: 'ü'.repeat(1024) })],
    ['members with the names of methods', () => withClaims({ constructor: 'a', toString: 'b', hasOwnProperty: 'c' })],
    ['escapes in its JSON', () => withPayload(JSON.stringify(claims({ a: 'é😀' })).replace('é', '\\u00e9'))],
    ['the other half of a malleable signature, which is the same token', () => withSignature(keys.es, negatedS)],
  ]
}
