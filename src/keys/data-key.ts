/** Data keys and the master key around them. While the master key is being changed, each has two wrappings. */
import { decrypt, encrypt, type RandomBytes } from './box.ts'
import type { DataKey } from './signing-key-store.ts'

const DATA_KEY_BYTES = 32
/** Names a key in every text it sealed; 48 bits tell a handful apart. */
const ID_BYTES = 6

/** A fresh data key, wrapped. */
export function makeDataKey(masterKey: Uint8Array, createdAt: Date, randomBytes: RandomBytes): DataKey {
  const id = Buffer.from(randomBytes(ID_BYTES)).toString('hex')
  return {
    id,
    wrapped: wrap(masterKey, id, randomBytes(DATA_KEY_BYTES), randomBytes),
    wrappedNext: null,
    createdAt,
  }
}

/** The text that `masterKey` opens to the plain key again; it fits no other data key's row. */
export function wrap(masterKey: Uint8Array, id: string, plain: Uint8Array, randomBytes: RandomBytes): string {
  return encrypt(masterKey, wrappingPlace(id), plain, randomBytes)
}

/** The plain key and which wrapping the master key has opened, or null when it opens neither. */
export function unwrap(
  masterKey: Uint8Array,
  { id, wrapped, wrappedNext }: DataKey,
): { readonly plain: Buffer; readonly by: 'wrapped' | 'wrappedNext' } | null {
  const plain = decrypt(masterKey, wrappingPlace(id), wrapped)
  if (plain !== null) return { plain, by: 'wrapped' }
  const next = wrappedNext === null ? null : decrypt(masterKey, wrappingPlace(id), wrappedNext)
  return next === null ? null : { plain: next, by: 'wrappedNext' }
}

function wrappingPlace(id: string): string {
  return JSON.stringify(['data-key', id])
}
