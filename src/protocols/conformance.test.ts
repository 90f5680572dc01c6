import { expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import { type Bench, describeProtocol } from './conformance.ts'
import { openProtocols } from './index.ts'
import { createSamlHouse } from './saml/testing/house.ts'
import { createTestKey, jwkOf, mint } from './testing/minting.ts'
import { AUDIENCE, askFor, claimsAt, createUpstream, KEYS_URL, NOW, providerOf } from './testing/upstream.ts'

const at = Math.floor(NOW.getTime() / 1000)
const stranger = createTestKey('ES256', 'stranger')
const first = createTestKey('ES256', 'first')
const second = createTestKey('ES256', 'second')

function openOidc(): Bench {
  const upstream = createUpstream()
  let key = first
  upstream.reply(KEYS_URL, () => ({ keys: [key.jwk] }))
  const { oidc } = openProtocols({
    ...createSamlHouse(),
    fetch: upstream.fetch,
    webFetch: upstream.webFetch,
    allowsPlainHttp: () => false,
    mayAsk: () => true,
    now: () => NOW,
  })
  if (oidc === undefined) throw new Error('no such protocol')
  return {
    protocol: oidc,
    mint(flaw) {
      switch (flaw) {
        case undefined:
          return mint(key, claimsAt())
        case 'wrong issuer':
          return mint(key, claimsAt({ iss: 'https://other.example' }))
        case 'wrong audience':
          return mint(key, claimsAt({ aud: 'other' }))
        case 'expired':
          return mint(key, claimsAt({ iat: at - 400, exp: at - 100 }))
        case 'not yet valid':
          return mint(key, claimsAt({ nbf: at + 100 }))
        case 'bad signature':
          return mint({ ...stranger, kid: key.kid }, claimsAt())
        case 'unknown key':
          return mint(stranger, claimsAt())
        case 'oversized':
          return mint(key, claimsAt({ a: 'a'.repeat(16_384) }))
        case 'malformed':
          return `${mint(key, claimsAt())}.more`
      }
    },
    ask: askFor,
    fetches: () => upstream.asked.length,
    goDown: () => upstream.reply(KEYS_URL, 'refused'),
    rotate: () => {
      key = second
    },
    settings: { allowedAudiences: ['a'], jwksJson: JSON.stringify({ keys: [first.jwk] }) },
    secret: {
      settings: { jwksJson: JSON.stringify({ keys: [jwkOf(first.privateKey)] }) },
      text: String(jwkOf(first.privateKey).d),
    },
  }
}

const BUNDLE_URL = 'https://spire.example/bundle'
const DOMAIN = 'spiffe://prod.example.org'
const TRUST_DOMAIN = providerOf(
  { bundleEndpointUrl: BUNDLE_URL },
  { protocol: 'spiffe', known: 'SPIFFE', issuer: DOMAIN, expectedIssuer: DOMAIN },
)

function openSpiffe(): Bench {
  const upstream = createUpstream()
  let key = first
  let sequence = 1
  const bundleOf = (...jwks: JsonObject[]) => ({ keys: jwks.map((jwk) => ({ ...jwk, use: 'jwt-svid' })) })
  upstream.reply(BUNDLE_URL, () => ({ ...bundleOf(key.jwk), spiffe_sequence: sequence, spiffe_refresh_hint: 300 }))
  const { spiffe } = openProtocols({
    ...createSamlHouse(),
    fetch: upstream.fetch,
    webFetch: upstream.webFetch,
    allowsPlainHttp: () => false,
    mayAsk: () => true,
    now: () => NOW,
  })
  if (spiffe === undefined) throw new Error('no such protocol')
  const svid = (change: object = {}) => ({ sub: `${DOMAIN}/ns/a/sa/b`, aud: [AUDIENCE], exp: at + 290, ...change })
  return {
    protocol: spiffe,
    mint(flaw) {
      switch (flaw) {
        case undefined:
          return mint(key, svid())
        case 'wrong issuer':
          return mint(key, svid({ sub: 'spiffe://other.example.org/ns/a/sa/b' }))
        case 'wrong audience':
          return mint(key, svid({ aud: ['other'] }))
        case 'expired':
          return mint(key, svid({ exp: at - 100 }))
        case 'not yet valid':
          return mint(key, svid({ nbf: at + 100 }))
        case 'bad signature':
          return mint({ ...stranger, kid: key.kid }, svid())
        case 'unknown key':
          return mint(stranger, svid())
        case 'oversized':
          return mint(key, svid({ a: 'a'.repeat(16_384) }))
        case 'malformed':
          return `${mint(key, svid())}.more`
      }
    },
    ask: (token) => askFor(token, { provider: TRUST_DOMAIN }),
    fetches: () => upstream.asked.length,
    goDown: () => upstream.reply(BUNDLE_URL, 'refused'),
    rotate: () => {
      key = second
      sequence += 1
    },
    settings: { bundleEndpointUrl: BUNDLE_URL, profile: 'https_web', bundleJson: JSON.stringify(bundleOf(first.jwk)) },
    secret: {
      settings: { bundleJson: JSON.stringify(bundleOf(jwkOf(first.privateKey))) },
      text: String(jwkOf(first.privateKey).d),
    },
  }
}

const benches: Readonly<Record<string, () => Bench>> = { oidc: openOidc, spiffe: openSpiffe }

for (const [name, open] of Object.entries(benches)) describeProtocol(name, open)

it('every protocol that verifies tokens has a bench', () => {
  const protocols = Object.values(
    openProtocols({
      ...createSamlHouse(),
      ...createUpstream(),
      allowsPlainHttp: () => false,
      mayAsk: () => true,
      now: () => NOW,
    }),
  )
  const verifying = protocols.filter((protocol) => protocol.verifyToken !== undefined)
  expect(verifying.map(({ name }) => name).sort()).toEqual(Object.keys(benches).sort())
})
