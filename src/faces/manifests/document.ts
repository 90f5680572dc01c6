/** Documents as text: YAML in, YAML or JSON out. Source: YAML 1.2 core schema; RFC 9110 §12.5.1 (Accept), RFC 9512 (media type). */
import { parse, parseAllDocuments, stringify } from 'yaml'
import type { Fault } from '../../fault.ts'
import { faceFault } from '../faults.ts'

export const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml']

/** Deeper than any document of ours by an order of magnitude. The parser recurses: 50 000 open brackets end the process. */
const DEEPEST = 50
/** Columns: DEEPEST levels of two spaces, and room for how people line things up. */
const INDENTATION = 200

/** Reads one YAML document. Aliases are refused: without them a small text cannot grow into a large one. Faults: request.invalid */
export function readYaml(text: string): unknown {
  if (isDeep(text)) throw unreadable('The document is nested too deeply.')
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'error' })
  } catch (error) {
    throw unreadable('The body is not one YAML document without aliases.', error)
  }
}

/** Reads all YAML documents of a text (JSON is YAML); empty ones are left out. Aliases are refused. Faults: request.invalid */
export function readYamlDocuments(text: string): unknown[] {
  if (isDeep(text)) throw unreadable('The documents are nested too deeply.')
  const read: unknown[] = []
  try {
    for (const document of parseAllDocuments(text, { logLevel: 'error' })) {
      const error = document.errors?.[0]
      if (error !== undefined) throw error
      const value: unknown = document.toJS({ maxAliasCount: 0 })
      if (value !== null && value !== undefined) read.push(value)
    }
  } catch (error) {
    throw unreadable(`Document ${read.length + 1} is not YAML without aliases.`, error)
  }
  return read
}

function unreadable(message: string, cause?: unknown): Fault {
  return faceFault('request.invalid', { message, cause })
}

/** True for every text that nests deeper than DEEPEST, and for some that only look it (brackets inside of texts count). */
function isDeep(text: string): boolean {
  let open = 0
  let column = 0
  let markers = 0
  let leading = true
  for (const character of text) {
    column++
    if (character === '\n' || character === '\r') {
      column = 0
      markers = 0
      leading = true
    } else if (character === '[' || character === '{') {
      open++
      leading = false
    } else if (character === ']' || character === '}') {
      open = Math.max(0, open - 1)
      leading = false
    } else if (leading && (character === '-' || character === '?' || character === ':')) {
      markers++
    } else if (leading && character !== ' ' && character !== '\t') {
      leading = false
      if (column > INDENTATION) return true
    }
    if (open > DEEPEST || markers > DEEPEST) return true
  }
  return false
}

/** True when the caller would rather have YAML than JSON. */
export function prefersYaml(accept: string | undefined): boolean {
  let yaml = 0
  let json = 0
  for (const range of (accept ?? '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    const q = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0
    if (YAML_TYPES.includes(type)) yaml = Math.max(yaml, q)
    else if (type === 'application/json' || type === 'application/*' || type === '*/*') json = Math.max(json, q)
  }
  return yaml > 0 && yaml >= json
}

/** The document as YAML; no anchors, long texts on one line. */
export function writeYaml(document: object): string {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })
}
