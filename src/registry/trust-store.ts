import type { PageRequest } from './provider-store.ts'
import type { Trust } from './trust.ts'

export interface TrustFilter {
  /** uid */
  readonly principal?: string
  /** uid */
  readonly provider?: string
  /** Case-insensitive text in display name or description. */
  readonly query?: string
}

export interface TrustStore {
  /** Faults: trust.id_taken (id in the organisation, or cutename anywhere) */
  insert(trust: Trust): Promise<void>
  /** By cutename, in the whole installation. */
  getByCutename(cutename: string): Promise<Trust | null>
  /** By `metadata.name` in the organisation. */
  get(organisation: string, id: string): Promise<Trust | null>
  list(organisation: string, page: PageRequest, filter?: TrustFilter): Promise<Trust[]>
  /** Compare-and-swap on `version - 1`. */
  update(trust: Trust): Promise<boolean>
  remove(uid: string): Promise<boolean>
}
