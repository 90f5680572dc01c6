/**
 * Attribute mappings: which of our attributes are made of which claims, in CEL.
 *
 * Source: Google workforce identity federation, `attributeMapping`: keys, sizes and limits.
 */
import { LRUCache } from 'lru-cache'
import type { FieldFault } from '../fault.ts'
import type { Json, JsonObject } from '../json.ts'
import { attempt, openRun, read, type TypeRule } from './condition.ts'
import type { ASTNode } from './environment.ts'
import type { Mapped, Mapping, MappingExpressions } from './mapping-port.ts'
import { FAILED, type Run, type Step } from './run.ts'
import { isList, type Value } from './values.ts'

/** `claims` is the identity-providers face's word for the same. */
export const MAPPING_VARIABLES = ['assertion', 'claims'] as const
const EXPRESSION_CHARACTERS = 2_048
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const EXPRESSION_BYTES = EXPRESSION_CHARACTERS * 3
const ATTRIBUTES = 50
const ATTRIBUTE_KEY = /^attribute\.[a-z0-9_]{1,100}$/
/** All mapped values of one person together, as JSON. */
const MAPPED_BYTES = 16_384

interface KeyRule {
  readonly bytes: number
  readonly isList?: true
  readonly pattern?: RegExp
}

const GOOGLE_KEYS: Readonly<Record<string, KeyRule>> = {
  'google.subject': { bytes: 127 },
  'google.groups': { bytes: MAPPED_BYTES, isList: true },
  'google.display_name': { bytes: 100 },
  'google.profile_photo': { bytes: 2_048 },
  'google.posix_username': { bytes: 32, pattern: /^[a-zA-Z0-9._][a-zA-Z0-9._-]{0,31}$/ },
}
const NAMES = `${Object.keys(GOOGLE_KEYS).join(', ')} or attribute.{name} of a-z, 0-9 and _`

/** Every reason why the mapping may not be stored. */
export function checkMapping(mapping: MappingExpressions, path: string): FieldFault[] {
  const faults: FieldFault[] = []
  const keys = Object.keys(mapping)
  if (!keys.includes('google.subject')) {
    faults.push({ path, code: 'mapping.subject_missing', message: 'must map google.subject' })
  }
  if (keys.filter((key) => key.startsWith('attribute.')).length > ATTRIBUTES) {
    faults.push({ path, code: 'mapping.too_many', message: `must have at most ${ATTRIBUTES} attributes` })
  }
  // A hostile mapping may have any number of keys: those beyond what is allowed are not looked at.
  for (const [key, expression] of Object.entries(mapping).slice(0, ATTRIBUTES + 10)) {
    const place = `${path}.${key.slice(0, 120)}`
    if (!Object.hasOwn(GOOGLE_KEYS, key) && !ATTRIBUTE_KEY.test(key)) {
      faults.push({ path: place, code: 'mapping.key_unknown', message: `must be one of ${NAMES}` })
      continue
    }
    if (expression.length > EXPRESSION_CHARACTERS) {
      const message = `must have at most ${EXPRESSION_CHARACTERS} characters`
      faults.push({ path: place, code: 'condition.too_long', message })
    } else if (/\p{Cs}/u.test(expression)) {
      // Stored as UTF-8: a lone surrogate would come back as another text than the one that was checked.
      faults.push({ path: place, code: 'condition.syntax', message: 'has broken Unicode' })
    } else faults.push(...readExpression(key, expression, place).faults)
  }
  return faults
}

const LISTS = /^list(<(string|int|double|bool|dyn|null|T)>)?$/

/** What each key can hold as far as the checker knows; dyn is known only when somebody comes. */
function mapsTo(key: string): TypeRule {
  const texts = key === 'google.subject' ? ['string', 'int'] : ['string', 'int', 'double', 'bool', 'null']
  return (type) => {
    const fits = type === 'dyn' || texts.includes(type) || (takesLists(key) && LISTS.test(type))
    return fits ? null : { code: 'condition.type', message: `the expression yields ${type}, which ${key} cannot hold` }
  }
}

function takesLists(key: string): boolean {
  return ruleOf(key)?.isList ?? !Object.hasOwn(GOOGLE_KEYS, key)
}

function ruleOf(key: string): KeyRule | undefined {
  return Object.hasOwn(GOOGLE_KEYS, key) ? GOOGLE_KEYS[key] : undefined
}

