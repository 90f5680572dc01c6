/**
 * The change of the master key while servers run: every data key gets a second wrapping under the new master key, so
 * that both open the database, until all processes have the new one and the old wrapping is dropped. Sealed rows stay
 * as they are. Each step is one write of all data keys together, so a crash leaves either step whole.
 */
import type { RandomBytes } from './box.ts'
import { makeDataKey, unwrap, wrap } from './data-key.ts'
import { keyFault } from './faults.ts'
import type { DataKey, DataKeyStore } from './signing-key-store.ts'

interface InForce {
  readonly store: DataKeyStore
  /** 32 bytes, in force. */
  readonly masterKey: Uint8Array
}

/** Others change the data keys a few times in a year: the second try finds them at rest. */
const TRIES = 5

/**
 * Adds wrappings under the new master key and answers how many data keys there are; once more with the same keys it
 * changes nothing. Faults: keys.seal_key_wrong, keys.same_master_key, keys.rewrap_unfinished
 */
export async function rewrapDataKeys(
  options: InForce & { readonly newMasterKey: Uint8Array; readonly randomBytes: RandomBytes },
): Promise<number> {
  const { store, masterKey, newMasterKey, randomBytes } = options
  if (Buffer.from(masterKey).equals(newMasterKey)) throw keyFault('keys.same_master_key')
  return await changeDataKeys(store, (keys) =>
    keys.map((key) => {
      const { plain, by } = opened(masterKey, key)
      if (key.wrappedNext === null) return { ...key, wrappedNext: wrap(newMasterKey, key.id, plain, randomBytes) }
      // Another new key than before, or one change begun on top of another: somebody would be locked out.
      if (by === 'wrappedNext' || unwrap(newMasterKey, key)?.by !== 'wrappedNext') {
        throw keyFault('keys.rewrap_unfinished')
      }
      return key
    }),
  )
}

/**
 * Drops the wrappings under the old master key and answers how many; the new one must be in force by then.
 * Faults: keys.seal_key_wrong, keys.rewrap_not_in_force
 */
export async function finishRewrap({ store, masterKey }: InForce): Promise<number> {
  let dropped = 0
  await changeDataKeys(store, (keys) => {
    dropped = 0
    return keys.map((key) => {
      const { by } = opened(masterKey, key)
      if (key.wrappedNext === null) return key
      if (by === 'wrapped') throw keyFault('keys.rewrap_not_in_force')
      dropped += 1
      return { ...key, wrapped: key.wrappedNext, wrappedNext: null }
    })
  })
  return dropped
}

/**
 * Drops the wrappings under the new master key and answers how many; the old one must be in force still.
 * Faults: keys.seal_key_wrong, keys.rewrap_in_force
 */
export async function abandonRewrap({ store, masterKey }: InForce): Promise<number> {
  let dropped = 0
  await changeDataKeys(store, (keys) => {
    dropped = 0
    return keys.map((key) => {
      const { by } = opened(masterKey, key)
      if (key.wrappedNext === null) return key
      if (by === 'wrappedNext') throw keyFault('keys.rewrap_in_force')
      dropped += 1
      return { ...key, wrappedNext: null }
    })
  })
  return dropped
}

/**
 * Adds a data key, which seals new secrets once every process has seen it; what was sealed before stays under the old
 * ones. Answers its id. Faults: keys.seal_key_wrong, keys.rewrap_unfinished
 */
export async function rotateDataKey(
  options: InForce & { readonly now: () => Date; readonly randomBytes: RandomBytes },
): Promise<string> {
  const { store, masterKey, now, randomBytes } = options
  const added = makeDataKey(masterKey, now(), randomBytes)
  await changeDataKeys(store, (keys) => {
    for (const key of keys) {
      opened(masterKey, key)
      // Under one of the two master keys only, it would lock out those who start with the other.
      if (key.wrappedNext !== null) throw keyFault('keys.rewrap_unfinished')
    }
    return [...keys, added]
  })
  return added.id
}

function opened(masterKey: Uint8Array, key: DataKey) {
  const result = unwrap(masterKey, key)
  if (result === null) throw keyFault('keys.seal_key_wrong')
  return result
}

async function changeDataKeys(
  store: DataKeyStore,
  change: (keys: readonly DataKey[]) => readonly DataKey[],
): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await store.list()
    const after = change(before)
    if (await store.swap(before, after)) return after.length
  }
  throw keyFault('keys.changed_meanwhile')
}
