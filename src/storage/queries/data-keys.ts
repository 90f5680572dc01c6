import type { Kysely } from 'kysely'
import type { DataKeyStore } from '../../keys/signing-key-store.ts'
import { date, type Schema, text } from '../schema.ts'
import { lockRevision } from './revision.ts'

export function dataKeyQueries(db: Kysely<Schema>): DataKeyStore {
  return {
    async list() {
      const rows = await db.selectFrom('data_keys').selectAll().orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => ({
        id: text(row, 'id'),
        wrapped: text(row, 'wrapped'),
        createdAt: date(row, 'created_at'),
      }))
    },
    async insertFirst({ id, wrapped, createdAt }) {
      await lockRevision(db)
      const there = await db.selectFrom('data_keys').select('id').limit(1).executeTakeFirst()
      if (there !== undefined) return false
      await db.insertInto('data_keys').values({ id, wrapped, created_at: createdAt.getTime() }).execute()
      return true
    },
  }
}
