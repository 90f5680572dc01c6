import type { Kysely } from 'kysely'
import type { OpRecord, OpRecordStore } from '../../planes/sign-in/op-record-store.ts'
import { fixedStatement, type Slot, slotsOf } from '../fixed-statement.ts'
import { dateOrNull, dateValue, object, type Row, type Schema, text, textOrNull } from '../schema.ts'

const KEY = ['model', 'id'] as const
const CHANGED = ['payload', 'grant_id', 'user_code', 'uid', 'session', 'consumed_at', 'expires_at'] as const

const living = (db: Kysely<Schema>, slot: Slot) =>
  db
    .selectFrom('op_records')
    .selectAll()
    .where('model', '=', slot('model'))
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', slot('now'))]))

const upsertOne = fixedStatement((db, slot) =>
  db
    .insertInto('op_records')
    .values(slotsOf([...KEY, ...CHANGED], slot))
    .onConflict((conflict) =>
      conflict
        .columns([...KEY])
        .doUpdateSet((eb) => Object.fromEntries(CHANGED.map((column) => [column, eb.ref(`excluded.${column}`)]))),
    ),
)
const selectById = fixedStatement((db, slot) => living(db, slot).where('id', '=', slot('id')))
const selectByUid = fixedStatement((db, slot) => living(db, slot).where('uid', '=', slot('uid')))
const consumeOne = fixedStatement((db, slot) =>
  db
    .updateTable('op_records')
    .set({ consumed_at: slot('now') })
    .where('model', '=', slot('model'))
    .where('id', '=', slot('id'))
    .where('consumed_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', slot('now'))])),
)
const deleteOne = fixedStatement((db, slot) =>
  db.deleteFrom('op_records').where('model', '=', slot('model')).where('id', '=', slot('id')),
)

export function opRecordQueries(db: Kysely<Schema>): OpRecordStore {
  const one = ([row]: readonly Row[]) => (row === undefined ? null : fromRow(row))
  return {
    async upsert(record) {
      await upsertOne.run(db, toRow(record))
    },
    async find(model, id, now) {
      return one(await selectById.rows(db, { model, id, now: now.getTime() }))
    },
    async findByUid(model, uid, now) {
      return one(await selectByUid.rows(db, { model, uid, now: now.getTime() }))
    },
    async findByUserCode(model, userCode, now) {
      const query = db
        .selectFrom('op_records')
        .selectAll()
        .where('model', '=', model)
        .where('user_code', '=', userCode)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.getTime())]))
      return one(await query.execute())
    },
    async consume(model, id, now) {
      return (await consumeOne.run(db, { model, id, now: now.getTime() })) === 1
    },
    async destroy(model, id) {
      await deleteOne.run(db, { model, id })
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
