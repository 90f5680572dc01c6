import type { Kysely } from 'kysely'
import type { ServicePrincipal } from '../../registry/service-principal.ts'
import type { ServicePrincipalStore } from '../../registry/service-principal-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import { date, flag, integer, type Row, type Schema, stringMap, strings, text, textOrNull } from '../schema.ts'
import { unknownOrganisation } from './organisations.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  service_principals_organisation_id: {
    code: 'principal.id_taken',
    message: 'is taken by another service principal',
    path: 'id',
  },
}

export function servicePrincipalQueries(db: Kysely<Schema>): ServicePrincipalStore {
  return {
    async insert(principal) {
      try {
        await db.insertInto('service_principals').values(toRow(principal)).execute()
      } catch (error) {
        if (isBrokenReference(error)) throw unknownOrganisation(error)
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(organisation, id) {
      const query = db.selectFrom('service_principals').selectAll().where('organisation', '=', organisation)
      const row = await query.where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async getByUid(uid) {
      const row = await db.selectFrom('service_principals').selectAll().where('uid', '=', uid).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(organisation, page) {
      const all = db.selectFrom('service_principals').selectAll().where('organisation', '=', organisation)
      const query = all.where('uid', '>', page.after ?? '').orderBy('uid')
      return (await pageOf(query, page).execute()).map(fromRow)
    },
    async update(principal) {
      const answer = await db
        .updateTable('service_principals')
        .set(toRow(principal))
        .where('uid', '=', principal.uid)
        .where('version', '=', principal.version - 1)
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async remove(uid) {
      const answer = await db.deleteFrom('service_principals').where('uid', '=', uid).executeTakeFirst()
      return answer.numDeletedRows === 1n
    },
  }
}

function toRow(principal: ServicePrincipal): Row {
  return {
    uid: principal.uid,
    organisation: principal.organisation,
    id: principal.id,
    display_name: principal.displayName,
    role_ids: JSON.stringify(principal.roleIds),
    enabled: Number(principal.enabled),
    labels: JSON.stringify(principal.labels),
    version: principal.version,
    created_at: principal.createdAt.getTime(),
    updated_at: principal.updatedAt.getTime(),
  }
}

function fromRow(row: Row): ServicePrincipal {
  return {
    uid: text(row, 'uid'),
    id: text(row, 'id'),
    organisation: text(row, 'organisation'),
    displayName: textOrNull(row, 'display_name'),
    roleIds: strings(row, 'role_ids'),
    enabled: flag(row, 'enabled'),
    labels: stringMap(row, 'labels'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
