/**
 * The rungs `audience`, `time` and `subject`. On a strict ladder they are reached only by claims whose signature verified.
 *
 * Source: RFC 7519 §4.1; limits: CONTRACT.md section 5. Units: seconds since 1970.
 */
import type { Ladder } from '../../decisions/ladder.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { TokenToVerify } from '../../registry/protocol.ts'
import type { ProviderUse } from '../../registry/provider.ts'
import { shown } from './token-form.ts'

/** How far two clocks may be apart. */
const SKEW_SECONDS = 60
/** A token that lives longer is no short-lived credential. */
const LIFETIME_SECONDS = 172_800
/** Of a workload; of a person: OpenID Connect Core §2. */
const SUBJECT_BYTES = 2_048
const PERSON_BYTES = 255

export interface SubjectRule {
  /** Asked only of texts of bounded length without control characters. */
  holds(sub: string): boolean
  readonly expected: string
}

/** `aud` is a text or a list of texts, one of which is accepted, letter for letter. */
export function judgeAudience(
  { aud, azp }: JsonObject,
  { audiences, provider }: TokenToVerify,
  ladder: Ladder,
): boolean {
  const expected = () => audiences.join(' ')
  if (typeof aud === 'string' && audiences.includes(aud))
    return ladder.check('audience', true, 'audience.mismatch', expected, () => aud)
  const isList = Array.isArray(aud) && aud.every((item) => typeof item === 'string')
  if (aud !== undefined && typeof aud !== 'string' && !isList) {
    return ladder.check('audience', false, 'token.malformed', 'aud a text or a list of texts', () => shown(aud))
  }
  const found = isList && aud.some((item) => audiences.includes(String(item)))
  // OpenID Connect Core §3.1.3.7: an ID token for several says whom it was issued to.
  if (found && aud.length > 1 && provider.use !== 'workload' && !(typeof azp === 'string' && audiences.includes(azp))) {
    return ladder.check(
      'audience',
      false,
      'audience.mismatch',
      () => `azp ${expected()}`,
      () => `azp ${shown(azp)}`,
    )
  }
  return ladder.check('audience', found, 'audience.mismatch', expected, () => shown(aud))
}

/** `exp` is required, `nbf` is not, `iat` where the protocol says so; the age counts from `iat`. */
export function judgeTimes(
  claims: JsonObject,
  { now, maxTokenAgeSeconds }: TokenToVerify,
  needsIssuedAt: boolean,
  ladder: Ladder,
): boolean {
  const { exp, iat, nbf } = claims
  const at = now.getTime() / 1000
  const fail = (code: string, expected: string, actual: string) => ladder.check('time', false, code, expected, actual)
  if (!isTime(exp) || !isTimeOrNone(nbf) || !(needsIssuedAt ? isTime(iat) : isTimeOrNone(iat))) {
    const actual = `exp ${shown(exp)}, iat ${shown(iat)}, nbf ${shown(nbf)}`
    const expected = needsIssuedAt ? 'exp and iat (and nbf, if any)' : 'exp (and iat and nbf, if any)'
    return fail('token.malformed', `${expected} as numbers of seconds`, actual)
  }
  if (at >= exp + SKEW_SECONDS) return fail('token.expired', `exp after ${dateOf(at)}`, dateOf(exp))
  if (isTime(iat) && iat > at + SKEW_SECONDS) {
    return fail('token.not_yet_valid', `iat before ${dateOf(at)}`, dateOf(iat))
  }
  if (isTime(nbf) && nbf > at + SKEW_SECONDS) {
    return fail('token.not_yet_valid', `nbf before ${dateOf(at)}`, dateOf(nbf))
  }
  if (isTime(iat) && at - iat > maxTokenAgeSeconds + SKEW_SECONDS) {
    return fail('token.too_old', `iat at most ${maxTokenAgeSeconds} s before ${dateOf(at)}`, dateOf(iat))
  }
  // Whenever a token without `iat` was issued, it was not later than now.
  const issued = isTime(iat) ? iat : Math.min(at + SKEW_SECONDS, exp - 1)
  if (exp <= issued || exp - issued > LIFETIME_SECONDS) {
    return fail('token.malformed', `exp after iat, by at most ${LIFETIME_SECONDS} s`, `${exp - issued} s`)
  }
  return ladder.check('time', true, 'token.expired')
}

function isTimeOrNone(value: Json | undefined): value is number | undefined {
  return value === undefined || isTime(value)
}

function isTime(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** The latest moment that a Date can hold. */
const LAST_SECOND = 8_640_000_000_000

function dateOf(seconds: number): string {
  return Math.abs(seconds) <= LAST_SECOND ? new Date(seconds * 1000).toISOString() : String(seconds)
}

/** `sub` is a text of bounded length without control characters, and whatever else the protocol wants of it. */
export function judgeSubject(
  sub: Json | undefined,
  use: ProviderUse,
  rule: SubjectRule | null,
  ladder: Ladder,
): string | null {
  const most = use === 'workload' ? SUBJECT_BYTES : PERSON_BYTES
  if (typeof sub === 'string' && isSubject(sub, most) && (rule === null || rule.holds(sub))) {
    // Plain, so that a granted decision says whom it was for.
    ladder.check('subject', true, 'token.malformed', undefined, sub)
    return sub
  }
  const expected = rule?.expected ?? `sub a text of 1 to ${most} bytes without control characters`
  ladder.check('subject', false, 'token.malformed', expected, () => shown(sub))
  return null
}

function isSubject(text: string, most: number): boolean {
  if (text === '' || text.length > most || Buffer.byteLength(text) > most) return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || (code > 0x7e && code < 0xa0)) return false
  }
  return true
}
