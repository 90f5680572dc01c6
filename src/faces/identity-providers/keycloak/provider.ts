/** One exported provider in our words: what it may not lose is said, the rest is listed by its place. */
import type { Json } from '../../../json.ts'
import { slugOf } from '../../../registry/names.ts'
import type { ProtocolName } from '../../../registry/provider.ts'
import { type Family, readConfig } from './config.ts'
import { type ConfigKey, GITHUB_KEYS, GOOGLE_KEYS, OIDC_KEYS, SAML_KEYS } from './config-keys.ts'
import { type Gathering, gathering } from './gathering.ts'
import { type ExportedMapper, readMappers } from './mappers.ts'
import { flagOf, isUnset, type Member, membersOf, NO_COUNTERPART, type Note } from './members.ts'

export interface ExportedProvider {
  readonly alias: string
  readonly display_name: string
  readonly provider_id: 'oidc' | 'saml'
  readonly enabled: boolean
  readonly known_provider?: string
  readonly condition?: string
  readonly domains?: readonly string[]
  readonly config: Readonly<Record<string, Json>>
  readonly mappers: readonly ExportedMapper[]
  readonly not_understood: readonly Note[]
}

interface Kind {
  readonly protocol: ProtocolName
  readonly family: Family
  readonly keys: Readonly<Record<string, ConfigKey>>
  readonly known?: string
}

const oidc: Kind = { protocol: 'oidc', family: 'oidc', keys: OIDC_KEYS }
const KINDS: ReadonlyMap<unknown, Kind> = new Map([
  ['oidc', oidc],
  ['keycloak-oidc', oidc],
  ['google', { protocol: 'oidc', family: 'google', keys: GOOGLE_KEYS, known: 'google' }],
  ['github', { protocol: 'oauth2', family: 'github', keys: GITHUB_KEYS, known: 'github' }],
  ['saml', { protocol: 'saml', family: 'saml', keys: SAML_KEYS }],
])

export type ReadProvider = { readonly provider: ExportedProvider } | { readonly notes: readonly Note[] }

/** The provider with its mappers, or why there is none. */
export function readProvider({ value, loc }: Member, mappers: readonly Member[]): ReadProvider {
  const members = membersOf(value) ?? new Map<string, unknown>()
  const kind = KINDS.get(members.get('providerId'))
  if (kind === undefined) {
    return { notes: [{ loc: [...loc, 'providerId'], msg: 'is no kind of provider here: the provider is left out' }] }
  }
  const at = gathering(loc)
  const alias = aliasOf(members.get('alias'), at)
  const name = members.get('displayName')
  readConfig(members.get('config'), kind.keys, kind.family, at)
  readOthers(members, at)
  const read = readMappers(mappers, kind.protocol)
  return {
    provider: {
      alias,
      display_name: typeof name === 'string' && name.trim() !== '' ? name : alias,
      provider_id: kind.protocol === 'saml' ? 'saml' : 'oidc',
      enabled: isEnabled(members.get('enabled')) && !at.isRestricted(),
      ...(kind.known === undefined ? {} : { known_provider: kind.known }),
      ...(at.conditions.length === 0 ? {} : { condition: at.conditions.join(' && ') }),
      ...(at.domains.length === 0 ? {} : { domains: at.domains }),
      config: Object.fromEntries(at.config),
      mappers: read.mappers,
      not_understood: [...at.notes, ...read.notes],
    },
  }
}

/** Keycloak takes what is unsaid for on; what is no flag is nobody's yes. */
function isEnabled(given: unknown): boolean {
  return isUnset(given) || flagOf(given) === true
}

function aliasOf(given: unknown, at: Gathering): string {
  const alias = slugOf(typeof given === 'string' ? given : null, 'provider')
  if (alias !== given) at.note(['alias'], 'cannot be an alias here: a similar one is given')
  return alias
}

/** Members that are read above, and the other server's own id, which names nothing here. */
const READ: ReadonlySet<string> = new Set(['alias', 'displayName', 'providerId', 'enabled', 'config', 'internalId'])
/** They keep people out or ask more of them. */
const KEEPS_OUT: ReadonlySet<string> = new Set(['linkOnly', 'postBrokerLoginFlowAlias'])
/** Every realm has it; a flow of one's own may turn people away. */
const USUAL_FIRST_FLOW = 'first broker login'

function readOthers(members: ReadonlyMap<string, unknown>, at: Gathering): void {
  for (const [name, given] of members) {
    // A flag that is off asks for nothing.
    if (READ.has(name) || isUnset(given) || flagOf(given) === false) continue
    const isFirstFlow = name === 'firstBrokerLoginFlowAlias'
    if (KEEPS_OUT.has(name) || (isFirstFlow && given !== USUAL_FIRST_FLOW)) at.restrict([name], NO_COUNTERPART)
    else
      at.note(
        [name],
        isFirstFlow ? 'is the usual one there; first_login says here what a first sign-in does' : NO_COUNTERPART,
      )
  }
}
