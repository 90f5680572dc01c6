import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { parseSamlSettings } from './settings.ts'
import { createKey, metadataWith, NOW, type TestCertificate } from './testing/certificates.ts'

let good: TestCertificate
let other: TestCertificate
let expired: TestCertificate
let plain: JsonObject

beforeAll(async () => {
  const [key, next] = await Promise.all([createKey(), createKey('RSA2048')])
  good = await key.certificate()
  expired = await key.certificate([-30, -1])
  other = await next.certificate()
  plain = { ssoUrl: 'https://idp.example/sso', signingCertificate: good.base64 }
})

const allowHttp = (url: string) => url.startsWith('http://localhost')
const parse = (input: JsonObject, before?: JsonObject) => parseSamlSettings(input, { now: NOW, allowHttp, before })
const faultsOf = (input: JsonObject, before?: JsonObject) =>
  parse(input, before).faults.map(({ path, code }) => `${path} ${code}`)
const xmlOf = (...certificates: TestCertificate[]) =>
  metadataWith({ signingCertificates: certificates.map(({ base64 }) => base64) })

describe('settings of a SAML provider', () => {
  it('are taken as given, without those that are null', () => {
    const settings: JsonObject = {
      ...plain,
      idpEntityId: 'urn:example:idp',
      sloUrl: 'http://localhost:9000/slo',
      metadataUrl: 'https://idp.example/metadata',
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      wantAuthnRequestsSigned: true,
      postBindingAuthnRequest: false,
      postBindingResponse: true,
      forceAuthn: false,
      pinNameIdFormat: true,
      wantAssertionsEncrypted: false,
      allowIdpInitiated: true,
      allowSha1: false,
      authnContextClassRefs: ['urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'],
      principalType: 'ATTRIBUTE',
      principalAttribute: 'mail',
      discovered: { idpEntityId: 'urn:example:idp' },
    }
    expect(parse({ ...settings, metadataXml: null, other: null })).toEqual({ settings, faults: [] })
  })

  it('need metadata, their URL, or an address with a certificate', () => {
    expect(faultsOf({ metadataXml: xmlOf(good) })).toEqual([])
    expect(faultsOf({ metadataUrl: 'https://idp.example/metadata' })).toEqual([])
    expect(faultsOf({})).toEqual(['saml.ssoUrl saml.setting_missing', 'saml.signingCertificate saml.setting_missing'])
    expect(faultsOf({ ssoUrl: 'https://idp.example/sso', metadataXml: null })).toEqual([
      'saml.signingCertificate saml.setting_missing',
    ])
  })

  it('tell every fault at once', () => {
    const input = {
      ssoUrl: 'http://idp.example',
      idpEntityId: '',
      nameIdFormat: 'persistent',
      forceAuthn: 'yes',
      principalType: 'FRIENDLY_ATTRIBUTE',
      syncMode: 'FORCE',
      toString: 1,
    }
    expect(faultsOf(input)).toEqual([
      'saml.ssoUrl saml.url_invalid',
      'saml.idpEntityId saml.value_invalid',
      'saml.nameIdFormat saml.value_invalid',
      'saml.forceAuthn saml.value_invalid',
      'saml.syncMode field.unknown',
      'saml.toString field.unknown',
      'saml.signingCertificate saml.setting_missing',
      'saml.principalAttribute saml.setting_missing',
    ])
  })

  it.each<[string, Record<string, JsonObject[string]>, string]>([
    ['an http address', { sloUrl: 'http://a.example' }, 'saml.sloUrl saml.url_invalid'],
    ['an address with a user', { metadataUrl: 'https://a@b.example' }, 'saml.metadataUrl saml.url_invalid'],
    ['an address that is a number', { ssoUrl: 1 }, 'saml.ssoUrl saml.url_invalid'],
    ['a long entity id', { idpEntityId: 'a'.repeat(1025) }, 'saml.idpEntityId saml.value_invalid'],
    ['an entity id with blanks around', { idpEntityId: ' a' }, 'saml.idpEntityId saml.value_invalid'],
    ['a long NameID format', { nameIdFormat: `urn:a:${'b'.repeat(256)}` }, 'saml.nameIdFormat saml.value_invalid'],
    [
      'eleven contexts',
      { authnContextClassRefs: Array(11).fill('a') },
      'saml.authnContextClassRefs saml.value_invalid',
    ],
    ['a long context', { authnContextClassRefs: ['a'.repeat(257)] }, 'saml.authnContextClassRefs saml.value_invalid'],
    ['an odd principal', { principalType: 'NAME' }, 'saml.principalType saml.value_invalid'],
    ['metadata that are a number', { metadataXml: 1 }, 'saml.metadataXml saml.metadata_invalid'],
    ['no metadata', { metadataXml: '' }, 'saml.metadataXml saml.metadata_invalid'],
    ['metadata that are none', { metadataXml: '<a/>' }, 'saml.metadataXml saml.metadata_invalid'],
  ])('refuse %s', (_what, change, fault) => expect(faultsOf({ ...plain, ...change })).toContain(fault))

  it('refuse transient names only where people are known by them', () => {
    const nameIdFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
    const fault = ['saml.nameIdFormat saml.name_id_transient']
    expect(faultsOf({ ...plain, nameIdFormat })).toEqual(fault)
    expect(faultsOf({ ...plain, nameIdFormat, principalType: 'SUBJECT' })).toEqual(fault)
    expect(faultsOf({ ...plain, nameIdFormat, principalType: 'ATTRIBUTE', principalAttribute: 'mail' })).toEqual([])
  })
})

