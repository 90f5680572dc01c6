/** The page's document to the letter, with the limits of Google's workforce identity federation, over the real protocols. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey, metadataWith, type TestKey } from '../../../protocols/saml/testing/certificates.ts'
import { createProvider, getProvider } from '../../../registry/providers.ts'
import { actorIn, providerDraft } from '../../../registry/testing/registry.ts'
import type { Answer } from '../../testing/app.ts'
import { at, causesOf, conditionIn, type ManifestsApp, openManifests, pathTo } from '../testing/app.ts'

const LIST = pathTo('workforceidentityproviders')

let app: ManifestsApp
let keys: readonly TestKey[]
beforeAll(async () => {
  app = await openManifests()
  for (let n = 0; n < 10; n++) app.offer(`https://p${n}.example`)
  keys = await Promise.all(Array.from({ length: 4 }, () => createKey()))
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const send = (method: string, url: string, body?: unknown, who = 'admin@acme') => app.send(method, url, body, who)
const make = (name: string, spec: object, who = 'admin@acme') =>
  send('POST', LIST, { apiVersion: 'entente.dev/v1', kind: 'WorkforceIdentityProvider', metadata: { name }, spec }, who)
const oidc = { issuerUri: 'https://p0.example', clientId: 'c' }
const subject = { key: 'google.subject', value: 'assertion.sub' }
const certificate = async (key: number, days: readonly [number, number] = [-1, 365]) =>
  (await keys[key]?.certificate(days))?.base64 ?? ''

describe('a workforce identity provider', () => {
  it('is read as its page writes it', async () => {
    const spec = {
      description: 'Everybody who works here',
      attributeMapping: [subject, { key: 'google.groups', value: 'assertion.groups' }],
      attributeCondition: '"staff" in assertion.groups',
      expireTime: '2031-06-01T02:00:00+02:00',
      oidc: {
        issuerUri: 'https://p0.example',
        clientId: 'c',
        webSsoConfig: {
          responseType: 'CODE',
          assertionClaimsBehavior: 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS',
          additionalScopes: ['groups', 'offline_access'],
        },
      },
    }
    expect(at(await make('page', spec), 'spec')).toEqual({
      displayName: 'page',
      ...spec,
      expireTime: '2031-06-01T00:00:00Z',
    })
  })

  it('has what it was not given: a name, a mapping and the code flow', async () => {
    expect(at(await make('little', { oidc }), 'spec')).toEqual({
      displayName: 'little',
      attributeMapping: [subject],
      oidc: { ...oidc, webSsoConfig: { responseType: 'CODE' } },
    })
  })

  it('may be disabled, and says so in its conditions', async () => {
    const answer = await make('off', { disabled: true, oidc })
    expect(at(answer, 'spec', 'disabled')).toBe(true)
    expect(conditionIn(answer, 'Ready')).toEqual({
      type: 'Ready',
      status: 'False',
      reason: 'Disabled',
      message: 'The provider is disabled.',
      lastTransitionTime: at(answer, 'metadata', 'creationTimestamp'),
    })
  })

  it('is tested by an address of ours', async () => {
    const answer = await send('POST', `${LIST}/little/test`)
    expect([answer.status, at(answer, 'redirectUrl')]).toEqual([
      200,
      'https://entente.example/sign-in/test/ticket-of-acme-little',
    ])
    expect((await send('POST', `${LIST}/nobody/test`)).status).toBe(404)
  })

  it('has extras in camelCase, and gives them back', async () => {
    const extras = {
      clientAuthMethod: 'client_secret_basic',
      prompt: 'login',
      maxAge: 60,
      logoutUrl: 'https://p1.example/out',
    }
    const spec = {
      displayName: 'Extra',
      oidc: { ...oidc, ...extras, webSsoConfig: { responseType: 'CODE' } },
      attributeMapping: [subject],
      mappers: [{ name: 'g', identityProviderMapper: 'oidc-hardcoded-group-idp-mapper', config: { group: '/staff' } }],
      examples: [{ claims: { sub: 's' }, expect: true, mapped: { 'google.subject': 's' } }],
      allowedScopes: ['read'],
      firstLogin: 'refuse',
      domains: ['Extra.Example'],
    }
    const answer = await make('extra', spec, 'operator')
    const id = expect.any(String)
    expect(at(answer, 'spec')).toEqual({ ...spec, domains: ['extra.example'], mappers: [{ id, ...spec.mappers[0] }] })
    expect(conditionIn(answer, 'DomainsPending')).toBeUndefined()
    const pending = await make('pending', { oidc, domains: ['pending.example'] })
    expect(conditionIn(pending, 'DomainsPending')).toMatchObject({ status: 'True', reason: 'NotProved' })
  })

  it('is not stored unless its issuer answers', async () => {
    const answer = await make('silent', { oidc: { ...oidc, issuerUri: 'https://silent.example' } })
    expect([answer.status, causesOf(answer)]).toEqual([400, ['spec.oidc.issuerUri provider.discovery_failed']])
    expect((await send('GET', `${LIST}/silent`)).status).toBe(404)
  })
})

describe('what a workforce identity provider may not say', () => {
  const many = (count: number, make: (n: number) => object) => [
    subject,
    ...Array.from({ length: count }, (_, n) => make(n)),
  ]
  const attribute = (n: number) => ({ key: `attribute.a${n}`, value: 'assertion.x' })

  it.each<[string, object, string[]]>([
    ['nothing of oidc and saml', {}, ['spec.oidc provider.settings_contradict']],
    ['both', { oidc, saml: {} }, ['spec.oidc provider.settings_contradict', 'spec.saml provider.settings_contradict']],
    [
      'no issuer and no client',
      { oidc: {} },
      ['spec.oidc.clientId oidc.setting_missing', 'spec.oidc.issuerUri provider.issuer_invalid'],
    ],
    [
      'a plain http issuer',
      { oidc: { ...oidc, issuerUri: 'http://p0.example' } },
      ['spec.oidc.issuerUri provider.issuer_invalid'],
    ],
    [
      'a mapping without a subject',
      { oidc, attributeMapping: [attribute(0)] },
      ['spec.attributeMapping mapping.subject_missing'],
    ],
    ['51 attributes', { oidc, attributeMapping: many(51, attribute) }, ['spec.attributeMapping mapping.too_many']],
    [
      'unknown keys',
      { oidc, attributeMapping: [subject, { key: 'google.mail', value: 'a' }, { key: 'attribute.A', value: 'b' }] },
      ['spec.attributeMapping[1].key mapping.key_unknown', 'spec.attributeMapping[2].key mapping.key_unknown'],
    ],
    [
      'a key of 101 characters',
      { oidc, attributeMapping: [subject, { key: `attribute.${'a'.repeat(101)}`, value: 'assertion.x' }] },
      ['spec.attributeMapping[1].key mapping.key_unknown'],
    ],
    [
      'a key twice',
      { oidc, attributeMapping: [subject, subject, subject] },
      ['spec.attributeMapping[1].key field.invalid', 'spec.attributeMapping[2].key field.invalid'],
    ],
    [
      '2049 characters of mapping',
      { oidc, attributeMapping: [{ ...subject, value: `assertion.${'a'.repeat(2039)}` }] },
      ['spec.attributeMapping[0].value condition.too_long'],
    ],
    [
      'a mapping that is no CEL',
      { oidc, attributeMapping: [subject, { key: 'google.groups', value: 'assertion.' }] },
      ['spec.attributeMapping[1].value condition.syntax'],
    ],
    [
      '4097 characters of condition',
      { oidc, attributeCondition: `assertion.a == "${'a'.repeat(4080)}"` },
      ['spec.attributeCondition condition.too_long'],
    ],
    [
      'a condition on a display name',
      { oidc, attributeCondition: 'google.display_name == "a"' },
      ['spec.attributeCondition condition.unknown_name'],
    ],
    [
      'a condition that is no truth',
      { oidc, attributeCondition: 'assertion.sub + "a"' },
      ['spec.attributeCondition condition.not_bool'],
    ],
    ['an impossible time', { oidc, expireTime: '2031-02-30T00:00:00Z' }, ['spec.expireTime field.invalid']],
    [
      '11 additional scopes',
      { oidc: { ...oidc, webSsoConfig: { additionalScopes: Array.from({ length: 11 }, (_, n) => `s${n}`) } } },
      ['spec.oidc.webSsoConfig.additionalScopes field.too_long'],
    ],
    [
      'a scope of 257 characters',
      { oidc: { ...oidc, webSsoConfig: { additionalScopes: ['s'.repeat(257)] } } },
      ['spec.oidc.webSsoConfig.additionalScopes[0] field.too_long'],
    ],
    [
      'user info without a code',
      {
        oidc: {
          ...oidc,
          webSsoConfig: { responseType: 'ID_TOKEN', assertionClaimsBehavior: 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS' },
        },
      },
      ['spec.oidc.webSsoConfig.assertionClaimsBehavior oidc.value_invalid'],
    ],
    [
      'keys that are none',
      { oidc: { ...oidc, jwksJson: '{"keys":[{"kty":"oct","k":"AAAA"}]}' } },
      ['spec.oidc.jwksJson oidc.jwks_invalid'],
    ],
    [
      'a mapper of no type',
      { oidc, mappers: [{ name: 'm', identityProviderMapper: 'x' }] },
      ['spec.mappers[0].identityProviderMapper mapper.type_unknown'],
    ],
    [
      'an example that fails',
      { oidc, attributeCondition: 'assertion.a == "b"', examples: [{ claims: { sub: 's', a: 'c' }, expect: true }] },
      ['spec.examples[0] example.failed'],
    ],
    [
      'metadata that are none',
      { saml: { idpMetadataXml: '<a/>' } },
      ['spec.saml.idpMetadataXml saml.metadata_invalid'],
    ],
    [
      'metadata of 131 073 characters',
      { saml: { idpMetadataXml: `<a>${'a'.repeat(131_066)}</a>` } },
      ['spec.saml.idpMetadataXml saml.metadata_invalid'],
    ],
    [
      'no metadata',
      { saml: {} },
      ['spec.saml.idpMetadataXml saml.setting_missing', 'spec.saml.idpMetadataXml saml.setting_missing'],
    ],
    [
      'everything wrong at once',
      { displayName: 'x'.repeat(256), oidc: { ...oidc, prompt: 'now' }, domains: ['-'], attributeCondition: '(' },
      [
        'spec.attributeCondition condition.syntax',
        'spec.displayName field.too_long',
        'spec.domains[0] provider.domain_invalid',
        'spec.oidc.prompt oidc.value_invalid',
      ],
    ],
  ])('%s', async (_what, spec, causes) => {
    const answer = await make('refused', spec)
    expect([answer.status, causesOf(answer)], answer.text).toEqual([400, causes])
    expect((await send('GET', `${LIST}/refused`)).status).toBe(404)
  })

  it.each<[string, object]>([
    ['50 attributes', { oidc, attributeMapping: many(50, attribute) }],
    [
      'a key of 100 characters',
      { oidc, attributeMapping: [subject, { key: `attribute.${'a'.repeat(100)}`, value: 'assertion.x' }] },
    ],
    [
      '2048 characters of mapping',
      { oidc, attributeMapping: [{ ...subject, value: `assertion.${'a'.repeat(2038)}` }] },
    ],
    ['4096 characters of condition', { oidc, attributeCondition: `assertion.a == "${'a'.repeat(4079)}"` }],
    [
      'ten scopes of 256 characters',
      {
        oidc: {
          ...oidc,
          webSsoConfig: { additionalScopes: Array.from({ length: 10 }, (_, n) => `${n}${'s'.repeat(255)}`) },
        },
      },
    ],
    [
      'an ID token without a code',
      {
        oidc: { ...oidc, webSsoConfig: { responseType: 'ID_TOKEN', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS' } },
      },
    ],
  ])('but %s it may', async (what, spec) => {
    const answer = await make(`taken-${what.replaceAll(/[^a-z0-9]/gi, '')}`.toLowerCase(), spec)
    expect(answer.status, answer.text).toBe(201)
    expect(at(answer, 'spec')).toMatchObject(spec)
  })
})

describe('metadata of a SAML provider', () => {
  const saml = (name: string, ...certificates: string[]) =>
    make(name, { saml: { idpMetadataXml: metadataWith({ signingCertificates: certificates }) } })
  const update = (name: string, xml: string) =>
    send('PATCH', `${LIST}/${name}`, { spec: { saml: { idpMetadataXml: xml } } })

  it('come back to the letter, and tell the end of their certificates', async () => {
    const idpMetadataXml = metadataWith({ signingCertificates: [await certificate(0)] })
    const answer = await make('saml', { saml: { idpMetadataXml } })
    expect(at(answer, 'spec')).toEqual({
      displayName: 'saml',
      attributeMapping: [{ key: 'google.subject', value: 'assertion.subject' }],
      saml: { idpMetadataXml },
    })
    expect(conditionIn(answer, 'CertificateExpiring')).toMatchObject({ status: 'False', reason: 'NotAfter' })
    expect(conditionIn(answer, 'SecretMissing')).toBeUndefined()
    expect(conditionIn(await saml('soon', await certificate(1, [-1, 20])), 'CertificateExpiring')).toMatchObject({
      status: 'True',
    })
  })

  it.each<[string, () => Promise<string[]>]>([
    ['without a certificate', async () => []],
    ['of which every certificate has expired', async () => [await certificate(0, [-20, -1])]],
    ['with one that starts in more than a week', async () => [await certificate(0, [8, 20])]],
    ['with one that ends in more than 25 years', async () => [await certificate(0, [-1, 25 * 366])]],
    ['with four keys', async () => Promise.all([0, 1, 2, 3].map((key) => certificate(key)))],
  ])('are refused %s', async (_what, certificates) => {
    const answer = await saml('bad', ...(await certificates()))
    expect(answer.status).toBe(400)
    expect(causesOf(answer)).toContain('spec.saml.idpMetadataXml saml.metadata_invalid')
  })

  it('without an entity id are refused', async () => {
    const answer = await make('bad', {
      saml: { idpMetadataXml: metadataWith({ entityId: '', signingCertificates: [await certificate(0)] }) },
    })
    expect([answer.status, causesOf(answer)]).toEqual([400, ['spec.saml.idpMetadataXml saml.metadata_invalid']])
  })

  it('are replaced only by such as keep a live key', async () => {
    await saml('rotated', await certificate(0))
    const other = metadataWith({ signingCertificates: [await certificate(1)] })
    const answer = await update('rotated', other)
    expect([answer.status, causesOf(answer)]).toEqual([400, ['spec.saml.idpMetadataXml saml.key_overlap_missing']])
    const both = metadataWith({ signingCertificates: [await certificate(0, [-1, 90]), await certificate(1)] })
    expect((await update('rotated', both)).status).toBe(200)
    expect((await update('rotated', other)).status).toBe(200)
    expect(at(await send('GET', `${LIST}/rotated`), 'spec', 'saml', 'idpMetadataXml')).toBe(other)
  })

  it('take the place of what another face typed from older ones, and hold it to a live key as well', async () => {
    const settings = {
      ssoUrl: 'https://idp.example/old',
      signingCertificate: await certificate(2),
      idpEntityId: 'https://idp.example/saml',
    }
    const draft = providerDraft({
      use: 'workforce',
      id: 'typed',
      known: 'CUSTOM_SAML',
      issuer: null,
      settings: { saml: settings },
    })
    await createProvider(app.real, actorIn('acme'), draft)
    const read = await send('GET', `${LIST}/typed`)
    expect(at(read, 'spec', 'saml', 'idpMetadataXml')).toContain('https://idp.example/old')
    const same = await send('PUT', `${LIST}/typed`, read.body)
    expect([same.status, same.text]).toEqual([200, read.text])
    const foreign = await update('typed', metadataWith({ signingCertificates: [await certificate(3)] }))
    expect(causesOf(foreign)).toEqual(['spec.saml.idpMetadataXml saml.key_overlap_missing'])
    const next = metadataWith({ signingCertificates: [await certificate(2, [-1, 90]), await certificate(3)] })
    expect((await update('typed', next)).status).toBe(200)
    const { settings: stored } = await getProvider(app.real, 'acme', 'typed')
    expect(stored).not.toHaveProperty('ssoUrl')
    expect(stored).not.toHaveProperty('signingCertificate')
    expect(Object(stored.discovered).signingCertificate.split(',')).toHaveLength(2)
  })
})

describe('a document that is sent back', () => {
  const putBack = async (name: string): Promise<[Answer, Answer]> => {
    const read = await send('GET', `${LIST}/${name}`)
    return [read, await send('PUT', `${LIST}/${name}`, read.body)]
  }

  it.each<[string, object, object]>([
    ['given nothing', {}, {}],
    ['with every default typed out', {}, { responseType: 'CODE', defaultScope: 'openid email profile' }],
    ['with scopes in another order', {}, { defaultScope: 'profile groups openid' }],
    ['named like its id', { displayName: 'back-3' }, {}],
    [
      'with settings that have no word here',
      { syncMode: 'FORCE' },
      { pkceEnabled: false, discoveryUrl: 'https://p2.example/.well-known/openid-configuration' },
    ],
    ['with domains of both kinds', { domains: ['a.example'] }, { prompt: 'login' }],
  ])('makes no new version of a provider %s', async (what, fields, settings) => {
    const id = 'displayName' in fields ? 'back-3' : `back-${what.replaceAll(' ', '-')}`.slice(0, 63)
    const all = { clientId: 'c', ...settings }
    const draft = {
      use: 'workforce',
      id,
      displayName: null,
      issuer: 'https://p2.example',
      known: null,
      ...fields,
      settings: { oidc: all },
    } as const
    await createProvider(app.real, actorIn('acme'), providerDraft(draft))
    const before = await getProvider(app.real, 'acme', id)
    const [read, put] = await putBack(id)
    expect(put.status, put.text).toBe(200)
    expect(put.body).toEqual(read.body)
    expect(await getProvider(app.real, 'acme', id)).toEqual(before)
  })

  it('asks nobody', async () => {
    app.upstream.asked.length = 0
    for (const name of ['page', 'little', 'extra', 'saml']) await putBack(name)
    expect(app.upstream.asked).toEqual([])
  })

  it('without its block is refused, and with the other one too', async () => {
    const none = await send('PUT', `${LIST}/page`, {
      apiVersion: 'entente.dev/v1',
      kind: 'WorkforceIdentityProvider',
      metadata: {},
      spec: {},
    })
    expect(causesOf(none)).toEqual(['spec.oidc field.missing'])
    const other = await send('PATCH', `${LIST}/page`, {
      spec: { oidc: null, saml: { metadataUrl: 'https://p0.example/m' } },
    })
    expect([other.status, causesOf(other)]).toEqual([400, ['spec.saml provider.settings_contradict']])
  })

  it('is not vouched for by an operator who only sends it back', async () => {
    await putBack('pending')
    const read = await send('GET', `${LIST}/pending`)
    await send('PUT', `${LIST}/pending`, read.body, 'operator')
    expect(conditionIn(await send('GET', `${LIST}/pending`), 'DomainsPending')).toMatchObject({ status: 'True' })
  })
})

describe('a provider of another protocol', () => {
  it('of OAuth 2.0, or without an issuer, is none of these', async () => {
    const github = {
      use: 'workforce',
      id: 'github',
      known: 'GITHUB',
      issuer: null,
      settings: { oauth2: { clientId: 'c' } },
    } as const
    await createProvider(app.real, actorIn('acme'), providerDraft(github))
    const nameless = { ssoUrl: 'https://idp.example/sso', signingCertificate: await certificate(0) }
    const draft = providerDraft({
      use: 'workforce',
      id: 'nameless',
      known: null,
      issuer: null,
      settings: { saml: nameless },
    })
    await createProvider(app.real, actorIn('acme'), draft)
    for (const name of ['github', 'nameless']) {
      expect((await send('GET', `${LIST}/${name}`)).status).toBe(404)
      expect(
        (
          await send('PUT', `${LIST}/${name}`, {
            apiVersion: 'entente.dev/v1',
            kind: 'WorkforceIdentityProvider',
            metadata: {},
            spec: { oidc },
          })
        ).status,
      ).toBe(409)
      expect((await send('DELETE', `${LIST}/${name}`)).status).toBe(404)
    }
    const page = await send('GET', `${LIST}?limit=500`)
    expect(page.text).not.toContain('"nameless"')
  })
})
