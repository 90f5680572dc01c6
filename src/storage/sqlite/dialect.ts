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

/** Texts of statements: some dozens are ours, and filters and lengths of lists vary them. */
const STATEMENTS = 500

export function sqliteDialect(database: Database.Database): Dialect {
  return {
    createDriver: () => driverOf(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

function driverOf(database: Database.Database): Driver {
  const connection = connectionOf(database)
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
