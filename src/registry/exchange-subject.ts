/** What the token endpoints read on the hot path, by the names in a request. Disabled records are answered too: the ladder says so by name. */
import { audienceOf, parseProviderResource } from './audience.ts'
import { isClientIdOf, parseClientId } from './cutename.ts'
import { isId } from './names.ts'
import type { Organisation } from './organisation.ts'
import { everyItem } from './paging.ts'
import type { Provider } from './provider.ts'
import type { Credential, ServicePrincipal } from './service-principal.ts'
import type { RegistryStores } from './stores.ts'
import type { Trust } from './trust.ts'

/** A trust with all that hangs on it; `audience` is the organisation's. */
export interface ExchangeSubject {
  readonly trust: Trust
  readonly principal: ServicePrincipal
  readonly provider: Provider
  readonly organisation: Organisation
  readonly audience: string
}

export interface ProviderSubject {
  readonly provider: Provider
  readonly organisation: Organisation
  readonly audience: string
  readonly trusts: readonly { readonly trust: Trust; readonly principal: ServicePrincipal }[]
}

export interface CredentialSubject {
  readonly credential: Credential
  readonly principal: ServicePrincipal
  readonly organisation: Organisation
  readonly audience: string
}

/** By client id of a trust, short or full; the audience of a full one must be the organisation's exactly. Null when there is none. */
export async function loadByClientId(
  stores: RegistryStores,
  publicUrl: string,
  clientId: string,
): Promise<ExchangeSubject | null> {
  const id = parseClientId(clientId)
  const trust = id === null ? null : await stores.trusts.getByCutename(id.cutename)
  if (id === null || trust === null) return null
  const [organisation, provider, principal] = await Promise.all([
    stores.organisations.get(trust.organisation),
    stores.providers.getByUid(trust.provider),
    stores.servicePrincipals.getByUid(trust.principal),
  ])
  // One of them may have been removed between the two reads.
  if (organisation === null || provider === null || principal === null) return null
  const audience = audienceOf(organisation, publicUrl)
  if (!isClientIdOf(id, audience, 'wfe')) return null
  return { trust, principal, provider, organisation, audience }
}

/** By organisation and provider id, with every trust of the provider. Null when there is no such provider. */
export async function loadByProvider(
  stores: RegistryStores,
  publicUrl: string,
  organisationId: string,
  providerId: string,
): Promise<ProviderSubject | null> {
  if (!isId(organisationId) || !isId(providerId)) return null
  const organisation = await stores.organisations.get(organisationId)
  const provider = organisation === null ? null : await stores.providers.get(organisationId, providerId)
  if (organisation === null || provider === null) return null
  const trusts = await everyItem((page) => stores.trusts.list(organisationId, page, { provider: provider.uid }))
  const uids = [...new Set(trusts.map((trust) => trust.principal))]
  const principals = new Map(
    await Promise.all(uids.map(async (uid) => [uid, await stores.servicePrincipals.getByUid(uid)] as const)),
  )
  const found = trusts.flatMap((trust) => {
    const principal = principals.get(trust.principal) ?? null
    return principal === null ? [] : [{ trust, principal }]
  })
  return { provider, organisation, audience: audienceOf(organisation, publicUrl), trusts: found }
}

/** By resource name, in either form; an audience in it must be the organisation's exactly. Null when it names no provider. */
export async function loadByProviderResource(
  stores: RegistryStores,
  publicUrl: string,
  name: string,
): Promise<ProviderSubject | null> {
  const resource = parseProviderResource(name)
  if (resource === null) return null
  const subject = await loadByProvider(stores, publicUrl, resource.organisation, resource.provider)
  return subject !== null && (resource.audience === null || resource.audience === subject.audience) ? subject : null
}

/** By client id of a credential, short or full, likewise. Expired ones are answered too. */
export async function loadCredential(
  stores: RegistryStores,
  publicUrl: string,
  clientId: string,
): Promise<CredentialSubject | null> {
  const id = parseClientId(clientId)
  const credential = id === null ? null : await stores.credentials.get(id.cutename)
  if (id === null || credential === null) return null
  const [organisation, principal] = await Promise.all([
    stores.organisations.get(credential.organisation),
    stores.servicePrincipals.getByUid(credential.principal),
  ])
  if (organisation === null || principal === null) return null
  const audience = audienceOf(organisation, publicUrl)
  return isClientIdOf(id, audience, 'spc') ? { credential, principal, organisation, audience } : null
}
