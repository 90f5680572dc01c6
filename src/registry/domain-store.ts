import type { Domain } from './domain.ts'
import type { PageRequest } from './provider-store.ts'

/** Contract (proved by storage/conformance): id and domain are each unique per organisation; "not found" is null. */
export interface DomainStore {
  /** Faults: domain.id_taken, domain.domain_taken */
  insert(domain: Domain): Promise<void>
  get(organisation: string, id: string): Promise<Domain | null>
  getByDomain(organisation: string, domain: string): Promise<Domain | null>
  /** At most `limit` domains after `after`, in uid order. */
  list(organisation: string, page: PageRequest): Promise<Domain[]>
  /** Compare-and-swap on `version - 1`. Faults: domain.domain_taken */
  update(domain: Domain): Promise<boolean>
  remove(uid: string): Promise<boolean>
}
