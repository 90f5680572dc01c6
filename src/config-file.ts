/** The config file: a YAML map from setting to text or list of texts, nothing cleverer. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { FieldFault } from './fault.ts'

export interface ConfigFile {
  /** By file key: the text, lists joined by commas. */
  readonly values: ReadonlyMap<string, string>
  readonly faults: readonly FieldFault[]
}

/** What a file may hold: its keys, and whether the key takes a list. */
export type FileKeys = ReadonlyMap<string, { readonly list: boolean }>

/** Never the parser's own message: it quotes the text, and the text may be a secret. */
const SENTENCES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a setting is there twice',
  MULTIPLE_DOCS: 'a second document begins',
  TAG_RESOLVE_FAILED: 'tags are not understood',
}

/** Reads all of it and tells all that is wrong. Scalars stay texts as written: a token of digits is no number. */
export function readConfigFile(path: string, readFile: (path: string) => string, keys: FileKeys): ConfigFile {
  const values = new Map<string, string>()
  const faults: FieldFault[] = []
  let text: string
  try {
    text = readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return {
      values,
      faults: [{ path: 'config file', code: 'config.file', message: `${path} cannot be read (${code})` }],
    }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter, prettyErrors: false })
  for (const { code, pos } of [...document.errors, ...document.warnings]) {
    const message = `${path}, line ${lineCounter.linePos(pos[0]).line}: ${SENTENCES[code] ?? 'is not valid YAML'}`
    faults.push({ path: 'config file', code: 'config.file', message })
  }
  if (faults.length > 0) return { values, faults }
  const { contents } = document
  // A file of comments only is an empty one.
  if (contents === null || (isScalar(contents) && contents.value === '')) return { values, faults }
  if (!isMap(contents)) {
    faults.push({ path: 'config file', code: 'config.file', message: `${path} must hold a map of settings` })
    return { values, faults }
  }
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '?'
    const place = `config file, ${name}`
    const known = keys.get(name)
    const read = textOf(value, known?.list === true)
    if (known === undefined) faults.push({ path: place, code: 'config.unknown', message: 'is not a setting' })
    else if (read === null) {
      const message = known.list ? 'must be a text or a list of texts' : 'must be a text'
      faults.push({ path: place, code: 'config.invalid', message })
    } else values.set(name, read)
  }
  return { values, faults }
}

function textOf(value: unknown, list: boolean): string | null {
  if (value === null) return ''
  if (isScalar(value)) return String(value.value ?? '')
  if (!list || !isSeq<Node>(value) || !value.items.every((item) => isScalar(item))) return null
  return value.items.map((item) => textOf(item, false)).join(',')
}
