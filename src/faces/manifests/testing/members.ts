/** Members of answers whose form nobody has promised. */
import type { Json } from '../../../json.ts'

export function member(value: Json, ...path: string[]): Json {
  return path.reduce<Json>((value, name) => Object(value)[name] ?? null, value)
}

export function text(value: Json, ...path: string[]): string {
  const found = member(value, ...path)
  return typeof found === 'string' ? found : ''
}

export function list(value: Json, ...path: string[]): Json[] {
  const found = member(value, ...path)
  return Array.isArray(found) ? found : []
}
