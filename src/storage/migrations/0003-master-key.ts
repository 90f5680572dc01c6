/** Room for a second wrapping of each data key, while the master key is being changed. */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import type { Schema } from '../schema.ts'

export async function up(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  const text = engine === 'postgres' ? 'text collate "C"' : 'text'
  await sql.raw(`alter table data_keys add column wrapped_next ${text}`).execute(db)
}
