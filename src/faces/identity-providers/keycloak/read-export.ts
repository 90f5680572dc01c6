/**
 * Reads identity providers as Keycloak exports them: one representation, a list of them, or a realm.
 *
 * Source: wire.md sections 4.1 to 4.4.
 */
import { hasText, type Member, memberOf, membersOf, type Note } from './members.ts'
import { type ExportedProvider, readProvider } from './provider.ts'

export interface KeycloakExport {
  readonly providers: readonly ExportedProvider[]
  /** The document is one representation, not a list. */
  readonly isSingle: boolean
  /** What belongs to none of the providers. */
  readonly notes: readonly Note[]
}

/** Null for what is no such export. */
export function readKeycloakExport(text: string): KeycloakExport | null {
  const document = parsed(text)
  if (Array.isArray(document)) return isProviders(document) ? readList(document, [], [], []) : null
  const members = membersOf(document)
  if (members === null) return null
  if (isProvider(document)) return readOne(members)
  const providers = members.get('identityProviders')
  return isProviders(providers) ? readRealm(members, providers) : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** No discovery document has these members. */
function isProvider(value: unknown): boolean {
  return hasText(value, 'alias') && hasText(value, 'providerId')
}

function isProviders(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isProvider)
}

/** A single representation may carry its mappers, which Keycloak gives by a call of their own. */
const OWN_MAPPERS = ['identityProviderMappers', 'mappers'] as const

function readOne(members: ReadonlyMap<string, unknown>): KeycloakExport {
  const name = OWN_MAPPERS.find((one) => Array.isArray(members.get(one)))
  const rest = new Map([...members].filter(([member]) => member !== name))
  const mappers = name === undefined ? [] : placed(members.get(name), [name])
  const provider = readProvider({ value: Object.fromEntries(rest), loc: [] }, mappers)
  return 'provider' in provider
    ? { providers: [provider.provider], isSingle: true, notes: [] }
    : { providers: [], isSingle: false, notes: provider.notes }
}

function readRealm(members: ReadonlyMap<string, unknown>, providers: unknown[]): KeycloakExport {
  const mappers = placed(members.get('identityProviderMappers'), ['identityProviderMappers'])
  const others = [...members.keys()].filter(
    (name) => name !== 'identityProviders' && name !== 'identityProviderMappers',
  )
  const notes = others.map((name) => ({ loc: [name], msg: 'is no identity provider' }))
  return readList(providers, mappers, ['identityProviders'], notes)
}

function readList(
  providers: unknown[],
  mappers: readonly Member[],
  loc: readonly (string | number)[],
  before: readonly Note[],
): KeycloakExport {
  const notes = [...before]
  const read: ExportedProvider[] = []
  const aliases = new Set<unknown>()
  for (const provider of placed(providers, loc)) {
    const alias = memberOf(provider.value, 'alias')
    aliases.add(alias)
    const own = mappers.filter(({ value }) => memberOf(value, 'identityProviderAlias') === alias)
    const one = readProvider(provider, own)
    if ('provider' in one) read.push(one.provider)
    else notes.push(...one.notes)
  }
  for (const { value, loc } of mappers) {
    if (aliases.has(memberOf(value, 'identityProviderAlias'))) continue
    notes.push({ loc, msg: 'belongs to no provider of the export' })
  }
  return { providers: read, isSingle: false, notes }
}

function placed(list: unknown, loc: readonly (string | number)[]): Member[] {
  return Array.isArray(list) ? list.map((value, index) => ({ value, loc: [...loc, index] })) : []
}
