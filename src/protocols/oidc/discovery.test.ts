import { beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { createTestKey } from '../testing/minting.ts'
import { createUpstream, KEYS_URL, NOW, providerOf, type Reply, type Upstream } from '../testing/upstream.ts'
import { createKeyFetch, probeOidc } from './discovery.ts'

const ISSUER = 'https://issuer.example'
const WELL_KNOWN = `${ISSUER}/.well-known/openid-configuration`
const key = createTestKey('ES256', 'es')
const KEYS = { keys: [key.jwk] }
let upstream: Upstream

beforeEach(() => {
  upstream = createUpstream()
  upstream.reply(WELL_KNOWN, { issuer: ISSUER, jwks_uri: KEYS_URL })
  upstream.reply(KEYS_URL, KEYS)
})

const probe = (issuer: string = ISSUER, settings: JsonObject = {}) =>
  probeOidc(upstream.fetch, { use: 'workload', known: 'CUSTOM', issuer, settings })

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Fault)) throw new Error('no fault')
  return error
}

describe('an issuer that is registered', () => {
  it('is taken as its own document spells it, with the place of its keys', async () => {
    expect(await probe(ISSUER, { singleUse: true })).toEqual({
      expectedIssuer: ISSUER,
      settings: { singleUse: true, jwksUri: KEYS_URL },
    })
    expect(upstream.asked).toEqual([WELL_KNOWN, KEYS_URL])
  })

  it.each([
    [`${ISSUER}/`, `${ISSUER}/`],
    [ISSUER, `${ISSUER}/`],
    [`${ISSUER}/`, ISSUER],
    ['HTTPS://Issuer.Example', ISSUER],
    ['https://issuer.example:443', ISSUER],
    ['https://ISSUER.example/', `${ISSUER}/`],
  ])('as %s may be %s in its document', async (typed, spelt) => {
    upstream.reply(WELL_KNOWN, { issuer: spelt, jwks_uri: KEYS_URL })
    expect((await probe(typed)).expectedIssuer).toBe(spelt)
    expect(upstream.asked[0]).toBe(WELL_KNOWN)
  })

  it('with a path is asked below its path', async () => {
    upstream.reply(`${ISSUER}/a/B/.well-known/openid-configuration`, { issuer: `${ISSUER}/a/B`, jwks_uri: KEYS_URL })
    expect((await probe(`${ISSUER}/a/B`)).expectedIssuer).toBe(`${ISSUER}/a/B`)
  })

  it('may keep its keys at another host', async () => {
    upstream.reply(WELL_KNOWN, { issuer: ISSUER, jwks_uri: 'https://keys.example/all' })
    upstream.reply('https://keys.example/all', KEYS)
    expect((await probe()).settings).toEqual({ jwksUri: 'https://keys.example/all' })
  })

  it('is not asked at all when its keys are uploaded', async () => {
    const settings = { jwksJson: JSON.stringify(KEYS) }
    expect(await probe('HTTPS://Private.example/', settings)).toEqual({
      expectedIssuer: 'HTTPS://Private.example/',
      settings,
    })
    expect(upstream.asked).toEqual([])
  })

  it.each([
    'https://other.example',
    'https://issuer.example//',
    'https://Issuer.example',
    'https://issuer.example/x',
    'http://issuer.example',
    'https://issuer.example.',
    '',
  ])('is refused when its document says it is %j, and both are shown', async (spelt) => {
    upstream.reply(WELL_KNOWN, { issuer: spelt, jwks_uri: KEYS_URL })
    const fault = await faultOf(probe())
    expect(fault.code).toBe('provider.issuer_differs')
    expect(fault.message).toContain(JSON.stringify(spelt))
    expect(fault.message).toContain(JSON.stringify(ISSUER))
    expect(fault.fields.map(({ path }) => path)).toEqual(['issuer'])
    expect(upstream.asked).toEqual([WELL_KNOWN])
  })

  it('that says something endless is shown shortened', async () => {
    upstream.reply(WELL_KNOWN, { issuer: `https://${'a'.repeat(100_000)}`, jwks_uri: KEYS_URL })
    expect((await faultOf(probe())).message.length).toBeLessThan(1_000)
  })

  const broken: [string, Reply, Reply][] = [
    ['cannot be reached', 'refused', KEYS],
    ['answers 404', { raw: { status: 404, text: '{}' } }, KEYS],
    ['answers 500', { raw: { status: 500 } }, KEYS],
    ['answers 204', { raw: { status: 204 } }, KEYS],
    ['redirects', { raw: { status: 302, headers: { location: 'http://127.0.0.1/' } } }, KEYS],
    ['answers HTML', { raw: { text: '<html>' } }, KEYS],
    ['answers a list', { raw: { text: '[]' } }, KEYS],
    ['answers null', { raw: { text: 'null' } }, KEYS],
    ['answers nothing', { raw: { text: '' } }, KEYS],
    ['answers no UTF-8', { raw: { body: Buffer.from([0x7b, 0xff, 0x7d]) } }, KEYS],
    ['names no issuer', { jwks_uri: KEYS_URL }, KEYS],
    ['names a list of issuers', { issuer: [ISSUER], jwks_uri: KEYS_URL }, KEYS],
    ['names no jwks_uri', { issuer: ISSUER }, KEYS],
    ['names a jwks_uri over http', { issuer: ISSUER, jwks_uri: 'http://issuer.example/keys' }, KEYS],
    ['names a file', { issuer: ISSUER, jwks_uri: 'file:///etc/passwd' }, KEYS],
    ['names a list of places', { issuer: ISSUER, jwks_uri: [KEYS_URL] }, KEYS],
    ['has keys at a refused address', { issuer: ISSUER, jwks_uri: KEYS_URL }, 'refused'],
    ['has keys that are HTML', { issuer: ISSUER, jwks_uri: KEYS_URL }, { raw: { text: '<html>' } }],
    [
      'has keys elsewhere',
      { issuer: ISSUER, jwks_uri: KEYS_URL },
      { raw: { status: 301, text: JSON.stringify(KEYS) } },
    ],
    ['has no keys', { issuer: ISSUER, jwks_uri: KEYS_URL }, { keys: [] }],
    ['has no list of keys', { issuer: ISSUER, jwks_uri: KEYS_URL }, {}],
    ['has keys for encryption only', { issuer: ISSUER, jwks_uri: KEYS_URL }, { keys: [{ ...key.jwk, use: 'enc' }] }],
    ['has symmetric keys', { issuer: ISSUER, jwks_uri: KEYS_URL }, { keys: [{ kty: 'oct', k: 'a' }] }],
    [
      'has thousands of keys',
      { issuer: ISSUER, jwks_uri: KEYS_URL },
      { keys: Array.from({ length: 501 }, () => key.jwk) },
    ],
  ]

  it('is refused with one and the same sentence, whatever went wrong', async () => {
    const sentences = new Set<string>()
    for (const [how, document, keys] of broken) {
      upstream.reply(WELL_KNOWN, document)
      upstream.reply(KEYS_URL, keys)
      const fault = await faultOf(probe())
      expect(fault.code, how).toBe('provider.discovery_failed')
      expect(fault.cause, how).toBeInstanceOf(Error)
      sentences.add(JSON.stringify([fault.kind, fault.message, fault.fields]))
    }
    expect(sentences.size).toBe(1)
  })
})

