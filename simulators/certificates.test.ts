import { X509Certificate } from 'node:crypto'
import { createServer, get } from 'node:https'
import { describe, expect, it } from 'vitest'
import { createAuthority } from './certificates.ts'
import { close, listen } from './loopback.ts'

async function statusOver(ca: string, names: readonly [string, ...string[]], asked: string): Promise<number | string> {
  const authority = await createAuthority()
  const { certificatePem, keyPem } = await authority.issue(names)
  const server = createServer({ cert: certificatePem, key: keyPem }, (_request, response) => response.end('hello'))
  const port = await listen(server)
  try {
    return await new Promise((resolve) => {
      const trusted = ca === '' ? authority.caPem : ca
      get({ host: '127.0.0.1', port, servername: asked, ca: trusted, headers: { host: asked } }, (response) =>
        resolve(response.resume().statusCode ?? 0),
      ).on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    })
  } finally {
    await close(server)
  }
}

describe('a certificate of the simulated authority', () => {
  it('lets a client that trusts the authority in, under each of its names', async () => {
    expect(await statusOver('', ['issuer.example'], 'issuer.example')).toBe(200)
    expect(await statusOver('', ['a.example', 'b.example'], 'b.example')).toBe(200)
  })

  it('is refused under another name', async () => {
    expect(await statusOver('', ['issuer.example'], 'other.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('is refused by a client that trusts another authority', async () => {
    const other = await createAuthority({ name: 'Somebody else' })
    expect(await statusOver(other.caPem, ['issuer.example'], 'issuer.example')).not.toBe(200)
  })

  it('is what node calls a certificate, with an address among its names', async () => {
    const authority = await createAuthority({ now: () => new Date('2030-01-01T00:00:00Z') })
    const leaf = new X509Certificate((await authority.issue(['localhost', '127.0.0.1'])).certificatePem)
    const root = new X509Certificate(authority.caPem)
    expect(root.ca).toBe(true)
    expect(leaf.ca).toBe(false)
    expect(leaf.verify(root.publicKey)).toBe(true)
    expect(leaf.checkIssued(root)).toBe(true)
    expect(leaf.checkHost('localhost')).toBe('localhost')
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(new Date(leaf.validTo).toISOString()).toBe('2030-01-31T00:00:00.000Z')
  })
})
