/** A database of its own for a group of tests, and the ways into it that the storage itself does not offer. */
import { afterAll, beforeAll } from 'vitest'
import type { Storage } from '../storage.ts'

/** What only the engine knows. */
export interface Disk {
  open(): Promise<Storage>
  /** Everything that lies on it. */
  rawBytes(): Promise<Buffer>
  /** Runs a statement behind the storage's back. */
  sql(statement: string): Promise<void>
  remove(): Promise<void>
}

export interface Opened extends Pick<Disk, 'rawBytes' | 'sql'> {
  readonly storage: Storage
  /** Another storage over the same database, beside the first. */
  beside(): Promise<Storage>
  /** Closes the first and opens it anew. */
  reopen(): Promise<Storage>
  /** Closes all that was opened and removes the database. */
  close(): Promise<void>
}

export async function openedOn(disk: Disk): Promise<Opened> {
  const all: Storage[] = []
  const beside = async () => {
    const storage = await disk.open()
    all.push(storage)
    return storage
  }
  let storage = await beside()
  return {
    get storage() {
      return storage
    },
    beside,
    async reopen() {
      await storage.close()
      storage = await beside()
      return storage
    },
    rawBytes: () => disk.rawBytes(),
    sql: (statement) => disk.sql(statement),
    async close() {
      for (const one of all) await one.close()
      await disk.remove()
    },
  }
}

export type Open = () => Promise<Opened>

/** One database for the tests of the calling `describe`; they keep apart by organisations of their own. */
export function openedFor(open: Open): () => Opened {
  let opened: Opened | null = null
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(async () => {
    await opened?.close()
  })
  return () => {
    if (opened === null) throw new Error('the database is opened before the tests run')
    return opened
  }
}
