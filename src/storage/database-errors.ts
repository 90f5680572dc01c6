/** What an engine's error means: a broken rule of the schema, a conflict that may be tried again, or an outage. */
import { Fault } from '../fault.ts'
import { storageFault } from './faults.ts'

/** Names of constraints are table and columns joined by `_`, on both engines. */
export type ConstraintFaults = Readonly<
  Record<string, { readonly code: string; readonly message: string; readonly path: string }>
>

/** The fault for a broken unique constraint of the list, else the error itself. */
export function constraintFault(error: unknown, faults: ConstraintFaults): unknown {
  const broken = brokenUnique(error)
  const found = broken === null ? undefined : faults[broken]
  if (found === undefined) return error
  const { code, message, path } = found
  return new Fault('conflict', code, message, { fields: [{ path, code, message }], cause: error })
}

/** Source: PostgreSQL 18 Appendix A, class 23; sqlite.org/rescode.html (a RESTRICT rule counts as a trigger). */
const BROKEN_REFERENCE = ['23001', '23503', 'SQLITE_CONSTRAINT_FOREIGNKEY', 'SQLITE_CONSTRAINT_TRIGGER']

export function isBrokenReference(error: unknown): boolean {
  return BROKEN_REFERENCE.includes(partsOf(error).code)
}

/** The name of the broken constraint, or '' on SQLite, which does not tell it. */
export function constraintOf(error: unknown): string {
  return partsOf(error).constraint
}

/** PostgreSQL gave up one of two transactions that waited for each other. */
export function isDeadlock(error: unknown): boolean {
  const { code } = partsOf(error)
  return code === '40P01' || code === '40001'
}

/** The database as a whole is in trouble, so other operations will not fare better. */
export function isOutage(error: unknown): boolean {
  const fault = asFault(error)
  return fault instanceof Fault && fault.code === 'storage.unavailable'
}

/** SQLite: broken rules and malformed statements. The rest is the file, the disk or a lock. */
const SQLITE_OUR_OWN = /^SQLITE_(CONSTRAINT|ERROR|MISMATCH|MISUSE|RANGE|SCHEMA|TOOBIG)/
/** PostgreSQL: not supported, cardinality, data, constraints, malformed statements. The rest is the server or the way to it. */
const SQLSTATE_OUR_OWN = /^(0A|21|22|23|42)/
/** PostgreSQL has no NUL in texts. */
const NOT_A_TEXT = '22021'
/** Of better-sqlite3, after `close`. */
const CLOSED = 'The database connection is not open'

/**
 * A `Fault` as it is; an outage becomes storage.unavailable with the cause kept private. What is left is a mistake of
 * ours and stays as it is, to be logged as one.
 */
export function asFault(error: unknown): unknown {
  if (error instanceof Fault) return error
  const { code, message } = partsOf(error)
  if (code === NOT_A_TEXT) return storageFault('storage.text_invalid', { cause: error })
  const isOfSqlite = code.startsWith('SQLITE_') && !SQLITE_OUR_OWN.test(code)
  const isOfPostgres = /^[0-9A-Z]{5}$/.test(code) && !SQLSTATE_OUR_OWN.test(code)
  if (!isOfSqlite && !isOfPostgres && message !== CLOSED) return error
  return storageFault('storage.unavailable', { cause: error })
}

/** The constraint that an insert or update broke, or null. */
function brokenUnique(error: unknown): string | null {
  const { code, message, constraint } = partsOf(error)
  if (code === '23505') return constraint
  if (code !== 'SQLITE_CONSTRAINT_UNIQUE') return null
  // UNIQUE constraint failed: providers.organisation, providers.id
  const columns = message
    .slice(message.indexOf(':') + 1)
    .split(',')
    .map((column) => column.trim().split('.'))
  return [columns[0]?.[0], ...columns.map(([, column]) => column)].join('_')
}

function partsOf(error: unknown): { code: string; message: string; constraint: string } {
  if (!(error instanceof Error)) return { code: '', message: '', constraint: '' }
  const code = 'code' in error ? String(error.code) : ''
  const constraint = 'constraint' in error ? String(error.constraint) : ''
  return { code, message: error.message, constraint }
}
