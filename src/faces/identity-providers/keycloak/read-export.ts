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

/** Null for what is no such export. Gives way to others between two providers. */
export async function readKeycloakExport(text: string): Promise<KeycloakExport | null> {
  const document = parsed(text)
  if (Array.isArray(document)) return isProviders(document) ? await readList(document, [], [], []) : null
  const members = membersOf(document)
  if (members === null) return null
  if (isProvider(document)) return readOne(members)
  const providers = members.get('identityProviders')
  return isProviders(providers) ? await readRealm(members, providers) : null
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
  const read = readProvider({ value: Object.fromEntries(rest), loc: [] }, mappers)
  return 'provider' in read
    ? { providers: [read.provider], isSingle: true, notes: [] }
    : { providers: [], isSingle: false, notes: read.notes }
}

async function readRealm(members: ReadonlyMap<string, unknown>, providers: unknown[]): Promise<KeycloakExport> {
  const mappers = placed(members.get('identityProviderMappers'), ['identityProviderMappers'])
  const others = [...members.keys()].filter(
    (name) => name !== 'identityProviders' && name !== 'identityProviderMappers',
  )
  const notes = others.map((name) => ({ loc: [name], msg: 'is no identity provider' }))
  return await readList(providers, mappers, ['identityProviders'], notes)
}

/** More than any realm that is kept by hand; the rest is named, and comes with another file. */
const MOST_PROVIDERS = 500

async function readList(
  providers: unknown[],
  mappers: readonly Member[],
  loc: readonly (string | number)[],
  before: readonly Note[],
): Promise<KeycloakExport> {
  const notes = [...before]
  const read: ExportedProvider[] = []
  const byAlias = grouped(mappers)
  for (const [index, provider] of placed(providers, loc).entries()) {
    const alias = memberOf(provider.value, 'alias')
    const own = byAlias.get(alias) ?? []
    byAlias.delete(alias)
    if (index >= MOST_PROVIDERS) {
      notes.push({ loc: provider.loc, msg: `is beyond the first ${MOST_PROVIDERS}: send it in a file of its own` })
      continue
    }
    const one = readProvider(provider, own)
    if ('provider' in one) read.push(one.provider)
    else notes.push(...one.notes)
    // Mappers may have patterns that take milliseconds to judge.
    await new Promise(setImmediate)
  }
  for (const { loc } of [...byAlias.values()].flat()) notes.push({ loc, msg: 'belongs to no provider of the export' })
  return { providers: read, isSingle: false, notes }
}

function grouped(mappers: readonly Member[]): Map<unknown, Member[]> {
  const groups = new Map<unknown, Member[]>()
  for (const mapper of mappers) {
    const alias = memberOf(mapper.value, 'identityProviderAlias')
    const group = groups.get(alias)
    if (group === undefined) groups.set(alias, [mapper])
    else group.push(mapper)
  }
  return groups
}

function placed(list: unknown, loc: readonly (string | number)[]): Member[] {
  return Array.isArray(list) ? list.map((value, index) => ({ value, loc: [...loc, index] })) : []
}
