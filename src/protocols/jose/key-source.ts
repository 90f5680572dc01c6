/**
 * The keys of issuers, cached per provider: fetched once for many, refreshed in the background, served stale through an
 * outage within a hard limit, and never replaced by a document that is worse than the one at hand.
 */
import type { KeySet } from './key-set.ts'

export interface KeySource {
  /** Keys at hand and still servable, synchronously; null when they must be fetched. Starts a refresh when they are due. */
  current(id: string, fetchKeys: FetchKeys): KeySet | null
  /**
   * Keys fetched now, because the ones at hand lack what a token needs; null when the issuer does not answer with any.
   * At most one fetch per cool-down and provider: who comes inside it waits for the next one.
   */
  renewed(id: string, fetchKeys: FetchKeys): Promise<KeySet | null>
  forget(id: string): void
}

export interface Fetched {
  readonly keys: KeySet
  /** Seconds that the issuer's Cache-Control allows, null when it says nothing. */
  readonly maxAgeSeconds: number | null
}

/** Rejects when the document cannot be had or holds no usable key. */
export type FetchKeys = () => Promise<Fetched>

export interface KeySourceOptions {
  readonly now: () => Date
  readonly wait?: (ms: number) => Promise<void>
}

/** Source: CONTRACT.md section 5. */
const COOL_DOWN_MS = 1_000
const STALE_MS = 24 * 3_600_000
/** Issuers' own words, held within reason. */
const FRESH_MS = { least: 5 * 60_000, usual: 10 * 60_000, most: 3_600_000 }
/** A background refresh that failed is tried again after this. */
const RETRY_MS = 30_000
/** Waiters per provider: a flood of unknown kids must not fill the memory. */
const WAITERS = 1_000
/** Providers whose keys are kept; beyond it the ones unused longest are fetched again when needed. */
const PROVIDERS = 10_000

interface Entry {
  keys: KeySet | null
  fetchedAt: number
  freshUntil: number
  lastAttemptAt: number
  running: Promise<KeySet | null> | null
  waiters: number
}

export function createKeySource({ now, wait = sleep }: KeySourceOptions): KeySource {
  const entries = new Map<string, Entry>()

  const entryOf = (id: string): Entry => {
    const known = entries.get(id)
    if (known !== undefined) return known
    if (entries.size >= PROVIDERS) {
      const [oldest] = entries.keys()
      if (oldest !== undefined) entries.delete(oldest)
    }
    const entry: Entry = { keys: null, fetchedAt: 0, freshUntil: 0, lastAttemptAt: 0, running: null, waiters: 0 }
    entries.set(id, entry)
    return entry
  }

  /** One fetch at a time; a failure or a worse document leaves the keys at hand as they are. */
  const fetchInto = (entry: Entry, fetchKeys: FetchKeys): Promise<KeySet | null> => {
    entry.running ??= (async () => {
      entry.lastAttemptAt = now().getTime()
      try {
        const { keys, maxAgeSeconds } = await fetchKeys()
        const age = maxAgeSeconds === null ? FRESH_MS.usual : maxAgeSeconds * 1000
        entry.keys = keys
        entry.fetchedAt = now().getTime()
        entry.freshUntil = entry.fetchedAt + Math.min(FRESH_MS.most, Math.max(FRESH_MS.least, age))
        return keys
      } catch {
        return null // the caller says key.unavailable or key.unknown; the fetch told the log why
      } finally {
        entry.running = null
      }
    })()
    return entry.running
  }

  return {
    current(id, fetchKeys) {
      const entry = entryOf(id)
      const at = now().getTime()
      if (entry.keys === null || at - entry.fetchedAt > STALE_MS) return null
      if (at > entry.freshUntil && at - entry.lastAttemptAt > RETRY_MS) void fetchInto(entry, fetchKeys)
      return entry.keys
    },
    async renewed(id, fetchKeys) {
      const entry = entryOf(id)
      if (entry.running !== null) return await entry.running
      const sinceLast = now().getTime() - entry.lastAttemptAt
      if (sinceLast < COOL_DOWN_MS && sinceLast >= 0) {
        if (entry.waiters >= WAITERS) return null
        entry.waiters += 1
        try {
          await wait(COOL_DOWN_MS - sinceLast)
        } finally {
          entry.waiters -= 1
        }
      }
      return await fetchInto(entry, fetchKeys)
    },
    forget: (id) => void entries.delete(id),
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
