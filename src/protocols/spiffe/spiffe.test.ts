import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { createTestKey } from '../testing/minting.ts'
import { createUpstream, type Reply } from '../testing/upstream.ts'
import { spiffeProtocol } from './index.ts'
import { isTrustDomain, parseSpiffeId } from './spiffe-id.ts'

const BUNDLE_URL = 'https://spire.example/bundle'
const key = createTestKey('ES256', 'a')
const svid = { ...key.jwk, use: 'jwt-svid' }

describe('a SPIFFE ID', () => {
  it.each([
    ['spiffe://example.org', 'example.org', ''],
    ['spiffe://prod.example.org/ns/payments/sa/deployer', 'prod.example.org', '/ns/payments/sa/deployer'],
    ['spiffe://a_b-c.1/A.b_C-9', 'a_b-c.1', '/A.b_C-9'],
    ['spiffe://1/...', '1', '/...'],
  ])('%s is one', (text, trustDomain, path) => expect(parseSpiffeId(text)).toEqual({ trustDomain, path }))

  it.each([
    '',
    'spiffe:',
    'spiffe://',
    'spiffe:///path',
    'SPIFFE://example.org/a',
    'Spiffe://example.org',
    'https://example.org/a',
    'spiffe://Example.org/a',
    'spiffe://exämple.org/a',
    'spiffe://example.org:8081/a',
    'spiffe://user@example.org/a',
    'spiffe://example.org/',
    'spiffe://example.org/a/',
    'spiffe://example.org//a',
    'spiffe://example.org/./a',
    'spiffe://example.org/../a',
    'spiffe://example.org/a/..',
    'spiffe://example.org/a%2Fb',
    'spiffe://example.org/%61',
    'spiffe://example.org/a b',
    'spiffe://example.org/ä',
    'spiffe://example.org/a?b',
    'spiffe://example.org?b',
    'spiffe://example.org/a#b',
    'spiffe://example.org\\a',
    'spiffe://example.org/a\n',
    ' spiffe://example.org/a',
    `spiffe://${'a'.repeat(256)}/a`,
    `spiffe://example.org/${'a'.repeat(2048)}`,
  ])('%j is none', (text) => expect(parseSpiffeId(text)).toBeNull())

  it('is exactly what its parts say', () => {
    const domain = fc.stringMatching(/^[a-z0-9._-]{1,40}$/)
    const segment = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/).filter((text) => text !== '.' && text !== '..')
    fc.assert(
      fc.property(domain, fc.array(segment, { maxLength: 5 }), (trustDomain, segments) => {
        const path = segments.map((one) => `/${one}`).join('')
        expect(parseSpiffeId(`spiffe://${trustDomain}${path}`)).toEqual({ trustDomain, path })
        expect(isTrustDomain(trustDomain)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = parseSpiffeId(`spiffe://${text}`)
        if (id !== null) expect(`${id.trustDomain}${id.path}`).toBe(text)
      }),
    )
  })
})

describe('settings of a trust domain', () => {
  const protocol = spiffeProtocol(createUpstream())
  const faultsOf = (input: JsonObject) =>
    protocol.parseSettings('workload', input).faults.map(({ path, code }) => `${path} ${code}`)

  it('are taken as given, without those that are null', () => {
    const settings = { bundleEndpointUrl: `${BUNDLE_URL}?a=b`, profile: 'https_web' }
    expect(protocol.parseSettings('workload', { ...settings, bundleJson: null })).toEqual({ settings, faults: [] })
    expect(faultsOf({ bundleEndpointUrl: 'https://[2001:db8::1]:8443' })).toEqual([])
  })

  it('tell every fault at once', () => {
    expect(faultsOf({ bundleEndpointUrl: 'http://a.example', profile: 'https_spiffe', other: 1 })).toEqual([
      'spiffe.bundleEndpointUrl spiffe.endpoint_invalid',
      'spiffe.profile spiffe.profile_invalid',
      'spiffe.other field.unknown',
    ])
    expect(faultsOf({})).toEqual(['spiffe.bundleEndpointUrl spiffe.endpoint_invalid'])
  })

  it.each([
    '',
    'http://a.example/',
    'spiffe://a.example',
    'https://',
    'https:a.example',
    'https://user@a.example/',
    'https://a.example/#x',
    'https://a.example#',
    'https://a.example/ b',
    'https://a.example\\b',
    'https://a.example:99999/',
    `https://a.example/${'a'.repeat(3000)}`,
    1,
    ['https://a.example'],
    {},
  ])('refuse the bundle endpoint %j', (bundleEndpointUrl) => {
    expect(faultsOf({ bundleEndpointUrl })).toEqual(['spiffe.bundleEndpointUrl spiffe.endpoint_invalid'])
  })
})

describe('a trust domain that is registered', () => {
  const probe = (reply: Reply, issuer = 'spiffe://prod.example.org') => {
    const upstream = createUpstream()
    upstream.reply(BUNDLE_URL, reply)
    const settings = { bundleEndpointUrl: BUNDLE_URL }
    return spiffeProtocol(upstream).probe?.({ use: 'workload', known: 'SPIFFE', issuer, settings })
  }

  it('has a bundle with a key for JWT-SVIDs', async () => {
    const bundle = { keys: [{ ...key.jwk, use: 'x509-svid' }, svid], spiffe_sequence: 1, spiffe_refresh_hint: 300 }
    expect(await probe(bundle)).toEqual({
      expectedIssuer: 'spiffe://prod.example.org',
      settings: { bundleEndpointUrl: BUNDLE_URL },
    })
    expect((await probe(bundle, 'SPIFFE://Prod.example.org/'))?.expectedIssuer).toBe('spiffe://prod.example.org')
  })

  it.each<[string, Reply]>([
    ['cannot be reached', 'refused'],
    ['redirects', { raw: { status: 302 } }],
    ['is HTML', { raw: { text: '<html>' } }],
    ['is empty', { keys: [] }],
    ['is no bundle', {}],
    ['has only X.509 keys', { keys: [{ ...key.jwk, use: 'x509-svid' }] }],
    ['has keys without a use', { keys: [{ ...key.jwk, use: undefined } as unknown as JsonObject] }],
    ['has keys for signatures of another kind', { keys: [key.jwk] }],
    ['has a private key', { keys: [{ ...svid, d: 'AAAA' }] }],
  ])('is refused when its bundle %s', async (_how, reply) => {
    const error = await probe(reply)?.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Fault)
    expect(error).toMatchObject({
      code: 'provider.bundle_invalid',
      fields: [{ path: 'spiffe.bundleEndpointUrl', code: 'provider.bundle_invalid' }],
    })
  })

  it('cannot have its tokens exchanged yet, and does not pretend to', () => {
    expect(spiffeProtocol(createUpstream())).not.toHaveProperty('verifyToken')
  })
})
