import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import { faceConformance } from '../conformance.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { stepUpSpecimen } from './conformance.ts'
import { stepUp } from './index.ts'
import {
  at,
  ids,
  make,
  makeMicrosoft,
  makeOauth2,
  PROVIDERS,
  TENANT,
  violations,
  violationsOf,
} from './testing/requests.ts'

faceConformance(stepUpSpecimen)

const SEARCH = '/api/v1/search/step-up/providers'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([stepUp])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

describe('a provider', () => {
  it('of Microsoft has the issuer of its tenant', async () => {
    const id = await makeMicrosoft(app, 'Entra')
    expect((await send('GET', `${PROVIDERS}/${id}`)).body).toEqual({
      stepUpProvider: {
        id: 'entra',
        displayName: 'Entra',
        issuerUrl: 'https://login.microsoftonline.com/contoso.example/v2.0',
        clientId: 'c',
        enabled: true,
        microsoft: {
          tenant: TENANT,
          conditionalAccessIds: ['C1'],
          validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS',
        },
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updatedAt: expect.any(String),
      },
    })
  })

  it.each<[string, object | undefined, string[]]>([
    ['nothing at all', {}, ['displayName', 'issuerUrl', 'oauth2']],
    ['no body', undefined, ['displayName', 'issuerUrl', 'oauth2']],
    [
      'both blocks',
      {
        displayName: 'x',
        clientId: 'c',
        issuerUrl: 'https://x.example.com',
        oauth2: {},
        microsoft: { tenant: TENANT },
      },
      ['oauth2'],
    ],
    [
      'no issuer to derive',
      { displayName: 'x', clientId: 'c', oauth2: { acrValues: ['phr'] }, issuerUrl: '' },
      ['issuerUrl'],
    ],
    [
      'a secret that cannot be sent',
      { displayName: 'x', clientId: 'c', issuerUrl: 'https://x.example.com', oauth2: {}, clientSecret: 'a\nb' },
      ['clientSecret'],
    ],
  ])('is refused with %s, naming the fields as the request spells them', async (_name, body, fields) => {
    const answer = await send('POST', PROVIDERS, body)
    expect(answer, answer.text).toMatchObject({ status: 400, body: { code: 3 } })
    expect(violations(answer)).toEqual(expect.arrayContaining(fields))
  })

  it('of another use is not there', async () => {
    await createProvider(app.registry, actorIn('default'), providerDraft({ id: 'workload' }))
    for (const [method, tail, body] of [
      ['GET', '', undefined],
      ['POST', '', { stepUpProvider: { displayName: 'x' } }],
      ['POST', '/secret', { clientSecret: 'x' }],
      ['POST', '/test', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      expect((await send(method, `${PROVIDERS}/workload${tail}`, body)).status, `${method} ${tail}`).toBe(404)
    }
    expect(ids(await send('GET', PROVIDERS))).not.toContain('workload')
  })

  it('takes no write from viewers and from other organisations', async () => {
    const id = await makeOauth2(app, 'Guarded')
    for (const [tail, body] of [
      ['', { stepUpProvider: { displayName: 'x' } }],
      ['/secret', { clientSecret: 'x' }],
      ['/test', undefined],
    ] as const) {
      const url = `${PROVIDERS}/${id}${tail}`
      expect((await send('POST', url, body, 'viewer')).status).toBe(403)
      expect((await send('POST', url, body, 'admin@acme')).status).toBe(404)
      expect((await send('POST', url, body, null)).status).toBe(401)
    }
  })
})

describe('an update', () => {
  it('takes what a read answered, ignoring what is read-only', async () => {
    const id = await makeMicrosoft(app, 'Echo')
    const read = await send('GET', `${PROVIDERS}/${id}`)
    const stepUpProvider = { ...Object(at(read, 'stepUpProvider')), displayName: 'Echoed', oauth2: null, id: 'x' }
    const answer = await send('POST', `${PROVIDERS}/${id}`, { stepUpProvider })
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'stepUpProvider')).toEqual({
      ...Object(at(read, 'stepUpProvider')),
      displayName: 'Echoed',
      updatedAt: expect.any(String),
    })
  })

  it('switches the block of settings with a mask that names the other one', async () => {
    const id = await makeMicrosoft(app, 'Switch')
    const answer = await send('POST', `${PROVIDERS}/${id}`, {
      stepUpProvider: { issuerUrl: 'https://okta.example.com', oauth2: { acrValues: ['phrh'] } },
      updateMask: 'issuerUrl,oauth2',
    })
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'stepUpProvider')).toMatchObject({
      issuerUrl: 'https://okta.example.com',
      oauth2: { acrValues: ['phrh'] },
    })
    expect(at(answer, 'stepUpProvider')).not.toHaveProperty('microsoft')
    expect(ids(await send('POST', SEARCH, { providerType: 'PROVIDER_TYPE_OAUTH2' }))).toContain(id)
  })

  it('leaves no provider without a block, nor with two', async () => {
    const id = await makeOauth2(app, 'One block')
    for (const body of [
      { stepUpProvider: {}, updateMask: 'oauth2' },
      { stepUpProvider: { microsoft: { tenant: TENANT } }, updateMask: 'microsoft.tenant' },
    ]) {
      const answer = await send('POST', `${PROVIDERS}/${id}`, body)
      expect(answer.status, answer.text).toBe(400)
      expect(violations(answer)).toEqual(['stepUpProvider.oauth2'])
    }
  })

  it('clears what the mask names and the body lacks', async () => {
    const id = await makeOauth2(app, 'Cleared')
    const answer = await send('POST', `${PROVIDERS}/${id}`, { updateMask: 'displayName,oauth2.acrValues,enabled' })
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'stepUpProvider')).toMatchObject({ displayName: id, oauth2: {}, enabled: false })
  })

  it('never clears the issuer', async () => {
    const id = await makeOauth2(app, 'Issued')
    const answer = await send('POST', `${PROVIDERS}/${id}`, { updateMask: 'issuerUrl' })
    expect(answer.status, answer.text).toBe(400)
    expect(violations(answer)).toEqual(['stepUpProvider.issuerUrl'])
  })

  it('writes no secret, be it in the mask or in the body', async () => {
    const id = await makeOauth2(app, 'Secretive')
    const inBody = { stepUpProvider: { clientSecret: 'x' } }
    const refused = await send('POST', `${PROVIDERS}/${id}`, inBody)
    expect(refused.status).toBe(400)
    expect(violations(refused)).toEqual(['stepUpProvider.clientSecret'])
    const masked = await send('POST', `${PROVIDERS}/${id}`, { updateMask: 'clientSecret,lastTestedAt,client_id' })
    expect(masked.status).toBe(400)
    expect(violationsOf(masked).map(({ description }) => description)).toEqual([
      'clientSecret cannot be changed',
      'lastTestedAt cannot be changed',
      'client_id is not a field',
    ])
  })

  it('sends no stored secret to another place', async () => {
    const id = await make(app, { displayName: 'Sealed', clientSecret: 'hidden', oauth2: { acrValues: ['phr'] } })
    const body = { stepUpProvider: { issuerUrl: 'https://elsewhere.example.com' }, updateMask: 'issuerUrl' }
    const answer = await send('POST', `${PROVIDERS}/${id}`, body)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.text).toContain('secret.send_again')
    expect(violations(answer)).toEqual(['clientSecret'])
    expect(answer.text).not.toContain('hidden')
  })

  it('moves with a new secret beside it, which is shown nowhere', async () => {
    const id = await make(app, { displayName: 'Moving', clientSecret: 'hidden', oauth2: { acrValues: ['phr'] } })
    const sealed = async () => (await app.registry.stores.providers.get('default', id))?.secrets.clientSecret
    const before = await sealed()
    const body = { stepUpProvider: { issuerUrl: 'https://elsewhere.example.com' }, clientSecret: 'brand new' }
    const answer = await send('POST', `${PROVIDERS}/${id}`, body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ stepUpProvider: { issuerUrl: 'https://elsewhere.example.com' } })
    expect(answer.text).not.toContain('brand new')
    expect(await sealed()).not.toBe(before)
    const bad = await send('POST', `${PROVIDERS}/${id}`, { clientSecret: 'a\nb' })
    expect([bad.status, violations(bad)]).toEqual([400, ['clientSecret']])
  })
})

describe('a secret', () => {
  it.each([
    ['absent', {}],
    ['null', { clientSecret: null }],
    ['empty', { clientSecret: '' }],
    ['a mask', { clientSecret: '*****' }],
  ])('that is %s is refused', async (_name, body) => {
    const id = await makeOauth2(app, 'Refusing')
    const answer = await send('POST', `${PROVIDERS}/${id}/secret`, body)
    expect(answer.status, answer.text).toBe(400)
    expect(violations(answer)).toEqual(['clientSecret'])
  })
})
