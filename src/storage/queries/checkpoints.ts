import type { Kysely } from 'kysely'
import type { Checkpoint, CheckpointStore } from '../../decisions/decision-store.ts'
import { date, type Row, type Schema, stringMap, text } from '../schema.ts'

export function checkpointQueries(db: Kysely<Schema>): CheckpointStore {
  return {
    async insert(checkpoint) {
      await db.insertInto('checkpoints').values(toRow(checkpoint)).execute()
      const joined = Object.keys(checkpoint.joins)
      // A chain that still grows comes back with its next record, to be joined again by the next start.
      if (joined.length > 0) await db.deleteFrom('chain_heads').where('chain', 'in', joined).execute()
    },
    async list() {
      return (await db.selectFrom('checkpoints').selectAll().orderBy('id').execute()).map(fromRow)
    },
    async heads(stream) {
      const rows = await db.selectFrom('chain_heads').selectAll().where('stream', '=', stream).execute()
      return Object.fromEntries(rows.map((row) => [text(row, 'chain'), text(row, 'hash')]))
    },
  }
}

function toRow({ id, at, stream, chain, joins }: Checkpoint): Row {
  return { id, at: at.getTime(), stream, chain, joins: JSON.stringify(joins) }
}

function fromRow(row: Row): Checkpoint {
  const stream = text(row, 'stream') === 'audit' ? 'audit' : 'decisions'
  return { id: text(row, 'id'), at: date(row, 'at'), stream, chain: text(row, 'chain'), joins: stringMap(row, 'joins') }
}
