/** Tables of objects for people: columns as wide as their widest cell. */
import { at } from '../demo/api.ts'
import { ageText } from './age.ts'
import type { Column, KindEntry } from './kinds.ts'
import { printable } from './printable.ts'

const GAP = '   '
const NOTHING = '-'

/** Rows below their heading, aligned, without spaces at the ends of lines. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join(GAP)
      .trimEnd(),
  )
  return lines.join('\n')
}

/** What a person counts: a letter with its accents is one. */
function widthOf(cell: string): number {
  return [...new Intl.Segmenter().segment(cell)].length
}

/** The objects of a kind: NAME, what the kind is looked at for, AGE. */
export function objectsTable(entry: KindEntry, objects: readonly unknown[], now: Date): string {
  const columns: readonly Column[] = entry.columns ?? [['DISPLAY NAME', 'spec', 'displayName']]
  const headings = ['NAME', ...columns.map(([heading]) => heading), ...(entry.columns ? [] : ['READY']), 'AGE']
  const rows = objects.map((object) => [
    cellOf(at(object, 'metadata', 'name')),
    ...columns.map(([, ...path]) => cellOf(at(object, ...path))),
    ...(entry.columns ? [] : [readyText(at(object, 'status', 'conditions'))]),
    ageText(at(object, 'metadata', 'creationTimestamp'), now),
  ])
  return tableText([headings, ...rows])
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return NOTHING
  return printable(typeof value === 'string' ? value : JSON.stringify(value))
}

/** `True`, or `False (Disabled)`; `-` for what is never anything else than ready. */
export function readyText(conditions: unknown): string {
  if (!Array.isArray(conditions)) return NOTHING
  const ready: unknown = conditions.find((condition: unknown) => at(condition, 'type') === 'Ready')
  const status = at(ready, 'status')
  const reason = at(ready, 'reason')
  if (status === 'True' || typeof reason !== 'string') return cellOf(status)
  return `${cellOf(status)} (${printable(reason)})`
}
