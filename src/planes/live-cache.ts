/**
 * A cache of what the registry says, dropped whole at every change of the registry: what it answers is never older
 * than the last committed write of this process, nor than the last poll of the database's revision for the others.
 */
import { LRUCache } from 'lru-cache'

export interface LiveCache<T extends object> {
  /** The value at once when cached, else a promise; "not found" is null and is not kept. */
  get(key: string): T | Promise<T | null>
}

export interface Freshness {
  /** Grows with every change that makes cached answers stale. */
  readonly generation: () => number
}

/** Keys are callers' words, so the number is bounded: 10 000 trusts of about 4 KiB. */
const ENTRIES = 10_000

export function createLiveCache<T extends object>(
  freshness: Freshness,
  load: (key: string) => Promise<T | null>,
): LiveCache<T> {
  const entries = new LRUCache<string, T>({ max: ENTRIES })
  let filledAt = freshness.generation()

  const fetch = async (key: string) => {
    const before = freshness.generation()
    const value = await load(key)
    // A write during the load may have made the value stale: use it once, do not keep it.
    if (value !== null && before === freshness.generation() && before === filledAt) entries.set(key, value)
    return value
  }

  return {
    get(key) {
      const current = freshness.generation()
      if (current !== filledAt) {
        entries.clear()
        filledAt = current
      }
      return entries.get(key) ?? fetch(key)
    },
  }
}
