/** Tables as Kysely sees them, and how their columns are read. JSON is text, times are milliseconds, booleans are 0 and 1. */
import type { Json, JsonObject } from '../json.ts'

export type Value = string | number | null
export type Row = Record<string, Value>

export interface Schema {
  organisations: Row
  providers: Row
  service_principals: Row
  credentials: Row
  trusts: Row
  step_up_transactions: Row
  apps: Row
  persons: Row
  person_links: Row
  domains: Row
  routed_domains: Row
  logins: Row
  sessions: Row
  op_records: Row
  decisions: Row
  audit: Row
  chain_heads: Row
  checkpoints: Row
  signing_keys: Row
  data_keys: Row
  one_time: Row
  revoked_tokens: Row
  revision: Row
}

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`${column} is not text`)
  return value
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`${column} is not a number`)
  return value
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

export function flag(row: Row, column: string): boolean {
  return integer(row, column) === 1
}

export function date(row: Row, column: string): Date {
  return new Date(integer(row, column))
}

export function dateOrNull(row: Row, column: string): Date | null {
  return row[column] === null ? null : date(row, column)
}

export function dateValue(at: Date | null): number | null {
  return at === null ? null : at.getTime()
}

function json(row: Row, column: string): Json {
  return JSON.parse(text(row, column))
}

// Most lists and objects of a record are empty: those need no parser.

export function object(row: Row, column: string): JsonObject {
  if (row[column] === '{}') return {}
  const value = json(row, column)
  if (!isObject(value)) throw new TypeError(`${column} is not a JSON object`)
  return value
}

export function strings(row: Row, column: string): string[] {
  if (row[column] === '[]') return []
  const value = json(row, column)
  if (!Array.isArray(value)) throw new TypeError(`${column} is not a JSON list`)
  return value.map(String)
}

export function objects(row: Row, column: string): JsonObject[] {
  if (row[column] === '[]') return []
  const value = json(row, column)
  if (!Array.isArray(value)) throw new TypeError(`${column} is not a JSON list`)
  return value.filter(isObject)
}

export function stringMap(row: Row, column: string): Record<string, string> {
  if (row[column] === '{}') return {}
  return Object.fromEntries(Object.entries(object(row, column)).map(([key, value]) => [key, String(value)]))
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
