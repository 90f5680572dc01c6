/** Refusals per address and minute, in memory of bounded size; per process. */
import { LRUCache } from 'lru-cache'

export interface RefusalLimit {
  /** Whether a request from this address is judged at all; a known client has ten times the room. */
  judge(key: string, knownClient: boolean): { readonly allowed: boolean }
  /** Counts one refusal. */
  refused(key: string): void
  /** Counts one request that was not judged. */
  limited(): void
  /** Until the window ends; at least 1. */
  retryAfterSeconds(): number
  /** How many requests were not judged since the last call. */
  drain(): number
}

export interface RefusalLimitOptions {
  readonly perMinute: number
  readonly now: () => Date
  readonly maxAddresses?: number
}

const WINDOW_MS = 60_000
/** About 10 MiB at worst. */
const ADDRESSES = 50_000
/** Source: CONTRACT.md section 1. */
const KNOWN_CLIENT_FACTOR = 10

export function createRefusalLimit({ perMinute, now, maxAddresses = ADDRESSES }: RefusalLimitOptions): RefusalLimit {
  const counts = new LRUCache<string, number>({ max: maxAddresses })
  let window = -1
  let turnedAway = 0
  const turn = () => {
    const current = Math.floor(now().getTime() / WINDOW_MS)
    if (current === window) return
    window = current
    counts.clear()
  }
  return {
    judge(key, knownClient) {
      turn()
      const count = counts.get(key) ?? 0
      return { allowed: count < (knownClient ? perMinute * KNOWN_CLIENT_FACTOR : perMinute) }
    },
    refused(key) {
      turn()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    limited() {
      turnedAway += 1
    },
    retryAfterSeconds: () => Math.max(1, Math.ceil((WINDOW_MS - (now().getTime() % WINDOW_MS)) / 1000)),
    drain() {
      const count = turnedAway
      turnedAway = 0
      return count
    },
  }
}
