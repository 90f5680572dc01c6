import type { PageRequest } from '../registry/provider-store.ts'
import type { RegistryEvent } from '../registry/stores.ts'
import type { Decision, Link, Outcome, Plane } from './decision.ts'

export interface DecisionFilter {
  readonly plane?: Plane
  readonly outcome?: Outcome
  readonly code?: string
  readonly provider?: string
  readonly trust?: string
  readonly since?: Date
  readonly until?: Date
}

/** `body` is the exact text the hash covers: JSON of the decision. */
export interface DecisionRow {
  readonly decision: Decision
  readonly body: string
  readonly link: Link
}

export interface DecisionStore {
  /** Writes all rows in one commit and answers when they are durable. The hot path: engines use their fastest form. */
  append(rows: readonly DecisionRow[]): Promise<void>
  get(organisation: string, id: string): Promise<DecisionRow | null>
  /** Newest first; `page.after` is the id of the last decision seen. */
  list(organisation: string, page: PageRequest, filter?: DecisionFilter): Promise<DecisionRow[]>
}

export interface AuditRow {
  readonly id: string
  readonly organisation: string
  readonly at: Date
  readonly event: RegistryEvent
  /** The exact text the hash covers. */
  readonly body: string
  readonly link: Link
}

export interface AuditStore {
  /** Newest first. Rows are written by the storage's commit, see `AuditChain`. */
  list(organisation: string, page: PageRequest): Promise<AuditRow[]>
  get(organisation: string, id: string): Promise<AuditRow | null>
}

/**
 * What the storage asks just before a commit: turn these events into chained rows. `settle` tells whether the
 * commit held, so that a failed one does not leave a hole in the chain.
 */
export interface AuditChain {
  chain(events: readonly RegistryEvent[]): { readonly rows: readonly AuditRow[]; settle(committed: boolean): void }
}

/** The last link of a chain, kept so that the next process's chains can name the ones before. */
export interface Checkpoint {
  readonly id: string
  readonly at: Date
  readonly stream: 'decisions' | 'audit'
  readonly chain: string
  /** Heads of earlier chains: chain id → hash of its last row. */
  readonly joins: Readonly<Record<string, string>>
}

export interface CheckpointStore {
  insert(checkpoint: Checkpoint): Promise<void>
  list(): Promise<Checkpoint[]>
  /** The last link of each chain of a stream that no checkpoint has joined yet. */
  heads(stream: 'decisions' | 'audit'): Promise<Readonly<Record<string, string>>>
}
