/** Where somebody was before they were sent to sign in, and may be brought back to. */

export const BASE = '/console/'
export const RETURN_PATH = '/console/return'
export const STEP_UP_PATH = '/console/step-up'

/** Ours, but the ends of the road themselves. */
const NOT_BACK_TO: readonly string[] = [RETURN_PATH, STEP_UP_PATH]

/**
 * The path to go back to: one inside the console, as the browser itself reads it, else the console's start. What another site
 * put into an address, or a script into storage, leads nowhere else.
 */
export function returnPathOf(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith(BASE)) return BASE
  // Read as a browser reads it: dots and backslashes would lead out again.
  const home = 'https://console.invalid'
  const url = URL.canParse(given, home) ? new URL(given, home) : null
  if (url === null || url.origin !== home || !url.pathname.startsWith(BASE)) return BASE
  if (NOT_BACK_TO.includes(url.pathname.replace(/\/+$/, ''))) return BASE
  return `${url.pathname}${url.search}`
}
