import type { Kysely } from 'kysely'
import type { Domain } from '../../registry/domain.ts'
import type { DomainStore } from '../../registry/domain-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import {
  date,
  dateOrNull,
  dateValue,
  flag,
  integer,
  type Row,
  type Schema,
  stringMap,
  text,
  textOrNull,
} from '../schema.ts'
import { unknownOrganisation } from './organisations.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  domains_organisation_id: { code: 'domain.id_taken', message: 'is taken by another domain', path: 'id' },
  domains_organisation_domain: {
    code: 'domain.domain_taken',
    message: 'is another domain record of the organisation',
    path: 'domain',
  },
}

export function domainQueries(db: Kysely<Schema>): DomainStore {
  const all = () => db.selectFrom('domains').selectAll()
  const one = (row: Row | undefined) => (row === undefined ? null : fromRow(row))
  return {
    async insert(domain) {
      try {
        await db.insertInto('domains').values(toRow(domain)).execute()
      } catch (error) {
        if (isBrokenReference(error)) throw unknownOrganisation(error)
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(organisation, id) {
      return one(await all().where('organisation', '=', organisation).where('id', '=', id).executeTakeFirst())
    },
    async getByDomain(organisation, domain) {
      const query = all().where('organisation', '=', organisation).where('domain', '=', domain)
      return one(await query.executeTakeFirst())
    },
    async list(organisation, page) {
      const query = all()
        .where('organisation', '=', organisation)
        .where('uid', '>', page.after ?? '')
        .orderBy('uid')
      return (await pageOf(query, page).execute()).map(fromRow)
    },
    async update(domain) {
      try {
        const answer = await db
          .updateTable('domains')
          .set(toRow(domain))
          .where('uid', '=', domain.uid)
          .where('version', '=', domain.version - 1)
          .executeTakeFirst()
        return answer.numUpdatedRows === 1n
      } catch (error) {
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async remove(uid) {
      const answer = await db.deleteFrom('domains').where('uid', '=', uid).executeTakeFirst()
      return answer.numDeletedRows === 1n
    },
  }
}

function toRow(domain: Domain): Row {
  return {
    uid: domain.uid,
    organisation: domain.organisation,
    id: domain.id,
    domain: domain.domain,
    provider: domain.provider,
    challenge: domain.challenge,
    vouched: Number(domain.vouched),
    verified_at: dateValue(domain.verifiedAt),
    labels: JSON.stringify(domain.labels),
    version: domain.version,
    created_at: domain.createdAt.getTime(),
    updated_at: domain.updatedAt.getTime(),
  }
}

function fromRow(row: Row): Domain {
  return {
    uid: text(row, 'uid'),
    id: text(row, 'id'),
    organisation: text(row, 'organisation'),
    domain: text(row, 'domain'),
    provider: textOrNull(row, 'provider'),
    challenge: text(row, 'challenge'),
    vouched: flag(row, 'vouched'),
    verifiedAt: dateOrNull(row, 'verified_at'),
    labels: stringMap(row, 'labels'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
