/** Checks of single settings that several parsers share: what may stand there, in words that go on after the field's name. */
import type { FieldFault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import { type ProtocolCode, settingFault } from '../faults.ts'

/** What is wrong with a value, or null. */
export type Check = (value: Json) => string | null

export interface Checked {
  readonly code: ProtocolCode
  readonly check: Check
}

/** The settings as given, without those that are null, and every fault in them; `path` is the block's. */
export function checkSettings(
  path: string,
  input: JsonObject,
  checks: Readonly<Record<string, Checked>>,
  required: readonly string[] = [],
): { settings: Record<string, Json>; faults: FieldFault[] } {
  const given = Object.entries(input).filter(([, value]) => value !== null)
  const faults = given.flatMap(([name, value]) => {
    const one = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (one === undefined) return [settingFault('field.unknown', `${path}.${name.slice(0, 80)}`, 'is not a setting')]
    const message = one.check(value)
    return message === null ? [] : [settingFault(one.code, `${path}.${name}`, message)]
  })
  for (const name of required) {
    if (!given.some(([one]) => one === name)) {
      faults.push(settingFault('oidc.setting_missing', `${path}.${name}`, 'is required'))
    }
  }
  return { settings: Object.fromEntries(given), faults }
}

/** Printable without control characters; `most` in UTF-16 units. */
export function text(most: number): Check {
  return (value) =>
    typeof value === 'string' && value !== '' && value.length <= most && !/[\p{Cc}\p{Surrogate}]/u.test(value)
      ? null
      : `must be a text of 1 to ${most} characters that can be shown`
}

/** RFC 6749 appendix A.1: client identifiers are visible ASCII and space. */
export const clientId: Check = (value) =>
  typeof value === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,510}[\x21-\x7e])?$/.test(value)
    ? null
    : 'must be 1 to 512 printable characters'

export const flag: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false')

export function oneOf(values: readonly string[]): Check {
  return (value) => (typeof value === 'string' && values.includes(value) ? null : `must be one of ${values.join(', ')}`)
}

export function texts(entries: number, most: number): Check {
  const each = text(most)
  return (value) => {
    if (!Array.isArray(value) || value.length > entries) return `must be a list of at most ${entries} texts`
    return value.every((one) => each(one) === null) ? null : `must have texts of 1 to ${most} characters`
  }
}

export function wholeNumber(least: number, most: number): Check {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? null
      : `must be a whole number from ${least} to ${most}`
}

const URL_CHARACTERS = 2048

/** What the way out lets through, as far as a URL alone tells. */
export interface UrlRules {
  readonly allowsPlainHttp: (url: string) => boolean
  readonly mayAsk: (url: string) => boolean
}

/** A URL that we send requests to. What the way out would refuse every time is refused before it is stored. */
export function askedUrl({ allowsPlainHttp, mayAsk }: UrlRules): Check {
  const isUrl = webUrl(allowsPlainHttp)
  return (value) => {
    const wrong = isUrl(value)
    if (wrong !== null || mayAsk(String(value))) return wrong
    return 'must be at a public address (others only where ENTENTE_UPSTREAM_ALLOW names them)'
  }
}

/** An https URL without user and fragment; plain http only where the operator's settings allow the address. */
export function webUrl(allowsPlainHttp: (url: string) => boolean): Check {
  return (value) => {
    const wrong = 'must be an https URL without user and fragment'
    if (typeof value !== 'string' || value.length > URL_CHARACTERS || !/^[!-~]+$/.test(value)) return wrong
    if (!/^https?:\/\/[^/?#@\\]+(?:[/?]|$)/i.test(value) || /[#\\]/.test(value) || !URL.canParse(value)) return wrong
    if (/^https:/i.test(value) || allowsPlainHttp(value)) return null
    return 'must be an https URL (plain http only at an address that ENTENTE_UPSTREAM_ALLOW names)'
  }
}

/** RFC 6749 §3.3: scope tokens, separated by single spaces. */
export const scope: Check = (value) =>
  typeof value === 'string' &&
  value.length <= 4_096 &&
  /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value)
    ? null
    : 'must be scopes separated by single spaces'
