import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { Fault } from '../../fault.ts'
import type { FirstLogin, Mapper, ProtocolName, Provider, ProviderUse } from '../../registry/provider.ts'
import type { ProviderFilter, ProviderStore } from '../../registry/provider-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import {
  date,
  dateOrNull,
  dateValue,
  flag,
  integer,
  object,
  objects,
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
  providers_organisation_id: { code: 'provider.id_taken', message: 'is taken by another provider', path: 'id' },
  providers_organisation_workload_issuer: {
    code: 'provider.issuer_taken',
    message: 'is the issuer of another workload provider of the organisation',
    path: 'issuer',
  },
}

export function providerQueries(db: Kysely<Schema>): ProviderStore {
  return {
    async insert(provider) {
      try {
        await db.insertInto('providers').values(toRow(provider)).execute()
        await route(db, provider)
      } catch (error) {
        if (isBrokenReference(error)) throw unknownOrganisation(error)
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(organisation, id) {
      const query = db.selectFrom('providers').selectAll().where('organisation', '=', organisation).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async getByUid(uid) {
      const row = await db.selectFrom('providers').selectAll().where('uid', '=', uid).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async getByIssuer(organisation, issuer) {
      const query = db.selectFrom('providers').selectAll().where('organisation', '=', organisation)
      const row = await query.where('workload_issuer', '=', issuer).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
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
      try {
        const answer = await db
          .updateTable('providers')
          .set(toRow(provider))
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

function toRow(provider: Provider): Row {
  return {
    uid: provider.uid,
    organisation: provider.organisation,
    id: provider.id,
    use: provider.use,
    protocol: provider.protocol,
    display_name: provider.displayName,
    description: provider.description,
    enabled: Number(provider.enabled),
    known: provider.known,
    issuer: provider.issuer,
    expected_issuer: provider.expectedIssuer,
    // Null for other uses: unique constraints count nulls as different.
    workload_issuer: provider.use === 'workload' ? provider.issuer : null,
    settings: JSON.stringify(provider.settings),
    secrets: JSON.stringify(provider.secrets),
    domains: JSON.stringify(provider.domains),
    routing_domains: JSON.stringify(provider.routingDomains),
    first_login: provider.firstLogin,
    examples: JSON.stringify(provider.examples),
    allowed_scopes: JSON.stringify(provider.allowedScopes),
    search_text: searchText([provider.id, provider.displayName ?? '', ...provider.domains]),
    attribute_mapping: JSON.stringify(provider.attributeMapping),
    condition: provider.condition,
    mappers: JSON.stringify(provider.mappers),
    sync_mode: provider.syncMode,
    labels: JSON.stringify(provider.labels),
    expires_at: dateValue(provider.expiresAt),
    last_tested_at: dateValue(provider.lastTestedAt),
    version: provider.version,
    created_at: provider.createdAt.getTime(),
    updated_at: provider.updatedAt.getTime(),
  }
}

function fromRow(row: Row): Provider {
  return {
    uid: text(row, 'uid'),
    id: text(row, 'id'),
    organisation: text(row, 'organisation'),
    // Here and below: written by toRow from the same types.
    use: text(row, 'use') as ProviderUse,
    protocol: text(row, 'protocol') as ProtocolName,
    displayName: textOrNull(row, 'display_name'),
    description: textOrNull(row, 'description'),
    enabled: flag(row, 'enabled'),
    known: text(row, 'known'),
    issuer: textOrNull(row, 'issuer'),
    expectedIssuer: textOrNull(row, 'expected_issuer'),
    settings: object(row, 'settings'),
    secrets: stringMap(row, 'secrets'),
    domains: strings(row, 'domains'),
    routingDomains: strings(row, 'routing_domains'),
    attributeMapping: stringMap(row, 'attribute_mapping'),
    condition: textOrNull(row, 'condition'),
    mappers: objects(row, 'mappers') as unknown as Mapper[],
    syncMode: textOrNull(row, 'sync_mode'),
    firstLogin: textOrNull(row, 'first_login') as FirstLogin | null,
    examples: objects(row, 'examples'),
    allowedScopes: strings(row, 'allowed_scopes'),
    labels: stringMap(row, 'labels'),
    expiresAt: dateOrNull(row, 'expires_at'),
    lastTestedAt: dateOrNull(row, 'last_tested_at'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
