/**
 * Which level an app's request asks for: `acr_values`, and `acr` of the parameter `claims` where it is essential. One of the
 * values of each suffices, and a stronger level satisfies a weaker one; a value that is none of our levels is reached by nobody.
 *
 * Source: RFC 9470 §5; OpenID Connect Core §3.1.2.1, §5.5.1.1; CONTRACT.md section 7.
 */
import { isLevel, LEVELS, type Level, reaches } from '../../registry/levels.ts'

/** The reason of an interaction that has nothing to do but to prove more. */
export const LEVEL_UNMET = 'level_unmet'

/** `unknown`: something is asked for that no level of ours is. Null: nothing is asked for. */
export type AskedLevel = Level | 'unknown' | null

/** `params` of the authorization request, as the library has them. */
export function askedLevel(params: Readonly<Record<string, unknown>>): AskedLevel {
  const groups = groupsOf(params)
  if (groups.length === 0) return null
  const weakest = groups.map((group) => LEVELS.find((level) => group.includes(level)) ?? null)
  if (weakest.includes(null)) return 'unknown'
  // All of them have to be met: the strongest of what suffices for each.
  return LEVELS.findLast((level) => weakest.includes(level)) ?? 'unknown'
}

/** The levels that are named, the one liked best first. Source: OpenID Connect Core §3.1.2.1, RFC 9470 §3. */
export function preferredLevels(params: Readonly<Record<string, unknown>>): readonly Level[] {
  const named = groupsOf(params).flat()
  return [...new Set(named.flatMap((word) => LEVELS.find((level) => level === word) ?? []))]
}

function groupsOf({ acr_values: acrValues, claims }: Readonly<Record<string, unknown>>): string[][] {
  const wished = typeof acrValues === 'string' ? [acrValues.split(' ').filter((one) => one !== '')] : []
  return [...wished, ...essential(claims)].filter((group) => group.length > 0)
}

/** `acr` as it stands in a session; what is no level of ours reaches none. */
export function isMet(asked: AskedLevel, acr: string | null): boolean {
  if (asked === null) return true
  return asked !== 'unknown' && isLevel(acr) && reaches(acr, asked)
}

/** The library turns `max_age=0` into a prompt, which asks for less: this parameter of ours keeps what was asked. */
export const ZERO_AGE = 'entente_zero_age'

/** True for a `max_age` as a request has it that the library reads as zero. */
export function isZeroAge(maxAge: unknown): boolean {
  return typeof maxAge === 'string' && maxAge !== '' && Number(maxAge) === 0
}

/** Seconds; null where the app does not say. The library keeps what the query said, a text, and takes any that is a whole number. */
export function askedAge(params: Readonly<Record<string, unknown>>): number | null {
  if (params[ZERO_AGE] !== undefined) return 0
  const { max_age: maxAge } = params
  if (maxAge === undefined || maxAge === null || maxAge === '') return null
  const seconds = Number(maxAge)
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : null
}

function essential(claims: unknown): string[][] {
  if (typeof claims !== 'string') return []
  const { id_token: idToken, userinfo } = Object(parsed(claims))
  return [idToken, userinfo].flatMap((part) => {
    const { essential, value, values } = Object(Object(part).acr)
    if (essential !== true) return []
    const asked = value !== undefined ? [value] : Array.isArray(values) ? values : []
    // What is no text is no level.
    return asked.length === 0 ? [] : [asked.map((one) => (typeof one === 'string' ? one : ''))]
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
