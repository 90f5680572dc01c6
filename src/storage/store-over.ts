/** One store out of its queries: reads see committed state, writes take the write road by themselves. */
import type { Kysely } from 'kysely'
import { asFault } from './database-errors.ts'
import type { Schema } from './schema.ts'
import type { WriteRoad } from './write-road.ts'

/** `noticed` by the caches of the registry, or `quiet`. */
export type Writes<S> = Readonly<Partial<Record<keyof S, 'noticed' | 'quiet'>>>

/** Binds `queries` to committed state, but the methods named in `writes` to a transaction of the road. Errors become faults. */
export function storeOver<S extends object>(
  queries: (db: Kysely<Schema>) => S,
  writes: Writes<S>,
  reader: Kysely<Schema>,
  road: WriteRoad,
): S {
  const reads = methodsOf(queries(reader))
  const modes = new Map(Object.entries(writes))
  const bound = Object.entries(reads).map(([name, read]) => {
    const mode = modes.get(name)
    const write: Method = (...values) =>
      road.run(async (db) => methodsOf(queries(db))[name]?.(...values), mode === 'noticed')
    const method: Method = async (...values) => {
      try {
        return await read(...values)
      } catch (error) {
        throw asFault(error)
      }
    }
    return [name, mode === undefined ? method : write]
  })
  // Sound: the same names, and each method answers what the one of the same name answers.
  return Object.fromEntries(bound) as S
}

type Method = (...values: unknown[]) => Promise<unknown>

/** Every member of a store is a method that answers a promise. */
function methodsOf(store: object): Record<string, Method> {
  return store as Record<string, Method>
}
