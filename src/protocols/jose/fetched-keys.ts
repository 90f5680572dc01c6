/** What a fetch of an issuer's keys brings, how long it is good for, and whether it may replace what was there. */
import { type KeySet, NO_KEYS } from './key-set.ts'

export interface FetchedKeys {
  /** At least one usable key, or NO_KEYS: believed only of a document whose number says that it is newer. */
  readonly keys: KeySet
  /** What the issuer's Cache-Control allows; null when it says nothing. */
  readonly maxAgeSeconds: number | null
  /** How soon the document itself wants to be read again; comes before Cache-Control. Absent when it has no such word. */
  readonly refreshSeconds?: number
  /** Number of the document: a lower one never replaces a higher one. Absent or null when it has none. */
  readonly sequence?: number | null
  /** Where they were found, handed to the next fetch. */
  readonly place: KeyPlace
}

export interface KeyPlace {
  readonly uri: string
  /** When the issuer last said so. Units: milliseconds since 1970. */
  readonly namedAt: number
}

/** What a cache holds of one issuer. */
export interface HeldKeys {
  readonly keys: KeySet | null
  readonly sequence: number | null
  /** Units: milliseconds since 1970. */
  readonly fetchedAt: number
}

/** Age up to which keys serve while the issuer cannot be reached. */
export const STALE_MS = 24 * 3_600_000
/** An issuer's own word counts between these. */
const FRESH_MS = { least: 5 * 60_000, usual: 10 * 60_000, most: 3_600_000 }
/** A document that says itself when to come back is meant for us and may ask for more; the cool-down holds in any case. */
const LEAST_REFRESH_MS = 10_000

/** Throws, with a private reason, when what was fetched at that moment may not replace what is there. */
export function requireBetter(held: HeldKeys, { keys, sequence = null }: FetchedKeys, at: number): void {
  const hasGoodOnes = held.keys !== null && at - held.fetchedAt < STALE_MS
  const before = hasGoodOnes ? held.sequence : null
  if (sequence !== null && before !== null && sequence < before) {
    throw new Error(`document ${sequence} is older than ${before}, which was here before`)
  }
  if (keys !== NO_KEYS) return
  const isNewer = sequence !== null && before !== null && (sequence > before || held.keys === NO_KEYS)
  if (!isNewer) throw new Error('no usable key in the set')
}

/** For how long the keys serve without being fetched again. Units: milliseconds. */
export function freshMsOf({ maxAgeSeconds, refreshSeconds }: FetchedKeys): number {
  if (refreshSeconds !== undefined) return Math.min(FRESH_MS.most, Math.max(LEAST_REFRESH_MS, refreshSeconds * 1000))
  const fresh = maxAgeSeconds === null ? FRESH_MS.usual : maxAgeSeconds * 1000
  return Math.min(FRESH_MS.most, Math.max(FRESH_MS.least, fresh))
}
