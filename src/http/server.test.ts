import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectPlain, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { Fault } from '../fault.ts'
import { clientAddress } from './client-address.ts'
import { createServer } from './server.ts'
import { reloadOnChange } from './tls.ts'

const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function server(options: Partial<Parameters<typeof createServer>[0]> = {}) {
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent', ...options })
  open.push(app)
  app.post('/echo', async (request) => ({ body: request.body ?? 'nothing' }))
  app.get('/address', async (request) => ({ address: clientAddress(request) }))
  app.get('/fails', async () => {
    throw new Error('with a secret inside')
  })
  return app
}

const json = { 'content-type': 'application/json' }

describe('the server', () => {
  it('reads an empty JSON body as no body', async () => {
    const app = await server()
    const answer = await app.inject({ method: 'POST', url: '/echo', headers: json, payload: '' })
    expect([answer.statusCode, answer.json()]).toEqual([200, { body: 'nothing' }])
  })

  it.each(['{"__proto__":{"x":1}}', '{"a":{"constructor":{"prototype":{}}}}', '{', '\ufeff'])(
    'refuses the body %j',
    async (payload) => {
      const app = await server()
      expect((await app.inject({ method: 'POST', url: '/echo', headers: json, payload })).statusCode).toBe(400)
    },
  )

  it('says nothing of what failed, and gives a request id that leads to it', async () => {
    const app = await server()
    const answer = await app.inject({ url: '/fails', headers: { 'x-request-id': 'forged' } })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(answer.json().request_id).toBe(answer.headers['x-request-id'])
    expect(answer.headers['x-request-id']).not.toBe('forged')
  })

  it.each<[string, object, string, number]>([
    ['a body too large', json, JSON.stringify({ x: 'secret'.repeat(200_000) }), 413],
    ['a body of another type', { 'content-type': 'text/secret' }, 'secret', 415],
    ['a body that is no JSON', json, 'secret', 400],
    ['two kinds of content', { 'content-type': 'application/json, text/secret' }, '{"a":"secret"', 415],
  ])('refuses %s without repeating it', async (_name, headers, payload, status) => {
    const app = await server()
    const answer = await app.inject({ method: 'POST', url: '/echo', headers: { ...headers }, payload })
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toEqual({
      error: 'bad_request',
      message: expect.not.stringContaining('secret'),
      request_id: answer.headers['x-request-id'],
    })
  })

  it.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['denied', 403],
    ['missing', 404],
    ['conflict', 409],
    ['upstream', 502],
    ['limited', 429],
    ['unavailable', 503],
    ['internal', 500],
  ] as const)('answers a fault of kind %s that nobody else answers with %i', async (kind, status) => {
    const app = await server()
    app.get('/fault', async () => {
      throw new Fault(kind, 'a.code', 'A sentence.', { cause: new Error('secret') })
    })
    const answer = await app.inject('/fault')
    expect([answer.statusCode, answer.json().error]).toEqual([status, 'a.code'])
    expect(answer.json().message === 'A sentence.').toBe(kind !== 'internal')
    expect(answer.body).not.toContain('secret')
  })

  it.each(['/nothing', '/%ff', '/echo', '/fails'])('says the headers of the house on %s', async (url) => {
    const { headers } = await (await server()).inject(url)
    expect(headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': "frame-ancestors 'none'",
    })
  })

  it.each([null, 'tls'])('gives slow senders up', async (tls) => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-tls-'))
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
    const leaf = await (await createAuthority()).issue(['x.example'])
    writeFileSync(files.keyFile, leaf.keyPem)
    writeFileSync(files.certFile, leaf.certificatePem)
    const app = await server({ tls: tls === null ? null : files })
    expect([app.server.headersTimeout, app.server.requestTimeout]).toEqual([10_000, 30_000])
    rmSync(folder, { recursive: true })
  })

  it('believes in the protocol a trusted proxy names, and no other', async () => {
    for (const [trustedProxies, protocol] of [
      [['127.0.0.0/8'], 'https'],
      [['10.0.0.0/8'], 'http'],
    ] as const) {
      const app = await server({ trustedProxies })
      app.get('/protocol', async (request) => ({ protocol: request.protocol }))
      const answer = await app.inject({ url: '/protocol', headers: { 'x-forwarded-proto': 'https' } })
      expect(answer.json()).toEqual({ protocol })
    }
  })

  it('lets a running request end when it stops, and takes no new one', async () => {
    const app = await server()
    let finish = () => {}
    const started = new Promise<void>((start) => {
      app.get('/slow', async () => {
        start()
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        return { done: true }
      })
    })
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const running = fetch(`${url}/slow`)
    await started
    const closed = app.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expect(fetch(`${url}/address`)).rejects.toThrow()
    finish()
    expect(await (await running).json()).toEqual({ done: true })
    await closed
  })

  it('does not wait for connections that only stand open, or do not get to the end of their headers', async () => {
    const app = await server()
    await app.listen({ host: '127.0.0.1', port: 0 })
    const sockets = await Promise.all(['', 'GET /address HTTP/1.1\r\nHo'].map((text) => sending(portOf(app), text)))
    const since = performance.now()
    await app.close()
    expect(performance.now() - since).toBeLessThan(3_000)
    for (const socket of sockets) socket.destroy()
  })

  it('answers unknown paths as JSON with the headers of the house', async () => {
    const answer = await (await server()).inject({ url: '/nothing?token=x' })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.body).not.toContain('token')
  })

  it.each<[string, string[], string, string]>([
    ['nobody is trusted', [], '203.0.113.9', '127.0.0.1'],
    ['the proxy is trusted', ['127.0.0.0/8'], '203.0.113.9', '203.0.113.9'],
    ['another proxy is trusted', ['10.0.0.0/8'], '203.0.113.9', '127.0.0.1'],
    ['a client forges the beginning of the chain', ['127.0.0.0/8'], '192.0.2.1, 203.0.113.9', '203.0.113.9'],
  ])('knows where a request comes from when %s', async (_name, trustedProxies, forwarded, address) => {
    const app = await server({ trustedProxies })
    const answer = await app.inject({ url: '/address', headers: { 'x-forwarded-for': forwarded } })
    expect(answer.json()).toEqual({ address })
  })

  it('logs one line for each answer, without what was asked for, said or sent', async () => {
    const lines: string[] = []
    const app = await server({ logLevel: 'debug', logTo: { write: (line) => void lines.push(line) } })
    app.get('/things/:id', async (request) => {
      request.log.info({ headers: request.headers, client_secret: 'canary' }, 'careless')
      return {}
    })
    const headers = { authorization: 'Bearer canary', cookie: 'canary', ...json }
    await app.inject({ url: '/things/canary?token=canary', headers })
    await app.inject({ method: 'POST', url: '/echo?canary', headers, payload: '{"token":"canary"' })
    await app.inject({ url: '/canary', headers })
    await app.inject({ url: '/canary%ff', headers })
    const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
    expect(answered.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/things/:id', 200],
      ['POST', '/echo', 400],
      ['GET', 'unknown', 404],
    ])
    expect(answered[0]).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), ms: expect.any(Number) })
    expect(lines.join()).not.toContain('canary')
  })

  it('logs nothing of answers above level info, and the causes of failures at any', async () => {
    const lines: string[] = []
    const app = await server({ logLevel: 'warn', logTo: { write: (line) => void lines.push(line) } })
    await app.inject('/address')
    expect(lines).toEqual([])
    const { request_id } = (await app.inject('/fails')).json()
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 50, requestId: request_id, err: { message: 'with a secret inside' } },
    ])
  })

  it('takes a new certificate when its files change, and keeps the old one when they are bad', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-tls-'))
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
    const authority = await createAuthority()
    const write = async (name: string) => {
      const leaf = await authority.issue([name])
      writeFileSync(files.keyFile, leaf.keyPem)
      writeFileSync(files.certFile, leaf.certificatePem)
    }
    await write('first.example')
    const app = await server({ tls: files })
    reloadOnChange(app, files, 20)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const port = portOf(app)
    expect(await servedName(port)).toContain('first.example')
    writeFileSync(files.certFile, 'not a certificate')
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await servedName(port)).toContain('first.example')
    await write('second.example')
    await expect.poll(() => servedName(port), { timeout: 5_000 }).toContain('second.example')
    rmSync(folder, { recursive: true })
  })
})

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function sending(port: number, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectPlain(port, '127.0.0.1', () =>
      socket.write(text, () => setTimeout(() => resolve(socket), 50)),
    )
    socket.on('error', reject)
  })
}

function servedName(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subjectaltname ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
