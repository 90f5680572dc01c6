/**
 * The first schema: JSON as text, times as milliseconds, booleans as 0 and 1. Constraint names are table and columns
 * joined by `_`: `database-errors.ts` reads them.
 */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import type { Schema } from '../schema.ts'

export async function up(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  const big = engine === 'postgres' ? 'bigint' : 'integer'
  const counter = engine === 'postgres' ? 'bigint generated always as identity primary key' : 'integer primary key'
  const record = `version ${big} not null, created_at ${big} not null, updated_at ${big} not null`
  const statements = [
    `create table organisations (uid text primary key, id text not null, display_name text, description text, host text,
       roles text not null, settings text not null, labels text not null, ${record},
       constraint organisations_id unique (id), constraint organisations_host unique (host))`,
    `create table providers (uid text primary key, organisation text not null references organisations (id), id text not null,
       use text not null, protocol text not null, display_name text, description text, enabled integer not null, known text not null,
       issuer text, expected_issuer text, workload_issuer text, settings text not null, secrets text not null, domains text not null,
       attribute_mapping text not null, condition text, mappers text not null, sync_mode text, labels text not null,
       expires_at ${big}, last_tested_at ${big}, ${record},
       constraint providers_organisation_id unique (organisation, id),
       constraint providers_organisation_workload_issuer unique (organisation, workload_issuer))`,
    'create index providers_page on providers (organisation, uid)',
    `create table service_principals (uid text primary key, organisation text not null references organisations (id), id text not null,
       display_name text, role_ids text not null, enabled integer not null, labels text not null, ${record},
       constraint service_principals_organisation_id unique (organisation, id))`,
    'create index service_principals_page on service_principals (organisation, uid)',
    `create table credentials (uid text primary key, id text not null, organisation text not null,
       principal text not null references service_principals (uid) on delete cascade, display_name text, secret_hash text not null,
       public_key_x text not null, scoped_role_ids text not null, allow_source_cidrs text not null, require_dpop integer not null,
       expires_at ${big} not null, last_used_at ${big}, ${record}, constraint credentials_id unique (id))`,
    'create index credentials_page on credentials (principal, uid)',
    `create table trusts (uid text primary key, id text not null, cutename text not null, organisation text not null,
       principal text not null references service_principals (uid) on delete cascade,
       provider text not null references providers (uid) on delete restrict,
       display_name text, description text, search_text text not null, condition text, scoped_role_ids text not null,
       allow_source_cidrs text not null, passthrough_claims text not null, allowed_resources text not null, allowed_scopes text not null, token_lifetime_seconds integer,
       cap_lifetime_to_subject integer not null, examples text not null, enabled integer not null, labels text not null, ${record},
       constraint trusts_organisation_id unique (organisation, id), constraint trusts_cutename unique (cutename))`,
    'create index trusts_page on trusts (organisation, uid)',
    'create index trusts_provider on trusts (provider, uid)',
    'create index trusts_principal on trusts (principal, uid)',
    `create table decisions (seq ${counter}, id text not null, organisation text not null, plane text not null, outcome text not null,
       code text not null, provider text, trust text, at ${big} not null, body text not null, chain text not null,
       chain_seq ${big} not null, previous text not null, hash text not null, constraint decisions_organisation_id unique (organisation, id))`,
    `create table audit (seq ${counter}, id text not null, organisation text not null, at ${big} not null, body text not null,
       chain text not null, chain_seq ${big} not null, previous text not null, hash text not null,
       constraint audit_organisation_id unique (organisation, id))`,
    `create table chain_heads (chain text primary key, stream text not null, chain_seq ${big} not null, hash text not null)`,
    `create table checkpoints (id text primary key, at ${big} not null, stream text not null, chain text not null, joins text not null)`,
    `create table signing_keys (kid text primary key, algorithm text not null, public_jwk text not null, sealed_private_key text not null,
       state text not null, created_at ${big} not null, active_at ${big} not null, remove_after ${big})`,
    "create unique index signing_keys_one on signing_keys (algorithm, state) where state <> 'retired'",
    `create table data_keys (id text primary key, wrapped text not null, created_at ${big} not null)`,
    `create table one_time (scope text not null, key text not null, expires_at ${big} not null, primary key (scope, key))`,
    'create index one_time_expiry on one_time (expires_at)',
    `create table revoked_tokens (jti text primary key, expires_at ${big} not null)`,
    'create index revoked_tokens_expiry on revoked_tokens (expires_at)',
    `create table revision (id integer primary key, value ${big} not null)`,
    'insert into revision (id, value) values (1, 1)',
  ]
  // SQLite compares texts by their bytes; PostgreSQL would by the rules of the language it was installed with.
  const text = engine === 'postgres' ? ' text collate "C"' : ' text'
  for (const statement of statements) await sql.raw(statement.replaceAll(' text', text)).execute(db)
}
