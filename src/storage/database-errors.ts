/** What an engine's error means: a broken rule of the schema, a conflict that may be tried again, or an outage. */
import { Fault } from '../fault.ts'
import { storageFault } from './faults.ts'

/** Names of constraints are table and columns joined by `_`, on both engines. */
export type ConstraintFaults = Readonly<
  Record<string, { readonly code: string; readonly message: string; readonly path: string }>
>

/** The constraint that an insert or update broke, or null. */
export function brokenUnique(error: unknown): string | null {
  const { code, message, constraint } = partsOf(error)
  if (code === '23505') return constraint
  if (code !== 'SQLITE_CONSTRAINT_UNIQUE' && code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return null
  const columns = message.slice(message.indexOf(':') + 1).split(',')
  const [first = ''] = columns
  const table = first.trim().split('.')[0]
  return [table, ...columns.map((column) => column.trim().split('.')[1])].join('_')
}

export function isBrokenReference(error: unknown): boolean {
  const { code } = partsOf(error)
  return ['23503', '23001', 'SQLITE_CONSTRAINT_FOREIGNKEY', 'SQLITE_CONSTRAINT_TRIGGER'].includes(code)
}

/** PostgreSQL gave up one of two transactions that waited for each other. */
export function isDeadlock(error: unknown): boolean {
  const { code } = partsOf(error)
  return code === '40P01' || code === '40001'
}

/** The fault for a broken constraint of the list, else the error itself. */
export function constraintFault(error: unknown, faults: ConstraintFaults): unknown {
  const broken = brokenUnique(error)
  const found = broken === null ? undefined : faults[broken]
  if (found === undefined) return error
  const { code, message, path } = found
  return new Fault('conflict', code, message, { fields: [{ path, code, message }], cause: error })
}

/** A `Fault` as it is; anything an engine throws becomes storage.unavailable with the cause kept private. */
export function asFault(error: unknown): unknown {
  if (error instanceof Fault) return error
  const { code } = partsOf(error)
  // SQLite result codes, PostgreSQL's five-character SQLSTATEs and the socket's own words.
  const fromEngine = /^(SQLITE_|[0-9A-Z]{5}$|E[A-Z]+$)/.test(code) || isConnectionLoss(error)
  return fromEngine ? storageFault('storage.unavailable', { cause: error }) : error
}

function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && /connection|timeout|terminat|not open|closed|Client was/i.test(error.message)
}

function partsOf(error: unknown): { code: string; message: string; constraint: string } {
  if (!(error instanceof Error)) return { code: '', message: '', constraint: '' }
  const code = 'code' in error ? String(error.code) : ''
  const constraint = 'constraint' in error ? String(error.constraint) : ''
  return { code, message: error.message, constraint }
}
