import type { Kysely } from 'kysely'
import type { Login } from '../../planes/sign-in/login.ts'
import type { LoginStore } from '../../planes/sign-in/login-store.ts'
import { fixedStatement, slotsOf } from '../fixed-statement.ts'
import { date, object, type Row, type Schema, text, textOrNull } from '../schema.ts'

const COLUMNS = [
  ...[
    'state',
    'organisation',
    'provider',
    'purpose',
    'reference',
    'browser_hash',
    'sealed_memory',
    'demands',
    'parked',
  ],
  ...['created_at', 'expires_at'],
]
const insertOne = fixedStatement((db, slot) => db.insertInto('logins').values(slotsOf(COLUMNS, slot)))
const selectOne = fixedStatement((db, slot) =>
  db.selectFrom('logins').selectAll().where('state', '=', slot('state')).where('expires_at', '>', slot('now')),
)
const takeOne = fixedStatement((db, slot) =>
  db
    .deleteFrom('logins')
    .where('state', '=', slot('state'))
    .where('browser_hash', '=', slot('browser'))
    .where('expires_at', '>', slot('now'))
    .returningAll(),
)

export function loginQueries(db: Kysely<Schema>): LoginStore {
  return {
    async insert(login) {
      await insertOne.run(db, toRow(login))
    },
    async peek(state, now) {
      const [row] = await selectOne.rows(db, { state, now: now.getTime() })
      return row === undefined ? null : fromRow(row)
    },
    async park(state, message, now) {
      const answer = await db
        .updateTable('logins')
        .set({ parked: JSON.stringify(message) })
        .where('state', '=', state)
        .where('parked', 'is', null)
        .where('expires_at', '>', now.getTime())
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async consume(state, browserHash, now) {
      const [row] = await takeOne.rows(db, { state, browser: browserHash, now: now.getTime() })
      return row === undefined ? null : fromRow(row)
    },
    async purge(now) {
      const answer = await db.deleteFrom('logins').where('expires_at', '<=', now.getTime()).executeTakeFirst()
      return Number(answer.numDeletedRows)
    },
  }
}

function toRow(login: Login): Row {
  return {
    state: login.state,
    organisation: login.organisation,
    provider: login.provider,
    purpose: login.purpose,
    reference: login.reference,
    browser_hash: login.browserHash,
    sealed_memory: login.sealedMemory,
    demands: JSON.stringify(login.demands),
    parked: login.parked === null ? null : JSON.stringify(login.parked),
    created_at: login.createdAt.getTime(),
    expires_at: login.expiresAt.getTime(),
  }
}

function fromRow(row: Row): Login {
  return {
    state: text(row, 'state'),
    organisation: text(row, 'organisation'),
    provider: text(row, 'provider'),
    // Written by toRow from the same type.
    purpose: text(row, 'purpose') as Login['purpose'],
    reference: textOrNull(row, 'reference'),
    browserHash: text(row, 'browser_hash'),
    sealedMemory: text(row, 'sealed_memory'),
    demands: object(row, 'demands'),
    parked: row.parked === null ? null : object(row, 'parked'),
    createdAt: date(row, 'created_at'),
    expiresAt: date(row, 'expires_at'),
  }
}
