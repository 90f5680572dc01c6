/** What providers for people need beside workloads', and the transactions of step-up. */
import { type Kysely, sql } from 'kysely'
import type { EngineName } from '../engine.ts'
import type { Schema } from '../schema.ts'

export async function up(db: Kysely<Schema>, engine: EngineName): Promise<void> {
  const big = engine === 'postgres' ? 'bigint' : 'integer'
  const statements = [
    "alter table providers add column routing_domains text not null default '[]'",
    'alter table providers add column first_login text',
    "alter table providers add column examples text not null default '[]'",
    "alter table providers add column allowed_scopes text not null default '[]'",
    "alter table providers add column search_text text not null default ''",
    // Good enough for records made before; the next write of each fills it as providers.ts does.
    "update providers set search_text = upper(id || ' ' || coalesce(display_name, ''))",
    'create index providers_use_page on providers (organisation, use, uid)',
    `create table step_up_transactions (uid text primary key, organisation text not null,
       provider text not null references providers (uid) on delete cascade, person text, target text not null, task_id text,
       policy_step_id text, state text not null, error_message text, claims text not null, expires_at ${big} not null,
       version ${big} not null, created_at ${big} not null, updated_at ${big} not null)`,
    'create index step_up_transactions_page on step_up_transactions (organisation, uid)',
    'create index step_up_transactions_provider on step_up_transactions (provider)',
  ]
  // SQLite compares texts by their bytes; PostgreSQL would by the rules of the language it was installed with.
  const text = engine === 'postgres' ? ' text collate "C"' : ' text'
  for (const statement of statements) await sql.raw(statement.replaceAll(' text', text)).execute(db)
}
