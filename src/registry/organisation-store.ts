import type { Organisation } from './organisation.ts'
import type { PageRequest } from './provider-store.ts'

export interface OrganisationStore {
  /** Faults: organisation.id_taken, organisation.host_taken */
  insert(organisation: Organisation): Promise<void>
  get(id: string): Promise<Organisation | null>
  list(page: PageRequest): Promise<Organisation[]>
  /** Compare-and-swap on `version - 1`; false when another write was first. Faults: organisation.host_taken */
  update(organisation: Organisation): Promise<boolean>
  count(): Promise<number>
  /** False when there was none. Faults: organisation.not_empty */
  remove(uid: string): Promise<boolean>
}
