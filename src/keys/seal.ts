/**
 * Sealing of secrets at rest: AES-256-GCM under a data key, data keys wrapped under the master key, so that a change
 * of the master key rewraps a handful of keys and not every row.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { keyFault } from './faults.ts'
import type { DataKeyStore } from './signing-key-store.ts'

/** Where a sealed text lives: bound as associated data, so that a value copied elsewhere does not open. */
export interface Place {
  readonly organisation: string
  readonly table: string
  readonly id: string
  readonly column: string
}

export interface Sealing {
  seal(place: Place, text: string): string
  /** Faults: keys.seal_broken */
  open(place: Place, sealed: string): string
}

export interface SealingOptions {
  readonly store: DataKeyStore
  /** 32 bytes. */
  readonly masterKey: Uint8Array
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** NIST SP 800-38D §8.2.2: 96-bit random nonces. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Opens the data keys, making the first one on an empty database. Faults: keys.seal_key_wrong */
export async function openSealing(options: SealingOptions): Promise<Sealing> {
  const { store, masterKey, now, randomBytes } = options
  let stored = await store.list()
  if (stored.length === 0) {
    const id = Buffer.from(randomBytes(6)).toString('hex')
    const wrapped = encrypt(masterKey, wrappingPlace(id), Buffer.from(randomBytes(32)), randomBytes)
    await store.insertFirst({ id, wrapped, createdAt: now() })
    // Another process may have been first: what counts is what is stored.
    stored = await store.list()
  }
  const keys = new Map<string, Buffer>()
  for (const key of stored) {
    const plain = decrypt(masterKey, wrappingPlace(key.id), key.wrapped)
    if (plain === null) throw keyFault('keys.seal_key_wrong')
    keys.set(key.id, plain)
  }
  const newest = stored.at(-1)
  const dataKey = newest === undefined ? undefined : keys.get(newest.id)
  if (newest === undefined || dataKey === undefined) throw keyFault('keys.seal_key_wrong')
  return {
    seal: (place, text) =>
      `s1.${newest.id}.${encrypt(dataKey, placeText(place), Buffer.from(text, 'utf8'), randomBytes)}`,
    open(place, sealed) {
      const [version, id, box, ...rest] = sealed.split('.')
      const key = keys.get(id ?? '')
      if (version !== 's1' || key === undefined || box === undefined || rest.length > 0)
        throw keyFault('keys.seal_broken')
      const plain = decrypt(key, placeText(place), box)
      if (plain === null) throw keyFault('keys.seal_broken')
      return plain.toString('utf8')
    },
  }
}

function wrappingPlace(id: string): string {
  return JSON.stringify(['data-key', id])
}

function placeText(place: Place): string {
  return JSON.stringify([place.organisation, place.table, place.id, place.column])
}

function encrypt(
  key: Uint8Array,
  associated: string,
  plain: Buffer,
  randomBytes: (size: number) => Uint8Array,
): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(associated, 'utf8'))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

function decrypt(key: Uint8Array, associated: string, text: string): Buffer | null {
  const box = Buffer.from(text, 'base64url')
  if (box.length < NONCE_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(associated, 'utf8'))
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES)), decipher.final()])
  } catch {
    return null // wrong key, wrong place or changed bytes: GCM does not tell, nor do we
  }
}
