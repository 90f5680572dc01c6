import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeRoutes, mountOpenApi } from './openapi.ts'
import { createServer } from './server.ts'

let app: FastifyInstance

beforeAll(async () => {
  app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent' })
  const described = { '/oauth2/token': { post: { tags: ['tokens'], summary: 'A token', responses: {} } } }
  await describeRoutes(app, 'https://entente.example', { paths: described })
  app.get('/a/:id', { schema: { tags: ['first'], summary: 'One' } }, async () => ({}))
  app.put('/a/:id', { schema: { tags: ['second'], summary: 'Another' } }, async () => ({}))
  app.get('/hidden', { schema: { hide: true } }, async () => ({}))
  await mountOpenApi(app, ['first', 'second'])
})
afterAll(() => app.close())

interface Document {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly servers: { readonly url: string }[]
  readonly paths: Record<string, Record<string, unknown>>
}

async function document(path: string): Promise<Document> {
  const answer = await app.inject(path)
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
  return answer.json()
}

describe('the API documents', () => {
  it('describe every route that does not hide, in the version of the package', async () => {
    const { openapi, info, servers, paths } = await document('/openapi.json')
    expect([openapi, servers]).toEqual(['3.1.0', [{ url: 'https://entente.example' }]])
    expect(info.version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
    expect(Object.keys(paths).sort()).toEqual(['/a/{id}', '/oauth2/token'])
  })

  it('come by face', async () => {
    const { paths } = await document('/openapi/first.json')
    expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([['/a/{id}', ['get']]])
  })

  it('say the same again', async () => {
    expect(await document('/openapi/second.json')).toEqual(await document('/openapi/second.json'))
  })
})

describe('the page', () => {
  it('loads nothing from elsewhere, and may not', async () => {
    const page = await app.inject('/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'")
    const [, script = ''] = /<script src="([^"]+)"/.exec(page.body) ?? []
    const answer = await app.inject(new URL(script, 'http://localhost/docs/').pathname)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/javascript; charset=utf-8'])
  })

  it.each(['a b', '[', '%', 'x:99999'])('refuses the Host header %j rather than fail', async (host) => {
    for (const url of ['/docs', '/docs/'])
      expect((await app.inject({ url, headers: { host } })).statusCode).toBeLessThan(500)
  })
})
