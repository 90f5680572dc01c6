import type { App } from './app.ts'
import type { PageRequest } from './provider-store.ts'

/** Contract (proved by storage/conformance): ids are unique per organisation; "not found" is null. */
export interface AppStore {
  /** Faults: app.id_taken */
  insert(app: App): Promise<void>
  get(organisation: string, id: string): Promise<App | null>
  getByUid(uid: string): Promise<App | null>
  /** At most `limit` apps after `after`, in uid order. */
  list(organisation: string, page: PageRequest): Promise<App[]>
  /** Compare-and-swap on `version - 1`; false when another write was first. */
  update(app: App): Promise<boolean>
  remove(uid: string): Promise<boolean>
}
