/**
 * The write road: operations of this process run one after another, each in a savepoint, and those that wait together
 * share a commit. An operation is answered when its commit is durable.
 */
import { type Kysely, sql } from 'kysely'
import type { AuditChain } from '../decisions/decision-store.ts'
import type { RegistryEvent } from '../registry/stores.ts'
import { asFault, isDeadlock } from './database-errors.ts'
import type { Engine } from './engine.ts'
import { insertAudit } from './queries/audit.ts'
import type { Schema } from './schema.ts'

export interface WriteRoad {
  /** `changes` tells whether caches of the registry must notice, beside operations that audit. */
  run<T>(work: (db: Kysely<Schema>, audit: (event: RegistryEvent) => void) => Promise<T>, changes: boolean): Promise<T>
  useAuditChain(chain: AuditChain): void
}

interface Operation {
  readonly work: (db: Kysely<Schema>, audit: (event: RegistryEvent) => void) => Promise<unknown>
  readonly changes: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  events: RegistryEvent[]
}

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }

/** Operations in one commit: bounds how long the first waits for the last. */
const BATCH = 64
/** Waiting operations beyond which new ones fail at once: a database that hangs must not fill the memory. */
const WAITING = 5_000
/** A deadlock needs another process; it is over once that one has committed. */
const RETRIES = 3

export function createWriteRoad(engine: Engine): WriteRoad {
  let auditChain: AuditChain | null = null
  let waiting: Operation[] = []
  let running = false

  const drive = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      waiting = waiting.slice(BATCH)
      await settle(batch)
    }
    running = false
  }

  const settle = async (batch: readonly Operation[]) => {
    try {
      answer(batch, await runBatch(batch))
    } catch (error) {
      if (isDeadlock(error)) await runSingly(batch)
      else for (const operation of batch) operation.reject(asFault(error))
    }
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

  const runBatch = (batch: readonly Operation[]): Promise<Outcome[]> =>
    engine.exclusive(async (db) => {
      const outcomes: Outcome[] = []
      let settleChain: ((committed: boolean) => void) | null = null
      await sql.raw(engine.name === 'sqlite' ? 'begin immediate' : 'begin').execute(db)
      try {
        for (const operation of batch) outcomes.push(await runOne(db, operation))
        const survivors = batch.filter((_, index) => outcomes[index]?.ok === true)
        const events = survivors.flatMap((operation) => operation.events)
        if (events.length > 0) {
          if (auditChain === null) throw new TypeError('a write that audits came before the audit chain was opened')
          const chained = auditChain.chain(events)
          settleChain = chained.settle
          await insertAudit(db, chained.rows)
        }
        if (events.length > 0 || survivors.some((operation) => operation.changes)) {
          await sql`update revision set value = value + 1 where id = 1`.execute(db)
        }
        await sql.raw('commit').execute(db)
      } catch (error) {
        settleChain?.(false)
        await sql
          .raw('rollback')
          .execute(db)
          .catch(() => undefined) // the connection may be gone; the first error counts
        throw error
      }
      settleChain?.(true)
      return outcomes
    })

  return {
    run<T>(
      work: (db: Kysely<Schema>, audit: (event: RegistryEvent) => void) => Promise<T>,
      changes: boolean,
    ): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (waiting.length >= WAITING) {
          reject(asFault(Object.assign(new Error('too many writes wait'), { code: 'EBUSY' })))
          return
        }
        // The value resolved is the one `work` returned: T.
        waiting.push({ work, changes, resolve: resolve as (value: unknown) => void, reject, events: [] })
        if (running) return
        running = true
        // After the operations of this turn of the event loop: they share the commit.
        setImmediate(drive)
      })
    },
    useAuditChain(chain) {
      auditChain = chain
    },
  }
}

async function runOne(db: Kysely<Schema>, operation: Operation): Promise<Outcome> {
  operation.events = []
  await sql.raw('savepoint operation').execute(db)
  try {
    const value = await operation.work(db, (event) => operation.events.push(event))
    await sql.raw('release savepoint operation').execute(db)
    return { ok: true, value }
  } catch (error) {
    // A deadlock ends the whole transaction's chances: the batch starts again, one by one.
    if (isDeadlock(error)) throw error
    await sql.raw('rollback to savepoint operation').execute(db)
    await sql.raw('release savepoint operation').execute(db)
    return { ok: false, error }
  }
}

function answer(batch: readonly Operation[], outcomes: readonly Outcome[]): void {
  batch.forEach((operation, index) => {
    const outcome = outcomes[index]
    if (outcome?.ok === true) operation.resolve(outcome.value)
    else operation.reject(asFault(outcome?.error))
  })
}
