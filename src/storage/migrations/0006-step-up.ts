/** What a step-up transaction asks for, where its browser goes in the end, and which browser that is. */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import type { Schema } from '../schema.ts'

export async function up(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  const [text, big] = engine === 'postgres' ? ['text collate "C"', 'bigint'] : ['text', 'integer']
  for (const column of [
    `reason ${text}`,
    `level ${text}`,
    `max_age_seconds ${big}`,
    `return_to ${text}`,
    `browser_hash ${text}`,
  ]) {
    await sql.raw(`alter table step_up_transactions add column ${column}`).execute(db)
  }
}
