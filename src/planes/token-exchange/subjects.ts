/** What token endpoints look up by the names in a request, cached until the registry changes. */
import { providerResourceName } from '../../registry/audience.ts'
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

/** All trusts of a trust's provider, itself among them; none where it is gone meanwhile. */
export async function trustsBeside(subjects: TokenSubjects, cutename: string): Promise<ProviderSubject['trusts']> {
  const subject = await subjects.trusts.get(cutename)
  if (subject === null) return []
  const provider = await subjects.providers.get(providerResourceName(subject.audience, subject.provider))
  return provider?.trusts ?? []
}
