/** Changes merge: an absent field stays, a given one replaces. The version makes two merges of one record exclude each other. */
import { type RegistryCode, registryFault } from './faults.ts'

interface Versioned {
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The record after the change, one version on; members that are undefined stay as they are. */
export function merged<R extends Versioned>(
  record: R,
  change: { readonly [K in keyof R]?: R[K] | undefined },
  now: Date,
): R {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  // Only members of R are in `change`, and only defined ones are left.
  return { ...record, ...(given as Partial<R>), version: record.version + 1, updatedAt: now }
}

/** Refuses a change that was made against another version than the stored one. */
export function requireVersion(record: Versioned, version: number | undefined, changed: RegistryCode): void {
  if (version !== undefined && version !== record.version) throw registryFault(changed)
}

/** True when nothing but version and time would change: such a write is left out. */
export function isSame<R extends Versioned>(before: R, after: R): boolean {
  return (
    JSON.stringify({ ...before, version: 0, updatedAt: 0 }) === JSON.stringify({ ...after, version: 0, updatedAt: 0 })
  )
}

/** Another process has to be first as often before a change without version gives up: more is no accident. */
const TRIES = 8

/**
 * Runs a merge until its compare-and-swap holds; `attempt` answers null when another write was first. Only a change
 * that named no version is tried again: it merges into whatever is there by then.
 */
export async function swapped<T>(
  version: number | undefined,
  changed: RegistryCode,
  attempt: () => Promise<T | null>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const done = await attempt()
    if (done !== null) return done
    if (version !== undefined || tries >= TRIES) throw registryFault(changed)
  }
}
