import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { stepUp } from './index.ts'
import { at, ids, makeOauth2, TENANT, violations } from './testing/requests.ts'

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

describe('a search of providers', () => {
  const find = async (body?: object) => ids(await send('POST', SEARCH, body, 'viewer@acme'))
  const organisation = 'acme'

  beforeAll(async () => {
    const settings = {
      oauth2: { oidc: { clientId: 'c', oauth2: {} } },
      microsoft: { oidc: { clientId: 'c', microsoft: { tenant: TENANT, validationMode: 'OIDC' } } },
    }
    const draft = { use: 'step-up', known: null, issuer: 'https://idp.example.com' } as const
    for (const [displayName, block] of [
      ['Okta east', settings.oauth2],
      ['Okta west', settings.oauth2],
      ['Entra', settings.microsoft],
    ] as const) {
      const issuer = block === settings.microsoft ? null : draft.issuer
      const made = providerDraft({ ...draft, displayName, issuer, settings: block })
      await createProvider(app.registry, actorIn(organisation), made)
    }
  })

  it.each<[object | undefined, string[]]>([
    [undefined, ['okta-east', 'okta-west', 'entra']],
    [{}, ['okta-east', 'okta-west', 'entra']],
    [{ query: 'oKtA' }, ['okta-east', 'okta-west']],
    [{ query: '' }, ['okta-east', 'okta-west', 'entra']],
    [{ query: 'a\u0000b' }, []],
    [{ refs: [{ id: 'entra' }, { id: 'okta-west' }, { id: 'nobody' }] }, ['okta-west', 'entra']],
    [{ refs: [] }, ['okta-east', 'okta-west', 'entra']],
    [{ refs: [{ id: "' or 1=1" }, {}, { id: null }] }, []],
    [{ providerType: 'PROVIDER_TYPE_MICROSOFT' }, ['entra']],
    [{ providerType: 'PROVIDER_TYPE_OAUTH2', query: 'west' }, ['okta-west']],
    [{ providerType: 'PROVIDER_TYPE_UNSPECIFIED', pageSize: null }, ['okta-east', 'okta-west', 'entra']],
  ])('%j finds %j', async (body, found) => {
    expect(await find(body)).toEqual(found)
  })

  it('binds the page to its filters', async () => {
    for (let n = 0; n < 11; n++) await makeOauth2(app, `Paged ${n}`)
    const first = await send('POST', SEARCH, { query: 'paged', pageSize: 10 })
    expect(ids(first)).toHaveLength(10)
    const pageToken = at(first, 'nextPageToken')
    expect(ids(await send('POST', SEARCH, { query: 'paged', pageToken }))).toHaveLength(1)
    for (const body of [{ pageToken }, { query: 'page', pageToken }, { refs: [{ id: '-' }], pageToken }]) {
      const answer = await send('POST', SEARCH, body)
      expect(answer.status).toBe(400)
      expect(violations(answer)).toEqual(['pageToken'])
    }
  })

  it.each([
    [{ providerType: 'OAUTH2' }, 'providerType'],
    [{ refs: Array(101).fill({ id: 'a' }) }, 'refs'],
    [{ refs: [{ uid: 'a' }] }, 'refs[0].uid'],
    [{ pageSize: '10' }, 'pageSize'],
  ])('is refused with %j', async (body, field) => {
    const answer = await send('POST', SEARCH, body)
    expect(answer.status).toBe(400)
    expect(violations(answer)).toEqual([field])
  })
})
