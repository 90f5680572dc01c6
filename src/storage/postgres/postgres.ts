/** PostgreSQL, or an engine that speaks its protocol, by pg: a pool for reads and appends, one connection at a time for writes. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createMutex, type Engine } from '../engine.ts'
import { DECISION_COLUMNS, decisionValues } from '../queries/decisions.ts'
import type { Schema } from '../schema.ts'

export interface PostgresOptions {
  readonly url: string
  /** Connections; one of them is usually the writer's. */
  readonly poolSize: number
  readonly onError: (error: Error) => void
}

/** OID of int8: ours are milliseconds, counters and versions, all far under 2^53. */
const INT8 = 20
/** An outage answers within these, and the pool connects anew by itself afterwards. */
const TIMEOUTS = {
  connectionTimeoutMillis: 3_000,
  query_timeout: 5_000,
  statement_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
}

export function openPostgres({ url, poolSize, onError }: PostgresOptions): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    keepAlive: true,
    application_name: 'entente',
    ...TIMEOUTS,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
    },
  })
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', onError)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const mutex = createMutex()
  const columns = DECISION_COLUMNS.join(', ')
  const types = DECISION_COLUMNS.map((column) => (column === 'at' || column === 'chain_seq' ? 'bigint' : 'text'))
  const unnest = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')
  const at = (name: (typeof DECISION_COLUMNS)[number]) => DECISION_COLUMNS.indexOf(name)
  // Rows and the head of their chain in one statement: one round trip, one commit.
  const append = `with rows as (insert into decisions (${columns}) select * from unnest(${unnest}))
    insert into chain_heads (chain, stream, chain_seq, hash) values ($14, 'decisions', $15, $16)
    on conflict (chain) do update set chain_seq = excluded.chain_seq, hash = excluded.hash`
  return {
    name: 'postgres',
    reader: db,
    exclusive: (work) => mutex(() => db.connection().execute(work)),
    async append(rows) {
      const values = rows.map(decisionValues)
      const lists = DECISION_COLUMNS.map((_, index) => values.map((row) => row[index] ?? null))
      const last = values.at(-1)
      if (last === undefined) return
      const head = [last[at('chain')], last[at('chain_seq')], last[at('hash')]]
      await pool.query({ name: 'append-decisions', text: append, values: [...lists, ...head] })
    },
    close: () => db.destroy(),
  }
}
