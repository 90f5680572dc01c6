/** What token endpoints look up by the names in a request, cached until the registry changes. */
import {
  type CredentialSubject,
  type ExchangeSubject,
  loadByClientId,
  loadByProviderResource,
  loadCredential,
  type ProviderSubject,
} from '../../registry/exchange-subject.ts'
import type { RegistryStores } from '../../registry/stores.ts'
import { createLiveCache, type Freshness, type LiveCache } from '../live-cache.ts'

export interface TokenSubjects {
  /** By client id of a trust, short or full. */
  readonly trusts: LiveCache<ExchangeSubject>
  /** By resource name of a provider. */
  readonly providers: LiveCache<ProviderSubject>
  /** By client id of a credential, short or full. */
  readonly credentials: LiveCache<CredentialSubject>
}

export function createTokenSubjects(stores: RegistryStores, publicUrl: string, freshness: Freshness): TokenSubjects {
  return {
    trusts: createLiveCache(freshness, (clientId) => loadByClientId(stores, publicUrl, clientId)),
    providers: createLiveCache(freshness, (name) => loadByProviderResource(stores, publicUrl, name)),
    credentials: createLiveCache(freshness, (clientId) => loadCredential(stores, publicUrl, clientId)),
  }
}
