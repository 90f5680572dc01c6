import type { Kysely } from 'kysely'
import { Fault } from '../../fault.ts'
import type { Trust } from '../../registry/trust.ts'
import type { TrustStore } from '../../registry/trust-store.ts'
import { type ConstraintFaults, constraintFault, constraintOf, isBrokenReference } from '../database-errors.ts'
import {
  date,
  flag,
  integer,
  integerOrNull,
  objects,
  type Row,
  type Schema,
  stringMap,
  strings,
  text,
  textOrNull,
} from '../schema.ts'
import { isFoundBy, searchText } from '../search-text.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  trusts_organisation_id: { code: 'trust.id_taken', message: 'is taken by another trust', path: 'id' },
  trusts_cutename: { code: 'trust.id_taken', message: 'is taken by another trust', path: 'clientId' },
}

export function trustQueries(db: Kysely<Schema>): TrustStore {
  return {
    async insert(trust) {
      try {
        await db.insertInto('trusts').values(toRow(trust)).execute()
      } catch (error) {
        if (isBrokenReference(error)) throw await missingReference(db, trust, error)
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async getByCutename(cutename) {
      const row = await db.selectFrom('trusts').selectAll().where('cutename', '=', cutename).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async get(organisation, id) {
      const query = db.selectFrom('trusts').selectAll().where('organisation', '=', organisation).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(organisation, page, { principal, provider, query: words } = {}) {
      let query = db
        .selectFrom('trusts')
        .selectAll()
        .where('organisation', '=', organisation)
        .where('uid', '>', page.after ?? '')
      if (principal !== undefined) query = query.where('principal', '=', principal)
      if (provider !== undefined) query = query.where('provider', '=', provider)
      if (words !== undefined && words !== '') {
        const isFound = isFoundBy('search_text', words)
        if (isFound === null) return []
        query = query.where(isFound)
      }
      return (await pageOf(query.orderBy('uid'), page).execute()).map(fromRow)
    },
    async update(trust) {
      const answer = await db
        .updateTable('trusts')
        .set(toRow(trust))
        .where('uid', '=', trust.uid)
        .where('version', '=', trust.version - 1)
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async remove(uid) {
      const answer = await db.deleteFrom('trusts').where('uid', '=', uid).executeTakeFirst()
      return answer.numDeletedRows === 1n
    },
  }
}

/** What the insert asked for was removed between the caller's check and now. */
async function missingReference(db: Kysely<Schema>, { principal }: Trust, cause: unknown): Promise<Fault> {
  const constraint = constraintOf(cause)
  const isPrincipal =
    constraint === ''
      ? // SQLite does not name the constraint, but lets the transaction go on.
        (await db.selectFrom('service_principals').select('uid').where('uid', '=', principal).executeTakeFirst()) ===
        undefined
      : constraint === 'trusts_principal_fkey'
  return isPrincipal
    ? new Fault('missing', 'principal.unknown', 'There is no such service principal.', { cause })
    : new Fault('missing', 'provider.unknown', 'There is no such provider.', { cause })
}

function toRow(trust: Trust): Row {
  return {
    uid: trust.uid,
    id: trust.id,
    cutename: trust.cutename,
    organisation: trust.organisation,
    principal: trust.principal,
    provider: trust.provider,
    display_name: trust.displayName,
    description: trust.description,
    search_text: searchText([trust.displayName ?? trust.id, trust.description ?? '']),
    condition: trust.condition,
    scoped_role_ids: JSON.stringify(trust.scopedRoleIds),
    allow_source_cidrs: JSON.stringify(trust.allowSourceCidrs),
    passthrough_claims: JSON.stringify(trust.passthroughClaims),
    allowed_resources: JSON.stringify(trust.allowedResources),
    allowed_scopes: JSON.stringify(trust.allowedScopes),
    token_lifetime_seconds: trust.tokenLifetimeSeconds,
    cap_lifetime_to_subject: Number(trust.capLifetimeToSubject),
    examples: JSON.stringify(trust.examples),
    acknowledged_lint: JSON.stringify(trust.acknowledgedLint),
    enabled: Number(trust.enabled),
    labels: JSON.stringify(trust.labels),
    version: trust.version,
    created_at: trust.createdAt.getTime(),
    updated_at: trust.updatedAt.getTime(),
  }
}

function fromRow(row: Row): Trust {
  return {
    uid: text(row, 'uid'),
    id: text(row, 'id'),
    cutename: text(row, 'cutename'),
    organisation: text(row, 'organisation'),
    principal: text(row, 'principal'),
    provider: text(row, 'provider'),
    displayName: textOrNull(row, 'display_name'),
    description: textOrNull(row, 'description'),
    condition: textOrNull(row, 'condition'),
    scopedRoleIds: strings(row, 'scoped_role_ids'),
    allowSourceCidrs: strings(row, 'allow_source_cidrs'),
    passthroughClaims: strings(row, 'passthrough_claims'),
    allowedResources: strings(row, 'allowed_resources'),
    allowedScopes: strings(row, 'allowed_scopes'),
    tokenLifetimeSeconds: integerOrNull(row, 'token_lifetime_seconds'),
    capLifetimeToSubject: flag(row, 'cap_lifetime_to_subject'),
    examples: objects(row, 'examples'),
    acknowledgedLint: strings(row, 'acknowledged_lint'),
    enabled: flag(row, 'enabled'),
    labels: stringMap(row, 'labels'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
