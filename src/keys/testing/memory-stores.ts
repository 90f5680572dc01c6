/** Fakes of the key stores, with the contracts of their ports. */
import type { DataKey, DataKeyStore, SigningKey, SigningKeyStore } from '../signing-key-store.ts'

export function createMemoryDataKeys(): DataKeyStore {
  let keys: readonly DataKey[] = []
  return {
    list: async () => structuredClone([...keys]),
    async swap(before, after) {
      if (JSON.stringify(before) !== JSON.stringify(keys)) return false
      keys = structuredClone([...after])
      return true
    },
  }
}

export function createMemorySigningKeys(): SigningKeyStore & { readonly keys: SigningKey[] } {
  const keys: SigningKey[] = []
  return {
    keys,
    list: async () => keys.map((key) => ({ ...key })),
    async insertIfAbsent(key) {
      if (keys.some((other) => other.algorithm === key.algorithm && other.state === key.state)) return false
      keys.push(key)
      return true
    },
    async update(key) {
      const index = keys.findIndex((other) => other.kid === key.kid)
      if (index >= 0) keys[index] = key
      return index >= 0
    },
  }
}
