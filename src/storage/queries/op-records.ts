import type { Kysely } from 'kysely'
import type { OpRecord, OpRecordStore } from '../../planes/sign-in/op-record-store.ts'
import { dateOrNull, dateValue, object, type Row, type Schema, text, textOrNull } from '../schema.ts'

export function opRecordQueries(db: Kysely<Schema>): OpRecordStore {
  const living = (model: string, now: Date) =>
    db
      .selectFrom('op_records')
      .selectAll()
      .where('model', '=', model)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.getTime())]))
  const one = (row: Row | undefined) => (row === undefined ? null : fromRow(row))
  return {
    async upsert(record) {
      const { model: _model, id: _id, ...changed } = toRow(record)
      await db
        .insertInto('op_records')
        .values(toRow(record))
        .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(changed))
        .execute()
    },
    async find(model, id, now) {
      return one(await living(model, now).where('id', '=', id).executeTakeFirst())
    },
    async findByUid(model, uid, now) {
      return one(await living(model, now).where('uid', '=', uid).executeTakeFirst())
    },
    async findByUserCode(model, userCode, now) {
      return one(await living(model, now).where('user_code', '=', userCode).executeTakeFirst())
    },
    async consume(model, id, now) {
      const answer = await db
        .updateTable('op_records')
        .set({ consumed_at: now.getTime() })
        .where('model', '=', model)
        .where('id', '=', id)
        .where('consumed_at', 'is', null)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.getTime())]))
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async destroy(model, id) {
      await db.deleteFrom('op_records').where('model', '=', model).where('id', '=', id).execute()
    },
    async revokeGrant(grantId) {
      await db.deleteFrom('op_records').where('grant_id', '=', grantId).execute()
    },
    async revokeSession(session) {
      await db.deleteFrom('op_records').where('session', '=', session).execute()
    },
    async purge(now) {
      const answer = await db.deleteFrom('op_records').where('expires_at', '<=', now.getTime()).executeTakeFirst()
      return Number(answer.numDeletedRows)
    },
  }
}

function toRow(record: OpRecord): Row {
  return {
    model: record.model,
    id: record.id,
    payload: JSON.stringify(record.payload),
    grant_id: record.grantId,
    user_code: record.userCode,
    uid: record.uid,
    session: record.session,
    consumed_at: dateValue(record.consumedAt),
    expires_at: dateValue(record.expiresAt),
  }
}

function fromRow(row: Row): OpRecord {
  return {
    model: text(row, 'model'),
    id: text(row, 'id'),
    payload: object(row, 'payload'),
    grantId: textOrNull(row, 'grant_id'),
    userCode: textOrNull(row, 'user_code'),
    uid: textOrNull(row, 'uid'),
    session: textOrNull(row, 'session'),
    consumedAt: dateOrNull(row, 'consumed_at'),
    expiresAt: dateOrNull(row, 'expires_at'),
  }
}
