import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditChain } from '../decisions/decision-store.ts'
import { faultOf } from './conformance/fault-of.ts'
import { eventOf, organisationOf } from './conformance/samples.ts'
import type { Engine } from './engine.ts'
import { prepareSchema } from './prepare.ts'
import { organisationQueries } from './queries/organisations.ts'
import { openSqlite } from './sqlite/sqlite.ts'
import { createWriteRoad, type WriteRoad } from './write-road.ts'

const UNAVAILABLE = ['unavailable', 'storage.unavailable']
const DISK_FULL = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
const DEADLOCK = Object.assign(new Error('deadlock detected'), { code: '40P01' })

let folder: string
let engine: Engine
let road: WriteRoad
/** What the next commits end with; none means that they hold. */
let failures: Error[] = []
let transactions = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-write-road-'))
  const now = () => new Date('2026-01-01T00:00:00Z')
  engine = await openSqlite(join(folder, 'entente.db'), (db) => prepareSchema(db, 'sqlite', now))
  failures = []
  transactions = 0
  road = createWriteRoad({
    ...engine,
    transaction: (work) =>
      engine.transaction(async (db) => {
        transactions += 1
        const answer = await work(db)
        const failure = failures.shift()
        if (failure !== undefined) throw failure
        return answer
      }),
  })
})

afterEach(async () => {
  await road.drain()
  await engine.close()
  await rm(folder, { recursive: true })
})

const insert = () => road.run((db) => organisationQueries(db).insert(organisationOf()), true)
/** Without `default`. */
const stored = async () => (await organisationQueries(engine.reader).list({ limit: 1_000 })).length - 1

describe('the write road', () => {
  it('lets those that wait together share a commit, up to a bound', async () => {
    await Promise.all(Array.from({ length: 200 }, insert))
    expect(transactions).toBe(4)
    expect(await stored()).toBe(200)
    expect(road.revisions()).toBe(4)
  })

  it('acknowledges nothing of a commit that an outage ended, nor what waited behind it, and goes on afterwards', async () => {
    failures = [DISK_FULL]
    const faults = await Promise.all(Array.from({ length: 200 }, () => faultOf(insert())))
    for (const fault of faults) expect(fault).toEqual(UNAVAILABLE)
    expect([transactions, await stored(), road.revisions()]).toEqual([1, 0, 0])
    await insert()
    expect(await stored()).toBe(1)
  })

  it('ends a commit in which one operation met an outage', async () => {
    const outage = road.run(() => Promise.reject(DISK_FULL), false)
    const faults = await Promise.all([faultOf(insert()), faultOf(outage), faultOf(insert())])
    expect(faults).toEqual([UNAVAILABLE, UNAVAILABLE, UNAVAILABLE])
    expect(await stored()).toBe(0)
  })

  it('does not let a mistake of ours in one commit spoil the next', async () => {
    failures = [new RangeError('a mistake')]
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, insert))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(64)
    expect(await stored()).toBe(36)
  })

  it('runs each operation alone after a deadlock', async () => {
    failures = [DEADLOCK, DEADLOCK]
    await Promise.all(Array.from({ length: 10 }, insert))
    expect(transactions).toBe(1 + 1 + 10)
    expect(await stored()).toBe(10)
  })

  it('gives up on an operation whose deadlocks do not end', async () => {
    failures = [DEADLOCK, DEADLOCK, DEADLOCK, DEADLOCK]
    const outcomes = await Promise.allSettled([insert(), insert()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(await stored()).toBe(1)
  })

  it('tells the audit chain whether each commit held', async () => {
    const told: [actions: string[], committed: boolean][] = []
    const chain: AuditChain = {
      chain: (events) => ({
        rows: [],
        settle: (committed) => told.push([events.map(({ action }) => action), committed]),
      }),
    }
    road.useAuditChain(chain)
    const audited = (action: string) => road.run(async (_, audit) => audit(eventOf('default', action)), false)
    failures = [DISK_FULL]
    await faultOf(audited('first'))
    await Promise.all([audited('second'), audited('third'), insert()])
    await insert()
    expect(told).toEqual([
      [['first'], false],
      [['second', 'third'], true],
    ])
    expect(road.revisions()).toBe(2)
  })

  it('audits an operation that ran again only once', async () => {
    const told: string[][] = []
    road.useAuditChain({
      chain: (events) => ({ rows: [], settle: (held) => held && told.push(events.map(({ action }) => action)) }),
    })
    failures = [DEADLOCK, DEADLOCK]
    await road.run(async (_, audit) => audit(eventOf('default', 'once')), false)
    expect(told).toEqual([['once']])
  })

  it('refuses at once what would wait behind too many others', async () => {
    const quick = () => road.run(async () => 'done', false)
    const accepted = Array.from({ length: 5_000 }, quick)
    expect(await faultOf(quick())).toEqual(UNAVAILABLE)
    expect(new Set(await Promise.all(accepted))).toEqual(new Set(['done']))
    expect(await quick()).toBe('done')
  })
})
