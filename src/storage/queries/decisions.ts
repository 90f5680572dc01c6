import type { Kysely } from 'kysely'
import type { Decision, Rung, StoredRung } from '../../decisions/decision.ts'
import type { DecisionRow, DecisionStore } from '../../decisions/decision-store.ts'
import { integer, type Row, type Schema, text } from '../schema.ts'
import { pageOf } from './page.ts'

/** Reading decisions; writing them is each engine's own, since it is the hot path. */
export function decisionQueries(db: Kysely<Schema>): Omit<DecisionStore, 'append'> {
  return {
    async get(organisation, id) {
      const query = db.selectFrom('decisions').selectAll().where('organisation', '=', organisation).where('id', '=', id)
      const row = await query.executeTakeFirst()
      return row === undefined ? null : fromRow(row)
    },
    async list(organisation, page, filter = {}) {
      let query = db.selectFrom('decisions').selectAll().where('organisation', '=', organisation)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      for (const column of ['plane', 'outcome', 'code', 'provider', 'trust'] as const) {
        const wanted = filter[column]
        if (wanted !== undefined) query = query.where(column, '=', wanted)
      }
      if (filter.since !== undefined) query = query.where('at', '>=', filter.since.getTime())
      if (filter.until !== undefined) query = query.where('at', '<', filter.until.getTime())
      return (await pageOf(query.orderBy('id', 'desc'), page).execute()).map(fromRow)
    },
  }
}

/** The columns of an append, in the order of `decisionValues`. */
export const DECISION_COLUMNS = [
  'id',
  'organisation',
  'plane',
  'outcome',
  'code',
  'provider',
  'trust',
  'at',
  'body',
  'chain',
  'chain_seq',
  'previous',
  'hash',
] as const

export function decisionValues({ decision, body, link }: DecisionRow): (string | number | null)[] {
  const { id, organisation, plane, outcome, code, provider, trust, at } = decision
  const { chain, seq, previous, hash } = link
  return [id, organisation, plane, outcome, code, provider, trust, at.getTime(), body, chain, seq, previous, hash]
}

function fromRow(row: Row): DecisionRow {
  const body = text(row, 'body')
  // Written by the recorder from a Decision: rungs may be names alone, and JSON does not bring `at` back.
  const parsed = JSON.parse(body) as Omit<Decision, 'rungs'> & { readonly rungs: readonly StoredRung[] }
  const rungs = parsed.rungs.map((rung): Rung => (typeof rung === 'string' ? { name: rung, outcome: 'passed' } : rung))
  const decision: Decision = { ...parsed, rungs, at: new Date(parsed.at) }
  const link = {
    chain: text(row, 'chain'),
    seq: integer(row, 'chain_seq'),
    previous: text(row, 'previous'),
    hash: text(row, 'hash'),
  }
  return { decision, body, link }
}
