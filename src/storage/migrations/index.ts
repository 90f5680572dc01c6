/** The catalogue of migrations, oldest first; applied in one transaction, never changed once released. */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import { storageFault } from '../faults.ts'
import type { Schema } from '../schema.ts'
import { up as house } from './0001-house.ts'
import { up as people } from './0002-people.ts'
import { up as masterKey } from './0003-master-key.ts'
import { up as signIn } from './0004-sign-in.ts'
import { up as trustLint } from './0005-trust-lint.ts'
import { up as stepUp } from './0006-step-up.ts'

export const migrations = [house, people, masterKey, signIn, trustLint, stepUp] as const

/** Any fixed number: processes that start together wait for each other here. */
const ADVISORY_LOCK = 4_820_480

/** Brings the schema to this program's version; call it inside a transaction. Faults: storage.newer_database */
export async function migrate(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(db)
  await sql`create table if not exists entente_schema (version integer not null)`.execute(db)
  const { rows } = await sql<{ version: number }>`select version from entente_schema`.execute(db)
  const found = rows[0]?.version ?? 0
  if (found > migrations.length) {
    const message = `The database has schema version ${found}, this program knows ${migrations.length}: it was written by a newer Entente.`
    throw storageFault('storage.newer_database', { message })
  }
  if (found === migrations.length) return
  for (const up of migrations.slice(found)) await up(db, engine)
  if (rows.length === 0) await sql`insert into entente_schema (version) values (${migrations.length})`.execute(db)
  else await sql`update entente_schema set version = ${migrations.length}`.execute(db)
}
