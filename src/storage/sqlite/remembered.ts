/** Records that were read and need not be read again: until this process commits something, nobody has changed them. */
import { LRUCache } from 'lru-cache'

export interface Remembered {
  /** What `load` answered under this key since the last commit, else what it answers now. */
  get<T extends object>(key: string, load: () => Promise<T | null>): Promise<T | null>
  /** To be called after each commit, and after each that may have been one. */
  forget(): void
}

/** Records of some kilobytes each. */
const RECORDS = 2_000

/** What is handed out again cannot be changed by those who have it. */
export function createRemembered(): Remembered {
  const records = new LRUCache<string, { readonly commits: number; readonly record: object | null }>({ max: RECORDS })
  let commits = 0
  return {
    async get<T extends object>(key: string, load: () => Promise<T | null>): Promise<T | null> {
      const known = records.get(key)
      // A key belongs to one kind of record, so what is there is a T.
      if (known?.commits === commits) return known.record as T | null
      const asked = commits
      const record = await load()
      if (asked === commits) records.set(key, { commits, record: frozen(record) })
      return record
    },
    forget() {
      commits += 1
    },
  }
}

/** Frozen through and through; dates are nobody's to set. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
