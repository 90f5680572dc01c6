/** The sign-in's part of docs/performance.md. */
import type { LoginResults } from './logins-bench.ts'
import type { Pace } from './rounds.ts'
import { BAR_HEAD, barRow, circumstances, RATE_HEAD, rateRow } from './tables.ts'

const LEAST = 150

export function loginTable({ saturated, halfLoad }: LoginResults, pace: Pace): string[] {
  const { perCpuSecond } = saturated
  return [
    '## Sign-in',
    '',
    'A brokered login is everything from the request of an app to its tokens: five requests of the browser, the code at the',
    'simulated OpenID Provider over TLS, its user info, and the code of the app. The provider shares the core of the load.',
    '',
    ...circumstances(pace),
    ...RATE_HEAD,
    rateRow('brokered logins', saturated),
    rateRow('brokered logins, half load', halfLoad),
    '',
    ...BAR_HEAD,
    barRow(
      'brokered logins per second of server CPU',
      String(Math.round(perCpuSecond)),
      `≥ ${LEAST}`,
      perCpuSecond >= LEAST,
    ),
    '',
  ]
}
