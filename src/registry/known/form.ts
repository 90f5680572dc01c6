/** From the fields of a source's form to a narrow condition; values are quoted, never pasted. */
import { celMember, celString } from '../../claims/literal.ts'
import { type FieldFault, throwFields } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { fieldFault } from '../faults.ts'
import { isPlainText } from '../texts.ts'
import type { KnownSource } from './source.ts'

export interface FormField {
  readonly id: string
  readonly label: string
  readonly help: string
  readonly required: boolean
  /** What the whole value must match. */
  readonly pattern: string
  /** A value that fits, and that the sample claims have. */
  readonly placeholder: string
  /** Taken where neither this field is given nor one of `unless` filled in; an empty value of its own leaves the clause out. */
  readonly standard?: { readonly value: string; readonly unless: readonly string[] }
  /** Path of the claim that must have the value. */
  readonly claim: readonly string[]
  /** `{id}` stands for the value of a field; absent: the field's own value. */
  readonly value?: string
  /** `path`: the claim is a URL whose path is the value, or lies below it where the value ends in a slash. */
  readonly match?: 'equals' | 'path'
}

/** By field id; blank is not given. */
export type FormValues = Readonly<Record<string, string>>

/** Longest value of a field in characters; more would not fit into a condition. */
const VALUE_CHARACTERS = 512

/**
 * The condition that the filled-in form stands for: every clause must hold, ids are compared as they are.
 *
 * Faults: request.invalid with every field that is missing, unknown or not of its form
 */
export function narrowCondition(source: KnownSource, given: FormValues): string {
  throwFields(formFaults(source, given))
  return clausesOf(source, withStandards(source, given)).map(textOf).join(' && ')
}

/** Every field that is missing, unknown or not of its form. */
export function formFaults(source: KnownSource, given: FormValues): FieldFault[] {
  const { form, title } = source
  const values = withStandards(source, given)
  const ids = form.map(({ id }) => id)
  const unknown = Object.keys(values).filter((id) => !ids.includes(id))
  return [
    ...unknown.map((id) => fieldFault('form.field_unknown', id.slice(0, 80), `is not a field of ${title}`)),
    ...form.flatMap((field) => fieldFaults(field, values)),
  ]
}

function withStandards({ form }: KnownSource, given: FormValues): FormValues {
  const isGiven = (id: string) => Object.hasOwn(given, id)
  const isFilledIn = (id: string) => isGiven(id) && given[id] !== ''
  const standards = form.flatMap(({ id, standard }) =>
    standard === undefined || isGiven(id) || standard.unless.some(isFilledIn) ? [] : [[id, standard.value]],
  )
  return { ...Object.fromEntries(standards), ...given }
}

function fieldFaults({ id, required, pattern, placeholder, value: template }: FormField, values: FormValues) {
  const value = Object.hasOwn(values, id) ? (values[id] ?? '') : ''
  if (value === '') return required ? [fieldFault('field.required', id, `is required, for example ${placeholder}`)] : []
  const isOfForm = value.length <= VALUE_CHARACTERS && isPlainText(value, 'line')
  if (!isOfForm || !new RegExp(`^(?:${pattern})$`).test(value)) {
    return [fieldFault('form.value_invalid', id, `must be like ${placeholder}`)]
  }
  const missing = fieldsIn(template ?? '').filter((other) => (values[other] ?? '') === '')
  return missing.map((other) => fieldFault('field.required', other, `is required where ${id} is given`))
}

function fieldsIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id)
}

interface Clause {
  readonly field: FormField
  /** What the claim must be, or lie under. */
  readonly value: string
}

function clausesOf({ form }: KnownSource, values: FormValues): Clause[] {
  return form.flatMap((field) => {
    const own = Object.hasOwn(values, field.id) ? (values[field.id] ?? '') : ''
    const value = field.value?.replace(/\{(\w+)\}/g, (_, other: string) => values[other] ?? '') ?? own
    return own === '' ? [] : [{ field, value }]
  })
}

function textOf({ field: { claim, match }, value }: Clause): string {
  const member = celMember('claims', claim)
  if (match !== 'path') return `${member} == ${celString(value)}`
  const path = `url(${member}).path`
  return value.endsWith('/') ? `${path}.startsWith(${celString(value)})` : `${path} == ${celString(value)}`
}

export interface FormExamples {
  readonly admitted: JsonObject
  readonly refused: JsonObject
}

/** Claims that meet the filled-in form, and claims that differ from them in the first one. Only what the form pins is in them. */
export function formExamples(source: KnownSource, given: FormValues): FormExamples {
  const clauses = clausesOf(source, withStandards(source, given))
  const admitted = clauses.reduce<JsonObject>(
    (claims, { field, value }) => withClaim(claims, field.claim, claimOf(source, field, value)),
    {},
  )
  const [first] = clauses
  if (first === undefined) return { admitted, refused: {} }
  const other = claimOf(source, first.field, first.field.match === 'path' ? '/somebody/else' : `${first.value}0`)
  return { admitted, refused: withClaim(admitted, first.field.claim, other) }
}

/** A path stands behind the scheme and host that the sample has. */
function claimOf({ sampleClaims }: KnownSource, { claim, match }: FormField, value: string): string {
  if (match !== 'path') return value
  const [host = ''] = /^[a-z]+:\/\/[^/]+/.exec(String(memberOf(sampleClaims, claim))) ?? []
  return `${host}${value}${value.endsWith('/') ? 'x' : ''}`
}

function withClaim(claims: JsonObject, [name = '', ...rest]: readonly string[], value: string): JsonObject {
  if (rest.length === 0) return { ...claims, [name]: value }
  return { ...claims, [name]: withClaim(Object(claims[name]), rest, value) }
}

/** Values of the form as a token's claims have them, for people who hold one in their hand; fields it does not have are left out. */
export function valuesFrom({ form }: KnownSource, claims: unknown): FormValues {
  const found = form.flatMap(({ id, claim, value: template, match }) => {
    const value = memberOf(claims, claim)
    if (typeof value !== 'string' || value === '') return []
    if (match === 'path') return URL.canParse(value) ? [[id, new URL(value).pathname]] : []
    if (template === undefined) return [[id, value]]
    // `{owner}/{repo}`: what stands in the field's own place.
    const [before = '', after = ''] = template.split(`{${id}}`).map((part) => part.replace(/\{\w+\}/g, ''))
    const start = value.indexOf(before)
    return start < 0 || !value.endsWith(after)
      ? []
      : [[id, value.slice(start + before.length, value.length - after.length)]]
  })
  return Object.fromEntries(found)
}

function memberOf(claims: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => (Object.hasOwn(Object(inner), name) ? Object(inner)[name] : undefined), claims)
}
