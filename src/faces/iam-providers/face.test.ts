import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import { faceConformance } from '../conformance.ts'
import { openTestApp, type TestApp, tokenOf } from '../testing/app.ts'
import { iamProvidersSpecimen } from './conformance.ts'
import { iamProviders } from './index.ts'
import {
  codes,
  details,
  fields,
  idsOf,
  make,
  makeWithSecret,
  PROVIDERS,
  stored,
  TIME,
  valid,
  WELL_KNOWN,
} from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([iamProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

faceConformance(iamProvidersSpecimen)

describe('a provider', () => {
  it('answers as the page shows, where it is, and to which request', async () => {
    const answer = await send('POST', PROVIDERS, {
      displayName: 'Customer A OIDC',
      tenantDomain: 'Customer-A.Example.',
      oidcConfig: {
        discoveryUrl: `https://customerA-idp.com${WELL_KNOWN}`,
        clientId: 'CLIENT_ID_FROM_CUSTOMER',
        clientSecret: 'CLIENT_SECRET_FROM_CUSTOMER',
      },
      enabled: true,
    })
    const selfLink = `${PROVIDERS}/customer-a-oidc`
    const expected = {
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      id: 'customer-a-oidc',
      displayName: 'Customer A OIDC',
      enabled: true,
      tenantDomain: 'customer-a.example',
      oidcConfig: { discoveryUrl: `https://customerA-idp.com${WELL_KNOWN}`, clientId: 'CLIENT_ID_FROM_CUSTOMER' },
      createdAt: expect.stringMatching(TIME),
      selfLink,
      updatedAt: expect.stringMatching(TIME),
    }
    expect(answer).toMatchObject({ status: 201, headers: { location: selfLink } })
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.body).toEqual(expected)
    expect((await send('GET', selfLink)).body).toEqual(expected)
    expect(await stored(app, 'customer-a-oidc')).toMatchObject({
      use: 'workforce',
      protocol: 'oidc',
      known: 'UNSPECIFIED',
      issuer: 'https://customera-idp.com',
      routingDomains: ['customer-a.example'],
    })
  })

  it('has the id that was given, or one that reads like its display name', async () => {
    expect(await make(app, { id: 'chosen' })).toBe('chosen')
    expect(await make(app, { displayName: 'Größe & Söhne' })).toBe('grosse-sohne')
    expect(await make(app, { displayName: 'Größe & Söhne' })).toMatch(/^grosse-sohne-[0-9a-z]{5}$/)
    expect(await make(app, { displayName: '東京' })).toBe('provider')
    const taken = await send('POST', PROVIDERS, valid({ id: 'chosen' }), 'admin@acme')
    expect(taken.status).toBe(409)
    expect(details(taken)).toEqual([
      { field: 'id', code: 'provider.id_taken', message: 'is taken by another provider' },
    ])
    expect(await make(app, { id: 'chosen' }, 'admin@rival')).toBe('chosen')
  })

  it('never shows its secret', async () => {
    const id = await makeWithSecret(app)
    expect((await stored(app, id)).secrets).toHaveProperty('clientSecret')
    const answers = [
      await send('GET', `${PROVIDERS}/${id}`),
      await send('GET', PROVIDERS),
      await send('PATCH', `${PROVIDERS}/${id}`, { oidcConfig: { clientSecret: 'another one' } }),
    ]
    for (const { status, text } of answers) {
      expect(status).toBe(200)
      expect(text).not.toMatch(/clientSecret|horse|another one/)
    }
  })

  it('of an admin has a domain that still needs its proof', async () => {
    const id = await make(app, { tenantDomain: 'unproved.example' })
    expect(await stored(app, id, 'acme')).toMatchObject({ domains: ['unproved.example'], routingDomains: [] })
  })

  it.each<[string, object, string[]]>([
    ['no field at all', {}, ['displayName', 'tenantDomain', 'oidcConfig']],
    ['an empty configuration', valid({ oidcConfig: {} }), ['oidcConfig.discoveryUrl', 'oidcConfig.clientId']],
    ['an empty name', valid({ displayName: '' }), ['displayName']],
    ['a blank name', valid({ displayName: '  ' }), ['displayName']],
    ['a name of 256 characters', valid({ displayName: 'x'.repeat(256) }), ['displayName']],
    ['a wild card for a domain', valid({ tenantDomain: '*.example.com' }), ['tenantDomain']],
    ['an id in capitals', valid({ id: 'Customer' }), ['id']],
    ['null for a name', valid({ displayName: null }), ['displayName']],
    [
      'an issuer that is none and a secret that cannot be sent',
      valid({ oidcConfig: { discoveryUrl: `http://x.example${WELL_KNOWN}`, clientId: 'c', clientSecret: 'a\nb' } }),
      ['oidcConfig.discoveryUrl', 'oidcConfig.clientSecret'],
    ],
  ])('is refused with %s, naming the fields as the request spells them', async (_name, body, wanted) => {
    const answer = await send('POST', PROVIDERS, body)
    expect(answer, answer.text).toMatchObject({ status: 400, body: { error: { code: 400 } } })
    expect(fields(answer)).toEqual(expect.arrayContaining(wanted))
    expect(answer.text).not.toMatch(/"(issuer|domains|oidc)\b/)
  })

  it('of another protocol or use is not there', async () => {
    const saml = { metadataUrl: 'https://saml.example.com/metadata', idpEntityId: 'https://saml.example.com/entity' }
    const drafts = [
      providerDraft({ id: 'workload' }),
      providerDraft({ id: 'saml', use: 'workforce', known: null, issuer: null, settings: { saml } }),
      providerDraft({
        id: 'github',
        use: 'workforce',
        known: 'GITHUB',
        issuer: null,
        settings: { oauth2: { clientId: 'c' } },
      }),
      providerDraft({
        id: 'step-up',
        use: 'step-up',
        known: null,
        issuer: 'https://proof.example.com',
        settings: { oidc: { clientId: 'c', oauth2: { acrValues: ['phr'] } } },
      }),
    ]
    for (const draft of drafts) {
      const { id } = await createProvider(app.registry, actorIn('default'), draft)
      for (const [method, body] of [['GET'], ['PATCH', { displayName: 'x' }], ['DELETE']] as const) {
        const answer = await send(method, `${PROVIDERS}/${id}`, body)
        expect([answer.status, codes(answer)], `${method} ${id}`).toEqual([404, ['provider.unknown']])
      }
      expect(idsOf(await send('GET', `${PROVIDERS}?pageSize=500`))).not.toContain(id)
    }
  })

  it('of another face is shown with what follows from its own words', async () => {
    const draft = providerDraft({
      id: 'elsewhere',
      use: 'workforce',
      displayName: null,
      issuer: 'https://elsewhere.example.com',
      known: null,
      settings: { oidc: { clientId: 'c' } },
    })
    await createProvider(app.registry, actorIn('default'), draft)
    const before = await stored(app, 'elsewhere')
    const read = await send('GET', `${PROVIDERS}/elsewhere`)
    expect(read.body).toMatchObject({
      displayName: 'elsewhere',
      tenantDomain: '',
      oidcConfig: { discoveryUrl: `https://elsewhere.example.com${WELL_KNOWN}`, clientId: 'c' },
    })
    const echoed = await send('PATCH', `${PROVIDERS}/elsewhere`, read.body)
    expect(echoed.body, echoed.text).toEqual(read.body)
    expect(await stored(app, 'elsewhere')).toEqual(before)
  })

  it('is deleted once, without a body', async () => {
    for (const payload of ['{}', '', undefined]) {
      const url = `${PROVIDERS}/${await make(app)}`
      const type = payload === undefined ? {} : { 'content-type': 'application/json' }
      const headers = { authorization: tokenOf('admin@acme'), ...type }
      const remove = () => app.inject({ method: 'DELETE', url, headers, ...(payload === undefined ? {} : { payload }) })
      expect(await remove()).toMatchObject({ status: 204, text: '' })
      expect((await remove()).status).toBe(404)
      expect((await send('GET', url, undefined, 'viewer@acme')).status).toBe(404)
    }
    const kept = await make(app)
    expect((await send('DELETE', `${PROVIDERS}/${kept}`, undefined, 'viewer@acme')).status).toBe(403)
    expect((await send('DELETE', `${PROVIDERS}/${kept}`, undefined, 'admin@rival')).status).toBe(404)
  })
})

describe('the API description', () => {
  it('shows the example of the page, and that no answer has a secret', () => {
    const document = Object(app.app.swagger())
    const { post } = document.paths[PROVIDERS]
    const schema = document.components.schemas['iam-providers.Provider']
    expect(post).toMatchObject({ operationId: 'createIdentityProvider', tags: ['iam-providers'] })
    expect(post.responses['201'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/iam-providers.Provider',
    })
    expect(schema.properties.id.examples).toEqual(['provider-m5n6o7'])
    expect(JSON.stringify(schema)).not.toContain('clientSecret')
    expect(JSON.stringify(post.requestBody)).toContain('CLIENT_SECRET_FROM_CUSTOMER')
  })
})
