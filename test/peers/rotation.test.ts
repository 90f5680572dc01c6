/**
 * Issuers that rotate, break and lie, against the real program under load, over TLS: no valid token is refused, nobody is
 * asked more often than the cool-down allows, and one issuer's trouble is nobody else's. Figures are printed.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import type { Misdelivery } from '../../simulators/documents.ts'
import { type IssuerSimulator, startIssuer } from '../../simulators/issuer.ts'
import type { MintOptions } from '../../simulators/signing-keys.ts'
import { type Api, at } from '../../src/cli/demo/api.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { watchHealth } from './health-watch.ts'
import { createGun, emptyTally, every, type Gun, quantile, sleep, type Tally, toldOf } from './rotation-load.ts'
import { type Trusted, trustSource } from './sources-world.ts'
import { openWorld, operatorOf, type World } from './world.ts'

/** What goes wrong with the delivery of keys; `altered` needs the issuer. */
const FAULTS: Readonly<Record<string, (issuer: IssuerSimulator) => Misdelivery | Promise<Misdelivery>>> = {
  'status-500': () => ({ kind: 'status', status: 500 }),
  hang: () => ({ kind: 'hang' }),
  drip: () => ({ kind: 'drip', everyMs: 200 }),
  huge: () => ({ kind: 'huge', bytes: 64 * 1024 * 1024 }),
  redirect: () => ({ kind: 'redirect' }),
  html: () => ({ kind: 'html' }),
  empty: () => ({ kind: 'poison', body: { keys: [] } }),
  'not-a-set': () => ({ kind: 'poison', body: ['keys'] }),
  duplicate: () => ({ kind: 'altered', alter: ({ keys }) => ({ keys: [keys, keys].flat() }) }),
  private: (issuer) => ({ kind: 'poison', body: { keys: [privateKeys.get(issuer)] } }),
}
const NAMES = ['calm', 'rotating', 'same-kid', 'flooded', ...Object.keys(FAULTS)]

const privateKeys = new Map<IssuerSimulator, object>()
const TROUBLE_MS = 8_000
const ROTATIONS = 8
/** Addresses of somebody who has many of them. */
const ATTACKERS = 8
/** Requests that each of them keeps open: more, together, than may wait for one issuer's keys. */
const EACH = 200
/** Tokens of made-up keys, sent within some seconds. */
const MADE_UP = 6_000

let world: World
let server: ServerProcess
let operator: Api
let gun: Gun
const issuers = new Map<string, IssuerSimulator>()
const trusted = new Map<string, Trusted>()

const issuer = (name: string): IssuerSimulator => found(issuers, name)
const trust = (name: string): Trusted => found(trusted, name)

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name)
  if (value === undefined) throw new Error(`there is no ${name}`)
  return value
}

/** A token of the issuer, by its current key unless it says otherwise, from an honest address. */
async function fire(name: string, tally: Tally, options: MintOptions = {}, address = '192.0.2.10'): Promise<void> {
  const { clientId, audience } = trust(name)
  const token = await issuer(name).mint({ sub: 'job', aud: audience }, options)
  await gun.fire({ token, clientId, address }, tally)
}

const madeUpKey = (): MintOptions => ({ key: 'foreign', header: { kid: randomBytes(12).toString('hex') } })

function env(extra: readonly string[] = []): Record<string, string> {
  const connectTo = [...issuers.values()].map((one) => one.connectTo)
  return {
    ENTENTE_UPSTREAM_CONNECT_TO: [...connectTo, ...extra].join(','),
    ENTENTE_UPSTREAM_CA: join(world.data, 'rotation-ca.pem'),
    ENTENTE_TRUSTED_PROXIES: '127.0.0.1/32',
    ENTENTE_REFUSALS_PER_MINUTE: '100000',
  }
}

beforeAll(async () => {
  const authority: CertificateAuthority = await createAuthority()
  world = await openWorld()
  writeFileSync(join(world.data, 'rotation-ca.pem'), authority.caPem)
  for (const name of NAMES) {
    issuers.set(name, await startIssuer({ issuer: `https://${name}.example`, authority, algorithm: 'ES256' }))
  }
  server = await world.start({ env: env() })
  operator = operatorOf(server)
  gun = createGun(server.url)
  for (const name of NAMES) {
    const wellKnownProvider = 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM'
    const body = { displayName: name, issuerUrl: issuer(name).issuer, wellKnownProvider, oidc: {} }
    trusted.set(name, await trustSource(operator, body, 'claims.sub == "job"'))
  }
  // In a server that runs, the keys are at hand.
  await Promise.all(NAMES.map((name) => fire(name, emptyTally())))
})
afterAll(async () => {
  await gun.close()
  await world.close()
  await Promise.all([...issuers.values()].map((one) => one.stop()))
})

