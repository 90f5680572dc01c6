/**
 * How strongly somebody proved who they are: four levels in order, and which answers of which provider reach them, by the
 * table that an organisation keeps.
 *
 * Source: CONTRACT.md section 7, "Step-up levels"; RFC 9470.
 */
import type { Json } from '../json.ts'
import type { Organisation } from './organisation.ts'
import type { Provider } from './provider.ts'

/** The weakest first; whoever reached one reached those before it. */
export const LEVELS = ['urn:entente:acr:1fa', 'urn:entente:acr:2fa', 'phr', 'phrh'] as const
export type Level = (typeof LEVELS)[number]

export interface LevelEntry {
  readonly level: Level
  /** Registry id. */
  readonly provider: string
  /** In the provider's own words: any of them, or for contexts of Entra all of them. */
  readonly values: readonly string[]
}

/** What a provider said of a proof. */
export interface ProvedBy {
  readonly acr: string | null
  /** Authentication contexts of Entra. */
  readonly contexts: readonly string[]
}

export function isLevel(text: Json | undefined): text is Level {
  return LEVELS.some((level) => level === text)
}

export function reaches(reached: Level | null, wanted: Level): boolean {
  return reached !== null && LEVELS.indexOf(reached) >= LEVELS.indexOf(wanted)
}

/** The organisation's table; a line that says nothing reaches nothing. */
export function levelsOf({ settings }: Pick<Organisation, 'settings'>): LevelEntry[] {
  const { levels } = settings
  if (!Array.isArray(levels)) return []
  return levels.flatMap((line) => {
    const { level, provider, values } = Object(line)
    if (!isLevel(level) || typeof provider !== 'string' || !Array.isArray(values)) return []
    const words = values.filter((value) => typeof value === 'string' && value !== '')
    return words.length === 0 ? [] : [{ level, provider, values: words }]
  })
}

/** Okta's own words, and ours. `ifpossible` promises one factor only. Source: docs/sources/step-up.txt. */
const WORDS: readonly (readonly [Level, readonly string[]])[] = [
  [
    'urn:entente:acr:1fa',
    ['urn:entente:acr:1fa', 'urn:okta:loa:1fa:any', 'urn:okta:loa:1fa:pwd', 'urn:okta:loa:2fa:any:ifpossible'],
  ],
  ['urn:entente:acr:2fa', ['urn:entente:acr:2fa', 'urn:okta:loa:2fa:any']],
  ['phr', ['phr']],
  ['phrh', ['phrh']],
]

/** Registered for everybody. Source: OpenID Connect Extended Authentication Profile ACR Values 1.0. */
const STANDARD: readonly string[] = ['phr', 'phrh']

/**
 * The lines about a provider: those of the table; where it has none, the known words of an Okta, and of a step-up provider
 * those that it is registered with.
 */
export function levelsAt(organisation: Pick<Organisation, 'settings'>, provider: Provider): LevelEntry[] {
  const own = levelsOf(organisation).filter((entry) => entry.provider === provider.id)
  if (own.length > 0) return own
  if (provider.protocol !== 'oidc') return []
  const registered = listOf(Object(provider.settings.oauth2).acrValues)
  const isMeant = (word: string) =>
    provider.known === 'OKTA' || (provider.use === 'step-up' && registered.includes(word))
  return linesOf(provider, isMeant)
}

function linesOf({ id }: Provider, isMeant: (word: string) => boolean): LevelEntry[] {
  return WORDS.flatMap(([level, words]) => {
    const values = words.filter(isMeant)
    return values.length === 0 ? [] : [{ level, provider: id, values }]
  })
}

/** The strongest level that the answer reaches; null for none. */
export function levelReached(
  organisation: Pick<Organisation, 'settings'>,
  provider: Provider,
  proof: ProvedBy,
): Level | null {
  const lines = levelsAt(organisation, provider)
  // Asked of nobody who might not know it, but believed of whoever says it.
  const said = lines.length > 0 ? lines : linesOf(provider, (word) => isStandard(provider, word))
  const reached = said.filter(({ values }) => isReached(values, proof))
  return LEVELS.findLast((level) => reached.some((entry) => entry.level === level)) ?? null
}

/** Lines about the provider that suffice for the level: those of the preferred levels first, then the weakest. */
export function sufficient(
  organisation: Pick<Organisation, 'settings'>,
  provider: Provider,
  wanted: Level,
  preferred: readonly Level[] = [],
): LevelEntry[] {
  const placeOf = ({ level }: LevelEntry) =>
    preferred.includes(level) ? preferred.indexOf(level) : preferred.length + LEVELS.indexOf(level)
  return levelsAt(organisation, provider)
    .filter(({ level }) => reaches(level, wanted))
    .toSorted((one, other) => placeOf(one) - placeOf(other))
}

/** Of lines that suffice, the weakest of authentication contexts, which cannot be offered side by side; null for none. */
export function weakestContexts(entries: readonly LevelEntry[]): readonly string[] | null {
  const [weakest] = entries
    .filter(({ values }) => areContexts(values))
    .toSorted((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level))
  return weakest?.values ?? null
}

function isStandard({ use, protocol }: Provider, word: string): boolean {
  return use === 'workforce' && protocol === 'oidc' && STANDARD.includes(word)
}

const CONTEXT = /^c[1-9][0-9]?$/i

/** True where the words are authentication contexts of Entra, `c1` to `c99`. */
export function areContexts(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => CONTEXT.test(value))
}

function isReached(values: readonly string[], { acr, contexts }: ProvedBy): boolean {
  if (acr !== null && values.includes(acr)) return true
  return areContexts(values) && values.every((value) => contexts.includes(value.toLowerCase()))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
