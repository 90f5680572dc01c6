/** Which step-up provider a level is proved at. */
import { type Level, levelsOf, sufficient } from './levels.ts'
import type { Organisation } from './organisation.ts'
import type { Person } from './person.ts'
import { isProviderUsable, type Provider } from './provider.ts'
import type { Registry } from './registry.ts'

/** More step-up providers than an organisation has. */
const MOST = 100

/**
 * The usable step-up provider that reaches the level: one whose issuer the person is known at before the others, then in
 * the order of the organisation's table, then the eldest. Null for none.
 */
export async function findStepUpProvider(
  at: Pick<Registry, 'stores' | 'now'>,
  organisation: Organisation,
  person: Person | null,
  wanted: Level,
): Promise<Provider | null> {
  const all = await at.stores.providers.list(organisation.id, { limit: MOST }, { use: 'step-up', enabled: true })
  const table = levelsOf(organisation).map(({ provider }) => provider)
  const placeOf = ({ id }: Provider) => (table.includes(id) ? table.indexOf(id) : table.length)
  const fit = all
    .filter((one) => isProviderUsable(one, at.now()) && sufficient(organisation, one, wanted).length > 0)
    .toSorted((one, other) => placeOf(one) - placeOf(other))
  if (person === null || fit.length < 2) return fit[0] ?? null
  const issuers = await issuersOf(at, person)
  return fit.find(({ expectedIssuer }) => expectedIssuer !== null && issuers.has(expectedIssuer)) ?? fit[0] ?? null
}

async function issuersOf({ stores }: Pick<Registry, 'stores'>, { links }: Person): Promise<ReadonlySet<string>> {
  const providers = await Promise.all(links.map(({ provider }) => stores.providers.getByUid(provider)))
  return new Set(providers.flatMap((one) => (one?.expectedIssuer ? [one.expectedIssuer] : [])))
}
