/** What the address of the list of decisions says: its filters. */

export const PLANES = ['token-exchange', 'client-credentials', 'sign-in', 'step-up', 'test'] as const
export const OUTCOMES = ['refused', 'granted'] as const
/** How far back; seconds. */
export const PERIODS = { hour: 3600, day: 86_400, week: 604_800 } as const
export type Period = keyof typeof PERIODS

export interface DecisionSearch {
  readonly plane?: (typeof PLANES)[number] | undefined
  readonly outcome?: (typeof OUTCOMES)[number] | undefined
  readonly code?: string | undefined
  readonly provider?: string | undefined
  readonly period?: Period | undefined
}

/** What is none of them is left out. */
export function readDecisionSearch(search: Readonly<Record<string, unknown>>): DecisionSearch {
  const oneOf = <T extends string>(value: unknown, values: readonly T[]) => values.find((one) => one === value)
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const found = {
    plane: oneOf(search.plane, PLANES),
    outcome: oneOf(search.outcome, OUTCOMES),
    code: text(search.code),
    provider: text(search.provider),
    period: oneOf(search.period, ['hour', 'day', 'week']),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** The filters as the API takes them. */
export function queryOf({ period, ...filters }: DecisionSearch, now: number): Readonly<Record<string, string>> {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value.trim() !== '')
  const since = period === undefined ? {} : { since: new Date(now - PERIODS[period] * 1000).toISOString() }
  return { ...Object.fromEntries(given.map(([name, value]) => [name, String(value).trim()])), ...since }
}
