import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountConsole } from './console.ts'
import { createServer } from './server.ts'

const INDEX = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>'
const SCRIPT = 'export const answer = 42'
const config = { issuer: 'https://id.example', clientId: 'c', scope: 'openid', defaultOrganization: 'd', version: '1' }

let folder: string
let app: FastifyInstance
let url: string

async function serve(built: string): Promise<FastifyInstance> {
  const server = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent' })
  mountConsole(server, config, built)
  await server.listen({ host: '127.0.0.1', port: 0 })
  return server
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entente-console-'))
  const built = join(folder, 'console')
  mkdirSync(join(built, 'assets', 'deep'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  writeFileSync(join(built, 'index.html'), INDEX)
  writeFileSync(join(built, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(built, '.hidden.txt'), 'hidden')
  writeFileSync(join(built, 'assets', 'index-B4x.js'), SCRIPT)
  writeFileSync(join(built, 'assets', 'index-B4x.js.br'), brotliCompressSync(SCRIPT))
  app = await serve(`${built}/`)
  url = app.listeningOrigin
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The path byte for byte: `fetch` would tidy it up. */
function raw(path: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  return new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    socket.on('end', () => resolve(text)).on('error', reject)
  })
}

describe('the document of the console', () => {
  it.each(['', 'return?code=x&state=y', 'providers/okta', 'domains/corp.example', 'step-up'])(
    'is the answer for /console/%s',
    async (page) => {
      const answer = await fetch(`${url}/console/${page}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(await answer.text()).toContain('csp-nonce')
    },
  )

  it('has a new nonce each time, for styles and for nothing else', async () => {
    const nonces = new Set<string>()
    for (let round = 0; round < 3; round++) {
      const answer = await fetch(`${url}/console/`)
      const policy = answer.headers.get('content-security-policy') ?? ''
      const [, nonce = ''] = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy) ?? []
      expect(policy.match(/nonce-/g)).toHaveLength(1)
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(await answer.text()).toBe(INDEX.replaceAll('__CSP_NONCE__', nonce))
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it.each([
    ['', 'same-origin-allow-popups'],
    ['providers', 'same-origin-allow-popups'],
    ['step-up?acr_values=x', 'unsafe-none'],
    ['return', 'unsafe-none'],
  ])('lets go of its opener, but on the way of a step-up: /console/%s', async (page, policy) => {
    const { headers } = await fetch(`${url}/console/${page}`)
    expect(headers.get('cross-origin-opener-policy')).toBe(policy)
  })

  it('answers HEAD like GET, without the document', async () => {
    const answer = await fetch(`${url}/console/`, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })
})

describe('the files of the console', () => {
  it.each([
    ['assets/index-B4x.js', 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable', SCRIPT],
    ['favicon.svg', 'image/svg+xml', 'no-cache', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('%s come as what they are', async (path, type, caching, content) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(`${url}/console/${path}`, { method })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
      expect(answer.headers.get('cache-control')).toBe(caching)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(await answer.text()).toBe(method === 'GET' ? content : '')
    }
  })

  it.each([
    ['br', 'br'],
    ['gzip', null],
    ['identity', null],
  ])('come compressed where that was built and %s is taken', async (taken, encoding) => {
    const answer = await fetch(`${url}/console/assets/index-B4x.js`, { headers: { 'accept-encoding': taken } })
    expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual([encoding, SCRIPT])
    expect(answer.headers.get('content-type')).toMatch('javascript')
    expect(answer.headers.get('vary')).toBe('accept-encoding')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it.each(['assets/gone-1.js', '.hidden.txt', 'assets/none.css'])('%s is not there', async (path) => {
    const answer = await fetch(`${url}/console/${path}`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  it.each([
    '/console/../secret.txt',
    '/console/%2e%2e/secret.txt',
    '/console/..%2fsecret.txt',
    '/console/%2e%2e%2fsecret.txt',
    '/console/assets/../../secret.txt',
    '/console/assets/..%5c..%5csecret.txt',
    '/console/....//secret.txt',
    '/console//../secret.txt',
    '/console/%00.txt',
    '/console/%252e%252e/secret.txt',
  ])('end at their folder: %s', async (path) => {
    const answer = await raw(path)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer).not.toContain('outside')
    expect(answer).not.toContain(folder)
  })

  it.each(['assets', 'assets/', 'assets/deep/'])('%s is no list', async (path) => {
    expect(await (await fetch(`${url}/console/${path}`)).text()).not.toContain('index-B4x')
  })

  it('say nothing of where they lie, whatever is wrong with them', async () => {
    const loop = join(folder, 'console', 'assets', 'loop-1.js')
    symlinkSync(loop, loop)
    const answer = await fetch(`${url}/console/assets/loop-1.js`)
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: 'internal', message: 'The file cannot be read.' },
    ])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    rmSync(loop)
  })

  it('are only read', async () => {
    const answer = await fetch(`${url}/console/favicon.svg`, { method: 'POST' })
    expect(answer.status).toBe(404)
  })
})

describe('/console', () => {
  it('leads to its first page', async () => {
    const answer = await fetch(`${url}/console`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/console/'])
  })

  it('says what its script has to know, and is not remembered', async () => {
    const answer = await fetch(`${url}/console/config.json`)
    expect([await answer.json(), answer.headers.get('cache-control')]).toEqual([config, 'no-store'])
  })

  it('says how to build it where it is not built, and is there without a new start once it is', async () => {
    const later = join(folder, 'later')
    const server = await serve(`${later}/`)
    const at = `${server.listeningOrigin}/console/providers`
    const before = await fetch(at)
    expect([before.status, before.headers.get('cache-control')]).toEqual([503, 'no-store'])
    expect(await before.text()).toContain('npm run build')
    mkdirSync(later)
    writeFileSync(join(later, 'index.html'), INDEX)
    expect((await fetch(at)).status).toBe(200)
    await server.close()
  })
})
