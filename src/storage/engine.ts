/** What an engine adds to the shared queries: connections, one writer, and its fastest way to append decisions. */
import type { Kysely } from 'kysely'
import type { DecisionRow } from '../decisions/decision-store.ts'
import type { Schema } from './schema.ts'

export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** Committed state. */
  readonly reader: Kysely<Schema>
  /** Runs `work` on the writer connection while nothing else of this process writes through it. */
  exclusive<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>
  append(rows: readonly DecisionRow[]): Promise<void>
  close(): Promise<void>
}

/** One after another: the next starts when the one before has settled, whatever its outcome. */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const run = last.then(work, work)
    last = run.catch(() => undefined)
    return run
  }
}
