/**
 * What becomes of a response that nobody asked for: it proves nothing. Where the provider's settings let people begin there,
 * they are sent to an app that begins anew; everybody else is refused.
 *
 * Source: CONTRACT.md section 7; OpenID Connect Core §4, "Initiating Login from a Third Party".
 */
import { type App, allowsProvider, servesOrganisation } from '../../../registry/app.ts'
import { DEFAULT_ORGANISATION } from '../../../registry/organisation.ts'
import type { Provider } from '../../../registry/provider.ts'
import type { RegistryStores } from '../../../registry/stores.ts'

/** An app that people of the provider can begin at. */
export interface Beginning {
  readonly app: App
  /** The app's own `initiateLoginUri`, with the issuer and what leads to this provider. */
  readonly url: string
}

export interface BeginningsOptions {
  readonly stores: Pick<RegistryStores, 'apps'>
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly publicUrl: string
}

/** More than anybody looks through. */
const APPS = 50

/** The app that RelayState names by its client id, else those that can begin a login by this provider. */
export async function beginningsOf(
  { stores, findApp, publicUrl }: BeginningsOptions,
  provider: Provider,
  relayState: string | null,
): Promise<Beginning[]> {
  const toBeginning = (app: App): Beginning[] => {
    const { enabled, initiateLoginUri } = app
    const isOpen = servesOrganisation(app, provider.organisation) && allowsProvider(app, provider)
    return enabled && initiateLoginUri !== null && isOpen
      ? [{ app, url: beginningUrl(initiateLoginUri, publicUrl, provider) }]
      : []
  }
  // Never an address: a RelayState that leads anywhere would be an open redirect.
  const named = relayState === null || relayState.length > CLIENT_ID_CHARACTERS ? null : await findApp(relayState)
  const one = named === null ? [] : toBeginning(named)
  if (one.length > 0) return one
  const owners = [...new Set([provider.organisation, DEFAULT_ORGANISATION])]
  const all = await Promise.all(owners.map((owner) => stores.apps.list(owner, { limit: APPS })))
  return all.flat().flatMap(toBeginning)
}

/** Two names of 63 and a dot. */
const CLIENT_ID_CHARACTERS = 127

function beginningUrl(initiateLoginUri: string, publicUrl: string, provider: Provider): string {
  const url = new URL(initiateLoginUri)
  url.searchParams.set('iss', publicUrl)
  const [domain] = provider.routingDomains
  // What an app hands on leads to the provider: its domain as a hint that every library knows, and its name.
  if (domain !== undefined) url.searchParams.set('login_hint', domain)
  url.searchParams.set('idp_hint', `${provider.organisation}/${provider.id}`)
  return url.href
}
