/** Use cases of one provider's mappers. They are part of its record: each change is a change of the provider. */
import { Fault } from '../fault.ts'
import type { MapperDraft } from './drafts.ts'
import { registryFault } from './faults.ts'
import type { Mapper, Provider, ProviderUse } from './provider.ts'
import type { ProviderScope } from './provider-store.ts'
import { getProvider, updateProvider } from './providers.ts'
import type { Registry } from './registry.ts'
import type { Grantor } from './roles.ts'
import type { Actor } from './stores.ts'

type Scope = ProviderUse | ProviderScope

/** Faults: provider.unknown, mapper.name_taken, role.above_own, and claims' own for its type and configuration */
export async function addMapper(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  scope: Scope,
  provider: string,
  draft: MapperDraft,
): Promise<Mapper> {
  const changed = await changeMappers(at, actor, grantor, scope, provider, ({ mappers }) => {
    requireFreeName(mappers, draft.name)
    return [...mappers, { ...draft, id: null }]
  })
  return mapperNamed(changed, draft.name)
}

/** `draftOf` says what becomes of the mapper that is stored. Faults: provider.unknown, mapper.unknown, mapper.name_taken, role.above_own, and claims' own */
export async function changeMapper(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  scope: Scope,
  provider: string,
  mapperId: string,
  draftOf: (seen: Mapper) => MapperDraft,
): Promise<Mapper> {
  const changed = await changeMappers(at, actor, grantor, scope, provider, ({ mappers }) => {
    const seen = mappers.find(({ id }) => id === mapperId)
    if (seen === undefined) throw registryFault('mapper.unknown')
    const draft = draftOf(seen)
    const others = mappers.filter(({ id }) => id !== mapperId)
    requireFreeName(others, draft.name)
    return mappers.map((mapper) => (mapper.id === mapperId ? { ...draft, id: mapperId } : mapper))
  })
  const mapper = changed.mappers.find(({ id }) => id === mapperId)
  if (mapper === undefined) throw registryFault('mapper.unknown')
  return mapper
}

/** Faults: provider.unknown, mapper.unknown, role.above_own */
export async function removeMapper(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  scope: Scope,
  provider: string,
  mapperId: string,
): Promise<void> {
  await changeMappers(at, actor, grantor, scope, provider, ({ mappers }) => {
    requireMapper(mappers, mapperId)
    return mappers.filter(({ id }) => id !== mapperId)
  })
}

/** As often as another write may come in between before it is no accident any more. */
const TRIES = 8

async function changeMappers(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  scope: Scope,
  id: string,
  next: (provider: Provider) => MapperDraft[],
): Promise<Provider> {
  for (let tries = 1; ; tries++) {
    const seen = await getProvider(at, actor.organisation, id, scope)
    const change = { mappers: next(seen), version: seen.version }
    try {
      return await updateProvider(at, actor, grantor, scope, id, change)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'provider.changed' || tries >= TRIES) throw error
    }
  }
}

function requireMapper(mappers: readonly Mapper[], id: string): void {
  if (!mappers.some((mapper) => mapper.id === id)) throw registryFault('mapper.unknown')
}

function requireFreeName(mappers: readonly Mapper[], name: string): void {
  if (mappers.some((mapper) => mapper.name === name)) throw registryFault('mapper.name_taken')
}

function mapperNamed({ mappers }: Provider, name: string): Mapper {
  const mapper = mappers.find((one) => one.name === name)
  if (mapper === undefined) throw registryFault('mapper.unknown')
  return mapper
}
