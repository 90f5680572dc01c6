import { randomBytes } from 'node:crypto'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { openSealing } from './seal.ts'
import { openSigningKeys } from './signing-keys.ts'
import { createMemoryDataKeys, createMemorySigningKeys } from './testing/memory-stores.ts'

const DAY = 86_400_000

async function opened() {
  const clock = { ms: Date.parse('2026-11-24T00:00:00Z') }
  const now = () => new Date(clock.ms)
  const store = createMemorySigningKeys()
  const sealing = await openSealing({ store: createMemoryDataKeys(), masterKey: randomBytes(32), now, randomBytes })
  const open = () => openSigningKeys({ store, sealing, now })
  return { clock, store, open, keys: await open() }
}

describe('our signing keys', () => {
  it('make tokens that a third-party library verifies from our JWKS', async () => {
    const { keys, clock } = await opened()
    const token = keys.sign({ iss: 'https://entente.example', sub: 'x', exp: clock.ms / 1000 + 60 })
    const jwks = createLocalJWKSet({ keys: keys.jwks().keys.map((key) => ({ ...key, kty: String(key.kty) })) })
    const { payload, protectedHeader } = await jwtVerify(token, jwks, {
      currentDate: new Date(clock.ms),
      typ: 'at+jwt',
    })
    expect(payload.sub).toBe('x')
    expect(protectedHeader.alg).toBe('ES256')
  })

  it('publish no private member', async () => {
    const { keys, store } = await opened()
    expect(JSON.stringify(keys.jwks())).not.toContain('"d"')
    expect(store.keys[0]?.sealedPrivateKey).not.toContain('PRIVATE KEY')
  })

  it('give the halves that sign to the OpenID Provider, one of each algorithm, as published', async () => {
    const { keys } = await opened()
    const published = keys.jwks().keys
    const whole = keys.privateKeys()
    expect(whole.map(({ alg }) => alg)).toEqual(['ES256', 'RS256'])
    for (const { kid, d, kty } of whole) {
      expect(d).toEqual(expect.any(String))
      expect(published.find((key) => key.kid === kid)).toMatchObject({ kty, use: 'sig' })
    }
  })

  it('are rotated before their time: the next one is published for a day, and only one waits', async () => {
    const { keys, clock } = await opened()
    const kidOf = () => decodeProtectedHeader(keys.sign({ sub: 'x' })).kid ?? ''
    const old = kidOf()
    const next = await keys.rotate(old)
    expect(keys.jwks().keys.map(({ kid }) => kid)).toContain(next)
    expect(kidOf()).toBe(old)
    await expect(keys.rotate(old)).rejects.toMatchObject({ code: 'keys.rotation_under_way' })
    await expect(keys.rotate(next)).rejects.toMatchObject({ code: 'keys.not_signing' })
    await expect(keys.rotate('nobody')).rejects.toMatchObject({ code: 'keys.unknown' })
    const before = keys.sign({ sub: 'x' })
    clock.ms += DAY
    await keys.maintain()
    expect(kidOf()).toBe(next)
    expect(keys.verify(before)).toEqual({ sub: 'x' })
    await expect(keys.rotate(old)).rejects.toMatchObject({ code: 'keys.not_signing' })
  })

  it('take no ID token key for one of access tokens', async () => {
    const { keys } = await opened()
    const rsa = keys.jwks().keys.find(({ alg }) => alg === 'RS256')
    const header = Buffer.from(JSON.stringify({ typ: 'at+jwt', alg: 'ES256', kid: rsa?.kid })).toString('base64url')
    expect(keys.verify(`${header}.e30.${'A'.repeat(86)}`)).toBeNull()
  })

  it('recognise only what they signed as an access token', async () => {
    const { keys } = await opened()
    const token = keys.sign({ sub: 'x' })
    const [header = '', payload = '', signature = ''] = token.split('.')
    expect(keys.verify(token)).toEqual({ sub: 'x' })
    const other = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(token), typ: 'JWT' })).toString('base64url')
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    for (const bad of [
      `${other}.${payload}.${signature}`,
      `${none}.${payload}.`,
      `${header}.${Buffer.from('{"sub":"y"}').toString('base64url')}.${signature}`,
      `${header}.${payload}.${signature}A`,
      `${header}.${payload}.${signature.slice(0, -4)}`,
      `${token}.`,
      `${header}.${payload}`,
      '',
      'a'.repeat(9000),
    ]) {
      expect(keys.verify(bad)).toBeNull()
    }
  })

  it('are the same after a restart and in a second process', async () => {
    const { keys, open } = await opened()
    const token = keys.sign({ sub: 'x' })
    expect((await open()).verify(token)).toEqual({ sub: 'x' })
  })

  it('publish the next key a day before it signs, and the last one until its tokens are gone', async () => {
    const { keys, clock } = await opened()
    const kid = () => decodeProtectedHeader(keys.sign({ sub: 'x' })).kid
    const first = kid()
    const token = keys.sign({ sub: 'old' })
    clock.ms += 89 * DAY
    await keys.maintain()
    expect(
      keys
        .jwks()
        .keys.map(({ alg }) => alg)
        .sort(),
    ).toEqual(['ES256', 'ES256', 'RS256', 'RS256'])
    expect(kid()).toBe(first)
    clock.ms += DAY
    await keys.maintain()
    expect(kid()).not.toBe(first)
    expect(keys.verify(token)).toEqual({ sub: 'old' })
    clock.ms += DAY + 1
    await keys.maintain()
    expect(keys.jwks().keys.map(({ alg }) => alg)).toEqual(['ES256', 'RS256'])
    expect(keys.verify(token)).toBeNull()
  })
})