describe('signing certificates', () => {
  const stored = (signingCertificate: string) => parse({ ...plain, signingCertificate }).settings.signingCertificate
  const problems = (signingCertificate: JsonObject[string]) =>
    parse({ ...plain, signingCertificate }).faults.map(({ message }) => message)

  it('are stored in one form, whichever they are given in', () => {
    const both = `${good.base64},${other.base64}`
    expect(stored(good.pem)).toBe(good.base64)
    expect(stored(`\r\n${good.base64.replaceAll(/.{64}/g, '$&\r\n')}\r\n`)).toBe(good.base64)
    expect(stored(both)).toBe(both)
    expect(stored(`${good.pem}\n${other.pem}\n`)).toBe(both)
    expect(stored(`${good.pem},${other.base64}, ${good.base64}`)).toBe(both)
    expect(parse({ ...plain, signingCertificate: `${expired.pem}${good.pem}` }).faults).toEqual([])
  })

  it.each<[string, () => JsonObject[string], string | RegExp]>([
    ['nothing', () => '', /must be certificates/],
    ['commas', () => ' , ,', /must be certificates/],
    ['a number', () => 7, /must be certificates/],
    ['too much', () => 'A'.repeat(65_537), /must be certificates/],
    [
      'a private key',
      () => `${good.pem}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----`,
      /must be certificates/,
    ],
    ['text', () => 'hello, world!', 'has a signing certificate 2 that is not base64'],
    ['other base64', () => 'AAAA', 'has a signing certificate 1 that is not an X.509 certificate'],
    ['an expired one', () => expired.pem, 'must have a signing certificate that has not expired'],
    ['four', () => Array(4).fill(good.base64).join(','), 'must be at most 3 certificates'],
  ])('are refused: %s', (_what, value, problem) =>
    expect(problems(value())).toContainEqual(expect.stringMatching(problem)),
  )

  it('never quote what was given', () => {
    expect(JSON.stringify(parse({ ...plain, signingCertificate: 'topsecret!' }).faults)).not.toContain('topsecret')
  })
})

describe('metadata that replace others', () => {
  it('keep a signing key in use', () => {
    const before = { metadataXml: xmlOf(good) }
    expect(faultsOf({ metadataXml: xmlOf(good, other) }, before)).toEqual([])
    expect(faultsOf({ metadataXml: xmlOf(other) }, before)).toEqual(['saml.metadataXml saml.key_overlap_missing'])
    // Typed certificates are in use like those of metadata.
    expect(faultsOf({ metadataXml: xmlOf(good, other) }, plain)).toEqual([])
    expect(faultsOf({ metadataXml: xmlOf(other) }, plain)).toEqual(['saml.metadataXml saml.key_overlap_missing'])
    const fetched = { metadataUrl: 'https://idp.example/m', discovered: { signingCertificate: good.base64 } }
    expect(faultsOf({ metadataXml: xmlOf(other) }, fetched)).toEqual(['saml.metadataXml saml.key_overlap_missing'])
    expect(faultsOf(plain, before)).toEqual([])
  })
})
