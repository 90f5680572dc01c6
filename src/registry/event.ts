/** Audit events: what a record was and became, without its secrets. */
import type { Json, JsonObject } from '../json.ts'
import type { Actor, RegistryEvent } from './stores.ts'

/** Never in an audit row: sealed texts and hashes are of no use to a reader. */
const LEFT_OUT = new Set(['secrets', 'secretHash'])

interface Recorded {
  readonly id: string
  readonly uid: string
  readonly organisation?: string
}

export interface Change {
  readonly kind: string
  readonly verb: 'create' | 'update' | 'remove'
  readonly before: Recorded | null
  readonly after: Recorded | null
}

/** The event of one change; the organisation is the record's own, or the record itself where it is one. */
export function eventOf(actor: Actor, { kind, verb, before, after }: Change): RegistryEvent {
  const record = after ?? before
  if (record === null) throw new TypeError('a change has a before or an after')
  return {
    organisation: record.organisation ?? record.id,
    actor,
    action: `${kind}.${verb}`,
    target: { kind, id: record.id, uid: record.uid },
    before: before === null ? null : plain(before),
    after: after === null ? null : plain(after),
  }
}

function plain(record: object): JsonObject {
  const entries: [string, Json][] = []
  for (const [key, value] of Object.entries(record)) {
    if (LEFT_OUT.has(key)) continue
    // Records hold JSON and dates only.
    entries.push([key, value instanceof Date ? value.toISOString() : (value as Json)])
  }
  return Object.fromEntries(entries)
}
