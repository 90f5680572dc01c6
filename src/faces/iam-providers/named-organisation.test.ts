import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp, tokenOf } from '../testing/app.ts'
import { iamProviders } from './index.ts'
import { codes, fields, idsOf, make, PROVIDERS, stored, valid } from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([iamProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

describe('orgId', () => {
  const at = (organisation: string) => ({ authorization: tokenOf('operator'), 'entente-organization': organisation })

  it('names the organisation for operators, in the body or in the query', async () => {
    const id = await make(app, { orgId: 'acme' }, 'operator')
    expect(await stored(app, id, 'acme')).toMatchObject({ organisation: 'acme' })
    expect((await send('GET', `${PROVIDERS}/${id}`)).status).toBe(404)
    expect((await send('GET', `${PROVIDERS}/${id}?orgId=acme`)).status).toBe(200)
    expect(idsOf(await send('GET', `${PROVIDERS}?orgId=acme&pageSize=500`))).toContain(id)
    expect((await send('PATCH', `${PROVIDERS}/${id}`, { enabled: false, orgId: 'acme' })).status).toBe(200)
    expect((await send('DELETE', `${PROVIDERS}/${id}?orgId=acme`)).status).toBe(204)
  })

  it('is fine for others who name their own, and hides every other', async () => {
    await make(app, { orgId: 'acme' })
    expect((await send('GET', `${PROVIDERS}?orgId=acme`, undefined, 'viewer@acme')).status).toBe(200)
    const answers = new Set<string>()
    for (const orgId of ['rival', 'nowhere', 'No id', '']) {
      const query = `orgId=${encodeURIComponent(orgId)}`
      for (const answer of [
        await send('POST', PROVIDERS, valid({ orgId }), 'admin@acme'),
        // Not even whether the rest is valid.
        await send('POST', PROVIDERS, { orgId, zz: 1 }, 'admin@acme'),
        await send('POST', `${PROVIDERS}?${query}`, valid(), 'admin@acme'),
        await send('GET', `${PROVIDERS}?${query}`, undefined, 'admin@acme'),
        await send('GET', `${PROVIDERS}/x?${query}`, undefined, 'admin@acme'),
      ]) {
        expect(answer.status, `${orgId}: ${answer.text}`).toBe(404)
        answers.add(answer.text)
      }
    }
    expect(answers.size).toBe(1)
    expect((await send('POST', PROVIDERS, valid({ orgId: 'acme' }), 'viewer@acme')).status).toBe(403)
  })

  it('of nobody is an operator’s 404', async () => {
    expect((await send('POST', PROVIDERS, valid({ orgId: 'nowhere' }))).status).toBe(404)
    expect((await send('GET', `${PROVIDERS}?orgId=nowhere`)).status).toBe(404)
  })

  it.each([
    ['header and body', 'rival', '', { orgId: 'acme' }],
    ['header and query', 'rival', '?orgId=acme', {}],
    ['query and body', undefined, '?orgId=rival', { orgId: 'acme' }],
  ])('that disagrees in %s is refused', async (_name, header, query, body) => {
    const headers = header === undefined ? { authorization: tokenOf('operator') } : at(header)
    const answer = await app.inject({ method: 'POST', url: PROVIDERS + query, headers, payload: valid(body) })
    expect([answer.status, codes(answer)], answer.text).toEqual([400, ['caller.organisations_disagree']])
  })

  it('may say the same everywhere', async () => {
    const payload = valid({ orgId: 'acme' })
    const url = `${PROVIDERS}?orgId=acme`
    expect((await app.inject({ method: 'POST', url, headers: at('acme'), payload })).status).toBe(201)
  })

  it('names one organisation, not all, and once', async () => {
    const every = await send('GET', `${PROVIDERS}?orgId=*`)
    expect([every.status, fields(every)]).toEqual([400, ['orgId']])
    expect((await send('GET', `${PROVIDERS}?orgId=*`, undefined, 'admin@acme')).status).toBe(404)
    expect((await send('POST', PROVIDERS, valid({ orgId: '*' }))).status).toBe(404)
    expect((await send('GET', `${PROVIDERS}?orgId=acme&orgId=rival`)).status).toBe(400)
    expect((await send('POST', PROVIDERS, valid({ orgId: 5 }))).status).toBe(400)
  })
})
