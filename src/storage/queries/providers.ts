import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { Fault } from '../../fault.ts'
import type { Provider } from '../../registry/provider.ts'
import type { ProviderFilter, ProviderStore } from '../../registry/provider-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import { fixedStatement, slotsOf } from '../fixed-statement.ts'
import type { Row, Schema } from '../schema.ts'
import { isFoundBy } from '../search-text.ts'
import { unknownOrganisation } from './organisations.ts'
import { pageOf } from './page.ts'
import { fromRow, PROVIDER_COLUMNS, toRow } from './provider-row.ts'

const CONSTRAINTS: ConstraintFaults = {
  providers_organisation_id: { code: 'provider.id_taken', message: 'is taken by another provider', path: 'id' },
  providers_organisation_workload_issuer: {
    code: 'provider.issuer_taken',
    message: 'is the issuer of another workload provider of the organisation',
    path: 'issuer',
  },
}

const insertOne = fixedStatement((db, slot) => db.insertInto('providers').values(slotsOf(PROVIDER_COLUMNS, slot)))
const selectById = fixedStatement((db, slot) =>
  db.selectFrom('providers').selectAll().where('organisation', '=', slot('organisation')).where('id', '=', slot('id')),
)
const selectByUid = fixedStatement((db, slot) => db.selectFrom('providers').selectAll().where('uid', '=', slot('uid')))
const selectByIssuer = fixedStatement((db, slot) =>
  db
    .selectFrom('providers')
    .selectAll()
    .where('organisation', '=', slot('organisation'))
    .where('workload_issuer', '=', slot('issuer')),
)

export function providerQueries(db: Kysely<Schema>): ProviderStore {
  return {
    async insert(provider) {
      try {
        await insertOne.run(db, toRow(provider))
        await route(db, provider)
      } catch (error) {
        if (isBrokenReference(error)) throw unknownOrganisation(error)
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(organisation, id) {
      return first(await selectById.rows(db, { organisation, id }))
    },
    async getByUid(uid) {
      return first(await selectByUid.rows(db, { uid }))
    },
    async getByIssuer(organisation, issuer) {
      return first(await selectByIssuer.rows(db, { organisation, issuer }))
    },
    async listRouting(domain) {
      const routed = db.selectFrom('routed_domains').select('provider').where('domain', '=', domain)
      const query = db.selectFrom('providers').selectAll().where('uid', 'in', routed).orderBy('uid').limit(ROUTED)
      return (await query.execute()).map(fromRow)
    },
    async list(organisation, page, filter = {}) {
      const all = db.selectFrom('providers').selectAll().where('organisation', '=', organisation)
      const some = filtered(all.where('uid', '>', page.after ?? ''), filter)
      return (await pageOf(some.orderBy('uid'), page).execute()).map(fromRow)
    },
    async count(organisation, filter = {}) {
      const all = db
        .selectFrom('providers')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('organisation', '=', organisation)
      return Number((await filtered(all, filter).executeTakeFirstOrThrow()).total)
    },
    async update(provider) {
      const { last_tested_at: tested, ...row } = toRow(provider)
      // A test may have been noted since the caller read the record.
      const later = sql<
        number | null
      >`case when coalesce(last_tested_at, 0) > ${tested ?? 0} then last_tested_at else ${tested} end`
      try {
        const answer = await db
          .updateTable('providers')
          .set({ ...row, last_tested_at: later })
          .where('uid', '=', provider.uid)
          .where('version', '=', provider.version - 1)
          .executeTakeFirst()
        if (answer.numUpdatedRows !== 1n) return false
        await route(db, provider, true)
        return true
      } catch (error) {
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async touchTested(uid, testedAt) {
      const at = testedAt.getTime()
      await db
        .updateTable('providers')
        .set({ last_tested_at: at })
        .where('uid', '=', uid)
        .where(sql<boolean>`coalesce(last_tested_at, 0) < ${at}`)
        .execute()
    },
    async remove(uid) {
      try {
        const answer = await db.deleteFrom('providers').where('uid', '=', uid).executeTakeFirst()
        return answer.numDeletedRows === 1n
      } catch (error) {
        if (!isBrokenReference(error)) throw error
        throw new Fault('conflict', 'provider.has_trusts', 'Trusts still use this provider.', { cause: error })
      }
    },
  }
}

/** More providers of one domain than a chooser could show. */
const ROUTED = 100

/** Workloads have no domains, so their writes pay nothing for those of people. */
async function route(db: Kysely<Schema>, { uid, use, routingDomains }: Provider, isChange = false): Promise<void> {
  if (use === 'workload') return
  if (isChange) await db.deleteFrom('routed_domains').where('provider', '=', uid).execute()
  const rows = [...new Set(routingDomains)].map((domain) => ({ domain, provider: uid }))
  if (rows.length > 0) await db.insertInto('routed_domains').values(rows).execute()
}

function filtered<O>(query: SelectQueryBuilder<Schema, 'providers', O>, filter: ProviderFilter) {
  const { use, protocols, hasIssuer, search, searchAt, known, ids, enabled } = filter
  let some = query
  if (use !== undefined) some = some.where('use', '=', use)
  if (protocols !== undefined) some = some.where('protocol', 'in', nonEmpty(protocols))
  if (hasIssuer === true) some = some.where('issuer', 'is not', null)
  if (known !== undefined) some = some.where('known', '=', known)
  if (ids !== undefined) some = some.where('id', 'in', nonEmpty(ids))
  if (enabled !== undefined) some = some.where('enabled', '=', Number(enabled))
  if (search !== undefined && search !== '')
    some = some.where(isFoundBy('search_text', search, searchAt) ?? sql<boolean>`1 = 0`)
  return some
}

/** `in ()` is no SQL; no record has the empty text. */
function nonEmpty(values: readonly string[]): readonly string[] {
  return values.length === 0 ? [''] : values
}

function first([row]: readonly Row[]): Provider | null {
  return row === undefined ? null : fromRow(row)
}
