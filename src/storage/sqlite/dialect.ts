/**
 * Kysely on better-sqlite3 without what Kysely's own driver does for databases that answer later: every statement is prepared
 * once, and nobody waits for the connection, since a statement is over before anybody else can ask.
 */
import type Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { LRUCache } from 'lru-cache'
import type { RememberedQuery } from '../fixed-statement.ts'

/** What has been read need not be read again, as long as `commits` tells the same number. */
export interface Remembering {
  /** Grows after each commit of this process. */
  readonly commits: () => number
}

/** Answers of one row, some kilobytes each at the most. */
const REMEMBERED = 2_000

/** Texts of statements: some dozens are ours, and filters and lengths of lists vary them. */
const STATEMENTS = 500

export function sqliteDialect(database: Database.Database, remembering?: Remembering): Dialect {
  return {
    createDriver: () =>
      driverOf(
        remembering === undefined ? connectionOf(database) : rememberingRows(connectionOf(database), remembering),
        database,
      ),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

function driverOf(connection: DatabaseConnection, database: Database.Database): Driver {
  const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement))
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    async beginTransaction() {
      await run('begin')
    },
    async commitTransaction() {
      await run('commit')
    },
    async rollbackTransaction() {
      await run('rollback')
    },
    destroy: async () => void database.close(),
  }
}

function connectionOf(database: Database.Database): DatabaseConnection {
  const statements = new LRUCache<string, Database.Statement>({ max: STATEMENTS })
  const prepared = (text: string) => {
    const statement = statements.get(text) ?? database.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const statement = prepared(sql)
      // Rows have the shape that the query's types say: Kysely's contract with its drivers.
      if (statement.reader) return { rows: statement.all(parameters) as R[] }
      const { changes, lastInsertRowid } = statement.run(parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    },
    streamQuery() {
      throw new TypeError('nothing here is streamed')
    },
  }
}

/** For a connection that only reads: what may be remembered is not asked twice between two commits. */
function rememberingRows(connection: DatabaseConnection, { commits }: Remembering): DatabaseConnection {
  const answers = new LRUCache<string, { readonly commits: number; readonly answer: QueryResult<unknown> }>({
    max: REMEMBERED,
  })
  return {
    ...connection,
    async executeQuery<R>(query: RememberedQuery): Promise<QueryResult<R>> {
      if (query.isRemembered !== true) return await connection.executeQuery<R>(query)
      const key = `${query.sql}\n${JSON.stringify(query.parameters)}`
      const now = commits()
      const known = answers.get(key)
      // The answer to the same question, so of the same type.
      if (known?.commits === now) return known.answer as QueryResult<R>
      const answer = await connection.executeQuery<R>(query)
      answers.set(key, { commits: now, answer })
      return answer
    },
  }
}
