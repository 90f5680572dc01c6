/** Values of CEL in one notation, so that answers of different evaluators can be compared as texts. */
import type { Value as SpecValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js'
import type { Json } from '../../json.ts'
import { FAILED, type Outcome } from '../run.ts'
import { isList, isMap, isUrl, type Value } from '../values.ts'

/** What every failure is written as: which one it is, evaluators say in their own words. */
export const FAILURE = 'error'

/** An outcome of ours: `1` is an int, `1.0` a double; members of maps are sorted. */
export function outcomeText(outcome: Outcome): string {
  return outcome === FAILED ? FAILURE : valueText(outcome)
}

export function valueText(value: Value): string {
  if (typeof value === 'bigint') return `${value}`
  if (typeof value === 'number') return doubleText(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return listText(value.map(valueText))
  if (isUrl(value)) return `url(${value.scheme}://${value.host}${value.path})`
  if (!isMap(value)) return 'unknown'
  if ('members' in value) return jsonText(value.members)
  return mapText([...value].map(([key, member]) => [valueText(key), valueText(member)]))
}

/** Claims as an evaluation sees them: whole numbers are ints. */
function jsonText(json: Json): string {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? `${json}` : doubleText(json)
  if (typeof json !== 'object' || json === null) return JSON.stringify(json)
  if (Array.isArray(json)) return listText(json.map(jsonText))
  return mapText(Object.entries(json).map(([key, member]) => [JSON.stringify(key), jsonText(member)]))
}

/** A value of the specification's test data. Kinds that conditions do not have are named, and equal to nothing of ours. */
export function specText(value: SpecValue | undefined): string {
  const kind = value?.kind
  switch (kind?.case) {
    case 'int64Value':
      return `${kind.value}`
    case 'doubleValue':
      return doubleText(kind.value)
    case 'nullValue':
      return 'null'
    case 'boolValue':
    case 'stringValue':
      return JSON.stringify(kind.value)
    case 'listValue':
      return listText(kind.value.values.map(specText))
    case 'mapValue':
      return mapText(kind.value.entries.map((entry) => [specText(entry.key), specText(entry.value)]))
    default:
      return String(kind?.case)
  }
}

export function doubleText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : `${value}`
}

export function listText(elements: readonly string[]): string {
  return `[${elements.join(', ')}]`
}

export function mapText(entries: readonly (readonly [string, string])[]): string {
  return `{${entries
    .map(([key, value]) => `${key}: ${value}`)
    .sort()
    .join(', ')}}`
}
