/** What the token plane looks up by the names in a request: one record of everything the decision needs. */
import { audienceOf, organisationOfResource, parseProviderResource } from './audience.ts'
import { type ClientUse, parseClientId } from './cutename.ts'
import type { Organisation } from './organisation.ts'
import type { Provider } from './provider.ts'
import type { Credential, ServicePrincipal } from './service-principal.ts'
import type { RegistryStores } from './stores.ts'
import type { Trust } from './trust.ts'

export interface ExchangeSubject {
  readonly trust: Trust
  readonly principal: ServicePrincipal
  readonly provider: Provider
  readonly organisation: Organisation
  /** The organisation's own. */
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

/** By client id of a trust, short or full; the full form's audience must be the organisation's, compared exactly. */
export async function loadByClientId(
  stores: RegistryStores,
  publicUrl: string,
  clientId: string,
): Promise<ExchangeSubject | null> {
  const parts = parseClientId(clientId)
  if (parts === null || !isFor(parts.use, 'wfe')) return null
  const trust = await stores.trusts.getByCutename(parts.cutename)
  if (trust === null) return null
  const home = await homeOf(stores, publicUrl, trust.organisation, parts.audience)
  const principal = await stores.servicePrincipals.getByUid(trust.principal)
  const provider = await stores.providers.getByUid(trust.provider)
  if (home === null || principal === null || provider === null) return null
  return { trust, principal, provider, ...home }
}

/** By resource name of a workload provider, with all its trusts. */
export async function loadByProviderResource(
  stores: RegistryStores,
  publicUrl: string,
  name: string,
): Promise<ProviderSubject | null> {
  const resource = parseProviderResource(name)
  if (resource === null) return null
  const organisation = await organisationOfResource(stores.organisations, publicUrl, resource)
  if (organisation === null) return null
  const provider = await stores.providers.get(organisation.id, resource.id)
  if (provider === null || provider.use !== 'workload') return null
  const found: { trust: Trust; principal: ServicePrincipal }[] = []
  const all = { limit: Number.MAX_SAFE_INTEGER }
  for (const trust of await stores.trusts.list(organisation.id, all, { provider: provider.uid })) {
    const principal = await stores.servicePrincipals.getByUid(trust.principal)
    if (principal !== null) found.push({ trust, principal })
  }
  return { provider, organisation, audience: audienceOf(organisation, publicUrl), trusts: found }
}

/** By client id of a credential, short or full. */
export async function loadCredential(
  stores: RegistryStores,
  publicUrl: string,
  clientId: string,
): Promise<CredentialSubject | null> {
  const parts = parseClientId(clientId)
  if (parts === null || !isFor(parts.use, 'spc')) return null
  const credential = await stores.credentials.get(parts.cutename)
  if (credential === null) return null
  const home = await homeOf(stores, publicUrl, credential.organisation, parts.audience)
  const principal = await stores.servicePrincipals.getByUid(credential.principal)
  if (home === null || principal === null) return null
  return { credential, principal, ...home }
}

function isFor(given: ClientUse | null, wanted: ClientUse): boolean {
  return given === null || given === wanted
}

async function homeOf(
  stores: RegistryStores,
  publicUrl: string,
  id: string,
  named: string | null,
): Promise<{ organisation: Organisation; audience: string } | null> {
  const organisation = await stores.organisations.get(id)
  if (organisation === null) return null
  const audience = audienceOf(organisation, publicUrl)
  return named === null || named === audience ? { organisation, audience } : null
}
