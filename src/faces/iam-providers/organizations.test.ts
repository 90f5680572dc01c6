import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { iamProviders } from './index.ts'
import { idsOf, ORGANIZATIONS, TIME } from './testing/requests.ts'

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
