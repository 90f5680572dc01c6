/** What an engine adds to the shared queries: connections, one writer, and its fastest way to append decisions. */
import type { CompiledQuery, Kysely } from 'kysely'
import type { DecisionRow } from '../decisions/decision-store.ts'
import type { Schema } from './schema.ts'

export type EngineName = 'sqlite' | 'postgres'

export interface Engine {
  readonly name: EngineName
  /** Committed state. */
  readonly reader: Kysely<Schema>
  /**
   * Committed state again: what `load` answered under this key, if nobody can have changed it since; else what it answers
   * now. Only for records that nobody but servers writes.
   */
  remembered<T extends object>(key: string, load: () => Promise<T | null>): Promise<T | null>
  /**
   * Runs `work` in a transaction on the writer connection while nothing else of this process writes through it, and
   * answers when the commit is durable; when `work` fails, nothing of it stays.
   */
  transaction<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>
  /** Counts the revision on; run last in a transaction, its row is where processes wait for each other. */
  readonly bumpRevision: CompiledQuery
  /**
   * Tells at once what other processes commit, where the engine can; null means that something may have been missed.
   * Nobody relies on it alone: the revision can always be asked for.
   */
  onRevision(listener: (revision: number | null) => void): void
  /** Writes all rows in one commit and moves the head of their chain. */
  append(rows: readonly DecisionRow[]): Promise<void>
  /** Resolves when the database can be written. */
  ping(): Promise<void>
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

/** Long enough for a queue to run empty, short against what the next attempt will wait. */
const SHUT_MS = 200

export interface Gate {
  /** Throws while the gate is shut. */
  pass(): void
  shut(error: unknown): void
}

/** After a wait in vain, what stands right behind it fails at once: a queue must not wait out the same outage one by one. */
export function createGate(): Gate {
  let closed: { readonly error: unknown } | null = null
  return {
    pass() {
      if (closed !== null) throw closed.error
    },
    shut(error) {
      closed = { error }
      setTimeout(() => {
        closed = null
      }, SHUT_MS).unref()
    },
  }
}
