/** Members of a document that nobody vouches for, with the place where they stood. */

/** What of the document has no counterpart here. */
export interface Note {
  readonly loc: readonly (string | number)[]
  readonly msg: string
}

export const NO_COUNTERPART = 'has no counterpart here'

export interface Member {
  readonly value: unknown
  readonly loc: readonly (string | number)[]
}

/** Own members of an object; null for what is none. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return new Map(Object.entries(value))
}

/** The own member of that name, or undefined. */
export function memberOf(value: unknown, name: string): unknown {
  return membersOf(value)?.get(name)
}

/** True for an object with a text of that name. */
export function hasText(value: unknown, name: string): boolean {
  return typeof memberOf(value, name) === 'string'
}

/** Keycloak writes flags as texts; null for what is neither. */
export function flagOf(value: unknown): boolean | null {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : null
}

/** Empty and null ask for nothing. */
export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
