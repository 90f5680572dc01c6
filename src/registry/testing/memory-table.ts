/** One table of the fake stores: uniqueness, compare-and-swap, keyset pages; nothing shares memory with what is kept. */
import { Fault } from '../../fault.ts'
import type { PageRequest } from '../provider-store.ts'

interface Versioned {
  readonly uid: string
  readonly version: number
}

export function refuse<T>(
  table: ReadonlyMap<string, T>,
  isTaken: (other: T) => boolean,
  code: string,
  path: string,
): void {
  if (![...table.values()].some(isTaken)) return
  throw new Fault('conflict', code, 'is taken', { fields: [{ path, code, message: 'is taken' }] })
}

export function swap<T extends Versioned>(table: Map<string, T>, record: T): boolean {
  if (table.get(record.uid)?.version !== record.version - 1) return false
  table.set(record.uid, structuredClone(record))
  return true
}

export function find<T>(table: ReadonlyMap<string, T>, wanted: (one: T) => boolean): T | null {
  const found = [...table.values()].find(wanted)
  return found === undefined ? null : structuredClone(found)
}

export function pageOf<T extends { readonly uid: string }>(
  table: ReadonlyMap<string, T>,
  { limit, after = '', offset = 0 }: PageRequest,
  wanted: (one: T) => boolean,
): T[] {
  const found = [...table.values()].filter((one) => one.uid > after && wanted(one))
  return found
    .sort((a, b) => (a.uid < b.uid ? -1 : 1))
    .slice(offset, offset + limit)
    .map((one) => structuredClone(one))
}
