/**
 * Whose a person is: which providers a sign-in may go to, by hints, by the organisation, or by the domain of what was typed.
 * An unknown domain is told nothing that a known one is not.
 *
 * Source: CONTRACT.md section 7; threats.md section 3, "domain routing".
 */
import { type App, allowsProvider, servesOrganisation } from '../../registry/app.ts'
import { normaliseDomain } from '../../registry/domains.ts'
import { isId } from '../../registry/names.ts'
import { DEFAULT_ORGANISATION } from '../../registry/organisation.ts'
import { domainOfEmail } from '../../registry/person-rules.ts'
import type { Protocols } from '../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import type { RegistryStores } from '../../registry/stores.ts'

export interface HomeRealmQuestion {
  readonly app: App
  /** `organization` of the request. */
  readonly organisation: string | null
  /** `idp_hint` or `kc_idp_hint`, or what was chosen on the chooser. */
  readonly hint: string | null
  /** What was typed, or `login_hint`. */
  readonly identifier: string | null
}

export type HomeRealm =
  | { readonly kind: 'provider'; readonly provider: Provider }
  | { readonly kind: 'choose'; readonly providers: readonly Provider[] }
  | { readonly kind: 'ask'; readonly problem: 'unknown' | 'malformed' | null }

export interface HomeRealmOptions {
  readonly stores: Pick<RegistryStores, 'providers'>
  readonly protocols: Protocols
  readonly now: () => Date
}

/** More buttons than anybody reads. */
const CHOICES = 50

export async function findHome(at: HomeRealmOptions, question: HomeRealmQuestion): Promise<HomeRealm> {
  const { app, organisation, hint, identifier } = question
  if (organisation !== null && !(isId(organisation) && servesOrganisation(app, organisation))) {
    return { kind: 'ask', problem: 'unknown' }
  }
  const fits = (provider: Provider) =>
    isOpen(at, app, provider) && (organisation === null || provider.organisation === organisation)
  if (hint !== null) {
    const provider = await byHint(at, question, hint)
    return provider !== null && fits(provider) ? { kind: 'provider', provider } : { kind: 'ask', problem: 'unknown' }
  }
  const own = organisation ?? (app.organisation === DEFAULT_ORGANISATION ? null : app.organisation)
  const all = async () =>
    own === null
      ? []
      : (await at.stores.providers.list(own, { limit: CHOICES }, { use: 'workforce', enabled: true })).filter(fits)
  const typed = identifier?.trim() ?? ''
  if (typed === '') return chosen(await all(), null)
  const domain = normaliseDomain(domainOfEmail(typed) ?? typed)
  const routed = domain === null ? [] : (await at.stores.providers.listRouting(domain)).filter(fits)
  if (routed.length > 0) return chosen(routed, null)
  // Where the organisation is known anyway, its providers without domains take whoever comes.
  const open = (await all()).filter(({ domains }) => domains.length === 0)
  return chosen(open, domain === null ? 'malformed' : 'unknown')
}

/** `{organisation}/{id}`, or the id of one of the organisation asked for or the app's own. */
async function byHint(
  at: HomeRealmOptions,
  { app, organisation }: HomeRealmQuestion,
  hint: string,
): Promise<Provider | null> {
  const parts = hint.split('/')
  const [owner, id] = parts.length === 2 ? parts : [organisation ?? app.organisation, hint]
  if (owner === undefined || id === undefined || !isId(owner) || !isId(id)) return null
  return await at.stores.providers.get(owner, id)
}

/** Whether people may come in by it at all, and to this app. */
export function isOpen(
  { protocols, now }: Pick<HomeRealmOptions, 'protocols' | 'now'>,
  app: App,
  provider: Provider,
): boolean {
  return (
    provider.use === 'workforce' &&
    isProviderUsable(provider, now()) &&
    protocols[provider.protocol]?.signIn !== undefined &&
    servesOrganisation(app, provider.organisation) &&
    allowsProvider(app, provider)
  )
}

function chosen(providers: readonly Provider[], problem: 'unknown' | 'malformed' | null): HomeRealm {
  const [one, ...others] = providers
  if (one === undefined) return { kind: 'ask', problem }
  return others.length === 0
    ? { kind: 'provider', provider: one }
    : { kind: 'choose', providers: providers.slice(0, CHOICES) }
}
