// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the pages, not ours
/** Which mappers may be stored: type, protocol, configuration. What they do at a login is the sign-in plane's. */
import type { FieldFault } from '../fault.ts'
import type { Json, JsonObject } from '../json.ts'
import type { ClaimCode } from './faults.ts'
import { isFor, type MapperProperty, mapperType } from './mapper-types.ts'
import { compilePattern } from './pattern.ts'
import { patternWeight } from './pattern-weight.ts'
import { SYNC_MODES } from './sync-mode.ts'

export interface MapperInput {
  readonly name: string
  readonly type: string
  readonly syncMode: string | null
  readonly config: JsonObject
}

const NAME_CHARACTERS = 255
const VALUE_CHARACTERS = 4_096
/** Pairs of one mapper, as many as a person keeps in view. */
const PAIRS = 50
/** Of one regular expression, and of all of a mapper together: what a condition may have (calls.ts). */
const PATTERN_CHARACTERS = 1_024
const PATTERN_WEIGHT = 3_000
/** No type has a tenth of it; what is more is not looked at. */
const CONFIG_KEYS = 50
/** NUL above all: PostgreSQL stores no text that has it. Line breaks and tabs stand in pairs that are written as JSON. */
const UNSHOWABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u
/** Its own mode may stand in the configuration: exports of other servers have it there. */
const SYNC_MODE_KEY = 'syncMode'

/** Every reason why the mapper may not be stored; paths begin with `path`. */
export function judgeMapper(
  { name, type, syncMode, config }: MapperInput,
  protocol: string,
  path: string,
): FieldFault[] {
  const faults: FieldFault[] = []
  const add = (at: string, code: ClaimCode | 'field.unknown', message: string) =>
    void faults.push({ path: `${path}.${at}`, code, message })
  if (name.trim() === '' || name.length > NAME_CHARACTERS || /[\p{Cc}\p{Cs}]/u.test(name)) {
    add('name', 'mapper.config_invalid', `must have 1 to ${NAME_CHARACTERS} characters that can be shown`)
  }
  for (const [at, mode] of [
    ['syncMode', syncMode],
    [`config.${SYNC_MODE_KEY}`, config[SYNC_MODE_KEY] ?? null],
  ] as const) {
    if (mode !== null && !SYNC_MODES.some((known) => known === mode)) {
      add(at, 'mapper.sync_mode', `must be one of ${SYNC_MODES.join(', ')}`)
    }
  }
  const known = mapperType(type)
  if (known === null) {
    add('type', 'mapper.type_unknown', 'is not the id of a mapper type')
    return faults
  }
  if (known.refused !== undefined) {
    add('type', 'mapper.type_refused', known.refused)
    return faults
  }
  if (!isFor(known, protocol)) add('type', 'mapper.protocol', `is not for ${protocol} providers`)
  if (Object.keys(config).length > CONFIG_KEYS) {
    add('config', 'mapper.config_invalid', `must have at most ${CONFIG_KEYS} keys`)
    return faults
  }
  const isRegex = Object.entries(config).some(([key, value]) => key.endsWith('.regex') && isTrue(value))
  for (const [key, value] of Object.entries(config)) {
    if (key === SYNC_MODE_KEY) continue
    const property = known.properties.find((one) => one.name === key)
    const message = property === undefined ? null : wrongValue(property, value, isRegex)
    if (property === undefined)
      add(`config.${key.slice(0, 80)}`, 'field.unknown', 'is not a property of this mapper type')
    else if (message !== null) add(`config.${key}`, 'mapper.config_invalid', message)
  }
  for (const property of known.properties) {
    if (property.required && isUnset(config[property.name]))
      add(`config.${property.name}`, 'mapper.config_invalid', 'is required')
  }
  const names = ['attribute.name', 'attribute.friendly.name']
  const needsOne = known.properties.some((property) => property.name === names[0])
  if (needsOne && names.every((one) => isUnset(config[one]))) {
    add('config.attribute.name', 'mapper.config_invalid', 'or attribute.friendly.name is required')
  }
  return faults
}

function isUnset(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function isTrue(value: Json): boolean {
  return value === true || value === 'true'
}

function wrongValue(property: MapperProperty, value: Json, isRegex: boolean): string | null {
  if (isUnset(value)) return null
  if (property.type === 'boolean') {
    return value === true || value === false || value === 'true' || value === 'false' ? null : 'must be true or false'
  }
  const text = typeof value === 'string' || property.type !== 'Map' ? value : jsonText(value)
  if (typeof text !== 'string' || text.length > VALUE_CHARACTERS || UNSHOWABLE.test(text)) {
    return `must be a text of at most ${VALUE_CHARACTERS} characters, without control characters or broken Unicode`
  }
  if (property.type === 'Map') return wrongPairs(text, isRegex)
  if (property.options !== undefined && !property.options.includes(text))
    return `must be one of ${property.options.join(', ')}`
  return property.type === 'Template' ? wrongTemplate(text, property.placeholders ?? []) : null
}

/** `[{"key":…,"value":…}]`; a list that came as such was written as JSON first, so that both are measured alike. */
function wrongPairs(text: string, isRegex: boolean): string | null {
  const wrong = 'must be a list of {"key":…,"value":…}'
  const list = parsed(text)
  if (!Array.isArray(list) || list.length === 0) return wrong
  if (list.length > PAIRS) return `must have at most ${PAIRS} pairs`
  let weight = 0
  for (const pair of list) {
    const { key, value, ...others } = Object(pair)
    if (typeof key !== 'string' || key === '' || typeof value !== 'string' || Object.keys(others).length > 0)
      return wrong
    if (UNSHOWABLE.test(key) || UNSHOWABLE.test(value)) return 'must be without control characters and broken Unicode'
    if (!isRegex) continue
    weight += value.length > PATTERN_CHARACTERS ? PATTERN_WEIGHT + 1 : patternWeight(value)
    if (weight > PATTERN_WEIGHT) return 'has regular expressions that are too large'
    const pattern = compilePattern(value)
    if (typeof pattern === 'string') return `has a value that cannot be used: ${pattern}`
  }
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Null for what is nested deeper than JSON can be written. */
function jsonText(value: Json): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

const CHANGES = /^(?:uppercase|lowercase|localpart)$/
const NAME_IN_TEMPLATE = /^(CLAIM|ATTRIBUTE)\.\S.{0,255}$/

function wrongTemplate(template: string, placeholders: readonly string[]): string | null {
  const rest = template.replace(/\$\{([^{}]*)\}/g, (all, inside: string) => {
    const [name = '', ...changes] = inside.split('|').map((part) => part.trim())
    const isKnown = placeholders.includes(name.replace(NAME_IN_TEMPLATE, '$1.x'))
    return isKnown && changes.every((change) => CHANGES.test(change)) ? ' ' : all
  })
  if (!rest.includes('${')) return null
  const named = placeholders.map((name) => `\${${name}}`).join(', ')
  return `must be text with ${named}, with | uppercase, | lowercase or | localpart in the braces`
}
