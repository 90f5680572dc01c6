/**
 * Requests as an existing client of this API sent them, byte for byte: method, path, headers, body. It takes no success but
 * 200. Source: recorded from the API's official TypeScript client.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, openTestApp, type TestApp } from '../testing/app.ts'
import { stepUp } from './index.ts'

let app: TestApp
/** The id in the recording that a server makes up is replaced by ours. */
let ours = 's1'

beforeAll(async () => {
  app = await openTestApp([stepUp])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

/** Whenever a body is possible, the client says that it is JSON. */
async function replay(method: string, path: string, body?: string): Promise<Answer> {
  return await app.inject({
    method: method as 'GET', // Fastify's type of methods is narrower than a recording
    url: path.replace('/s1', `/${ours}`),
    headers: {
      accept: 'application/json',
      authorization: 'Bearer operator',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: body }),
  })
}

describe('a recorded request', () => {
  it('creates a provider, whose secret is never shown', async () => {
    const answer = await replay(
      'POST',
      '/api/v1/step-up/providers',
      '{"clientId":"c","clientSecret":"s","displayName":"okta","issuerUrl":"https://x.okta.com","oauth2":{"acrValues":["phr"]}}',
    )
    expect(answer).toMatchObject({
      status: 200,
      body: { stepUpProvider: { clientId: 'c', displayName: 'okta', enabled: true, oauth2: { acrValues: ['phr'] } } },
    })
    expect(answer.text).not.toContain('null')
    expect(answer.text).not.toContain('ecret')
    ours = String(Object(answer.body).stepUpProvider.id)
  })

  it('updates it by POST, with a mask in the body', async () => {
    const body = '{"stepUpProvider":{"displayName":"n"},"updateMask":"displayName"}'
    const answer = await replay('POST', '/api/v1/step-up/providers/s1', body)
    expect(answer).toMatchObject({ status: 200, body: { stepUpProvider: { displayName: 'n', clientId: 'c' } } })
  })

  it('replaces its secret', async () => {
    const sealed = async () => (await app.registry.stores.providers.get('default', ours))?.secrets.clientSecret
    const before = await sealed()
    const answer = await replay('POST', '/api/v1/step-up/providers/s1/secret', '{"clientSecret":"n"}')
    expect(answer).toMatchObject({ status: 200, text: '{}' })
    expect(await sealed()).not.toBe(before)
  })

  it('asks for a test with an empty body, and is told where the browser begins', async () => {
    const answer = await replay('POST', '/api/v1/step-up/providers/s1/test', '')
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(/^\{"redirectUrl":"https:\/\/entente\.example\/step-up\/[0-9a-f-]{36}"\}$/)
  })

  it('searches transactions', async () => {
    const answer = await replay(
      'POST',
      '/api/v1/search/step-up/transactions',
      '{"createdAfter":"1970-01-01T00:00:00.000Z","pageSize":5,"state":"STEP_UP_TRANSACTION_STATE_VERIFIED"}',
    )
    expect(answer).toMatchObject({ status: 200, body: { list: [], nextPageToken: '' } })
  })

  it.each(['providers', 'transactions'])(
    'searches all %s where it sends no body, as for an operation without fields',
    async (things) => {
      const path = `/api/v1/search/step-up/${things}`
      for (const body of [undefined, '']) {
        const answer = await replay('POST', path, body)
        expect(answer, answer.text).toMatchObject({ status: 200, body: { list: [{}], nextPageToken: '' } })
      }
    },
  )

  it('deletes with an empty body', async () => {
    const path = '/api/v1/step-up/providers/s1'
    expect(await replay('DELETE', path, '')).toMatchObject({ status: 200, text: '{}' })
    expect((await replay('GET', path)).status).toBe(404)
  })
})
