/** Times of messages and assertions. Source: SAML 2.0 Core §1.3.3; CONTRACT.md section 5 (skew, lifetime). */
import type { Ladder } from '../../../decisions/ladder.ts'
import { SKEW_MS } from '../signed-xml/signer-keys.ts'

/** A UTC time as SAML writes it, null for everything else: an offset, no zone at all, a day that no month has. */
export function timeOf(text: string | null): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text ?? '')
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(Number)
  const at = new Date(
    Date.UTC(year, month - 1, day, hours, minutes, seconds, Number(`${match[7] ?? ''}000`.slice(0, 3))),
  )
  // `Date` makes the 2nd of March of the 30th of February, and 1926 of the year 26.
  const isAsWritten = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return isAsWritten && hours < 24 && minutes < 60 && seconds < 60 ? at : null
}

/** A time, or no time, or null where there is something that is none. */
export function optionalTimeOf(text: string | null): Date | undefined | null {
  return text === null ? undefined : timeOf(text)
}

export function hasBegun(at: Date | undefined, now: Date): boolean {
  return at === undefined || at.getTime() <= now.getTime() + SKEW_MS
}

/** The bound itself is outside: `NotOnOrAfter`. */
export function isOver(at: Date | undefined, now: Date): boolean {
  return at !== undefined && at.getTime() <= now.getTime() - SKEW_MS
}

/** A time that must be there and not in the future. */
export function checkPast(ladder: Ladder, rung: string, at: Date | null, now: Date): boolean {
  if (!ladder.check(rung, at !== null, 'saml.time_invalid', 'a UTC time', 'none')) return false
  return ladder.check(rung, at !== null && hasBegun(at, now), 'token.not_yet_valid', now.toISOString(), () => shown(at))
}

export function shown(at: Date | null | undefined): string {
  return at === null || at === undefined ? 'none' : at.toISOString()
}