function readExpression(key: string, expression: string, path: string) {
  return read(expression, path, MAPPING_VARIABLES, EXPRESSION_BYTES, mapsTo(key), withoutNulls)
}

/** `has(assertion.x) ? "yes" : null` leaves a key out, which the checker, for whom both sides are of one type, need not know. */
function withoutNulls(node: ASTNode): void {
  if (node.op !== '?:') return
  const [question, yes, no] = node.args
  withoutNulls(yes)
  withoutNulls(no)
  if (isNull(yes)) Object.assign(node, { args: [question, no, no] })
  else if (isNull(no)) Object.assign(node, { args: [question, yes, yes] })
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null
}

const compiled = new LRUCache<string, Mapping>({ max: 500 })

/** The mapping ready to run; one that was never checked fails for every claim it cannot read. */
export function compileMapping(mapping: MappingExpressions): Mapping {
  const key = JSON.stringify(mapping)
  const known = compiled.get(key)
  if (known !== undefined) return known
  const steps = Object.entries(mapping).map(([name, expression]): [string, Step | null] => {
    const { faults, step } = readExpression(name, expression, name)
    return [name, faults.length === 0 ? step : null]
  })
  const made: Mapping = { apply: (assertion) => applied(steps, assertion) }
  compiled.set(key, made)
  return made
}

function applied(steps: readonly (readonly [string, Step | null])[], assertion: JsonObject): Mapped {
  const values: [string, Json][] = []
  // One budget for all: fifty dear expressions cost no more than one.
  const run = openRun(MAPPING_VARIABLES, { assertion, claims: assertion })
  for (const [key, step] of steps) {
    if (step === null) return { error: { key, detail: 'the expression is not valid' } }
    const value = resultOf(key, attempt(step, run), run)
    if (typeof value === 'object' && value !== null && 'fault' in value) return { error: { key, detail: value.fault } }
    if (value !== null) values.push([key, value.value])
  }
  if (!values.some(([key]) => key === 'google.subject')) {
    return { error: { key: 'google.subject', detail: 'there is no subject' } }
  }
  const mapped = Object.fromEntries(values)
  if (Buffer.byteLength(JSON.stringify(mapped)) > MAPPED_BYTES) {
    return { error: { key: 'google.subject', detail: `the mapped values have more than ${MAPPED_BYTES} bytes` } }
  }
  return { values: mapped }
}

/** Null leaves the key out. */
function resultOf(key: string, value: Value | typeof FAILED, run: Run): { value: Json } | { fault: string } | null {
  if (value === FAILED) return { fault: run.detail }
  if (value === null) return null
  const rule = ruleOf(key)
  if (isList(value) || rule?.isList === true) {
    if (!takesLists(key)) return { fault: 'the value is a list, not a text' }
    const list = (isList(value) ? value : [value]).map((one) => textOf(one, rule))
    const texts = list.filter((text) => text !== null)
    return texts.length === list.length ? { value: texts } : { fault: 'the list has more than plain texts' }
  }
  const text = textOf(value, rule)
  if (text === null) return { fault: 'the value is neither a plain text nor a list of them' }
  if (rule === undefined) return { value: text }
  if (key === 'google.subject' && typeof value !== 'string' && typeof value !== 'bigint') {
    return { fault: 'the subject is neither a text nor a whole number' }
  }
  if (key === 'google.subject' && text === '') return { fault: 'the subject is empty' }
  if (Buffer.byteLength(text) > rule.bytes) return { fault: `the value has more than ${rule.bytes} bytes` }
  if (rule.pattern !== undefined && !rule.pattern.test(text)) return { fault: 'the value has not the form of its key' }
  return { value: text }
}

/**
 * The value as text, null where it is none. Two people must never become one: numbers that JSON rounds and broken
 * Unicode, which storage would replace, are no text; names of Google's keys have no control characters either.
 */
function textOf(value: Value, rule: KeyRule | undefined): string | null {
  switch (typeof value) {
    case 'string':
      return /\p{Cs}/u.test(value) || (rule !== undefined && /\p{Cc}/u.test(value)) ? null : value
    case 'number':
      return Math.abs(value) > Number.MAX_SAFE_INTEGER ? null : String(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      return null
  }
}
