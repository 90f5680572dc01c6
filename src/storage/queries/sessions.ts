import { type DeleteQueryBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Session } from '../../planes/sign-in/session.ts'
import type { SessionFilter, SessionStore } from '../../planes/sign-in/session-store.ts'
import { fixedStatement, slotsOf } from '../fixed-statement.ts'
import { date, object, type Row, type Schema, strings, text, textOrNull } from '../schema.ts'

/** More than one person has browsers. */
const LISTED = 100

const COLUMNS = [
  ...['uid', 'op_session', 'organisation', 'person', 'provider', 'upstream_session', 'upstream_subject'],
  ...['sealed_logout', 'acr', 'amr', 'auth_time', 'claims', 'last_seen_at', 'created_at', 'expires_at', 'ends_at'],
]
const insertOne = fixedStatement((db, slot) => db.insertInto('sessions').values(slotsOf(COLUMNS, slot)))
const selectByUid = fixedStatement((db, slot) =>
  db.selectFrom('sessions').selectAll().where('uid', '=', slot('uid')).where('expires_at', '>', slot('now')),
)
const selectByOpSession = fixedStatement((db, slot) =>
  db.selectFrom('sessions').selectAll().where('op_session', '=', slot('session')).where('expires_at', '>', slot('now')),
)
const deleteOthers = fixedStatement((db, slot) =>
  db.deleteFrom('sessions').where('op_session', '=', slot('session')).where('uid', '!=', slot('uid')),
)
const attachOne = fixedStatement((db, slot) =>
  db
    .updateTable('sessions')
    .set({ op_session: slot('session') })
    .where('uid', '=', slot('uid')),
)

export function sessionQueries(db: Kysely<Schema>): SessionStore {
  return {
    async insert(session) {
      await insertOne.run(db, toRow(session))
    },
    async get(uid, now) {
      const [row] = await selectByUid.rows(db, { uid, now: now.getTime() })
      return row === undefined ? null : fromRow(row)
    },
    async list(filter, now) {
      const living = db.selectFrom('sessions').selectAll().where('expires_at', '>', now.getTime())
      let query: SelectQueryBuilder<Schema, 'sessions', Row> = living
      for (const [column, value] of columnsOf(filter)) query = query.where(column, '=', value)
      return (await query.orderBy('uid', 'desc').limit(LISTED).execute()).map(fromRow)
    },
    async getByOpSession(opSession, now) {
      const [row] = await selectByOpSession.rows(db, { session: opSession, now: now.getTime() })
      return row === undefined ? null : fromRow(row)
    },
    async attach(uid, opSession) {
      await deleteOthers.run(db, { session: opSession, uid })
      await attachOne.run(db, { session: opSession, uid })
    },
    async raise(uid, { acr, amr, authTime }) {
      const proof = { acr, amr: JSON.stringify(amr), auth_time: authTime.getTime() }
      const answer = await db.updateTable('sessions').set(proof).where('uid', '=', uid).executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async touch(uid, lastSeenAt, expiresAt) {
      await db
        .updateTable('sessions')
        .set({ last_seen_at: lastSeenAt.getTime(), expires_at: expiresAt.getTime() })
        .where('uid', '=', uid)
        .where('last_seen_at', '<', lastSeenAt.getTime())
        .execute()
    },
    async end({ uid, ...filter }) {
      const conditions = [...columnsOf(filter), ...(uid === undefined ? [] : ([['uid', uid]] as const))]
      // Nobody means everybody.
      if (conditions.length === 0) return []
      let query: DeleteQueryBuilder<Schema, 'sessions', unknown> = db.deleteFrom('sessions')
      for (const [column, value] of conditions) query = query.where(sql.ref(column), '=', value)
      return (await query.returningAll().execute()).map(fromRow)
    },
    async purge(now) {
      const answer = await db.deleteFrom('sessions').where('expires_at', '<=', now.getTime()).executeTakeFirst()
      return Number(answer.numDeletedRows)
    },
  }
}

function columnsOf(filter: SessionFilter): (readonly [string, string])[] {
  const { opSession, organisation, person, provider, upstreamSession, upstreamSubject } = filter
  const all = {
    op_session: opSession,
    organisation,
    person,
    provider,
    upstream_session: upstreamSession,
    upstream_subject: upstreamSubject,
  }
  return Object.entries(all).flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
}

function toRow(session: Session): Row {
  return {
    uid: session.uid,
    op_session: session.opSession,
    organisation: session.organisation,
    person: session.person,
    provider: session.provider,
    upstream_session: session.upstreamSession,
    upstream_subject: session.upstreamSubject,
    sealed_logout: session.sealedLogout,
    acr: session.acr,
    amr: JSON.stringify(session.amr),
    auth_time: session.authTime.getTime(),
    claims: JSON.stringify(session.claims),
    last_seen_at: session.lastSeenAt.getTime(),
    created_at: session.createdAt.getTime(),
    expires_at: session.expiresAt.getTime(),
    ends_at: session.endsAt.getTime(),
  }
}

function fromRow(row: Row): Session {
  return {
    uid: text(row, 'uid'),
    opSession: textOrNull(row, 'op_session'),
    organisation: text(row, 'organisation'),
    person: text(row, 'person'),
    provider: text(row, 'provider'),
    upstreamSession: textOrNull(row, 'upstream_session'),
    upstreamSubject: text(row, 'upstream_subject'),
    sealedLogout: textOrNull(row, 'sealed_logout'),
    acr: textOrNull(row, 'acr'),
    amr: strings(row, 'amr'),
    authTime: date(row, 'auth_time'),
    claims: object(row, 'claims'),
    lastSeenAt: date(row, 'last_seen_at'),
    createdAt: date(row, 'created_at'),
    expiresAt: date(row, 'expires_at'),
    endsAt: date(row, 'ends_at'),
  }
}
