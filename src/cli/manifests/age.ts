/** How long ago something was made, as short as a column likes it. */

const UNITS = [
  ['y', 365 * 86_400],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
] as const

/** `5d`, `2h`, `40s`: the largest unit there are two of, so that little is lost; `-` for what is no time. */
export function ageText(timestamp: unknown, now: Date): string {
  const since = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
  if (Number.isNaN(since)) return '-'
  // Clocks of two machines differ a little: nothing is younger than now.
  const seconds = Math.max(0, Math.floor((now.getTime() - since) / 1000))
  for (const [unit, size] of UNITS) if (seconds >= 2 * size) return `${Math.floor(seconds / size)}${unit}`
  return `${seconds}s`
}