describe('keys fetched later', () => {
  const fetchKeys = (change: Partial<Parameters<typeof createKeyFetch>[1]> = {}) =>
    createKeyFetch(
      upstream.fetch,
      Object.assign(() => NOW, change),
    )
  const provider = providerOf()
  const place = { uri: KEYS_URL, namedAt: NOW.getTime() }
  const MOVED = 'https://issuer.example/moved'

  it('come from where discovery found them', async () => {
    const { keys, place: found } = await fetchKeys()(provider, null, 0)
    expect(keys.kids).toEqual(['es'])
    expect(found.uri).toBe(KEYS_URL)
    expect(upstream.asked).toEqual([KEYS_URL])
  })

  it('come from discovery when nothing was stored', async () => {
    const { place: found } = await fetchKeys()(providerOf({}), null, 0)
    expect(found.uri).toBe(KEYS_URL)
  })

  it.each([
    ['max-age=900', 900],
    ['public, max-age=21600, must-revalidate', 21_600],
    ['Max-Age="60"', 60],
    ['no-store', 0],
    ['private, no-cache', 0],
    ['s-maxage=10', null],
    ['max-age=x', null],
    ['', null],
  ])('say how long they are good: %j', async (header, seconds) => {
    upstream.reply(KEYS_URL, { raw: { text: JSON.stringify(KEYS), headers: { 'cache-control': header } } })
    expect((await fetchKeys()(provider, null, 0)).maxAgeSeconds).toBe(seconds)
  })

  it('are looked for anew when they cannot be fetched, at the first failure and then seldom', async () => {
    upstream.reply(KEYS_URL, { raw: { status: 404 } })
    upstream.reply(WELL_KNOWN, { issuer: ISSUER, jwks_uri: MOVED })
    upstream.reply(MOVED, KEYS)
    expect((await fetchKeys()(provider, place, 0)).place.uri).toBe(MOVED)
    for (const failures of [1, 2, 15]) await expect(fetchKeys()(provider, place, failures)).rejects.toThrow('404')
    expect((await fetchKeys()(provider, place, 16)).place.uri).toBe(MOVED)
  })

  it('are looked for anew after an hour, and stay where they were when the issuer cannot say', async () => {
    const old = { uri: KEYS_URL, namedAt: NOW.getTime() - 3_600_000 }
    upstream.reply(WELL_KNOWN, { issuer: ISSUER, jwks_uri: MOVED })
    upstream.reply(MOVED, KEYS)
    expect((await fetchKeys()(provider, old, 0)).place.uri).toBe(MOVED)
    upstream.reply(WELL_KNOWN, 'refused')
    expect((await fetchKeys()(provider, old, 0)).place).toEqual({ uri: KEYS_URL, namedAt: NOW.getTime() })
  })

  it.each<[string, Reply]>([
    ['another issuer', { issuer: 'https://evil.example', jwks_uri: MOVED }],
    ['the issuer with a slash more', { issuer: `${ISSUER}/`, jwks_uri: MOVED }],
    ['keys over http', { issuer: ISSUER, jwks_uri: 'http://issuer.example/moved' }],
    ['no keys', { issuer: ISSUER }],
  ])('are not looked for where a document says that names %s', async (_how, document) => {
    upstream.reply(WELL_KNOWN, document)
    upstream.reply(MOVED, KEYS)
    const old = { uri: KEYS_URL, namedAt: 0 }
    expect((await fetchKeys()(provider, old, 0)).place.uri).toBe(KEYS_URL)
    upstream.reply(KEYS_URL, 'refused')
    await expect(fetchKeys()(provider, old, 0)).rejects.toThrow()
    expect(upstream.asked).not.toContain(MOVED)
    expect(upstream.asked).not.toContain('http://issuer.example/moved')
  })
})
