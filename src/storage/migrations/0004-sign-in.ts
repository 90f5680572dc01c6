/** What sign-in remembers: apps, people and their links, domains and what they route, logins under way, sessions, and the OpenID Provider's artefacts. */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import type { Schema } from '../schema.ts'

export async function up(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  const big = engine === 'postgres' ? 'bigint' : 'integer'
  const record = `version ${big} not null, created_at ${big} not null, updated_at ${big} not null`
  const statements = [
    `create table apps (uid text primary key, organisation text not null references organisations (id), id text not null,
       enabled integer not null, labels text not null, body text not null, secrets text not null, ${record},
       constraint apps_organisation_id unique (organisation, id))`,
    'create index apps_page on apps (organisation, uid)',
    `create table persons (uid text primary key, organisation text not null references organisations (id), id text not null,
       email text, email_key text, email_verified integer not null, display_name text, username text, enabled integer not null,
       groups text not null, role_ids text not null, attributes text not null, search_text text not null,
       last_sign_in_at ${big}, labels text not null, ${record}, constraint persons_organisation_id unique (organisation, id))`,
    'create index persons_page on persons (organisation, uid)',
    'create index persons_email on persons (organisation, email_key)',
    `create table person_links (provider text not null references providers (uid) on delete cascade, subject text not null,
       person text not null references persons (uid) on delete cascade, place integer not null,
       constraint person_links_provider_subject unique (provider, subject))`,
    'create index person_links_person on person_links (person, place)',
    `create table domains (uid text primary key, organisation text not null references organisations (id), id text not null,
       domain text not null, provider text references providers (uid) on delete set null, challenge text not null,
       vouched integer not null, verified_at ${big}, labels text not null, ${record},
       constraint domains_organisation_id unique (organisation, id),
       constraint domains_organisation_domain unique (organisation, domain))`,
    'create index domains_page on domains (organisation, uid)',
    `create table routed_domains (domain text not null, provider text not null references providers (uid) on delete cascade,
       primary key (domain, provider))`,
    'create index routed_domains_provider on routed_domains (provider)',
    `create table logins (state text primary key, organisation text not null, provider text not null, purpose text not null,
       reference text, browser_hash text not null, sealed_memory text not null, demands text not null, parked text,
       created_at ${big} not null, expires_at ${big} not null)`,
    'create index logins_expiry on logins (expires_at)',
    `create table sessions (uid text primary key, op_session text, organisation text not null, person text not null, provider text not null,
       upstream_session text, upstream_subject text not null, sealed_logout text, acr text, amr text not null,
       auth_time ${big} not null, claims text not null, last_seen_at ${big} not null, created_at ${big} not null,
       expires_at ${big} not null, ends_at ${big} not null)`,
    'create unique index sessions_op_session on sessions (op_session)',
    'create index sessions_person on sessions (person)',
    'create index sessions_provider on sessions (provider, upstream_subject)',
    'create index sessions_expiry on sessions (expires_at)',
    `create table op_records (model text not null, id text not null, payload text not null, grant_id text, user_code text, uid text,
       session text, consumed_at ${big}, expires_at ${big}, primary key (model, id))`,
    'create index op_records_grant on op_records (grant_id)',
    'create index op_records_uid on op_records (model, uid)',
    'create index op_records_user_code on op_records (model, user_code)',
    'create index op_records_session on op_records (session)',
    'create index op_records_expiry on op_records (expires_at)',
  ]
  // SQLite compares texts by their bytes; PostgreSQL would by the rules of the language it was installed with.
  const text = engine === 'postgres' ? ' text collate "C"' : ' text'
  for (const statement of statements) await sql.raw(statement.replaceAll(' text', text)).execute(db)
}
