import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { faultOf } from '../conformance/fault-of.ts'
import { describeStorage } from '../conformance/index.ts'
import { openedOn } from '../conformance/opened.ts'
import { type PostgresServer, startPostgres } from '../conformance/postgres-server.ts'
import { decisionOf, newHousehold, newUid, organisationOf, providerOf } from '../conformance/samples.ts'
import { createGate } from '../engine.ts'
import { openStorage } from '../index.ts'
import type { Storage } from '../storage.ts'
import { createSteadyPool } from './steady-pool.ts'

const now = () => new Date()
const UNAVAILABLE = ['unavailable', 'storage.unavailable']

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

describeStorage('PostgreSQL', async () => {
  const url = await server.newDatabase()
  return await openedOn({
    open: () => openStorage({ url, now, poolSize: 4 }),
    rawBytes: () => server.rawBytes(),
    sql: (statement) => server.sql(statement, url),
    remove: () => server.sql(`drop database ${new URL(url).pathname.slice(1)} with (force)`),
  })
})

describe('PostgreSQL', () => {
  it('is migrated once by four processes that start together', async () => {
    const url = await server.newDatabase()
    const all = await Promise.all(Array.from({ length: 4 }, () => openStorage({ url, now, poolSize: 2 })))
    const lists = await Promise.all(all.map((storage) => storage.organisations.list({ limit: 9 })))
    expect(lists[0]).toHaveLength(1)
    for (const list of lists) expect(list).toEqual(lists[0])
    await closeAll(all)
  })

  it('tells other processes that the registry changed', async () => {
    const url = await server.newDatabase()
    const [one, other] = [await openStorage({ url, now }), await openStorage({ url, now })]
    const before = await other.revision()
    await one.organisations.insert(organisationOf())
    expect(await other.revision()).toBe(before + 1)
    await closeAll([one, other])
  })

  it('tells them by itself, after the commit and with the revision, also when all connections were ended meanwhile', async () => {
    const url = await server.newDatabase()
    const errors: Error[] = []
    const one = await openStorage({ url, now })
    const other = await openStorage({ url, now, onError: (error) => errors.push(error) })
    const told: (number | null)[] = []
    other.onRevision((revision) => told.push(revision))
    // From here on it listens: it says so itself.
    await expect.poll(() => told).toEqual([null])
    await one.write(async (tx) => {
      await tx.organisations.insert(organisationOf())
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(told).toEqual([null])
    })
    // Not audited, so nobody need notice; the next is.
    expect(told).toEqual([null])
    const since = performance.now()
    await one.organisations.insert(organisationOf())
    const revision = await one.revision()
    await expect.poll(() => told).toEqual([null, revision])
    console.info(`told after ${Math.round(performance.now() - since)} ms`)
    await server.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`,
    )
    await expect.poll(() => told).toEqual([null, revision, null])
    expect(errors.length).toBeGreaterThan(0)
    await expect.poll(() => one.organisations.insert(organisationOf()).then(() => 'written', String)).toBe('written')
    await expect.poll(() => told.at(-1)).toBe(await one.revision())
    await closeAll([one, other])
  })

  it('gives up one of two writers who wait for each other, and it writes again', async () => {
    const url = await server.newDatabase()
    const [one, other] = [await openStorage({ url, now }), await openStorage({ url, now })]
    const [first, second] = [organisationOf(), organisationOf()]
    for (const organisation of [first, second]) await one.organisations.insert(organisation)
    let met = 0
    let go: () => void = () => undefined
    const both = new Promise<void>((resolve) => {
      go = resolve
    })
    const change = (storage: Storage, ids: readonly string[]) =>
      storage.write(async (tx) => {
        for (const id of ids) {
          // The one that was given up may read before the other has committed: its swap is refused, and it reads again.
          for (let isWritten = false; !isWritten; ) {
            const found = await tx.organisations.get(id)
            if (found === null) throw new Error('it was just written')
            isWritten = await tx.organisations.update({ ...found, version: found.version + 1 })
          }
          met += 1
          if (met === 2) go()
          await both
        }
      })
    await Promise.all([change(one, [first.id, second.id]), change(other, [second.id, first.id])])
    expect(met).toBeGreaterThan(4)
    expect((await one.organisations.get(first.id))?.version).toBe(3)
    expect((await one.organisations.get(second.id))?.version).toBe(3)
    await closeAll([one, other])
  })

  it('goes on after all its connections were ended', async () => {
    const url = await server.newDatabase()
    const errors: Error[] = []
    const storage = await openStorage({ url, now, onError: (error) => errors.push(error) })
    await newHousehold(storage)
    await Promise.all(Array.from({ length: 20 }, () => storage.organisations.list({ limit: 1 })))
    const end = () =>
      server.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`,
      )
    // A connection that has not heard yet of its end refuses the one call that takes it.
    const goesOn = () => expect.poll(() => newHousehold(storage).then(() => 'goes on', faultCode)).toBe('goes on')
    const faultCode = (error: unknown) => (error instanceof Fault ? error.code : String(error))
    await end()
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    await goesOn()
    // In the middle of a write, its caller is told.
    const interrupted = storage.write(async (tx) => {
      await tx.organisations.insert(organisationOf())
      await end()
      await tx.organisations.insert(organisationOf())
    })
    expect(await faultOf(interrupted)).toEqual(UNAVAILABLE)
    await goesOn()
    await storage.ping()
    await storage.close()
  })

  it('that falls silent is told within seconds to everyone who waits, and taken up again by itself', async () => {
    const wire = await openWire(await server.newDatabase())
    const storage = await openStorage({ url: wire.url, now, poolSize: 4 })
    await newHousehold(storage)
    await Promise.all(Array.from({ length: 8 }, () => storage.organisations.list({ limit: 1 })))
    wire.silence()
    const since = performance.now()
    const decision = decisionOf('default')
    const row = { decision, body: JSON.stringify(decision), link: { chain: newUid(), seq: 1, previous: '', hash: '' } }
    const waiting = [
      storage.ping(),
      ...Array.from({ length: 200 }, () => storage.organisations.insert(organisationOf())),
      ...Array.from({ length: 50 }, () => storage.organisations.list({ limit: 1 })),
      ...Array.from({ length: 5 }, () => storage.decisions.append([row])),
    ]
    for (const fault of await Promise.all(waiting.map(faultOf))) expect(fault).toEqual(UNAVAILABLE)
    expect(performance.now() - since).toBeLessThan(6_000)
    wire.restore()
    await expect
      .poll(
        () =>
          storage.ping().then(
            () => 'answers',
            () => 'does not',
          ),
        { timeout: 5_000 },
      )
      .toBe('answers')
    await storage.decisions.append([row])
    await newHousehold(storage)
    await storage.close()
    await wire.close()
  })

  it('that is not there, or does not let us in, is told at once', async () => {
    const wire = await openWire(server.url)
    await wire.close()
    expect(await faultOf(openStorage({ url: wire.url, now }))).toEqual(UNAVAILABLE)
    const stranger = new URL(server.url)
    stranger.password = 'wrong'
    expect(await faultOf(openStorage({ url: stranger.href, now }))).toEqual(UNAVAILABLE)
    const nowhere = new URL(server.url)
    nowhere.pathname = '/nowhere'
    expect(await faultOf(openStorage({ url: nowhere.href, now }))).toEqual(UNAVAILABLE)
  })

  it('is not believed when it ends a commit with a rollback', async () => {
    const onError = () => undefined
    const pool = createSteadyPool({ url: server.url, size: 1, statementMs: 2_500, gate: createGate(), onError })
    const client = await pool.connect()
    await client.query('begin', [])
    await expect(client.query('select 1 / 0', [])).rejects.toThrow('division by zero')
    await expect(client.query('commit', [])).rejects.toThrow('rolled back')
    client.release()
    await pool.end()
  })

  it('holds no NUL, and says so', async () => {
    const storage = await openStorage({ url: await server.newDatabase(), now })
    const provider = providerOf('default', { displayName: 'a\u0000b' })
    expect(await faultOf(storage.providers.insert(provider))).toEqual(['invalid', 'storage.text_invalid'])
    expect(await faultOf(storage.providers.get('default', '\u0000'))).toEqual(['invalid', 'storage.text_invalid'])
    await storage.close()
  })

  it('does not keep a writer waiting for readers', async () => {
    const storage = await openStorage({ url: await server.newDatabase(), now, poolSize: 2 })
    const reads = Array.from({ length: 500 }, () => storage.organisations.list({ limit: 100 }))
    let isReading = true
    const read = Promise.all(reads).then(() => {
      isReading = false
    })
    await storage.organisations.insert(organisationOf())
    expect(isReading).toBe(true)
    await read
    await storage.close()
  })
})

async function closeAll(all: readonly Storage[]): Promise<void> {
  for (const storage of all) await storage.close()
}

/** A way to the server that can fall silent without breaking, as networks do. */
async function openWire(target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let silent = false
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.on('data', (chunk) => {
      if (!silent) to.write(chunk)
    })
    from.on('close', () => to.destroy())
    from.on('error', () => to.destroy())
  }
  const wire = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    pass(client, upstream)
    pass(upstream, client)
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const address = wire.address()
  if (address === null || typeof address === 'string') throw new TypeError('a port was asked for')
  const url = new URL(target)
  url.port = String(address.port)
  return {
    url: url.href,
    silence: () => {
      silent = true
    },
    restore: () => {
      silent = false
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => wire.close(resolve))
    },
  }
}
