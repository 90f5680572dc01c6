/**
 * 10 000 bad exchanges of mixed kinds: memory stays bounded, health answers all the while, and once the limit bites the
 * decisions no longer grow with the flood.
 */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchange } from '../../src/cli/demo/exchange.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { type BadExchanges, makeBadExchanges } from './bad-exchanges.ts'
import { residentBytes } from './memory.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const FLOOD = 10_000
const WARM_UP = 3_000
const PARALLEL = 32
const GROWTH_LIMIT_BYTES = 64 * 1024 * 1024
const HEALTH_EVERY_MS = 100
/** Two cores are shared with the flood's sender and the other tests. */
const HEALTH_LIMIT_MS = 2_000

interface Flood {
  readonly statuses: ReadonlyMap<number, number>
  readonly retryAfter: readonly string[]
  readonly slowestHealthMs: number
}

async function flood(server: ServerProcess, bodies: readonly (() => string)[], count: number): Promise<Flood> {
  const dispatcher = new Agent({ connections: PARALLEL })
  const statuses = new Map<number, number>()
  const retryAfter = new Set<string>()
  let sent = 0
  const send = async () => {
    while (sent < count) {
      const body = bodies[sent++ % bodies.length]?.() ?? ''
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await request(`${server.url}/oauth2/token`, { method: 'POST', headers, body, dispatcher })
      await answer.body.dump()
      statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
      if (answer.statusCode === 429) retryAfter.add(String(answer.headers['retry-after']))
    }
  }
  let slowestHealthMs = 0
  let over = false
  const watch = async () => {
    while (!over) {
      const since = performance.now()
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
      slowestHealthMs = Math.max(slowestHealthMs, performance.now() - since)
      await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS))
    }
  }
  const watching = watch()
  try {
    await Promise.all(Array.from({ length: PARALLEL }, send))
  } finally {
    over = true
    await watching
    await dispatcher.close()
  }
  return { statuses, retryAfter: [...retryAfter], slowestHealthMs }
}

function mixed({ known, unknown }: BadExchanges): (() => string)[] {
  return [...known.map((body) => () => body), ...unknown]
}

function decisionsIn(world: World): number {
  const database = new Database(join(world.data, 'entente.db'), { readonly: true })
  try {
    return Number(database.prepare('select count(*) from decisions').pluck().get())
  } finally {
    database.close()
  }
}

function pidOf(server: ServerProcess): number {
  if (server.child.pid === undefined) throw new Error('the server is gone')
  return server.child.pid
}

/** Minutes of the clock that were touched: at each the limit begins anew, and a slow machine takes more of them. */
function minutesSince(since: number): number {
  return Math.floor(Date.now() / 60_000) - Math.floor(since / 60_000) + 1
}

const serverErrors = (statuses: ReadonlyMap<number, number>) => [...statuses.keys()].filter((status) => status >= 500)

describe.each([
  ['at the usual limit', {}],
  ['with the limit raised', { ENTENTE_REFUSALS_PER_MINUTE: '1000000' }],
])('a flood of bad exchanges %s', (_title, env) => {
  const limited = Object.keys(env).length === 0
  let world: World
  let server: ServerProcess
  let registration: Registration
  let bad: BadExchanges

  beforeAll(async () => {
    world = await openWorld()
    server = await world.start({ env })
    registration = await registerGithub(operatorOf(server))
    bad = await makeBadExchanges(world.github, registration)
  })
  afterAll(() => world.close())

  it('leaves memory bounded and health answering', { timeout: 180_000 }, async () => {
    const warmUp = await flood(server, mixed(bad), WARM_UP)
    expect(serverErrors(warmUp.statuses)).toEqual([])
    const before = residentBytes(pidOf(server))
    const decisionsBefore = decisionsIn(world)

    const since = Date.now()
    const { statuses, retryAfter, slowestHealthMs } = await flood(server, mixed(bad), FLOOD)
    const minutes = minutesSince(since)
    expect(residentBytes(pidOf(server)) - before).toBeLessThan(GROWTH_LIMIT_BYTES)
    expect(slowestHealthMs).toBeLessThan(HEALTH_LIMIT_MS)
    expect(serverErrors(statuses)).toEqual([])
    expect(statuses.get(200)).toBeUndefined()
    if (limited) {
      expect(statuses.get(429)).toBeGreaterThan(0)
      expect(
        retryAfter.every((seconds) => /^\d+$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= 60),
      ).toBe(true)
      // A request that names a known trust is judged, and recorded, up to ten times the limit of 500 a minute.
      expect(decisionsIn(world) - decisionsBefore).toBeLessThanOrEqual(5_000 * minutes + PARALLEL)
    } else {
      expect(statuses.get(429)).toBeUndefined()
    }
  })

  // At the usual limit the address has used up its minute.
  it.skipIf(limited)('still serves the job that may', async () => {
    const token = await world.github.mint({ aud: registration.audience })
    expect((await exchange(server.url, registration.clientId, token)).status).toBe(200)
  })
})

describe('a flood that names nothing we know', () => {
  it('is cut off at the limit, and leaves no more records than that', { timeout: 120_000 }, async () => {
    const world = await openWorld()
    try {
      const server = await world.start()
      const bad = await makeBadExchanges(world.github, await registerGithub(operatorOf(server)))
      const since = Date.now()
      const { statuses } = await flood(server, bad.unknown, FLOOD)
      const most = 500 * minutesSince(since) + PARALLEL
      expect(decisionsIn(world)).toBeLessThanOrEqual(most)
      expect(statuses.get(429)).toBeGreaterThanOrEqual(FLOOD - most)
      expect(serverErrors(statuses)).toEqual([])
    } finally {
      await world.close()
    }
  })
})
