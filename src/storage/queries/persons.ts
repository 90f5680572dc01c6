import type { Kysely } from 'kysely'
import { Fault } from '../../fault.ts'
import type { Person, PersonLink } from '../../registry/person.ts'
import type { PersonStore } from '../../registry/person-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import { fixedStatement } from '../fixed-statement.ts'
import {
  date,
  dateOrNull,
  dateValue,
  flag,
  integer,
  object,
  type Row,
  type Schema,
  stringMap,
  strings,
  text,
  textOrNull,
} from '../schema.ts'
import { isFoundBy, searchText } from '../search-text.ts'
import { unknownOrganisation } from './organisations.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  persons_organisation_id: { code: 'person.id_taken', message: 'is taken by another person', path: 'id' },
  person_links_provider_subject: {
    code: 'person.link_taken',
    message: 'has a provider and subject that are another person',
    path: 'links',
  },
}

/** More than one is a mistake of somebody's, and this many an attack. */
const SAME_EMAIL = 20

const selectByUid = fixedStatement((db, slot) => db.selectFrom('persons').selectAll().where('uid', '=', slot('uid')))
const selectByLink = fixedStatement((db, slot) =>
  db
    .selectFrom('persons')
    .selectAll()
    .where('uid', 'in', (eb) =>
      eb
        .selectFrom('person_links')
        .select('person')
        .where('provider', '=', slot('provider'))
        .where('subject', '=', slot('subject')),
    ),
)
const selectLinks = fixedStatement((db, slot) =>
  db.selectFrom('person_links').selectAll().where('person', '=', slot('person')).orderBy('place'),
)

export function personQueries(db: Kysely<Schema>): PersonStore {
  const withLinks = async (rows: readonly Row[]): Promise<Person[]> => {
    if (rows.length === 0) return []
    const uids = rows.map((row) => text(row, 'uid'))
    const links = await db.selectFrom('person_links').selectAll().where('person', 'in', uids).orderBy('place').execute()
    return rows.map((row) => fromRow(row, links.filter(({ person }) => person === row.uid).map(linkOf)))
  }
  const one = async (row: Row | undefined) =>
    row === undefined ? null : fromRow(row, (await selectLinks.rows(db, { person: text(row, 'uid') })).map(linkOf))

  return {
    async insert(person) {
      try {
        await db.insertInto('persons').values(toRow(person)).execute()
      } catch (error) {
        if (isBrokenReference(error)) throw unknownOrganisation(error)
        throw constraintFault(error, CONSTRAINTS)
      }
      await link(db, person)
    },
    async get(organisation, id) {
      const query = db.selectFrom('persons').selectAll().where('organisation', '=', organisation).where('id', '=', id)
      return one(await query.executeTakeFirst())
    },
    async getByUid(uid) {
      return one((await selectByUid.rows(db, { uid }))[0])
    },
    async getByLink(providerUid, subject) {
      return one((await selectByLink.rows(db, { provider: providerUid, subject }))[0])
    },
    async listByEmail(organisation, email) {
      const all = db.selectFrom('persons').selectAll().where('organisation', '=', organisation)
      return withLinks(
        await all.where('email_key', '=', email.toLowerCase()).orderBy('uid').limit(SAME_EMAIL).execute(),
      )
    },
    async list(organisation, page, filter = {}) {
      let query = db.selectFrom('persons').selectAll().where('organisation', '=', organisation)
      query = query.where('uid', '>', page.after ?? '')
      if (filter.provider !== undefined) {
        const linked = db.selectFrom('person_links').select('person').where('provider', '=', filter.provider)
        query = query.where('uid', 'in', linked)
      }
      if (filter.search !== undefined && filter.search !== '') {
        const found = isFoundBy('search_text', filter.search)
        if (found === null) return []
        query = query.where(found)
      }
      return withLinks(await pageOf(query.orderBy('uid'), page).execute())
    },
    async update(person) {
      const answer = await db
        .updateTable('persons')
        .set(toRow(person))
        .where('uid', '=', person.uid)
        .where('version', '=', person.version - 1)
        .executeTakeFirst()
      if (answer.numUpdatedRows !== 1n) return false
      await db.deleteFrom('person_links').where('person', '=', person.uid).execute()
      await link(db, person)
      return true
    },
    async remove(uid) {
      const answer = await db.deleteFrom('persons').where('uid', '=', uid).executeTakeFirst()
      return answer.numDeletedRows === 1n
    },
    async countLinks(providerUid) {
      const query = db.selectFrom('person_links').select((eb) => eb.fn.countAll<number>().as('total'))
      return Number((await query.where('provider', '=', providerUid).executeTakeFirstOrThrow()).total)
    },
  }
}

async function link(db: Kysely<Schema>, { uid, links }: Person): Promise<void> {
  if (links.length === 0) return
  const rows = links.map(({ provider, subject }, place) => ({ provider, subject, person: uid, place }))
  try {
    await db.insertInto('person_links').values(rows).execute()
  } catch (error) {
    if (!isBrokenReference(error)) throw constraintFault(error, CONSTRAINTS)
    throw new Fault('missing', 'provider.unknown', 'There is no such provider.', { cause: error })
  }
}

function linkOf(row: Row): PersonLink {
  return { provider: text(row, 'provider'), subject: text(row, 'subject') }
}

function toRow(person: Person): Row {
  return {
    uid: person.uid,
    organisation: person.organisation,
    id: person.id,
    email: person.email,
    email_key: person.email === null ? null : person.email.toLowerCase(),
    email_verified: Number(person.emailVerified),
    display_name: person.displayName,
    username: person.username,
    enabled: Number(person.enabled),
    groups: JSON.stringify(person.groups),
    role_ids: JSON.stringify(person.roleIds),
    attributes: JSON.stringify(person.attributes),
    search_text: searchText([person.id, person.displayName ?? '', person.email ?? '']),
    last_sign_in_at: dateValue(person.lastSignInAt),
    labels: JSON.stringify(person.labels),
    version: person.version,
    created_at: person.createdAt.getTime(),
    updated_at: person.updatedAt.getTime(),
  }
}

function fromRow(row: Row, links: readonly PersonLink[]): Person {
  return {
    uid: text(row, 'uid'),
    organisation: text(row, 'organisation'),
    id: text(row, 'id'),
    email: textOrNull(row, 'email'),
    emailVerified: flag(row, 'email_verified'),
    displayName: textOrNull(row, 'display_name'),
    username: textOrNull(row, 'username'),
    enabled: flag(row, 'enabled'),
    groups: strings(row, 'groups'),
    roleIds: strings(row, 'role_ids'),
    attributes: Object.fromEntries(
      Object.entries(object(row, 'attributes')).map(([name, values]) => [
        name,
        Array.isArray(values) ? values.map(String) : [],
      ]),
    ),
    links,
    lastSignInAt: dateOrNull(row, 'last_sign_in_at'),
    labels: stringMap(row, 'labels'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
