import type { Kysely } from 'kysely'
import type { JsonObject } from '../../json.ts'
import type { App } from '../../registry/app.ts'
import type { AppStore } from '../../registry/app-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import { date, flag, integer, object, type Row, type Schema, stringMap, text } from '../schema.ts'
import { unknownOrganisation } from './organisations.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  apps_organisation_id: { code: 'app.id_taken', message: 'is taken by another app', path: 'id' },
}

export function appQueries(db: Kysely<Schema>): AppStore {
  return {
    async insert(app) {
      try {
        await db.insertInto('apps').values(toRow(app)).execute()
      } catch (error) {
        if (isBrokenReference(error)) throw unknownOrganisation(error)
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(organisation, id) {
      const query = db.selectFrom('apps').selectAll().where('organisation', '=', organisation).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async getByUid(uid) {
      const row = await db.selectFrom('apps').selectAll().where('uid', '=', uid).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(organisation, page) {
      const all = db.selectFrom('apps').selectAll().where('organisation', '=', organisation)
      return (await pageOf(all.where('uid', '>', page.after ?? '').orderBy('uid'), page).execute()).map(fromRow)
    },
    async update(app) {
      const answer = await db
        .updateTable('apps')
        .set(toRow(app))
        .where('uid', '=', app.uid)
        .where('version', '=', app.version - 1)
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async remove(uid) {
      const answer = await db.deleteFrom('apps').where('uid', '=', uid).executeTakeFirst()
      return answer.numDeletedRows === 1n
    },
  }
}

/** Nothing asks for apps by what lies in the body. */
function toRow(app: App): Row {
  const { uid, organisation, id, enabled, secrets, labels, version, createdAt, updatedAt, ...body } = app
  return {
    uid,
    organisation,
    id,
    enabled: Number(enabled),
    labels: JSON.stringify(labels),
    body: JSON.stringify(body),
    secrets: JSON.stringify(secrets),
    version,
    created_at: createdAt.getTime(),
    updated_at: updatedAt.getTime(),
  }
}

function fromRow(row: Row): App {
  // Written by toRow from the same type.
  const body = object(row, 'body') as JsonObject & Omit<App, 'labels' | 'secrets'>
  return {
    ...body,
    uid: text(row, 'uid'),
    organisation: text(row, 'organisation'),
    id: text(row, 'id'),
    enabled: flag(row, 'enabled'),
    labels: stringMap(row, 'labels'),
    secrets: stringMap(row, 'secrets'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
