/** Ids that are made here are drawn until one is free; an id that the client gave is taken or refused. */
import { Fault } from '../fault.ts'
import { slugOf, withSuffix } from './names.ts'

export interface IdChoice {
  readonly given: string | null
  readonly displayName: string | null
  /** What a nameless object is called. */
  readonly fallback: string
  /** The store's fault for a taken id. */
  readonly takenCode: string
  readonly randomBytes: (size: number) => Uint8Array
}

/** Twenty times 32^5 names: more draws would mean something else is wrong. */
const DRAWS = 20

/** Calls `write` with the given id, or with made ones until none is taken. */
export async function createWithId<T>(choice: IdChoice, write: (id: string) => Promise<T>): Promise<T> {
  if (choice.given !== null) return await write(choice.given)
  const slug = slugOf(choice.displayName ?? choice.fallback, choice.fallback)
  for (let draw = 0; ; draw++) {
    try {
      return await write(draw === 0 ? slug : withSuffix(slug, choice.randomBytes))
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== choice.takenCode || draw >= DRAWS) throw error
    }
  }
}
