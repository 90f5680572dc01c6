/** Changes merge: an absent field stays, a given one replaces. The version makes two merges of one record exclude each other. */
import { registryFault, type registryFaults } from './faults.ts'

interface Versioned {
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The record after the change, one version on. */
export function merged<R extends Versioned>(record: R, change: Partial<R>, now: Date): R {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  // Only members of R are in `change`, and only defined ones are left.
  return { ...record, ...(given as Partial<R>), version: record.version + 1, updatedAt: now }
}

/** Refuses a change that was made against another version than the stored one. */
export function requireVersion(
  record: Versioned,
  version: number | undefined,
  code: keyof typeof registryFaults,
): void {
  if (version !== undefined && version !== record.version) throw registryFault(code)
}

/** True when nothing but version and time would change: such a write is left out. */
export function isSame<R extends Versioned>(before: R, after: R): boolean {
  return (
    JSON.stringify({ ...before, version: 0, updatedAt: 0 }) === JSON.stringify({ ...after, version: 0, updatedAt: 0 })
  )
}
