/**
 * Who waits for an issuer's keys: a bounded number, and where there is no room left, whoever has most requests waiting
 * gives way. So a flood of made-up keys from a few addresses cannot shut out the tokens of a key that is really new.
 */

export interface WaitingRoom {
  /** Takes a place; null when there is none, not even at the cost of somebody who has more of them. */
  enter(source: string, onGivenAway: () => void): Place | null
}

export interface Place {
  leave(): void
}

interface Waiter {
  readonly onGivenAway: () => void
}

export function createWaitingRoom(places: number): WaitingRoom {
  /** Of each source, in the order they came. */
  const waiting = new Map<string, Set<Waiter>>()
  let taken = 0

  const remove = (source: string, waiter: Waiter): boolean => {
    const own = waiting.get(source)
    if (own?.delete(waiter) !== true) return false
    if (own.size === 0) waiting.delete(source)
    taken -= 1
    return true
  }

  /** False when nobody has more places than the source would have. */
  const makeRoom = (source: string): boolean => {
    let heaviest = source
    let most = (waiting.get(source)?.size ?? 0) + 1
    for (const [other, { size }] of waiting) if (size > most) [heaviest, most] = [other, size]
    const [oldest] = heaviest === source ? [] : (waiting.get(heaviest) ?? [])
    if (oldest === undefined) return false
    remove(heaviest, oldest)
    oldest.onGivenAway()
    return true
  }

  return {
    enter(source, onGivenAway) {
      if (taken >= places && !makeRoom(source)) return null
      const waiter: Waiter = { onGivenAway }
      const own = waiting.get(source) ?? new Set()
      waiting.set(source, own.add(waiter))
      taken += 1
      return { leave: () => void remove(source, waiter) }
    },
  }
}
