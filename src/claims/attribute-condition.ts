/** Conditions on people: CEL over the claims and over what they were mapped to. Source: Google workforce identity federation, `attributeCondition`. */
import type { FieldFault } from '../fault.ts'
import type { Json, JsonObject } from '../json.ts'
import { read } from './condition.ts'
import { membersRead } from './members-read.ts'

/** `claims` is the identity-providers face's word for `assertion`. */
export const ATTRIBUTE_CONDITION_VARIABLES = ['assertion', 'claims', 'google', 'attribute'] as const
const CHARACTERS = 4_096
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES = CHARACTERS * 3
/** What a person shows to others is no ground to let them in. */
const NOT_OFFERED = ['display_name', 'profile_photo', 'posix_username']

/** Every reason why the condition may not be stored. */
export function checkAttributeCondition(expression: string, path: string): FieldFault[] {
  if (expression.length > CHARACTERS) {
    return [{ path, code: 'condition.too_long', message: `must have at most ${CHARACTERS} characters` }]
  }
  // Stored as UTF-8: a lone surrogate would come back as another text than the one that was checked.
  if (/\p{Cs}/u.test(expression)) return [{ path, code: 'condition.syntax', message: 'has broken Unicode' }]
  const { faults } = read(expression, path, ATTRIBUTE_CONDITION_VARIABLES, BYTES)
  const used = membersRead(expression, ATTRIBUTE_CONDITION_VARIABLES, 'google')
  const refused = NOT_OFFERED.filter((name) => used.has(name)).map((name) => ({
    path,
    code: 'condition.unknown_name',
    message: `google.${name} cannot be used in a condition: use google.subject, google.groups, attribute or assertion`,
  }))
  return [...faults, ...refused]
}

/** What such a condition sees of one person. */
export function conditionVariables(assertion: JsonObject, mapped: Readonly<Record<string, Json>>): JsonObject {
  const google = pick(mapped, ['google.subject', 'google.groups'], 'google.')
  const attributes = Object.keys(mapped).filter((key) => key.startsWith('attribute.'))
  return { assertion, claims: assertion, google, attribute: pick(mapped, attributes, 'attribute.') }
}

function pick(mapped: Readonly<Record<string, Json>>, keys: readonly string[], prefix: string): JsonObject {
  const entries = keys.filter((key) => mapped[key] !== undefined).map((key) => [key.slice(prefix.length), mapped[key]])
  return Object.fromEntries(entries)
}
