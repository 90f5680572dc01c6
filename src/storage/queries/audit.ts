import type { Kysely } from 'kysely'
import type { AuditRow, AuditStore } from '../../decisions/decision-store.ts'
import type { RegistryEvent } from '../../registry/stores.ts'
import { type FixedStatement, fixedStatement } from '../fixed-statement.ts'
import { date, integer, type Row, type Schema, text, type Value } from '../schema.ts'
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

const COLUMNS = ['id', 'organisation', 'at', 'body', 'chain', 'chain_seq', 'previous', 'hash'] as const
type AuditColumns = Record<(typeof COLUMNS)[number], Value>

/** As many as a commit of the write road has; a single operation may have more. */
const ROWS_A_STATEMENT = 64

/** One statement for each number of rows, made when it is first needed. */
const inserts = new Map<number, FixedStatement>()

function insertOf(count: number): FixedStatement {
  const columnsOf = (index: number) => COLUMNS.map((column) => [column, `${index} ${column}`] as const)
  const statement =
    inserts.get(count) ??
    fixedStatement((db, slot) =>
      db
        .insertInto('audit')
        .values(
          Array.from({ length: count }, (_, index) =>
            Object.fromEntries(columnsOf(index).map(([column, name]) => [column, slot(name)])),
          ),
        ),
    )
  inserts.set(count, statement)
  return statement
}

const moveHead = fixedStatement((db, slot) =>
  db
    .insertInto('chain_heads')
    .values({ chain: slot('chain'), stream: 'audit', chain_seq: slot('seq'), hash: slot('hash') })
    .onConflict((conflict) => conflict.column('chain').doUpdateSet({ chain_seq: slot('seq'), hash: slot('hash') })),
)

/** Writes the rows of one commit and moves the head of their chain. */
export async function insertAudit(db: Kysely<Schema>, rows: readonly AuditRow[]): Promise<void> {
  const last = rows.at(-1)
  if (last === undefined) return
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const some = rows.slice(from, from + ROWS_A_STATEMENT)
    const values = some.flatMap((row, index) =>
      Object.entries(toRow(row)).map(([column, value]) => [`${index} ${column}`, value] as const),
    )
    await insertOf(some.length).run(db, Object.fromEntries(values))
  }
  // The next start finds the chain's last link here, without reading the chain.
  const { chain, seq, hash } = last.link
  await moveHead.run(db, { chain, seq, hash })
}

function toRow({ id, organisation, at, body, link }: AuditRow): AuditColumns {
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
