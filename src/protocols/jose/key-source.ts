/**
 * The keys of issuers, cached per provider: refreshed in the background while the provider is in use, served stale
 * through an outage within a hard limit, fetched anew for a key that nobody has seen, and never replaced by a document
 * that is worse or older.
 *
 * Source: CONTRACT.md section 5 (cool-down, waiting, staleness).
 */
import { LRUCache } from 'lru-cache'
import type { Provider } from '../../registry/provider.ts'
import { type FetchedKeys, freshMsOf, type KeyPlace, requireBetter, STALE_MS } from './fetched-keys.ts'
import type { KeySet } from './key-set.ts'
import { createTurns } from './turns.ts'
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts'

export interface KeySource {
  /** The provider's keys, at once while they are at hand; null when there are none and none can be had. Never rejects. */
  keysOf(provider: Provider, asker?: string): KeySet | Promise<KeySet | null>
  /**
   * Waits for keys that `suit`, which those at hand do not. `absent`: the issuer was asked after the call and has none;
   * `unavailable`: it gave no answer in time, or too many are waiting. `patience` is how many failed fetches to wait out.
   * Of too many, the `asker` who has most requests waiting is sent away first.
   */
  newerKeysOf(provider: Provider, suit: (keys: KeySet) => boolean, patience: number, asker?: string): Promise<NewerKeys>
  forget(providerUid: string): void
}

export type NewerKeys = { readonly keys: KeySet } | 'absent' | 'unavailable'

export interface KeysChanged {
  readonly providerUid: string
  readonly uri: string
  readonly before: PublishedKeys
  readonly after: PublishedKeys
}

/** Keys as a record names them. */
export type PublishedKeys = Pick<KeySet, 'kids' | 'thumbprints'>

export interface KeySourceOptions {
  readonly now: () => Date
  /** True when two records of a provider find their keys in the same place; else those of the first are dropped. */
  readonly isSamePlace: (one: Provider, other: Provider) => boolean
  /** Rejects when there is no document, or no usable key in it. `failures`: how many fetches failed just before. */
  readonly fetchKeys: (provider: Provider, place: KeyPlace | null, failures: number) => Promise<FetchedKeys>
  /** Called when an issuer publishes other keys than before. */
  readonly onKeysChanged?: (change: KeysChanged) => void
  /** Called with the private reason of each failed fetch. */
  readonly onFetchFailed?: (providerUid: string, error: unknown) => void
}

/** Counted from the end of one fetch to the beginning of the next, so that the issuer, too, sees them so far apart. */
const COOL_DOWN_MS = 1_000
/** Longest time an exchange waits for keys; with the rest of it under five seconds. */
const WAIT_MS = 4_800
/** Each holds a request open; a flood of made-up kids must not fill the memory. */
const WAITERS = 1_000
/** So long after they cease to be fresh, the old keys serve while they are refreshed; later, one waits for the new ones: a key that was taken back must not live on. */
const GRACE_MS = 10 * 60_000
/** Slowest rhythm of background refreshes during an outage, while tokens come in and while none do. */
const RETRY_MS = 60_000
const IDLE_RETRY_MS = 5 * 60_000
/** Keys are refreshed unasked as long as the last token is no older: an outage then finds good copies, however seldom tokens come. */
const IN_USE_MS = 24 * 3_600_000
/** Refreshes in the background at one time: what a thousand providers were first used in must not come again as one burst. */
const REFRESHES = 50
/** Providers whose keys are kept; the least recently used are fetched again. */
const PROVIDERS = 5_000

interface Entry {
  provider: Provider
  keys: KeySet | null
  place: KeyPlace | null
  /** Of the document that the keys are from. */
  sequence: number | null
  fetchedAt: number
  freshUntil: number
  /** When a token last needed the keys. */
  usedAt: number
  /** For the next refresh in the background. */
  timer: NodeJS.Timeout | undefined
  /** True while it waits for its turn. */
  isDue: boolean
  /** Fetches begun so far; the number of the last one. */
  begun: number
  /** When the last fetch was over. */
  endedAt: number
  /** In a row. */
  failures: number
  retryAt: number
  running: Promise<Finished> | null
  scheduled: Promise<Finished> | null
  waiting: WaitingRoom
}

interface Finished {
  readonly number: number
  readonly ok: boolean
}

