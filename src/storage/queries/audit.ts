import type { Kysely } from 'kysely'
import type { AuditRow, AuditStore } from '../../decisions/decision-store.ts'
import type { RegistryEvent } from '../../registry/stores.ts'
import { date, integer, type Row, type Schema, text } from '../schema.ts'
import { pageOf } from './page.ts'

export function auditQueries(db: Kysely<Schema>): AuditStore {
  return {
    async list(organisation, page) {
      let query = db.selectFrom('audit').selectAll().where('organisation', '=', organisation)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      return (await pageOf(query.orderBy('id', 'desc'), page).execute()).map(fromRow)
    },
    async get(organisation, id) {
      const query = db.selectFrom('audit').selectAll().where('organisation', '=', organisation)
      const row = await query.where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
  }
}

/** Eight parameters each; SQLite takes 32 766 in a statement, PostgreSQL 65 535. */
const ROWS_A_STATEMENT = 1_000

/** Writes the rows of one commit and moves the head of their chain. */
export async function insertAudit(db: Kysely<Schema>, rows: readonly AuditRow[]): Promise<void> {
  const last = rows.at(-1)
  if (last === undefined) return
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const some = rows.slice(from, from + ROWS_A_STATEMENT)
    await db.insertInto('audit').values(some.map(toRow)).execute()
  }
  // The next start finds the chain's last link here, without reading the chain.
  const { chain, seq, hash } = last.link
  await db
    .insertInto('chain_heads')
    .values({ chain, stream: 'audit', chain_seq: seq, hash })
    .onConflict((conflict) => conflict.column('chain').doUpdateSet({ chain_seq: seq, hash }))
    .execute()
}

function toRow({ id, organisation, at, body, link }: AuditRow): Row {
  const { chain, seq, previous, hash } = link
  return { id, organisation, at: at.getTime(), body, chain, chain_seq: seq, previous, hash }
}

function fromRow(row: Row): AuditRow {
  const body = text(row, 'body')
  // Written by the audit chain: id, at and the event.
  const { id: _id, at: _at, ...event } = JSON.parse(body) as RegistryEvent & { id: string; at: string }
  const link = {
    chain: text(row, 'chain'),
    seq: integer(row, 'chain_seq'),
    previous: text(row, 'previous'),
    hash: text(row, 'hash'),
  }
  return { id: text(row, 'id'), organisation: text(row, 'organisation'), at: date(row, 'at'), event, body, link }
}
