/**
 * The write road: operations of this process run one after another, each in a savepoint, and those that wait together
 * share a commit. An operation is answered when its commit is durable.
 */
import { CompiledQuery, type Kysely } from 'kysely'
import type { AuditChain } from '../decisions/decision-store.ts'
import type { RegistryEvent } from '../registry/stores.ts'
import { asFault, isDeadlock, isOutage } from './database-errors.ts'
import type { Engine } from './engine.ts'
import { storageFault } from './faults.ts'
import { insertAudit } from './queries/audit.ts'
import type { Schema } from './schema.ts'

export type Work<T> = (db: Kysely<Schema>, audit: (event: RegistryEvent) => void) => Promise<T>

export interface WriteRoad {
  /** `noticed` tells whether caches of the registry must notice; what audits is always noticed. */
  run<T>(work: Work<T>, noticed: boolean): Promise<T>
  useAuditChain(chain: AuditChain): void
  /** How many commits of this process were noticed. */
  revisions(): number
  /** Called after every such commit, before those who wait for it are answered. */
  onNoticed(notice: () => void): void
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>
}

interface Operation {
  readonly work: Work<unknown>
  readonly noticed: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  events: RegistryEvent[]
}

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }

const SAVEPOINT = CompiledQuery.raw('savepoint operation')
const RELEASE = CompiledQuery.raw('release savepoint operation')
const ROLLBACK = CompiledQuery.raw('rollback to savepoint operation')

/** Operations in one commit: bounds how long the first waits for the last. */
const BATCH = 64
/** Waiting operations beyond which new ones fail at once: a database that hangs must not fill the memory. */
const WAITING = 5_000
/** A deadlock needs another process; it is over once that one has committed. */
const RETRIES = 3

export function createWriteRoad(engine: Engine): WriteRoad {
  let auditChain: AuditChain | null = null
  let waiting: Operation[] = []
  let running: Promise<void> | null = null
  let revisions = 0
  const noticedBy: (() => void)[] = []

  const drive = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      waiting = waiting.slice(BATCH)
      try {
        answer(batch, await runBatch(batch))
      } catch (error) {
        if (isDeadlock(error)) await runSingly(batch)
        else fail(batch, error)
      }
    }
    running = null
  }

  const fail = (batch: readonly Operation[], error: unknown) => {
    for (const operation of batch) operation.reject(asFault(error))
    if (!isOutage(error)) return
    // Those behind have waited for the same outage; they need not find it out one batch after another.
    const others = waiting
    waiting = []
    for (const operation of others) operation.reject(asFault(error))
  }

  const runSingly = async (batch: readonly Operation[]) => {
    for (const operation of batch) {
      for (let tries = 1; ; tries++) {
        try {
          answer([operation], await runBatch([operation]))
          break
        } catch (error) {
          if (isDeadlock(error) && tries < RETRIES) continue
          operation.reject(asFault(error))
          break
        }
      }
    }
  }

  const runBatch = async (batch: readonly Operation[]): Promise<Outcome[]> => {
    let settleChain: ((committed: boolean) => void) | null = null
    let noticed = false
    try {
      const outcomes = await engine.transaction(async (db) => {
        const outcomes: Outcome[] = []
        for (const operation of batch) outcomes.push(await runOne(db, operation, batch.length === 1))
        const survivors = batch.filter((_, index) => outcomes[index]?.ok === true)
        const events = survivors.flatMap((operation) => operation.events)
        if (events.length > 0 && auditChain !== null) {
          const chained = auditChain.chain(events)
          settleChain = chained.settle
          await insertAudit(db, chained.rows)
        }
        noticed = events.length > 0 || survivors.some((operation) => operation.noticed)
        // Last: in PostgreSQL its row is where processes wait for each other.
        if (noticed) await db.executeQuery(engine.bumpRevision)
        return outcomes
      })
      tell(settleChain, true)
      if (noticed) {
        revisions += 1
        for (const notice of noticedBy) notice()
      }
      return outcomes
    } catch (error) {
      tell(settleChain, false)
      throw error
    }
  }

  const runOne = async (db: Kysely<Schema>, operation: Operation, alone: boolean): Promise<Outcome> => {
    operation.events = []
    const audit = (event: RegistryEvent) => {
      if (auditChain === null) throw new TypeError('a write that audits came before the audit chain was opened')
      operation.events.push(event)
    }
    // Alone, it needs no savepoint: its failure is the transaction's.
    if (alone) return { ok: true, value: await operation.work(db, audit) }
    await db.executeQuery(SAVEPOINT)
    try {
      const value = await operation.work(db, audit)
      await db.executeQuery(RELEASE)
      return { ok: true, value }
    } catch (error) {
      // Neither leaves a transaction that the others of the batch could go on with.
      if (isDeadlock(error) || isOutage(error)) throw error
      await db.executeQuery(ROLLBACK)
      await db.executeQuery(RELEASE)
      return { ok: false, error }
    }
  }

  return {
    run<T>(work: Work<T>, noticed: boolean): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (waiting.length >= WAITING) {
          reject(storageFault('storage.unavailable', { cause: new Error('too many writes wait') }))
          return
        }
        // The value resolved is the one `work` returned: T.
        waiting.push({ work, noticed, resolve: resolve as (value: unknown) => void, reject, events: [] })
        // After the operations of this turn of the event loop: they share the commit.
        running ??= new Promise((settled) => setImmediate(() => settled(drive())))
      })
    },
    useAuditChain(chain) {
      auditChain = chain
    },
    revisions: () => revisions,
    onNoticed: (notice) => void noticedBy.push(notice),
    async drain() {
      while (running !== null) await running
    },
  }
}

function answer(batch: readonly Operation[], outcomes: readonly Outcome[]): void {
  batch.forEach((operation, index) => {
    const outcome = outcomes[index]
    if (outcome?.ok === true) operation.resolve(outcome.value)
    else operation.reject(asFault(outcome?.error))
  })
}

/** A call of its own, because the compiler does not see that the transaction has assigned it. */
function tell(settleChain: ((committed: boolean) => void) | null, committed: boolean): void {
  settleChain?.(committed)
}