function say(text: string): void {
  process.stdout.write(`rotation: ${text}\n`)
}

/** Keys fetched since, and how many the cool-down of a second allows. */
function fetchesSince(name: string, before: number): number {
  return issuer(name).fetches().jwks - before
}

describe('an issuer that rotates', () => {
  it('every second, under load: no token of its current key is refused', async () => {
    const valid = emptyTally()
    const calm = emptyTally()
    const before = issuer('rotating').fetches().jwks
    const since = performance.now()
    await Promise.all([
      every(1_000, ROTATIONS * 1_000, async () => void (await issuer('rotating').rotate())),
      every(15, ROTATIONS * 1_000, () => fire('rotating', valid)),
      every(15, ROTATIONS * 1_000, () => fire('calm', calm)),
    ])
    const seconds = (performance.now() - since) / 1000
    const fetches = fetchesSince('rotating', before)
    say(`${ROTATIONS} rotations: ${toldOf(valid)}, ${fetches} fetches; beside it ${toldOf(calm)}`)
    expect([...valid.refused, ...calm.refused]).toEqual([])
    expect(fetches).toBeGreaterThanOrEqual(ROTATIONS - 1)
    expect(fetches).toBeLessThanOrEqual(seconds + 1)
  })

  it('leaves a record of each change, with thumbprints', async () => {
    const { body } = await operator.call('GET', '/apis/entente.dev/v1/namespaces/default/auditrecords?limit=500')
    const items = at(body, 'items')
    const changes = (Array.isArray(items) ? items : []).filter(
      (item: unknown) =>
        at(item, 'spec', 'action') === 'provider.keys_changed' &&
        at(item, 'spec', 'target', 'id') === trust('rotating').providerId,
    )
    expect(changes.length).toBeGreaterThanOrEqual(ROTATIONS - 1)
    const thumbprints = (side: string) => at(changes[0], 'spec', side, 'thumbprints')
    expect(thumbprints('before')).toEqual(expect.arrayContaining([expect.stringMatching(/^[\w-]{43}$/)]))
    expect(thumbprints('after')).not.toEqual(thumbprints('before'))
  })

  it('under the same kid: tokens of the new key pass, by one question', async () => {
    const valid = emptyTally()
    const before = issuer('same-kid').fetches().jwks
    for (let round = 0; round < 4; round++) {
      await issuer('same-kid').rotate({ sameKid: true })
      await Promise.all(Array.from({ length: 50 }, () => fire('same-kid', valid)))
    }
    const fetches = fetchesSince('same-kid', before)
    say(`4 new keys under one kid: ${toldOf(valid)}, ${fetches} fetches`)
    expect([...valid.refused]).toEqual([])
    expect(fetches).toBeLessThanOrEqual(8)
  })

  it('and takes its old key back: only the new one passes', async () => {
    await issuer('same-kid').rotate({ keepOld: false })
    const valid = emptyTally()
    const old = emptyTally()
    await fire('same-kid', valid)
    await fire('same-kid', old, { key: 'previous' })
    expect(valid.granted).toBe(1)
    expect([...old.refused]).toEqual([[400, 1]])
  })
})

describe('issuers whose keys cannot be had', () => {
  it('go on being trusted by the keys at hand, each by itself, and are asked once a second at most', async () => {
    const names = Object.keys(FAULTS)
    for (const name of names) {
      const one = issuer(name)
      privateKeys.set(one, await privateKeyOf(one))
      one.misdeliver('jwks', (await FAULTS[name]?.(one)) ?? { kind: 'none' })
    }
    const before = new Map(names.map((name) => [name, issuer(name).fetches().jwks]))
    const valid = new Map(names.map((name) => [name, emptyTally()]))
    const forged = new Map(names.map((name) => [name, emptyTally()]))
    const calm = emptyTally()
    const watch = watchHealth(server.url)
    const since = performance.now()
    await Promise.all([
      every(20, TROUBLE_MS, () => fire('calm', calm)),
      ...names.flatMap((name) => [
        every(60, TROUBLE_MS, () => fire(name, found(valid, name))),
        // Somebody makes keys up, so that the server has a reason to ask; the private key was never published.
        every(150, TROUBLE_MS, () => fire(name, found(forged, name), madeUpKey(), '203.0.113.1')),
        every(300, TROUBLE_MS, () => fire(name, found(forged, name), { key: 'foreign' }, '203.0.113.1')),
      ]),
    ])
    const seconds = (performance.now() - since) / 1000
    const health = await watch.stop()
    for (const name of names) {
      const fetches = fetchesSince(name, before.get(name) ?? 0)
      say(`${name}: ${toldOf(found(valid, name))}; forged: ${toldOf(found(forged, name))}; ${fetches} fetches`)
      expect([name, ...found(valid, name).refused]).toEqual([name])
      expect([name, found(forged, name).granted]).toEqual([name, 0])
      expect(fetches).toBeGreaterThan(0)
      expect(fetches).toBeLessThanOrEqual(seconds + 1)
    }
    say(`beside them: ${toldOf(calm)}; health slowest ${Math.round(health.slowestMs)} ms`)
    expect([...calm.refused]).toEqual([])
  })

  it('are believed again as soon as they answer: tokens of a key that is new pass', async () => {
    const names = Object.keys(FAULTS)
    const valid = emptyTally()
    for (const name of names) {
      issuer(name).misdeliver('jwks', { kind: 'none' })
      await issuer(name).rotate()
    }
    await Promise.all(names.flatMap((name) => Array.from({ length: 5 }, () => fire(name, valid))))
    say(`all of them again: ${toldOf(valid)}`)
    expect([...valid.refused]).toEqual([])
  })
})

