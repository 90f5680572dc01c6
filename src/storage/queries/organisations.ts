import type { Kysely } from 'kysely'
import { Fault } from '../../fault.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { OrganisationStore } from '../../registry/organisation-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import { fixedStatement } from '../fixed-statement.ts'
import { date, integer, object, type Row, type Schema, stringMap, strings, text, textOrNull } from '../schema.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  organisations_id: { code: 'organisation.id_taken', message: 'is taken by another organisation', path: 'id' },
  organisations_host: { code: 'organisation.host_taken', message: 'is the host of another organisation', path: 'host' },
}

const selectById = fixedStatement((db, slot) => db.selectFrom('organisations').selectAll().where('id', '=', slot('id')))

export function organisationQueries(db: Kysely<Schema>): OrganisationStore {
  return {
    async insert(organisation) {
      try {
        await db.insertInto('organisations').values(toRow(organisation)).execute()
      } catch (error) {
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(id) {
      const [row] = await selectById.rows(db, { id })
      return row === undefined ? null : fromRow(row)
    },
    async list(page) {
      const query = db
        .selectFrom('organisations')
        .selectAll()
        .where('uid', '>', page.after ?? '')
      return (await pageOf(query.orderBy('uid'), page).execute()).map(fromRow)
    },
    async count() {
      const query = db.selectFrom('organisations').select((eb) => eb.fn.countAll<number>().as('total'))
      return Number((await query.executeTakeFirstOrThrow()).total)
    },
    async remove(uid) {
      try {
        const answer = await db.deleteFrom('organisations').where('uid', '=', uid).executeTakeFirst()
        return answer.numDeletedRows === 1n
      } catch (error) {
        if (!isBrokenReference(error)) throw error
        throw new Fault('conflict', 'organisation.not_empty', 'The organisation still has records.', { cause: error })
      }
    },
    async update(organisation) {
      try {
        const answer = await db
          .updateTable('organisations')
          .set(toRow(organisation))
          .where('uid', '=', organisation.uid)
          .where('version', '=', organisation.version - 1)
          .executeTakeFirst()
        return answer.numUpdatedRows === 1n
      } catch (error) {
        throw constraintFault(error, CONSTRAINTS)
      }
    },
  }
}

/** For records of an organisation that is not there. */
export function unknownOrganisation(cause: unknown): Fault {
  return new Fault('missing', 'organisation.unknown', 'There is no such organisation.', { cause })
}

function toRow(organisation: Organisation): Row {
  return {
    uid: organisation.uid,
    id: organisation.id,
    display_name: organisation.displayName,
    description: organisation.description,
    host: organisation.host,
    roles: JSON.stringify(organisation.roles),
    settings: JSON.stringify(organisation.settings),
    labels: JSON.stringify(organisation.labels),
    version: organisation.version,
    created_at: organisation.createdAt.getTime(),
    updated_at: organisation.updatedAt.getTime(),
  }
}

function fromRow(row: Row): Organisation {
  return {
    uid: text(row, 'uid'),
    id: text(row, 'id'),
    displayName: textOrNull(row, 'display_name'),
    description: textOrNull(row, 'description'),
    host: textOrNull(row, 'host'),
    roles: strings(row, 'roles'),
    settings: object(row, 'settings'),
    labels: stringMap(row, 'labels'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
