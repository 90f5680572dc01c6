/** How many providers a face can see: counted anew only when the registry has changed. */
import { LRUCache } from 'lru-cache'
import type { ProviderFilter } from './provider-store.ts'
import type { Registry } from './registry.ts'

interface Count {
  readonly generation: number
  readonly total: number
}

/** Organisations and filters that are asked for page by page at the same time. */
const counts = new WeakMap<Registry['stores'], LRUCache<string, Count>>()
const KEPT = 1_000

/** Exact for the committed state of the moment of the last change that this process knows of. */
export async function countProviders(at: Registry, organisation: string, filter: ProviderFilter): Promise<number> {
  const known = counts.get(at.stores) ?? new LRUCache<string, Count>({ max: KEPT })
  counts.set(at.stores, known)
  const key = JSON.stringify([organisation, filter])
  const generation = at.generation()
  const cached = known.get(key)
  if (cached?.generation === generation) return cached.total
  const total = await at.stores.providers.count(organisation, filter)
  known.set(key, { generation, total })
  return total
}
