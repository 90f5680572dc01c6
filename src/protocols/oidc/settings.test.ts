import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CertificateAuthority, createAuthority } from '../../../simulators/certificates.ts'
import type { Json, JsonObject } from '../../json.ts'
import { createTestKey, jwkOf } from '../testing/minting.ts'
import { parseWorkloadSettings } from './settings.ts'

const es = createTestKey('ES256', 'es')
const rs = createTestKey('RS256', 'rs')
let authority: CertificateAuthority

beforeAll(async () => {
  authority = await createAuthority()
})

const faultsOf = (input: JsonObject) =>
  parseWorkloadSettings(input).faults.map(({ path, code, message }) => `${path} ${code} ${message}`)
const jwks = (...keys: Json[]) => JSON.stringify({ keys })

describe('settings of a workload provider', () => {
  it('are taken as given, without those that are null', () => {
    const settings = {
      jwksJson: jwks(es.jwk, { ...rs.jwk, use: 'enc' }, { kty: 'AKP' }),
      allowedAudiences: ['a', 'b'.repeat(256)],
      caPem: authority.caPem,
      maxTokenAgeSeconds: 3600,
      singleUse: true,
    }
    expect(parseWorkloadSettings(settings)).toEqual({ settings, faults: [] })
    expect(parseWorkloadSettings({ singleUse: null, jwksJson: null, maxTokenAgeSeconds: 60 })).toEqual({
      settings: { maxTokenAgeSeconds: 60 },
      faults: [],
    })
    expect(parseWorkloadSettings({})).toEqual({ settings: {}, faults: [] })
  })

  it('tell every fault at once', () => {
    const input = {
      jwksJson: 'x',
      allowedAudiences: ['', 1],
      caPem: 'x',
      maxTokenAgeSeconds: 1,
      singleUse: 'yes',
      jwksUri: 'x',
    }
    expect(faultsOf(input).map((line) => line.split(' ', 2).join(' '))).toEqual([
      'oidc.jwksJson oidc.jwks_invalid',
      'oidc.allowedAudiences[0] oidc.audience_invalid',
      'oidc.allowedAudiences[1] oidc.audience_invalid',
      'oidc.caPem oidc.ca_invalid',
      'oidc.maxTokenAgeSeconds oidc.age_invalid',
      'oidc.singleUse oidc.single_use_invalid',
      'oidc.jwksUri field.unknown',
    ])
  })

  it.each<[string, Json, string]>([
    ['no text', { keys: [] }, 'as text'],
    ['no JSON', 'keys', 'not JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['no list of keys', '{"keys":{}}', 'at most 100 keys'],
    ['a member twice', `{"keys":[],"keys":[${JSON.stringify(es.jwk)}]}`, 'a member comes twice'],
    ['__proto__', '{"__proto__":{},"keys":[]}', '__proto__'],
    ['no key', jwks(), 'at least one key'],
    ['only keys for encryption', jwks({ ...rs.jwk, use: 'enc' }), 'at least one key'],
    ['a symmetric key', jwks(es.jwk, { kty: 'oct', k: 'a' }), 'keys[1] is a symmetric key'],
    ['a private key', jwks(jwkOf(es.privateKey)), 'keys[0] has private members'],
    ['a broken key', jwks(es.jwk, { ...es.jwk, x: 'AAAA' }), 'keys[1] is not a valid public key'],
    ['a key that is no object', jwks(es.jwk, 7), 'keys[1] is not an object'],
    ['101 keys', jwks(...Array.from({ length: 101 }, () => ({ kty: 'EC' }))), 'at most 100 keys'],
    ['10 000 keys', jwks(...Array.from({ length: 10_000 }, () => ({}))), 'at most 100 keys'],
    ['more than 64 KiB', jwks(es.jwk, { kty: 'x', a: 'a'.repeat(65_536) }), 'at most 64 KiB'],
    ['deep nesting', `{"keys":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'deeper than 32'],
  ])('jwksJson with %s is refused', (_how, value, why) => {
    const faults = faultsOf({ jwksJson: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(why)
    expect(faults[0]?.length).toBeLessThan(200)
  })

  it('jwksJson tells of every bad key, up to a bound', () => {
    expect(faultsOf({ jwksJson: jwks({ kty: 'oct' }, es.jwk, jwkOf(es.privateKey)) })).toHaveLength(2)
    expect(faultsOf({ jwksJson: jwks(...Array.from({ length: 90 }, () => 1)) })).toHaveLength(20)
  })

  it('jwksJson that is refused is not repeated in the answer', () => {
    const secret = jwkOf(es.privateKey).d
    expect(JSON.stringify(faultsOf({ jwksJson: jwks(jwkOf(es.privateKey)) }))).not.toContain(secret)
  })

  it.each<[string, Json, boolean]>([
    ['ten', Array.from({ length: 10 }, (_, n) => `a${n}`), true],
    ['eleven', Array.from({ length: 11 }, (_, n) => `a${n}`), false],
    ['none', [], true],
    ['a text', 'a', false],
    ['one of 257 characters', ['a'.repeat(257)], false],
    ['one with a line break', ['a\nb'], false],
    ['one that is a list', [['a']], false],
  ])('allowedAudiences: %s', (_how, value, good) =>
    expect(faultsOf({ allowedAudiences: value }).length === 0).toBe(good),
  )

  it.each([59, 172_801, 60.5, '600', -1, Number.MAX_VALUE, true])('maxTokenAgeSeconds %j is refused', (value) => {
    expect(faultsOf({ maxTokenAgeSeconds: value })).toHaveLength(1)
  })

  it('caPem holds certificates only', async () => {
    const { certificatePem, keyPem } = await authority.issue(['a.example'])
    expect(faultsOf({ caPem: `# two\n${authority.caPem}\n${certificatePem}` })).toEqual([])
    for (const caPem of [
      keyPem,
      authority.caPem + keyPem,
      certificatePem.replace('MII', 'AAA'),
      '',
      1,
      'x'.repeat(70_000),
    ]) {
      expect(faultsOf({ caPem })).toHaveLength(1)
    }
  })

  it('never throws, whatever is in them', () => {
    const name = fc.constantFrom('jwksJson', 'allowedAudiences', 'caPem', 'maxTokenAgeSeconds', 'singleUse', 'toString')
    const anything = fc.dictionary(name, fc.jsonValue())
    // fast-check's JsonValue is Json that may be written to.
    fc.assert(fc.property(anything, (input) => void parseWorkloadSettings(input as JsonObject)))
  })
})
