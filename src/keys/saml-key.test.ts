import { randomBytes, verify, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openKeys } from './index.ts'
import { openSamlKey } from './saml-key.ts'
import { openSealing } from './seal.ts'
import { createMemoryDataKeys, createMemorySigningKeys } from './testing/memory-stores.ts'

const now = () => new Date('2026-11-24T12:00:00Z')

async function opened() {
  const dataKeys = createMemoryDataKeys()
  const signingKeys = createMemorySigningKeys()
  const masterKey = randomBytes(32)
  const sealing = await openSealing({ store: dataKeys, masterKey, now, randomBytes })
  const open = (at = now) => openSamlKey({ store: signingKeys, sealing, now: at })
  return { stores: { dataKeys, signingKeys }, masterKey, open }
}

describe('the key for SAML', () => {
  it('is made at the first use, once, with a certificate that it signed itself', async () => {
    const { stores, open } = await opened()
    const [one, two] = [open(), open()]
    expect(stores.signingKeys.keys).toEqual([])
    const [first, again, other] = await Promise.all([one.certificate(), one.certificate(), two.certificate()])
    expect([again, other]).toEqual([first, first])
    expect(await open().certificate()).toBe(first)
    expect(stores.signingKeys.keys.map(({ state }) => state)).toEqual(['active', 'next'])
    expect(first).toMatch(/^[A-Za-z0-9+/]+=*$/)

    const certificate = new X509Certificate(Buffer.from(first, 'base64'))
    expect(certificate.subject).toBe('CN=entente')
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
    expect(new Date(certificate.validFrom) < now()).toBe(true)
    expect(new Date(certificate.validTo)).toEqual(new Date('2036-11-24T12:00:00Z'))
  })

  it('signs what its certificate verifies, in any process', async () => {
    const { open } = await opened()
    const key = new X509Certificate(Buffer.from(await open().certificate(), 'base64')).publicKey
    const bytes = Buffer.from('SAMLRequest=abc&SigAlg=x')
    expect(verify('sha256', bytes, key, await open().sign(bytes))).toBe(true)
  })

  it('publishes the next from the first day, which takes its place before it ends; partners may encrypt for either', async () => {
    const { stores, open } = await opened()
    const [first, next] = await open().certificates()
    expect(next).not.toBe(first)
    const nextEnds = new X509Certificate(Buffer.from(next ?? '', 'base64')).validTo
    expect(new Date(nextEnds)).toEqual(new Date('2046-11-24T12:00:00Z'))
    const early = open(() => new Date('2036-10-01T00:00:00Z'))
    await early.maintain()
    expect(await early.certificates()).toEqual([first, next])
    const late = open(() => new Date('2036-11-01T00:00:00Z'))
    await late.maintain()
    const [now1, now2] = await late.certificates()
    expect(now1).toBe(next)
    expect([first, next]).not.toContain(now2)
    const key = new X509Certificate(Buffer.from(next ?? '', 'base64')).publicKey
    expect(verify('sha256', Buffer.from('x'), key, await late.sign(Buffer.from('x')))).toBe(true)
    expect(await late.decryptionKeys()).toHaveLength(3)
    expect(stores.signingKeys.keys.map(({ state }) => state).sort()).toEqual(['active', 'next', 'retired'])
  })

  it('is not made by maintenance', async () => {
    const { stores, open } = await opened()
    await open().maintain()
    expect(stores.signingKeys.keys).toEqual([])
  })

  it('keeps its private half sealed, and stays out of the JWKS', async () => {
    const { stores, masterKey } = await opened()
    const { saml, signing } = await openKeys({ stores, masterKey, now, randomBytes })
    await saml.certificate()
    await signing.maintain()
    expect(signing.jwks().keys.map(({ alg }) => alg)).toEqual(['ES256', 'RS256'])
    const stored = stores.signingKeys.keys.find(({ algorithm }) => algorithm === 'SAML-RSA')
    expect(stored?.sealedPrivateKey).toMatch(/^s1\./)
    expect(Object.keys(JSON.parse(stored?.publicJwk ?? '')).sort()).toEqual([
      'alg',
      'e',
      'kid',
      'kty',
      'n',
      'use',
      'x5c',
    ])
    expect((await openKeys({ stores, masterKey, now, randomBytes })).signing.jwks()).toEqual(signing.jwks())
  })

  it('is looked for again after the store has failed', async () => {
    const { stores, masterKey } = await opened()
    const sealing = await openSealing({ store: stores.dataKeys, masterKey, now, randomBytes })
    let isDown = true
    const list = async () => {
      if (isDown) throw new Error('down')
      return await stores.signingKeys.list()
    }
    const key = openSamlKey({ store: { ...stores.signingKeys, list }, sealing, now })
    await expect(key.certificate()).rejects.toThrow('down')
    isDown = false
    expect(await key.certificate()).not.toBe('')
  })
})
