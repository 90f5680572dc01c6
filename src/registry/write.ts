/** How use cases write: one transaction, its event in it, and the store's conflicts in this room's words. */
import { asRegistryFault } from './faults.ts'
import type { Registry } from './registry.ts'
import type { RegistryWrite } from './stores.ts'

/** Faults: `…id_taken`, `…issuer_taken`, `…host_taken` from the store, with the catalogue's sentence. */
export async function write<T>(at: Registry, work: (tx: RegistryWrite) => Promise<T>): Promise<T> {
  try {
    return await at.write(work)
  } catch (error) {
    throw asRegistryFault(error)
  }
}
