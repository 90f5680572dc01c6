/** Where a mapper looks: a claim by its path, and whether what lies there is what it wants. Source: wire.md section 4.4. */
import type { Json, JsonObject } from '../json.ts'
import { compilePattern } from './pattern.ts'
import type { Run } from './run.ts'

/** Deeper than any claim that somebody would map. */
const LEVELS = 20

/**
 * The value at a path: a dot goes one level down, `\.` is a dot in a name, `[n]` takes an entry of a list. A claim whose
 * whole name is the path comes first: names such as `https://example.com/roles` have dots. Undefined where there is none.
 */
export function claimAt(claims: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(claims, path)) return claims[path]
  const names = namesOf(path)
  if (names === null) return undefined
  let value: Json | undefined = claims
  for (const name of names) value = memberOf(value, name)
  return value
}

function namesOf(path: string): (string | number)[] | null {
  const names: (string | number)[] = []
  for (const part of path.split(/(?<!\\)\./)) {
    const match = /^(.*?)((?:\[\d{1,6}\])*)$/s.exec(part)
    if (match?.[1] === undefined || (match[1] === '' && names.length === 0)) return null
    if (match[1] !== '') names.push(match[1].replaceAll('\\.', '.'))
    for (const [, index] of (match[2] ?? '').matchAll(/\[(\d+)\]/g)) names.push(Number(index))
  }
  return names.length > LEVELS ? null : names
}

function memberOf(value: Json | undefined, name: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof name === 'number' ? value[name] : undefined
  return typeof name === 'number' ? undefined : ownMember(value, name)
}

/** The own member of an object; undefined for everything else, inherited members among it. */
export function ownMember(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Texts of a claim: of a list each entry; numbers and booleans as JSON writes them; objects are no text. */
export function textsOf(value: Json | undefined): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((entry) => (Array.isArray(entry) ? [] : textsOf(entry)))
  return typeof value === 'object' ? [] : [String(value)]
}

/**
 * Whether the claim is the wanted value, or a list that has it. Texts exactly, numbers and booleans as such, objects and
 * lists by what they say in JSON.
 */
export function equalsWanted(value: Json | undefined, wanted: string): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.some((entry) => equalsWanted(entry, wanted)) || isSameJson(value, wanted)
  switch (typeof value) {
    case 'string':
      return value === wanted
    case 'number':
      return wanted.trim() !== '' && Number(wanted) === value
    case 'boolean':
      return wanted === String(value)
    default:
      return isSameJson(value, wanted)
  }
}

/** Whether a text of the claim is what the expression describes, whole: `admin` does not fit `not-an-admin`. */
export function matchesWanted(value: Json | undefined, expression: string, run: Run): boolean {
  const pattern = compilePattern(`^(?:${expression})$`)
  if (typeof pattern === 'string') return false
  return textsOf(value).some((text) => pattern(text, run))
}

function isSameJson(value: Json, wanted: string): boolean {
  try {
    return canonical(value) === canonical(JSON.parse(wanted))
  } catch {
    return false
  }
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_name, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
