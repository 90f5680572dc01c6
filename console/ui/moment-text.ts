/** Moments in words. English, like the rest of the console. */

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** "3 minutes ago", "in 2 days"; the text as it came where it is no moment. */
export function agoText(at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  if (Number.isNaN(seconds)) return at
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const)
  return Math.abs(seconds) < 5 ? 'just now' : ago.format(Math.trunc(seconds / size), unit)
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })

/** "25 Nov 2026, 19:50:28 UTC", in the reader's own zone. */
export function exactText(at: string): string {
  const moment = new Date(at)
  return Number.isNaN(moment.getTime()) ? at : exact.format(moment)
}
