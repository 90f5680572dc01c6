/** Updates that are made of what is stored: judged again when another write came in between. */
import { Fault } from '../fault.ts'
import type { ProviderChange } from '../registry/drafts.ts'
import type { Provider } from '../registry/provider.ts'
import type { ProviderScope } from '../registry/provider-store.ts'
import { getProvider, updateProvider } from '../registry/providers.ts'
import type { Registry } from '../registry/registry.ts'
import type { Grantor } from '../registry/roles.ts'
import type { Actor } from '../registry/stores.ts'

export interface Updated {
  readonly actor: Actor
  readonly grantor: Grantor
  readonly scope: ProviderScope
  readonly id: string
}

/** As often as somebody else may write in between before it is no accident any more. */
const TRIES = 8

/** Makes the change of what is stored, and again of what is stored by then if another write was first. Faults: as updateProvider */
export async function updateUnraced(
  registry: Registry,
  { actor, grantor, scope, id }: Updated,
  changeOf: (seen: Provider) => ProviderChange,
): Promise<Provider> {
  for (let tries = 1; ; tries++) {
    const seen = await getProvider(registry, actor.organisation, id, scope)
    const change = { ...changeOf(seen), version: seen.version }
    try {
      return await updateProvider(registry, actor, grantor, scope, id, change)
    } catch (error) {
      const isRace = error instanceof Fault && error.code === 'provider.changed'
      if (!isRace || tries >= TRIES) throw error
    }
  }
}
