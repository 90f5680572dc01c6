import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
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
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await servedName(port)).toContain('first.example')
    writeFileSync(files.certFile, 'not a certificate')
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await servedName(port)).toContain('first.example')
    await write('second.example')
    await expect.poll(() => servedName(port), { timeout: 5_000 }).toContain('second.example')
    rmSync(folder, { recursive: true })
  })
})

function servedName(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subjectaltname ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
