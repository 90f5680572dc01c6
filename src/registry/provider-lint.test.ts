import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { Provider } from './provider.ts'
import { providerFindings } from './provider-lint.ts'
import { NOTHING_YET } from './workforce-fields.ts'

function provider(fields: Partial<Provider>): Provider {
  return {
    uid: 'u',
    id: 'sso',
    organisation: 'acme',
    use: 'workforce',
    protocol: 'oidc',
    displayName: null,
    description: null,
    enabled: true,
    known: 'UNSPECIFIED',
    issuer: 'https://sso.example',
    expectedIssuer: 'https://sso.example',
    settings: {},
    secrets: {},
    ...NOTHING_YET,
    labels: {},
    lastTestedAt: null,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...fields,
  }
}

const saml = (settings: JsonObject, fields: Partial<Provider> = {}) =>
  ({ protocol: 'saml', settings, ...fields }) as const
const google = { issuer: 'https://accounts.google.com', known: 'GOOGLE' }
const github = { protocol: 'oauth2', known: 'GITHUB', issuer: null, expectedIssuer: null } as const
const stepUp = (settings: JsonObject) => ({ use: 'step-up', settings }) as const
const workload = (settings: JsonObject) => ({ use: 'workload', known: 'CUSTOM', settings }) as const

describe('lint of a provider', () => {
  it.each<[string, Partial<Provider>, string[]]>([
    [
      'nothing odd',
      { settings: { clientId: 'c', validateSignature: true, pkceEnabled: true, pkceMethod: 'S256' } },
      [],
    ],
    ['no signatures', { settings: { validateSignature: false } }, ['warning lint.signature_not_validated']],
    ['plain PKCE', { settings: { pkceMethod: 'plain' } }, ['warning lint.pkce_plain']],
    ['tokens through the browser', { settings: { responseType: 'ID_TOKEN' } }, ['info lint.token_through_browser']],
    ['Google for everybody', google, ['warning lint.anyone_may_sign_in']],
    [
      'Google by verified e-mail alone',
      { ...google, condition: 'assertion.email_verified == true' },
      ['warning lint.anyone_may_sign_in'],
    ],
    ['Google of one company', { ...google, condition: 'assertion.hd == "acme.example"' }, []],
    [
      'Google by a mapped attribute',
      {
        ...google,
        attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.domain': 'assertion.hd' },
        condition: 'attribute.domain == "acme.example"',
      },
      [],
    ],
    ['Google for people who are known', { ...google, firstLogin: 'refuse' }, []],
    ['GitHub for everybody', github, ['warning lint.anyone_may_sign_in']],
    ['GitHub for some', { ...github, condition: 'assertion.login in ["octocat"]' }, []],
    [
      'personal accounts of Microsoft',
      { settings: { allowedTenants: ['9188040d-6c67-4c5b-b112-36a304b66dad'] } },
      ['warning lint.anyone_may_sign_in'],
    ],
    ['links by e-mail', { firstLogin: 'link_verified_email' }, ['warning lint.links_by_email']],
    ['links by e-mail in its own domain', { firstLogin: 'link_verified_email', domains: ['acme.example'] }, []],
    [
      'SAML with nothing odd',
      saml({ principalType: 'SUBJECT', nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }),
      [],
    ],
    [
      'SAML without an entity id',
      saml({}, { issuer: null, expectedIssuer: null }),
      ['warning lint.saml_issuer_not_pinned'],
    ],
    ['SAML with SHA-1', saml({ allowSha1: true }), ['warning lint.saml_sha1']],
    ['SAML from the other side', saml({ allowIdpInitiated: true }), ['info lint.saml_idp_initiated']],
    [
      'SAML by mail attribute',
      saml({ principalType: 'ATTRIBUTE', principalAttribute: 'mail' }),
      ['warning lint.email_as_subject'],
    ],
    [
      'SAML by mail object identifier',
      saml({ principalType: 'ATTRIBUTE', principalAttribute: 'urn:oid:0.9.2342.19200300.100.1.3' }),
      ['warning lint.email_as_subject'],
    ],
    [
      'SAML by another attribute',
      saml({ principalType: 'FRIENDLY_ATTRIBUTE', principalAttribute: 'employeeNumber' }),
      [],
    ],
    [
      'SAML by mail NameID',
      saml({ nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }),
      ['warning lint.email_as_subject'],
    ],
    ['step-up to nowhere', stepUp({ oauth2: {} }), ['warning lint.no_level_asked']],
    ['step-up', stepUp({ oauth2: { acrValues: ['phr'] } }), []],
    [
      'step-up at Microsoft',
      stepUp({ microsoft: { tenant: 't', validationMode: 'ACRS', conditionalAccessIds: ['C1'] } }),
      [],
    ],
    ['step-up by a fresh sign-in', stepUp({ microsoft: { tenant: 't', validationMode: 'OIDC' } }), []],
    [
      'audiences of others',
      workload({ allowedAudiences: ['api.acme.example', 'sts.amazonaws.com'] }),
      ['warning lint.audience_of_another_service'],
    ],
    ['tokens for days', workload({ maxTokenAgeSeconds: 172_800 }), ['info lint.long_token_age']],
    [
      'several things, the gravest first',
      { settings: { responseType: 'ID_TOKEN', validateSignature: false } },
      ['warning lint.signature_not_validated', 'info lint.token_through_browser'],
    ],
  ])('says of %s', (_what, fields, finds) => {
    expect(providerFindings(provider(fields)).map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(finds)
  })
})
