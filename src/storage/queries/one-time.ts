import { type Kysely, sql } from 'kysely'
import type { OneTimeStore } from '../../planes/one-time-store.ts'
import type { Schema } from '../schema.ts'

export function oneTimeQueries(db: Kysely<Schema>): OneTimeStore {
  return {
    async consume(scope, key, expiresAt, now) {
      // One statement judges and takes: an expired entry counts as absent, whoever inserts or renews it has won.
      const { rows } = await sql<{ key: string }>`
        insert into one_time (scope, key, expires_at) values (${scope}, ${key}, ${expiresAt.getTime()})
        on conflict (scope, key) do update set expires_at = excluded.expires_at where one_time.expires_at <= ${now.getTime()}
        returning key`.execute(db)
      return rows.length === 1
    },
    async purge(now) {
      const answer = await db.deleteFrom('one_time').where('expires_at', '<=', now.getTime()).executeTakeFirst()
      return Number(answer.numDeletedRows)
    },
  }
}
