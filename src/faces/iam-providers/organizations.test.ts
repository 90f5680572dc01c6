import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { iamProviders } from './index.ts'
import { fields, idsOf, ORGANIZATIONS, TIME } from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([iamProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

describe('organizations', () => {
  it('are made by operators, with an id given or made', async () => {
    const answer = await send('POST', ORGANIZATIONS, { id: 'north', displayName: 'North', description: 'Up there' })
    const selfLink = `${ORGANIZATIONS}/north`
    expect(answer).toMatchObject({ status: 201, headers: { location: selfLink } })
    expect(answer.body).toEqual({
      selfLink,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      id: 'north',
      displayName: 'North',
      description: 'Up there',
      createdAt: expect.stringMatching(TIME),
      updatedAt: expect.stringMatching(TIME),
    })
    expect((await send('GET', selfLink)).body).toEqual(answer.body)
    const bare = await send('POST', ORGANIZATIONS, {})
    expect(bare.body, bare.text).toMatchObject({ id: 'organisation', displayName: 'organisation' })
    expect(bare.body).not.toHaveProperty('description')
    expect((await send('POST', ORGANIZATIONS, { id: 'north' })).status).toBe(409)
    expect((await send('POST', ORGANIZATIONS, { displayName: 'x' }, 'admin@acme')).status).toBe(403)
  })

  it('are all there for operators, and their own for others', async () => {
    expect(idsOf(await send('GET', ORGANIZATIONS), 'organizations')).toEqual(
      expect.arrayContaining(['default', 'acme', 'rival']),
    )
    const own = await send('GET', ORGANIZATIONS, undefined, 'viewer@acme')
    expect(idsOf(own, 'organizations')).toEqual(['acme'])
    expect(own.body).toMatchObject({ total: 1, offset: 0, pageSize: 50 })
    const second = await send('GET', `${ORGANIZATIONS}?offset=1`, undefined, 'viewer@acme')
    expect(second.body).toEqual({ organizations: [], total: 1, offset: 1, pageSize: 50 })
    expect((await send('GET', `${ORGANIZATIONS}/acme`, undefined, 'viewer@acme')).status).toBe(200)
    const foreign = await send('GET', `${ORGANIZATIONS}/rival`, undefined, 'admin@acme')
    const unknown = await send('GET', `${ORGANIZATIONS}/nowhere`, undefined, 'admin@acme')
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text])
  })

  it('change by what is in the body: null clears, what is read may be sent back', async () => {
    await send('POST', ORGANIZATIONS, { id: 'south', displayName: 'South', description: 'Down there' })
    const url = `${ORGANIZATIONS}/south`
    const renamed = await send('PATCH', url, { displayName: 'Deep South' })
    expect(renamed.body, renamed.text).toMatchObject({ displayName: 'Deep South', description: 'Down there' })
    const cleared = await send('PATCH', url, { displayName: null, description: null })
    expect(cleared.body).toMatchObject({ displayName: 'south' })
    expect(cleared.body).not.toHaveProperty('description')
    expect((await send('PATCH', url, cleared.body)).body).toEqual(cleared.body)
    expect(await app.registry.stores.organisations.get('south')).toMatchObject({ displayName: null })
    const moved = await send('PATCH', url, { id: 'west', uid: 'x' })
    expect([moved.status, fields(moved)]).toEqual([400, ['id', 'uid']])
    expect((await send('PATCH', `${ORGANIZATIONS}/nowhere`, {})).status).toBe(404)
  })

  it('go when they are empty, and never the default one', async () => {
    await send('POST', ORGANIZATIONS, { id: 'gone' })
    const answer = await send('DELETE', `${ORGANIZATIONS}/gone`)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect((await send('GET', `${ORGANIZATIONS}/gone`)).status).toBe(404)
    expect((await send('DELETE', `${ORGANIZATIONS}/default`)).status).toBe(409)
  })

  it.each(['PATCH', 'DELETE'])('are an operator’s to %s; who is none is told of their own only', async (method) => {
    const body = method === 'PATCH' ? { displayName: 'x' } : undefined
    expect((await send(method, `${ORGANIZATIONS}/acme`, body, 'admin@acme')).status).toBe(403)
    const foreign = await send(method, `${ORGANIZATIONS}/rival`, body, 'admin@acme')
    const unknown = await send(method, `${ORGANIZATIONS}/nowhere`, body, 'admin@acme')
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text])
  })

  it('are paged both ways', async () => {
    const all = idsOf(await send('GET', `${ORGANIZATIONS}?pageSize=500`), 'organizations')
    const first = await send('GET', `${ORGANIZATIONS}?pageSize=2`)
    const { nextPageToken } = Object(first.body)
    const second = await send('GET', `${ORGANIZATIONS}?pageSize=2&pageToken=${nextPageToken}`)
    const skipped = await send('GET', `${ORGANIZATIONS}?pageSize=2&offset=2`)
    expect(first.body).toMatchObject({ total: all.length })
    expect(idsOf(second, 'organizations')).toEqual(all.slice(2, 4))
    expect(idsOf(skipped, 'organizations')).toEqual(all.slice(2, 4))
    expect((await send('GET', `${ORGANIZATIONS}?orgId=acme`)).status).toBe(400)
  })
})
