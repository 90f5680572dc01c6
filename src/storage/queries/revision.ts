/** The one-row counter that tells the caches of every process that the registry changed. */
import { CompiledQuery, type Kysely, sql } from 'kysely'
import { integer, type Schema } from '../schema.ts'

export async function readRevision(db: Kysely<Schema>): Promise<number> {
  const row = await db.selectFrom('revision').select('value').where('id', '=', 1).executeTakeFirstOrThrow()
  return integer(row, 'value')
}

export const BUMP = CompiledQuery.raw('update revision set value = value + 1 where id = 1')

/** The same, and the processes that listen on the channel hear the new revision when the transaction commits. */
export function bumpAndNotify(channel: string): CompiledQuery {
  const bump = 'with bumped as (update revision set value = value + 1 where id = 1 returning value)'
  return CompiledQuery.raw(`${bump} select pg_notify('${channel}', value::text) from bumped`)
}

/** Holds the row until the transaction ends, so that one process after the other looks and decides. */
export async function lockRevision(db: Kysely<Schema>): Promise<void> {
  await sql`update revision set value = value where id = 1`.execute(db)
}
