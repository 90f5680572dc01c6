import type { ProtocolName, Provider, ProviderUse } from './provider.ts'

/** Keyset paging: `after` is the uid of the last item seen; the answer is in uid order, stable while others insert. */
export interface PageRequest {
  readonly limit: number
  readonly after?: string
  /** So many are passed over first: for faces whose clients page by number. */
  readonly offset?: number
}

/** What a face can see of the providers. */
export interface ProviderScope {
  readonly use?: ProviderUse
  readonly protocols?: readonly ProtocolName[]
  /** True leaves out providers without an issuer. */
  readonly hasIssuer?: boolean
}

export interface ProviderFilter extends ProviderScope {
  /** Part of id, display name or a domain, in any case. */
  readonly search?: string
  /** Where in one of the three the searched text must stand; default anywhere. */
  readonly searchAt?: 'anywhere' | 'start' | 'whole'
  readonly known?: string
  readonly ids?: readonly string[]
  readonly enabled?: boolean
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
  /** Providers of every organisation that the domain routes to, at most 100, in uid order; enabled or not. */
  listRouting(domain: string): Promise<Provider[]>
  /** Returns at most `limit` providers after `after`, in uid order. */
  list(organisation: string, page: PageRequest, filter?: ProviderFilter): Promise<Provider[]>
  count(organisation: string, filter?: ProviderFilter): Promise<number>
  /**
   * Writes the record if the stored version is `provider.version - 1`; false when another write was first
   * or the provider is gone. Faults: provider.issuer_taken
   */
  update(provider: Provider): Promise<boolean>
  /** Notes a test sign-in that succeeded: keeps the later moment, is no change of the record, and no update takes it back. */
  touchTested(uid: string, at: Date): Promise<void>
  /** False when there was none. */
  remove(uid: string): Promise<boolean>
}
