import { describe, expect, it } from 'vitest'
import type { OutboundRequest } from './outbound-port.ts'
import { createWebFetch } from './outbound-web-fetch.ts'

function fetched(answer: { status?: number; headers?: Record<string, string>; body?: string } = {}) {
  const asked: OutboundRequest[] = []
  const fetch = createWebFetch(
    async (request) => {
      asked.push(request)
      return { status: 200, headers: {}, ...answer, body: Buffer.from(answer.body ?? '') }
    },
    () => ({ maxBytes: 10 }),
  )
  return { asked, fetch }
}

describe('a fetch for libraries', () => {
  it('posts a form, and passes on only the headers of a login', async () => {
    const { asked, fetch } = fetched({ body: '{"a":1}', headers: { 'content-type': 'application/json' } })
    const headers = { Authorization: 'Basic x', Cookie: 'c=1', host: 'evil.example', 'user-agent': 'library' }
    const answer = await fetch('https://a.example/token', {
      method: 'post',
      headers,
      body: new URLSearchParams({ a: 'b c' }),
    })
    expect(await answer.json()).toEqual({ a: 1 })
    expect(asked).toEqual([
      {
        url: 'https://a.example/token',
        method: 'POST',
        headers: { authorization: 'Basic x', 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
        body: Buffer.from('a=b+c'),
        maxBytes: 10,
      },
    ])
  })

  it('shows an answer as it is, redirects and empty ones too', async () => {
    const redirect = await fetched({ status: 302, headers: { location: 'https://b.example/' } }).fetch(
      'https://a.example',
      {},
    )
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'https://b.example/'])
    expect((await fetched({ status: 204 }).fetch('https://a.example', {})).status).toBe(204)
  })

  it('leaves out headers that a response cannot have', async () => {
    const answer = await fetched({ headers: { 'x-odd': 'a\u0000b', 'x-good': 'c' } }).fetch('https://a.example', {})
    expect([answer.headers.get('x-odd'), answer.headers.get('x-good')]).toEqual([null, 'c'])
  })

  it.each([
    ['another method', { method: 'DELETE' }],
    ['a stream', { method: 'POST', body: new ReadableStream() }],
  ])('refuses %s', async (_title, init) => {
    await expect(fetched().fetch('https://a.example', init)).rejects.toThrow(TypeError)
  })
})
