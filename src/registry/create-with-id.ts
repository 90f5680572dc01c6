/** Names that are made here are drawn until one is free; an id that the client gave is taken or refused. */
import { Fault } from '../fault.ts'
import type { RegistryCode } from './faults.ts'
import { slugOf, withSuffix } from './names.ts'

export interface IdChoice {
  readonly given: string | null
  readonly displayName: string | null
  /** What a nameless object is called. */
  readonly fallback: string
  /** The fault for a taken id. */
  readonly taken: RegistryCode
  readonly randomBytes: (size: number) => Uint8Array
}

/** A name is drawn from at least 32^5: so many misses in a row would mean that something else is wrong. */
const DRAWS = 20

/** Calls `create` with the given id, or with made ones until none is taken; each call is a write of its own. */
export function createWithId<T>(choice: IdChoice, create: (id: string) => Promise<T>): Promise<T> {
  const { given, displayName, fallback, taken, randomBytes } = choice
  if (given !== null) return create(given)
  const slug = slugOf(displayName, fallback)
  return drawUntilFree(taken, (draw) => create(draw === 1 ? slug : withSuffix(slug, randomBytes)))
}

/** Calls `create` again as long as it fails with `taken`. */
export async function drawUntilFree<T>(taken: RegistryCode, create: (draw: number) => Promise<T>): Promise<T> {
  for (let draw = 1; ; draw++) {
    try {
      return await create(draw)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== taken || draw >= DRAWS) throw error
    }
  }
}