export function createKeySource(options: KeySourceOptions): KeySource {
  const entries = new LRUCache<string, Entry>({ max: PROVIDERS, dispose: ({ timer }) => clearTimeout(timer) })
  const inTurn = createTurns(REFRESHES)
  const clock = () => options.now().getTime()

  const hasSameKeys = (one: Provider, other: Provider) =>
    one.expectedIssuer === other.expectedIssuer && options.isSamePlace(one, other)

  function entryOf(provider: Provider): Entry {
    const known = entries.get(provider.uid)
    if (known !== undefined && (known.provider === provider || hasSameKeys(known.provider, provider))) {
      known.provider = provider
      return known
    }
    const entry = emptyEntry(provider)
    entries.set(provider.uid, entry)
    return entry
  }

  /** Never rejects; a document that is no better than none leaves the entry as it was. */
  async function fetchInto(entry: Entry): Promise<Finished> {
    const number = ++entry.begun
    const at = clock()
    try {
      const fetched = await options.fetchKeys(entry.provider, entry.place, entry.failures)
      requireBetter(entry, fetched, at)
      const { keys, place, sequence = null } = fetched
      const before = entry.keys
      entry.keys = keys
      entry.place = place
      entry.sequence = sequence ?? entry.sequence
      entry.fetchedAt = at
      entry.freshUntil = at + freshMsOf(fetched)
      entry.failures = 0
      entry.retryAt = 0
      if (before !== null && before.fingerprint !== keys.fingerprint) {
        const told = { before: publishedKeys(before), after: publishedKeys(keys) }
        options.onKeysChanged?.({ providerUid: entry.provider.uid, uri: place.uri, ...told })
      }
      return { number, ok: true }
    } catch (error) {
      entry.failures += 1
      entry.retryAt = at + Math.min(RETRY_MS, COOL_DOWN_MS * 2 ** entry.failures)
      options.onFetchFailed?.(entry.provider.uid, error)
      return { number, ok: false }
    } finally {
      entry.running = null
      entry.endedAt = clock()
      planRefresh(entry)
    }
  }

  /** Keys that are in use are fetched again when they cease to be fresh, whether or not a token comes just then. */
  function planRefresh(entry: Entry): void {
    clearTimeout(entry.timer)
    if (entry.keys === null || entries.peek(entry.provider.uid) !== entry) return
    const at = clock()
    // A failed fetch for a made-up key says nothing about keys that are still fresh.
    const due = entry.failures === 0 ? entry.freshUntil : Math.max(entry.freshUntil, at + IDLE_RETRY_MS)
    entry.timer = setTimeout(() => {
      if (clock() - entry.usedAt < IN_USE_MS) refresh(entry)
    }, due - at)
    entry.timer.unref()
  }

  function refresh(entry: Entry): void {
    if (entry.isDue) return
    entry.isDue = true
    inTurn(async () => {
      entry.isDue = false
      // Somebody who could not wait may have had it fetched meanwhile, or have had it forgotten.
      if (entry.running !== null || entry.scheduled !== null || entries.peek(entry.provider.uid) !== entry) return
      if (isFresh(entry, clock())) planRefresh(entry)
      else await begin(entry)
    })
  }

  function begin(entry: Entry): Promise<Finished> {
    entry.running = fetchInto(entry)
    return entry.running
  }

  /** The fetch under way, else the next one that the cool-down permits: one for all who wait. */
  function nextFetch(entry: Entry): Promise<Finished> {
    if (entry.running !== null) return entry.running
    if (entry.scheduled !== null) return entry.scheduled
    // Clamped at both ends: a clock that was set back must not make anyone wait longer.
    const left = Math.min(COOL_DOWN_MS, entry.endedAt + COOL_DOWN_MS - clock())
    if (left <= 0) return begin(entry)
    entry.scheduled = pause(left).then(() => {
      entry.scheduled = null
      return entry.running ?? begin(entry)
    })
    return entry.scheduled
  }

  async function waitFor(
    entry: Entry,
    isEnough: (keys: KeySet) => boolean,
    patience: number,
    asker = '',
  ): Promise<NewerKeys> {
    const limit = alarm(WAIT_MS)
    const place = entry.waiting.enter(asker, limit.ring)
    const arrived = entry.begun
    try {
      if (place === null) return 'unavailable'
      let failed = 0
      while (failed < patience) {
        const finished = await Promise.race([nextFetch(entry), limit.rung])
        if (finished === null) return 'unavailable'
        if (entry.keys !== null && isEnough(entry.keys)) return { keys: entry.keys }
        // A fetch that began before the token came may have read the document from before its key.
        if (finished.number <= arrived) continue
        if (finished.ok) return 'absent'
        failed += 1
      }
      return 'unavailable'
    } finally {
      limit.clear()
      place?.leave()
    }
  }

  async function fetchedKeysOf(entry: Entry, patience: number, asker?: string): Promise<KeySet | null> {
    const before = entry.fetchedAt
    await waitFor(entry, () => entry.fetchedAt > before, patience, asker)
    return entry.keys !== null && clock() - entry.fetchedAt < STALE_MS ? entry.keys : null
  }

  return {
    keysOf(provider, asker) {
      const entry = entryOf(provider)
      const { keys, freshUntil, fetchedAt } = entry
      const at = clock()
      entry.usedAt = at
      if (keys === null || at - fetchedAt >= STALE_MS) return fetchedKeysOf(entry, 2, asker)
      if (isFresh(entry, at)) return keys
      // The first one after a long silence waits; once a fetch has failed, nobody waits for an issuer that is down.
      if (at >= freshUntil + GRACE_MS && entry.failures === 0) return fetchedKeysOf(entry, 1, asker)
      if (entry.running === null && entry.scheduled === null && at >= entry.retryAt) refresh(entry)
      return keys
    },
    newerKeysOf: (provider, suit, patience, asker) => waitFor(entryOf(provider), suit, patience, asker),
    forget: (providerUid) => void entries.delete(providerUid),
  }
}

/** A clock that was set back makes no keys good for longer. */
function isFresh({ freshUntil, fetchedAt }: Entry, at: number): boolean {
  return at < freshUntil && at >= fetchedAt
}

function emptyEntry(provider: Provider): Entry {
  return {
    provider,
    keys: null,
    place: null,
    sequence: null,
    usedAt: 0,
    timer: undefined,
    isDue: false,
    fetchedAt: Number.NEGATIVE_INFINITY,
    freshUntil: 0,
    begun: 0,
    endedAt: Number.NEGATIVE_INFINITY,
    failures: 0,
    retryAt: 0,
    running: null,
    scheduled: null,
    waiting: createWaitingRoom(WAITERS),
  }
}

function publishedKeys({ kids, thumbprints }: KeySet): PublishedKeys {
  return { kids, thumbprints }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}

/** Rings after the time, or when it is rung. */
function alarm(ms: number): { rung: Promise<null>; ring: () => void; clear: () => void } {
  let ring: () => void = () => undefined
  const rung = new Promise<null>((resolve) => {
    ring = () => resolve(null)
  })
  const timer = setTimeout(ring, ms)
  timer.unref()
  return { rung, ring, clear: () => clearTimeout(timer) }
}
