/**
 * When the registry changed: at once for writes of this process; for those of others as soon as the database tells, and by
 * a poll of its revision, which needs nobody's help. Caches compare the generation and drop what they hold.
 */
import type { Storage } from './storage/storage.ts'

export interface Changes {
  /** Grows with every change that was noticed. */
  readonly generation: () => number
  /** The storage's write road, followed by the notice; use it instead of `storage.write`. */
  readonly write: Storage['write']
  readonly note: () => void
  readonly stop: () => void
}

/** Four polls fit into the second within which a disabling must reach every process. */
const POLL_MS = 250

/** Opened once: the storage tells it for as long as it lives. */
export function openChanges(
  storage: Pick<Storage, 'engine' | 'revision' | 'onRevision' | 'write'>,
  onError: (error: unknown) => void,
): Changes {
  let generation = 1
  let revision = -1
  let polling = false
  const note = () => {
    generation += 1
  }
  const poll = async () => {
    if (polling) return
    polling = true
    try {
      const current = await storage.revision()
      if (current !== revision) note()
      revision = current
    } catch (error) {
      // Unknown is treated as changed: nothing stale is served while the database cannot be asked.
      note()
      onError(error)
    } finally {
      polling = false
    }
  }
  storage.onRevision((current) => {
    note()
    // The poll need not find it again.
    if (current !== null && current > revision) revision = current
  })
  // One process owns a SQLite file, so its own writes are all there are.
  const timer = storage.engine === 'postgres' ? setInterval(poll, POLL_MS) : null
  timer?.unref()
  return {
    generation: () => generation,
    note,
    write: async (work) => {
      try {
        return await storage.write(work)
      } finally {
        // Also after a failure: a commit in doubt may have held.
        note()
      }
    },
    stop: () => {
      if (timer !== null) clearInterval(timer)
    },
  }
}
