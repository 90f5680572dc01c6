import type { Kysely } from 'kysely'
import type { RevokedTokenStore } from '../../planes/one-time-store.ts'
import type { Schema } from '../schema.ts'

export function revokedTokenQueries(db: Kysely<Schema>): RevokedTokenStore {
  return {
    async revoke(jti, expiresAt) {
      const row = { jti, expires_at: expiresAt.getTime() }
      await db
        .insertInto('revoked_tokens')
        .values(row)
        .onConflict((conflict) => conflict.column('jti').doNothing())
        .execute()
    },
    async isRevoked(jti) {
      return (
        (await db.selectFrom('revoked_tokens').select('jti').where('jti', '=', jti).executeTakeFirst()) !== undefined
      )
    },
    async purge(now) {
      const answer = await db.deleteFrom('revoked_tokens').where('expires_at', '<=', now.getTime()).executeTakeFirst()
      return Number(answer.numDeletedRows)
    },
  }
}
