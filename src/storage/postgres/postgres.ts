/** PostgreSQL, or an engine that speaks its protocol, by pg: a pool for reads and appends, and one connection for writes. */
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { createGate, createMutex, type Engine } from '../engine.ts'
import { DECISION_COLUMNS, decisionValues } from '../queries/decisions.ts'
import { BUMP, bumpAndNotify } from '../queries/revision.ts'
import type { Schema } from '../schema.ts'
import { listenForRevisions, REVISION_CHANNEL } from './revision-listener.ts'
import { createSteadyPool, type SteadyPool } from './steady-pool.ts'

export interface PostgresOptions {
  readonly url: string
  /** Connections, the writer's among them. */
  readonly poolSize: number
  readonly onError: (error: Error) => void
}

const STATEMENT_MS = 2_500
/** A migration may rewrite tables, or wait for another process that does. */
const MIGRATION_MS = 600_000

/** Connects; `prepare` runs in a transaction on a patient connection of its own: migrations. */
export async function openPostgres(
  { url, poolSize, onError }: PostgresOptions,
  prepare: (db: Kysely<Schema>) => Promise<void>,
): Promise<Engine> {
  const first = createSteadyPool({ url, size: 1, statementMs: MIGRATION_MS, gate: createGate(), onError })
  let canNotify = false
  try {
    await inTransaction(kyselyOf(first), prepare)
    canNotify = await notifies(kyselyOf(first))
  } finally {
    await first.end()
  }
  const gate = createGate()
  const pool = createSteadyPool({ url, size: Math.max(1, poolSize - 1), statementMs: STATEMENT_MS, gate, onError })
  const reader = kyselyOf(pool)
  // Its own, so that no number of reads can keep the writer waiting.
  const writerPool = createSteadyPool({ url, size: 1, statementMs: STATEMENT_MS, gate, onError })
  const writer = kyselyOf(writerPool)
  const mutex = createMutex()
  const listeners: ((revision: number | null) => void)[] = []
  const onRevision = (revision: number | null) => {
    for (const listener of listeners) listener(revision)
  }
  const listening = canNotify ? listenForRevisions({ url, onRevision, onError }) : null
  return {
    name: 'postgres',
    reader,
    bumpRevision: canNotify ? bumpAndNotify(REVISION_CHANNEL) : BUMP,
    onRevision: (listener) => void listeners.push(listener),
    // Who has just written through another process must read it here.
    remembered: (_key, load) => load(),
    transaction: (work) => mutex(() => inTransaction(writer, work)),
    async append(rows) {
      const values = rows.map(decisionValues)
      const lists = DECISION_COLUMNS.map((_, index) => values.map((row) => row[index] ?? null))
      const last = rows.at(-1)?.link
      if (last === undefined) return
      await pool.query({
        name: 'append-decisions',
        text: APPEND,
        values: [...lists, last.chain, last.seq, last.hash],
      })
    },
    async ping() {
      await sql`select 1`.execute(reader)
    },
    async close() {
      await mutex(async () => undefined)
      await listening?.stop()
      // Not by Kysely, which leaves alone what it has not used yet.
      await Promise.all([pool.end(), writerPool.end()])
    },
  }
}

/** Rows and the head of their chain in one statement: one round trip, one commit. */
const APPEND = (() => {
  const marks = DECISION_COLUMNS.map((column, index) => {
    const type = column === 'at' || column === 'chain_seq' ? 'bigint' : 'text'
    return `$${index + 1}::${type}[]`
  })
  const head = [1, 2, 3].map((number) => `$${DECISION_COLUMNS.length + number}`)
  return `with appended as (
      insert into decisions (${DECISION_COLUMNS.join(', ')}) select * from unnest(${marks.join(', ')}))
    insert into chain_heads (chain, stream, chain_seq, hash) values (${head[0]}, 'decisions', ${head[1]}, ${head[2]})
    on conflict (chain) do update set chain_seq = excluded.chain_seq, hash = excluded.hash`
})()

/** Whether the engine knows notifications: some that speak PostgreSQL's protocol do not, and would refuse every write. */
async function notifies(db: Kysely<Schema>): Promise<boolean> {
  try {
    await sql`select pg_notify(${REVISION_CHANNEL}, '')`.execute(db)
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError) return false
    throw error
  }
}

function inTransaction<T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql.raw('begin').execute(connection)
    try {
      const answer = await work(connection)
      await sql.raw('commit').execute(connection)
      return answer
    } catch (error) {
      await sql
        .raw('rollback')
        .execute(connection)
        .catch(() => undefined) // the connection may be gone; the first error counts
      throw error
    }
  })
}

function kyselyOf(pool: SteadyPool): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}
