/** Documents from files, folders and standard input, each with the place it came from. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, LineCounter, parseAllDocuments } from 'yaml'
import type { FieldFault } from '../../fault.ts'
import { manifestFault } from './faults.ts'

/** Where a document stands; numbers and lines count from 1. */
export interface Place {
  readonly file: string
  readonly document: number
  /** In a list of documents. */
  readonly item?: number
  readonly line: number
}

export interface PlacedDocument {
  readonly place: Place
  /** Whatever stands there: the server judges it. */
  readonly value: unknown
}

/** What a person is shown for standard input. */
const STDIN = '(standard input)'
const OURS = /\.(ya?ml|json)$/

/**
 * Reads what `-f` names, in that order: files, folders (their *.yaml, *.yml and *.json by name, not deeper) and `-`.
 * Every fault of every file is reported at once.
 *
 * Faults: cli.documents_unreadable
 */
export async function readDocuments(
  paths: readonly string[],
  readStdin: () => Promise<string>,
): Promise<PlacedDocument[]> {
  const documents: PlacedDocument[] = []
  const faults: FieldFault[] = []
  // Standard input can be read once.
  for (const path of new Set(paths)) {
    for (const file of filesOf(path, faults)) {
      const text = file === '-' ? await readStdin() : textOf(file, faults)
      if (text !== null) documents.push(...documentsOf(file === '-' ? STDIN : file, text, faults))
    }
  }
  if (faults.length === 0 && documents.length === 0) faults.push(fault(paths.join(', '), 'has no documents'))
  if (faults.length > 0) throw manifestFault('cli.documents_unreadable', { fields: faults })
  return documents
}

/** `deploy.yaml, document 2 (line 14)`. */
export function placeText({ file, document, item, line }: Place): string {
  return `${file}, document ${document}${item === undefined ? '' : `, item ${item}`} (line ${line})`
}

function filesOf(path: string, faults: FieldFault[]): string[] {
  if (path === '-') return ['-']
  try {
    if (!statSync(path).isDirectory()) return [path]
    const names = readdirSync(path).filter((name) => OURS.test(name))
    const files = names.map((name) => join(path, name)).filter((file) => !statSync(file).isDirectory())
    if (files.length === 0) faults.push(fault(path, 'has no *.yaml, *.yml or *.json (folders in it are not read)'))
    return files.sort()
  } catch (error) {
    faults.push(fault(path, whyUnreadable(error)))
    return []
  }
}

function textOf(file: string, faults: FieldFault[]): string | null {
  try {
    // Editors of some systems begin a file with a mark that belongs to no document.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    faults.push(fault(file, whyUnreadable(error)))
    return null
  }
}

function whyUnreadable(error: unknown): string {
  const code = Object(error).code
  if (code === 'ENOENT') return 'is not there'
  return `cannot be read${typeof code === 'string' ? ` (${code})` : ''}`
}

/** The documents of a text; JSON is YAML. Empty ones are counted and left out, lists are taken apart. */
export function documentsOf(file: string, text: string, faults: FieldFault[]): PlacedDocument[] {
  const lines = new LineCounter()
  const read: PlacedDocument[] = []
  const lineAt = (offset: number | undefined) => Math.max(1, lines.linePos(offset ?? 0).line)
  try {
    for (const [index, one] of [...parseAllDocuments(text, { logLevel: 'error', lineCounter: lines })].entries()) {
      // A tag that nobody knows is only a warning to the parser; its value would go out as a plain text.
      const wrong = [...one.errors, ...one.warnings]
      for (const { message, pos } of wrong) faults.push(fault(`${file}:${lineAt(pos[0])}`, firstLine(message)))
      if (wrong.length > 0) continue
      const place = { file, document: index + 1, line: lineAt(startOf(one)) }
      const value: unknown = one.toJS()
      // An anchor inside of itself has no end, and JSON no form of it.
      JSON.stringify(value)
      read.push(...takenApart(place, value))
    }
  } catch (error) {
    // What only shows when the value is made: an anchor without its end, too many aliases, brackets without bottom.
    faults.push(fault(file, `is not YAML: ${firstLine(error instanceof Error ? error.message : String(error))}`))
  }
  return read
}

function startOf({ contents, range }: Document.Parsed): number | undefined {
  return contents?.range?.[0] ?? range?.[0]
}

/** As the server does it; taken apart here, so that its results can be told apart. */
function takenApart(place: Place, value: unknown): PlacedDocument[] {
  if (value === null || value === undefined) return []
  const { kind, items } = Object(value)
  const list: unknown = typeof kind === 'string' && kind.endsWith('List') ? items : value
  if (!Array.isArray(list)) return [{ place, value }]
  return list.map((one: unknown, index) => ({ place: { ...place, item: index + 1 }, value: one }))
}

/** The parser draws the place below its sentence, and ends the sentence with the position that we name ourselves. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')
}

function fault(path: string, message: string): FieldFault {
  return { path, code: 'cli.documents_unreadable', message }
}
