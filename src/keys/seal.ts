/**
 * Sealing of secrets at rest: AES-256-GCM under a data key, data keys wrapped under the master key, so that a change
 * of the master key rewraps a handful of keys and not every row.
 */
import { createHmac } from 'node:crypto'
import { decrypt, encrypt, type RandomBytes } from './box.ts'
import { makeDataKey, unwrap } from './data-key.ts'
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
  /** 32 bytes for another purpose than sealing: the same in every process, whatever master key is in force. */
  derive(purpose: string): Uint8Array
  /** Reads the data keys that others added; call it every minute. Those it opens count, although it fails. Faults: keys.seal_key_wrong */
  refresh(): Promise<void>
}

export interface SealingOptions {
  readonly store: DataKeyStore
  /** 32 bytes. */
  readonly masterKey: Uint8Array
  readonly now: () => Date
  readonly randomBytes: RandomBytes
}

/**
 * A data key seals when it is this old: until then the processes that have not looked yet could not open what it sealed.
 * Several times as long as the minute between two looks.
 */
const SEEN_AFTER_MS = 5 * 60_000

/** Opens the data keys, making the first one on an empty database. Faults: keys.seal_key_wrong */
export async function openSealing(options: SealingOptions): Promise<Sealing> {
  const { store, masterKey, now, randomBytes } = options
  const keys = new Map<string, Buffer>()
  let first: Buffer | null = null
  let sealer: { readonly id: string; readonly key: Buffer } | null = null

  const refresh = async () => {
    const stored = await store.list()
    let isWrong = stored.length === 0
    for (const row of stored) {
      const plain = keys.get(row.id) ?? unwrap(masterKey, row)?.plain
      if (plain === undefined) {
        isWrong = true
        continue
      }
      keys.set(row.id, plain)
      first ??= plain
      const isSeen = now().getTime() - row.createdAt.getTime() >= SEEN_AFTER_MS
      if (sealer === null || isSeen) sealer = { id: row.id, key: plain }
    }
    if (isWrong) throw keyFault('keys.seal_key_wrong')
  }

  // Another process may be first: what counts is what is stored.
  if ((await store.list()).length === 0) await store.swap([], [makeDataKey(masterKey, now(), randomBytes)])
  await refresh()
  return {
    seal(place, text) {
      if (sealer === null) throw keyFault('keys.seal_key_wrong')
      return `s1.${sealer.id}.${encrypt(sealer.key, placeText(place), Buffer.from(text, 'utf8'), randomBytes)}`
    },
    open(place, sealed) {
      const [version, id, box, ...rest] = sealed.split('.')
      const key = keys.get(id ?? '')
      if (version !== 's1' || key === undefined || box === undefined || rest.length > 0)
        throw keyFault('keys.seal_broken')
      const plain = decrypt(key, placeText(place), box)
      if (plain === null) throw keyFault('keys.seal_broken')
      return plain.toString('utf8')
    },
    derive(purpose) {
      if (first === null) throw keyFault('keys.seal_key_wrong')
      return createHmac('sha256', first).update(purpose).digest()
    },
    refresh,
  }
}

function placeText(place: Place): string {
  return JSON.stringify([place.organisation, place.table, place.id, place.column])
}
