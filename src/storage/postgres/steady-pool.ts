/**
 * A pg pool that survives outages: a connection that failed or did not answer is thrown away instead of being lent
 * again, and once waiting was in vain, the rest of the queue fails at once.
 */
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import type { Gate } from '../engine.ts'
import { storageFault } from '../faults.ts'

export interface SteadyPool {
  connect(): Promise<PostgresPoolClient>
  /** One prepared statement on a connection of its own. */
  query(statement: { readonly name: string; readonly text: string; readonly values: unknown[] }): Promise<void>
  end(): Promise<void>
}

export interface SteadyPoolOptions {
  readonly url: string
  readonly size: number
  /** Milliseconds a statement may take; the server stops it, and half a second later we do. */
  readonly statementMs: number
  readonly gate: Gate
  readonly onError: (error: Error) => void
}

/** With statements of 2.5 s, a caller of a dead server knows within 5 s. */
const CONNECT_MS = 2_000
const SERVER_FIRST_MS = 500
/** A process that stops in the middle of a transaction must not keep its locks from the others. */
const IDLE_IN_TRANSACTION_MS = 5_000
/** OID of int8: ours are milliseconds, counters and versions, all far under 2^53. */
const INT8 = 20

export function createSteadyPool({ url, size, statementMs, gate, onError }: SteadyPoolOptions): SteadyPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    keepAlive: true,
    application_name: 'entente',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + SERVER_FIRST_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
    },
  })
  // Without listeners the loss of a connection would end the process: idle ones are the pool's, lent ones nobody's.
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', () => undefined))

  const borrow = async (): Promise<pg.PoolClient> => {
    gate.pass()
    try {
      return await pool.connect()
    } catch (error) {
      throw outage(error, gate)
    }
  }
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw error instanceof pg.DatabaseError ? error : outage(error, gate)
    }
  }

  return {
    async connect() {
      const client = await borrow()
      let broken: Error | null = null
      const query = async (text: string, values: readonly unknown[]): Promise<PostgresQueryResult<unknown>> => {
        if (broken !== null) throw broken
        try {
          const { command, rowCount, rows } = await run(() => client.query(text, [...values]))
          // PostgreSQL answers the commit of a failed transaction with a rollback, and no error.
          if (text === 'commit' && command !== 'COMMIT') throw new Error('the transaction was rolled back')
          // Kysely asks only whether it is one of the commands that count rows.
          return { command: command as PostgresQueryResult<unknown>['command'], rowCount: rowCount ?? 0, rows }
        } catch (error) {
          if (endsConnection(error)) broken = error
          throw error
        }
      }
      return {
        // Sound for statements; cursors are not used here.
        query: query as PostgresPoolClient['query'],
        release: () => client.release(broken ?? undefined),
      }
    },
    async query(statement) {
      const client = await borrow()
      let broken: Error | undefined
      try {
        await run(() => client.query(statement))
      } catch (error) {
        if (endsConnection(error)) broken = error
        throw error
      } finally {
        client.release(broken)
      }
    },
    end: () => pool.end(),
  }
}

/** What did not come from the server as an answer is trouble on the way to it. */
function outage(error: unknown, gate: Gate): Error {
  const fault = storageFault('storage.unavailable', { cause: error })
  if (error instanceof Error && /timeout/i.test(error.message)) gate.shut(fault)
  return fault
}

/** True unless the server answered with an ordinary error. Class 57P: the server ends the session. */
function endsConnection(error: unknown): error is Error {
  return !(error instanceof pg.DatabaseError) || error.code?.startsWith('57P') === true
}
