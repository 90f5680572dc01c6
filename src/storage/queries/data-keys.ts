import type { Kysely } from 'kysely'
import type { DataKey, DataKeyStore } from '../../keys/signing-key-store.ts'
import { date, type Row, type Schema, text, textOrNull } from '../schema.ts'
import { lockRevision } from './revision.ts'

export function dataKeyQueries(db: Kysely<Schema>): DataKeyStore {
  const list = async () =>
    (await db.selectFrom('data_keys').selectAll().orderBy('created_at').orderBy('id').execute()).map(fromRow)
  return {
    list,
    async swap(before, after) {
      await lockRevision(db)
      // A handful of rows, once in a long while: whole texts are compared, and all are written anew.
      if (JSON.stringify((await list()).map(toRow)) !== JSON.stringify(before.map(toRow))) return false
      await db.deleteFrom('data_keys').execute()
      if (after.length > 0) await db.insertInto('data_keys').values(after.map(toRow)).execute()
      return true
    },
  }
}

function toRow({ id, wrapped, wrappedNext, createdAt }: DataKey): Row {
  return { id, wrapped, wrapped_next: wrappedNext, created_at: createdAt.getTime() }
}

function fromRow(row: Row): DataKey {
  return {
    id: text(row, 'id'),
    wrapped: text(row, 'wrapped'),
    wrappedNext: textOrNull(row, 'wrapped_next'),
    createdAt: date(row, 'created_at'),
  }
}
