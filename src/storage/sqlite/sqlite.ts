/** better-sqlite3: WAL, synchronous=FULL, one writer connection and one reader, so that reads never see uncommitted rows. */
import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { DecisionRow } from '../../decisions/decision-store.ts'
import { createMutex, type Engine } from '../engine.ts'
import { DECISION_COLUMNS, decisionValues } from '../queries/decisions.ts'
import type { Schema } from '../schema.ts'

/** Opens (and makes, 0600) the file. `prepare` runs on the writer before the reader opens: migrations. */
export async function openSqlite(file: string, prepare: (db: Kysely<Schema>) => Promise<void>): Promise<Engine> {
  closeSync(openSync(file, 'a', 0o600))
  const writer = new Database(file)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000']) {
    writer.pragma(pragma)
  }
  const writerDb = kyselyOf(writer)
  const mutex = createMutex()
  try {
    await prepare(writerDb)
  } catch (error) {
    await writerDb.destroy()
    throw error
  }
  const reader = new Database(file, { readonly: true })
  reader.pragma('busy_timeout = 5000')
  const readerDb = kyselyOf(reader)
  return {
    name: 'sqlite',
    reader: readerDb,
    exclusive: (work) => mutex(() => work(writerDb)),
    append: appendTo(writer, mutex),
    async close() {
      await mutex(async () => undefined)
      await readerDb.destroy()
      await writerDb.destroy()
    },
  }
}

/** The hot path: one prepared statement in a loop, one commit. Beside Kysely, whose compilation would cost more than the insert. */
function appendTo(writer: Database.Database, mutex: ReturnType<typeof createMutex>): Engine['append'] {
  const marks = DECISION_COLUMNS.map(() => '?').join(', ')
  const insert = writer.prepare(`insert into decisions (${DECISION_COLUMNS.join(', ')}) values (${marks})`)
  const head = writer.prepare(
    `insert into chain_heads (chain, stream, chain_seq, hash) values (?, 'decisions', ?, ?)
     on conflict (chain) do update set chain_seq = excluded.chain_seq, hash = excluded.hash`,
  )
  const run = writer.transaction((rows: readonly DecisionRow[]) => {
    for (const row of rows) insert.run(decisionValues(row))
    const last = rows.at(-1)?.link
    if (last !== undefined) head.run(last.chain, last.seq, last.hash)
  })
  return (rows) => mutex(async () => run.immediate(rows))
}

function kyselyOf(database: Database.Database): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
}