/** A key that is whole, its private half with it, under the kid in use. */
async function privateKeyOf(one: IssuerSimulator): Promise<object> {
  const { kid } = decodeProtectedHeader(await one.mint({}))
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }
}

describe('thousands of made-up keys', () => {
  it('cost one question a second, and shut out no token of a key that is new meanwhile', async () => {
    const valid = emptyTally()
    const calm = emptyTally()
    const forged = emptyTally()
    const before = issuer('flooded').fetches().jwks
    const { clientId, audience } = trust('flooded')
    // On connections of their own: what honest callers wait for is the server.
    const attackers = createGun(server.url, ATTACKERS * EACH)
    const tokens = await Promise.all(
      Array.from({ length: MADE_UP }, () => issuer('flooded').mint({ sub: 'job', aud: audience }, madeUpKey())),
    )
    const since = performance.now()
    let over = false
    let next = 0
    const attack = async (address: string) => {
      for (let token = tokens[next++]; token !== undefined; token = tokens[next++]) {
        await attackers.fire({ token, clientId, address }, forged)
      }
    }
    const honest = async () => {
      while (!over) {
        await issuer('flooded').rotate()
        await Promise.all([
          ...Array.from({ length: 20 }, () => fire('flooded', valid)),
          ...Array.from({ length: 20 }, () => fire('calm', calm)),
        ])
        await sleep(200)
      }
    }
    const honestly = honest()
    await Promise.all(
      Array.from({ length: ATTACKERS }, (_, index) => `203.0.113.${index + 1}`).flatMap((address) =>
        Array.from({ length: EACH }, () => attack(address)),
      ),
    )
    over = true
    await honestly
    await attackers.close()
    const seconds = (performance.now() - since) / 1000
    const fetches = fetchesSince('flooded', before)
    say(
      `${MADE_UP} made-up keys in ${seconds.toFixed(1)} s (${Math.round(MADE_UP / seconds)}/s): forged ${toldOf(forged)}; ` +
        `new keys meanwhile ${toldOf(valid)}; beside it ${toldOf(calm)}; ${fetches} fetches`,
    )
    expect(forged.granted).toBe(0)
    expect([...valid.refused, ...calm.refused]).toEqual([])
    expect(fetches).toBeLessThanOrEqual(seconds + 1)
  })
})

describe('one dead issuer', () => {
  it('delays neither the start nor anybody else', async () => {
    const dead = issuer('hang')
    dead.misdeliver('jwks', { kind: 'hang' })
    dead.misdeliver('discovery', { kind: 'hang' })
    const { port } = new URL(server.url)
    await server.kill()
    const since = performance.now()
    server = await world.start({ port: Number(port), env: env() })
    const startMs = performance.now() - since
    const calm = emptyTally()
    const theirs = emptyTally()
    await Promise.all([
      every(20, 3_000, () => fire('calm', calm)),
      ...Array.from({ length: 20 }, () => fire('hang', theirs)),
    ])
    say(`started in ${Math.round(startMs)} ms beside a dead issuer: ${toldOf(calm)}; the dead one's ${toldOf(theirs)}`)
    expect([...calm.refused]).toEqual([])
    // Its tokens cannot be judged; they are told so in the time that a caller waits.
    expect([...theirs.refused]).toEqual([[400, 20]])
    expect(quantile(theirs.ms, 1)).toBeLessThan(10_000)
    dead.misdeliver('jwks', { kind: 'none' })
    dead.misdeliver('discovery', { kind: 'none' })
    const again = emptyTally()
    await sleep(1_000)
    await fire('hang', again)
    expect(again.granted).toBe(1)
  })
})
