import type { Person } from './person.ts'
import type { PageRequest } from './provider-store.ts'

export interface PersonFilter {
  /** uid of a provider that they have a link at. */
  readonly provider?: string
  /** Part of id, display name or e-mail, in any case. */
  readonly search?: string
}

/** Contract (proved by storage/conformance): records carry their links; (provider, subject) names one person at most. */
export interface PersonStore {
  /** Faults: person.id_taken, person.link_taken */
  insert(person: Person): Promise<void>
  get(organisation: string, id: string): Promise<Person | null>
  getByUid(uid: string): Promise<Person | null>
  getByLink(providerUid: string, subject: string): Promise<Person | null>
  /** Those of the organisation with this e-mail in any case, at most 20, the oldest first. */
  listByEmail(organisation: string, email: string): Promise<Person[]>
  /** At most `limit` people after `after`, in uid order. */
  list(organisation: string, page: PageRequest, filter?: PersonFilter): Promise<Person[]>
  /** Replaces the record and its links; compare-and-swap on `version - 1`. Faults: person.link_taken */
  update(person: Person): Promise<boolean>
  remove(uid: string): Promise<boolean>
  /** How many links a provider has: its issuer may change only while it has none. */
  countLinks(providerUid: string): Promise<number>
}
