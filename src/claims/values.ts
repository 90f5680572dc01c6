/**
 * JSON claims as CEL values, without copying: members are converted when they are read.
 * Integers that JSON carries exactly are int (bigint), other numbers double; only own members exist.
 */
import type { Json, JsonObject } from '../json.ts'
import { charge, type FAILED, fail, type Run, tooDeep } from './run.ts'

export interface JsonMap {
  readonly kind: 'json'
  readonly members: JsonObject
  /** Of the claims themselves: `aud` reads as a list even where the token has a single string (RFC 7519 §4.1.3). */
  readonly audList: boolean
}

export interface UrlValue {
  readonly kind: 'url'
  readonly scheme: string
  readonly host: string
  readonly path: string
}

export type MapKey = string | bigint | boolean
/** A map that the expression wrote out. */
export type WrittenMap = ReadonlyMap<MapKey, Value>
export type Value = null | boolean | bigint | number | string | readonly Value[] | JsonMap | WrittenMap | UrlValue

/** Lists in lists, and what equality looks into: deeper than any claim, shallow for the call stack. */
const DEPTH_LIMIT = 64

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isUrl(value: Value): value is UrlValue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'url'
}

export function isMap(value: Value): value is JsonMap | WrittenMap {
  return typeof value === 'object' && value !== null && !isList(value) && !isUrl(value)
}

/** Any JSON as a CEL value. Costs nothing for strings; a list is looked through once, and copied only for numbers and nesting. */
export function celValue(json: Json, run: Run, depth = 0): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
      return json
    case 'number':
      return Number.isSafeInteger(json) ? BigInt(json) : json
  }
  if (json === null) return null
  if (isJsonList(json)) {
    charge(run, json.length >> 2)
    if (isFlat(json)) return json
    if (depth > DEPTH_LIMIT) throw tooDeep
    charge(run, json.length * 8)
    return json.map((element) => celValue(element, run, depth + 1))
  }
  return { kind: 'json', members: json, audList: false }
}

/** Array.isArray, which does not narrow readonly arrays. */
export function isJsonList(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json)
}

function isFlat(list: readonly Json[]): list is readonly (string | boolean | null)[] {
  for (const element of list) {
    if (typeof element !== 'string' && typeof element !== 'boolean' && element !== null) return false
  }
  return true
}

/** The map's own member; undefined where there is none. */
export function member(map: JsonMap | WrittenMap, key: Value, run: Run): Value | undefined {
  if ('members' in map) {
    if (typeof key !== 'string' || !Object.hasOwn(map.members, key)) return undefined
    const json = map.members[key]
    if (json === undefined) return undefined
    if (map.audList && key === 'aud' && typeof json === 'string') return [json]
    return celValue(json, run)
  }
  const written = mapKey(key)
  return written === undefined ? undefined : map.get(written)
}

/** The value as a key to look up: 1.0 finds the key 1; lists, maps, null and fractions are none. Source: CEL language definition, Maps */
export function mapKey(value: Value): MapKey | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  return typeof value === 'object' ? undefined : value
}

export function keysOf(map: JsonMap | WrittenMap, run: Run): readonly MapKey[] {
  const keys = 'members' in map ? Object.keys(map.members) : [...map.keys()]
  // large objects are hash tables, whose keys cost some 80 ns each to list
  charge(run, keys.length * 5)
  return keys
}

export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
  }
  if (value === null) return 'null'
  return isList(value) ? 'list' : isUrl(value) ? 'url' : 'map'
}

/** CEL `==`: int and double compare as numbers, values of different types are unequal. */
export function equal(a: Value, b: Value, run: Run, depth = 0): boolean | typeof FAILED {
  if (typeof a === 'string') {
    if (typeof b !== 'string') return false
    if (a.length > 64 && a.length === b.length) charge(run, a.length >> 5)
    return a === b
  }
  if (typeof a === 'bigint' || typeof a === 'number') {
    // biome-ignore lint/suspicious/noDoubleEquals: == compares int and double by their mathematical value
    return (typeof b === 'bigint' || typeof b === 'number') && a == b
  }
  if (typeof a === 'boolean' || a === null || typeof b !== 'object' || b === null) return a === b
  if (depth > DEPTH_LIMIT) return fail(run, 'the values compared are nested too deeply')
  if (isList(a)) return isList(b) && equalLists(a, b, run, depth)
  if (isMap(a)) return isMap(b) && equalMaps(a, b, run, depth)
  return isUrl(a) && isUrl(b) && a.scheme === b.scheme && a.host === b.host && a.path === b.path
}

function equalLists(a: readonly Value[], b: readonly Value[], run: Run, depth: number): boolean | typeof FAILED {
  if (a.length !== b.length) return false
  charge(run, a.length)
  for (let index = 0; index < a.length; index++) {
    const same = equal(a[index] ?? null, b[index] ?? null, run, depth + 1)
    if (same !== true) return same
  }
  return true
}

function equalMaps(a: JsonMap | WrittenMap, b: JsonMap | WrittenMap, run: Run, depth: number): boolean | typeof FAILED {
  const keys = keysOf(a, run)
  if (keys.length !== keysOf(b, run).length) return false
  charge(run, keys.length * 16)
  for (const key of keys) {
    const right = member(b, key, run)
    if (right === undefined) return false
    const same = equal(member(a, key, run) ?? null, right, run, depth + 1)
    if (same !== true) return same
  }
  return true
}
