/** Statements on roads that are travelled often: their text never changes, so it is made once, and only the values differ. */
import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Row, Schema, Value } from './schema.ts'

/** Stands for a value while the text is made. */
export type Slot = (name: string) => string

export interface FixedStatement {
  /** The rows it answers. Names without a value are given as null. */
  rows(db: Kysely<Schema>, values: Row): Promise<Row[]>
  /** Runs it for what it changes; tells how many rows that were. */
  run(db: Kysely<Schema>, values: Row): Promise<number>
}

/** No name or text of ours begins so. */
const MARK = '\u0000slot '

interface Plan {
  readonly query: CompiledQuery
  /** Where the values of the parameters come from, in their order. */
  readonly parameters: readonly ({ readonly name: string } | { readonly constant: unknown })[]
}

/** `build` is asked once for each engine. */
export function fixedStatement(build: (db: Kysely<Schema>, slot: Slot) => Compilable): FixedStatement {
  // One adapter belongs to one opened database, transactions included.
  const plans = new WeakMap<object, Plan>()
  const planFor = (db: Kysely<Schema>): Plan => {
    const { adapter } = db.getExecutor()
    const plan = plans.get(adapter) ?? planOf(build(db, (name) => MARK + name).compile())
    plans.set(adapter, plan)
    return plan
  }
  const execute = (db: Kysely<Schema>, values: Row) => {
    const { query, parameters } = planFor(db)
    const given = parameters.map((one): unknown => ('name' in one ? (values[one.name] ?? null) : one.constant))
    // Kysely's type of the rows is that of the statement it was made of: rows of the schema.
    return db.executeQuery<Row>({ ...query, parameters: given } as CompiledQuery<Row>)
  }
  return {
    rows: async (db, values) => (await execute(db, values)).rows,
    run: async (db, values) => Number((await execute(db, values)).numAffectedRows ?? 0),
  }
}

function planOf(query: CompiledQuery): Plan {
  const parameters = query.parameters.map((value) =>
    typeof value === 'string' && value.startsWith(MARK) ? { name: value.slice(MARK.length) } : { constant: value },
  )
  return { query, parameters }
}

/** Every column with a slot of its name: what an insert of whole rows sets. */
export function slotsOf(columns: readonly string[], slot: Slot): Record<string, Value> {
  return Object.fromEntries(columns.map((column) => [column, slot(column)]))
}
