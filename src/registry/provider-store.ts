import type { Provider, ProviderUse } from './provider.ts'

/** Keyset paging: `after` is the uid of the last item seen; the answer is in uid order, stable while others insert. */
export interface PageRequest {
  readonly limit: number
  readonly after?: string
}

export interface ProviderFilter {
  readonly use?: ProviderUse
}

/**
 * Contract (proved by storage/conformance): ids are unique per organisation and issuers unique among an
 * organisation's workload providers; nothing returned shares memory with what is stored; "not found" is null.
 */
export interface ProviderStore {
  /** Faults: provider.id_taken, provider.issuer_taken */
  insert(provider: Provider): Promise<void>
  get(organisation: string, id: string): Promise<Provider | null>
  getByUid(uid: string): Promise<Provider | null>
  /** The organisation's workload provider with this normalised issuer. */
  getByIssuer(organisation: string, issuer: string): Promise<Provider | null>
  /** Returns at most `limit` providers after `after`, in uid order. */
  list(organisation: string, page: PageRequest, filter?: ProviderFilter): Promise<Provider[]>
  count(organisation: string, filter?: ProviderFilter): Promise<number>
  /**
   * Writes the record if the stored version is `provider.version - 1`; false when another write was first
   * or the provider is gone. Faults: provider.issuer_taken
   */
  update(provider: Provider): Promise<boolean>
  /** False when there was none. */
  remove(uid: string): Promise<boolean>
}
