import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { iamProviders } from './index.ts'
import { codes, fields, idsOf, make, PROVIDERS } from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([iamProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

describe('a list of providers', () => {
  const list = (query: string) => send('GET', `${PROVIDERS}?${query}`, undefined, 'viewer@rival')
  const ids: string[] = []

  beforeAll(async () => {
    for (let n = 0; n < 7; n++) {
      const enabled = n % 2 === 0
      ids.push(
        await make(
          app,
          { id: `paged-${n}`, displayName: `Paged 100% ${n}`, tenantDomain: `p${n}.example`, enabled },
          'admin@rival',
        ),
      )
    }
  })

  it('goes by offset, with the total', async () => {
    const first = await list('pageSize=3&filter=paged')
    expect(first.body).toMatchObject({ total: 7, offset: 0, pageSize: 3, nextPageToken: expect.any(String) })
    expect(idsOf(first)).toEqual(ids.slice(0, 3))
    const last = await list('pageSize=3&offset=6&filter=paged')
    expect(last.body).toEqual({ providers: [expect.anything()], total: 7, offset: 6, pageSize: 3 })
    expect(idsOf(await list('offset=9&filter=paged'))).toEqual([])
    expect(Object((await list('')).body)).toMatchObject({ pageSize: 50, offset: 0 })
  })

  it('goes by page token, for the same question only', async () => {
    const seen: string[] = []
    let token = ''
    for (const offset of [0, 3, 6]) {
      const answer = await list(`pageSize=3&filter=paged&pageToken=${token}`)
      expect(answer.body, answer.text).toMatchObject({ offset, total: 7 })
      seen.push(...idsOf(answer))
      token = Object(answer.body).nextPageToken ?? ''
    }
    expect([seen, token]).toEqual([ids, ''])
    const { nextPageToken } = Object((await list('pageSize=3&filter=paged')).body)
    for (const query of ['', '&filter=other', '&filter=paged&enabled=true']) {
      const answer = await list(`pageToken=${nextPageToken}${query}`)
      expect([answer.status, codes(answer)]).toEqual([400, ['page_token.invalid']])
    }
  })

  it.each<[string, string[]]>([
    ['pageSize=0', ['pageSize']],
    ['pageSize=501', ['pageSize']],
    ['pageSize=many', ['pageSize']],
    ['offset=-1', ['offset']],
    ['offset=0&pageToken=x', ['pageToken']],
    ['pageSize=0&offset=x&pageToken=x', ['pageSize', 'offset', 'pageToken']],
    ['enabled=yes', ['enabled']],
    ['limit=5', ['limit']],
    ['filter=a&filter=b', ['filter']],
  ])('refuses %s', async (query, wanted) => {
    const answer = await list(query)
    expect(answer.status, answer.text).toBe(400)
    expect(fields(answer)).toEqual(wanted)
  })

  it.each<[string, number[]]>([
    ['filter=PAGED-3', [3]],
    ['filter=p5.example', [5]],
    ['filter=100%25', [0, 1, 2, 3, 4, 5, 6]],
    ['filter=paged_', []],
    ['filter=%00', []],
    ['filter=paged&enabled=false', [1, 3, 5]],
    ['filter=paged&enabled=true', [0, 2, 4, 6]],
    ['filter=', [0, 1, 2, 3, 4, 5, 6]],
  ])('answers %s', async (query, wanted) => {
    const answer = await list(query)
    expect(idsOf(answer).filter((id) => ids.includes(id))).toEqual(wanted.map((n) => ids[n]))
    if (wanted.length < 7) expect(answer.body).toMatchObject({ total: wanted.length })
  })
})
