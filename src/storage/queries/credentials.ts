import { type Kysely, sql } from 'kysely'
import { Fault } from '../../fault.ts'
import type { Credential } from '../../registry/service-principal.ts'
import type { CredentialStore } from '../../registry/service-principal-store.ts'
import { type ConstraintFaults, constraintFault, isBrokenReference } from '../database-errors.ts'
import {
  date,
  dateOrNull,
  dateValue,
  flag,
  integer,
  type Row,
  type Schema,
  strings,
  text,
  textOrNull,
} from '../schema.ts'
import { pageOf } from './page.ts'

const CONSTRAINTS: ConstraintFaults = {
  credentials_id: { code: 'credential.id_taken', message: 'is taken by another credential', path: 'id' },
}

export function credentialQueries(db: Kysely<Schema>): CredentialStore {
  return {
    async insert(credential) {
      try {
        await db.insertInto('credentials').values(toRow(credential)).execute()
      } catch (error) {
        if (isBrokenReference(error)) {
          throw new Fault('missing', 'principal.unknown', 'There is no such service principal.', { cause: error })
        }
        throw constraintFault(error, CONSTRAINTS)
      }
    },
    async get(id) {
      const row = await db.selectFrom('credentials').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(principalUid, page) {
      const all = db.selectFrom('credentials').selectAll().where('principal', '=', principalUid)
      const query = all.where('uid', '>', page.after ?? '').orderBy('uid')
      return (await pageOf(query, page).execute()).map(fromRow)
    },
    async update(credential) {
      // `touch` may have written a later moment than the one that the caller read.
      const { last_used_at: _, ...row } = toRow(credential)
      const answer = await db
        .updateTable('credentials')
        .set(row)
        .where('uid', '=', credential.uid)
        .where('version', '=', credential.version - 1)
        .executeTakeFirst()
      return answer.numUpdatedRows === 1n
    },
    async remove(uid) {
      const answer = await db.deleteFrom('credentials').where('uid', '=', uid).executeTakeFirst()
      return answer.numDeletedRows === 1n
    },
    async touch(uid, lastUsedAt) {
      const at = lastUsedAt.getTime()
      await db
        .updateTable('credentials')
        .set({ last_used_at: at })
        .where('uid', '=', uid)
        .where(sql<boolean>`coalesce(last_used_at, 0) < ${at}`)
        .execute()
    },
  }
}

function toRow(credential: Credential): Row {
  return {
    uid: credential.uid,
    id: credential.id,
    organisation: credential.organisation,
    principal: credential.principal,
    display_name: credential.displayName,
    secret_hash: credential.secretHash,
    public_key_x: credential.publicKeyX,
    scoped_role_ids: JSON.stringify(credential.scopedRoleIds),
    allow_source_cidrs: JSON.stringify(credential.allowSourceCidrs),
    require_dpop: Number(credential.requireDpop),
    expires_at: credential.expiresAt.getTime(),
    last_used_at: dateValue(credential.lastUsedAt),
    version: credential.version,
    created_at: credential.createdAt.getTime(),
    updated_at: credential.updatedAt.getTime(),
  }
}

function fromRow(row: Row): Credential {
  return {
    uid: text(row, 'uid'),
    id: text(row, 'id'),
    organisation: text(row, 'organisation'),
    principal: text(row, 'principal'),
    displayName: textOrNull(row, 'display_name'),
    secretHash: text(row, 'secret_hash'),
    publicKeyX: text(row, 'public_key_x'),
    scopedRoleIds: strings(row, 'scoped_role_ids'),
    allowSourceCidrs: strings(row, 'allow_source_cidrs'),
    requireDpop: flag(row, 'require_dpop'),
    expiresAt: date(row, 'expires_at'),
    lastUsedAt: dateOrNull(row, 'last_used_at'),
    version: integer(row, 'version'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}
