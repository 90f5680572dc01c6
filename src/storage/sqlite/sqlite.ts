/** better-sqlite3: WAL, synchronous=FULL, one writer connection and one reader, so that reads never see uncommitted rows. */
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { CompiledQuery, Kysely } from 'kysely'
import type { DecisionRow } from '../../decisions/decision-store.ts'
import { createGate, createMutex, type Engine } from '../engine.ts'
import { storageFault } from '../faults.ts'
import { DECISION_COLUMNS, decisionValues } from '../queries/decisions.ts'
import { BUMP } from '../queries/revision.ts'
import type { Schema } from '../schema.ts'
import { startCheckpointer } from './checkpointer.ts'
import { sqliteDialect } from './dialect.ts'
import { createRemembered } from './remembered.ts'

/** While the program starts, waiting may stop the event loop; later it must not, so the engine waits by itself. */
const BUSY_MS = { start: 5_000, inside: 10, between: 20, altogether: 2_000 }

/** Four times what the log has when the checkpointer lets it begin anew. */
const LOG_BYTES = 64 * 1024 * 1024

const BEGIN = CompiledQuery.raw('begin immediate')
const COMMIT = CompiledQuery.raw('commit')
const ROLLBACK = CompiledQuery.raw('rollback')

/** Opens (and makes, 0600) the file. `prepare` runs in a transaction before the reader opens: migrations. */
export async function openSqlite(
  file: string,
  prepare: (db: Kysely<Schema>) => Promise<void>,
  onError: (error: Error) => void = () => undefined,
): Promise<Engine> {
  makeFile(file)
  const writer = new Database(file, { timeout: BUSY_MS.start })
  const writerDb = kyselyOf(writer)
  const remembered = createRemembered()
  const mutex = createMutex()
  const gate = createGate()

  /** Another process (a backup, a shell) may hold the file's lock for a while. */
  const patiently = async (begin: () => unknown) => {
    gate.pass()
    for (let waited = 0; ; waited += BUSY_MS.inside + BUSY_MS.between) {
      try {
        await begin()
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (waited >= BUSY_MS.altogether) {
          gate.shut(error)
          throw error
        }
      }
      await sleep(BUSY_MS.between)
    }
  }
  const begin = () => writerDb.executeQuery(BEGIN)

  const transaction = <T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T> =>
    mutex(async () => {
      await patiently(begin)
      try {
        const answer = await work(writerDb)
        await writerDb.executeQuery(COMMIT)
        remembered.forget()
        return answer
      } catch (error) {
        // A full disk may have rolled back already.
        if (writer.inTransaction) await writerDb.executeQuery(ROLLBACK)
        // A commit that reports a failure may have held.
        remembered.forget()
        throw error
      }
    })

  try {
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) writer.pragma(pragma)
    await transaction(prepare)
    writer.pragma(`busy_timeout = ${BUSY_MS.inside}`)
    writer.pragma('wal_autocheckpoint = 0')
    // Somebody who reads for long, a backup, lets the log grow; it is cut back when it begins anew.
    writer.pragma(`journal_size_limit = ${LOG_BYTES}`)
    const checkpointer = startCheckpointer(file, onError)
    const reader = new Database(file, { readonly: true, timeout: BUSY_MS.inside })
    const readerDb = kyselyOf(reader)
    const appendRows = appendTo(writer)
    const append = (rows: readonly DecisionRow[]) => {
      appendRows(rows)
      remembered.forget()
    }
    return {
      name: 'sqlite',
      bumpRevision: BUMP,
      // One process owns the file.
      onRevision: () => undefined,
      reader: readerDb,
      remembered: remembered.get,
      transaction,
      append: (rows) => mutex(() => patiently(() => append(rows))),
      ping: () =>
        mutex(async () => {
          await patiently(begin)
          await writerDb.executeQuery(ROLLBACK)
        }),
      async close() {
        await mutex(async () => undefined)
        await checkpointer.stop()
        // Not by Kysely, which leaves alone what it has not used yet.
        reader.close()
        writer.close()
      },
    }
  } catch (error) {
    writer.close()
    throw error
  }
}

function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw storageFault('storage.unavailable', { message: `The file ${file} cannot be opened: ${code}.`, cause: error })
  }
}

/** The hot path: one prepared statement in a loop, one commit. Beside Kysely, whose compilation would cost more than the insert. */
function appendTo(writer: Database.Database): (rows: readonly DecisionRow[]) => void {
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
  return (rows) => run.immediate(rows)
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
}

function kyselyOf(database: Database.Database): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: sqliteDialect(database) })
}
