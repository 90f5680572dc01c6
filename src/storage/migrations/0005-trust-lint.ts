/** Which findings of trust lint somebody has taken upon themselves; who and when says the audit. */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import type { Schema } from '../schema.ts'

export async function up(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  const text = engine === 'postgres' ? 'text collate "C"' : 'text'
  await sql.raw(`alter table trusts add column acknowledged_lint ${text} not null default '[]'`).execute(db)
}
