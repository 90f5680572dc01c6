import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import { createTestKey } from '../testing/minting.ts'
import { createUpstream, NOW, type Reply } from '../testing/upstream.ts'
import { spiffeProtocol } from './index.ts'

const BUNDLE_URL = 'https://spire.example/bundle'
const key = createTestKey('ES256', 'a')
const svid = { ...key.jwk, use: 'jwt-svid' }
const x509 = { ...key.jwk, use: 'x509-svid' }
const bundleOf = (...keys: JsonObject[]) => JSON.stringify({ keys, spiffe_sequence: 1 })

describe('settings of a trust domain', () => {
  const protocol = spiffeProtocol({ ...createUpstream(), now: () => NOW })
  const faultsOf = (input: JsonObject) =>
    protocol.parseSettings('workload', input).faults.map(({ path, code }) => `${path} ${code}`)

  it('are taken as given, without those that are null', () => {
    const settings = { bundleEndpointUrl: `${BUNDLE_URL}?a=b`, profile: 'https_web' }
    expect(protocol.parseSettings('workload', { ...settings, bundleJson: null })).toEqual({ settings, faults: [] })
    const uploaded = { bundleJson: bundleOf(svid) }
    expect(protocol.parseSettings('workload', uploaded)).toEqual({ settings: uploaded, faults: [] })
    expect(faultsOf({ ...settings, ...uploaded })).toEqual([])
    expect(faultsOf({ bundleEndpointUrl: 'https://[2001:db8::1]:8443' })).toEqual([])
  })

  it('tell every fault at once', () => {
    expect(faultsOf({ bundleEndpointUrl: 'http://a.example', profile: 'https_spiffe', other: 1 })).toEqual([
      'spiffe.bundleEndpointUrl spiffe.endpoint_invalid',
      'spiffe.profile spiffe.profile_unsupported',
      'spiffe.other field.unknown',
    ])
    expect(faultsOf({})).toEqual(['spiffe.bundleEndpointUrl spiffe.endpoint_invalid'])
    expect(faultsOf({ bundleEndpointUrl: BUNDLE_URL, profile: 'https', bundleJson: '' })).toEqual([
      'spiffe.profile spiffe.profile_invalid',
      'spiffe.bundleJson spiffe.bundle_invalid',
    ])
  })

  it('say of what is not supported that it is not, and what to do', () => {
    const [profile] = protocol.parseSettings('workload', {
      bundleEndpointUrl: BUNDLE_URL,
      profile: 'https_spiffe',
    }).faults
    expect(profile?.message).toMatch(/^https_spiffe is not supported: use https_web/)
    const [bundle] = protocol.parseSettings('workload', { bundleJson: bundleOf(x509) }).faults
    expect(bundle?.message).toMatch(/X\.509-SVIDs only, which are not supported/)
  })

  it.each<[string, Json, string, RegExp]>([
    ['no text', 1, 'bundle_invalid', /as text/],
    ['a list', [], 'bundle_invalid', /as text/],
    ['no JSON', 'keys', 'bundle_invalid', /not JSON/],
    ['an array', '[]', 'bundle_invalid', /not a JSON object/],
    ['no list of keys', '{}', 'bundle_invalid', /at most 100 keys/],
    ['empty', bundleOf(), 'bundle_invalid', /at least one key with the use jwt-svid/],
    ['a plain key set', bundleOf(key.jwk), 'bundle_invalid', /at least one key with the use jwt-svid/],
    ['for X.509-SVIDs', bundleOf(x509), 'x509_unsupported', /X\.509/],
    ['a private key', bundleOf(svid, { ...svid, d: 'SECRET' }), 'bundle_invalid', /^keys\[1\] has private members$/],
    ['a symmetric key', bundleOf({ kty: 'oct', k: 'SECRET', use: 'jwt-svid' }), 'bundle_invalid', /symmetric/],
    ['a member twice', `{"keys":[],"keys":[${JSON.stringify(svid)}]}`, 'bundle_invalid', /twice/],
    ['numbered in words', JSON.stringify({ keys: [svid], spiffe_sequence: '1' }), 'bundle_invalid', /spiffe_sequence/],
    ['numbered below zero', JSON.stringify({ keys: [svid], spiffe_sequence: -1 }), 'bundle_invalid', /spiffe_sequence/],
    ['of 101 keys', bundleOf(...Array.from({ length: 101 }, () => ({}))), 'bundle_invalid', /at most 100 keys/],
    ['of 10 000 keys', bundleOf(...Array.from({ length: 10_000 }, () => ({}))), 'bundle_invalid', /members|KiB|keys/],
    ['too large', JSON.stringify({ keys: [svid], a: 'a'.repeat(131_072) }), 'bundle_invalid', /at most 128 KiB/],
  ])('refuse an uploaded bundle that is %s', (_how, bundleJson, code, message) => {
    const { faults } = protocol.parseSettings('workload', { bundleJson })
    expect(faults).toEqual([
      { path: 'spiffe.bundleJson', code: `spiffe.${code}`, message: expect.stringMatching(message) },
    ])
    expect(JSON.stringify(faults)).not.toContain('SECRET')
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
    return spiffeProtocol({ ...upstream, now: () => NOW }).probe?.({
      use: 'workload',
      known: 'SPIFFE',
      issuer,
      settings,
    })
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

  it('is told when it issues X.509-SVIDs only', async () => {
    const error = await probe({ keys: [x509], spiffe_sequence: 1 })?.catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'provider.bundle_invalid',
      fields: [{ path: 'spiffe.bundleEndpointUrl', code: 'spiffe.x509_unsupported' }],
    })
  })

  it('with an uploaded bundle is not asked, since its endpoint may be out of reach', async () => {
    const upstream = createUpstream()
    const settings = { bundleEndpointUrl: BUNDLE_URL, bundleJson: bundleOf(svid) }
    const { probe: ask } = spiffeProtocol({ ...upstream, now: () => NOW })
    const request = { use: 'workload', known: 'SPIFFE', issuer: 'spiffe://prod.example.org', settings } as const
    expect(await ask?.(request)).toEqual({ expectedIssuer: 'spiffe://prod.example.org', settings })
    expect(upstream.asked).toEqual([])
  })
})
