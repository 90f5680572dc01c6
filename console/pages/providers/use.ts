/** What providers are for, and what the API calls each kind. */

export const USES = ['workload', 'workforce', 'step-up'] as const
export type Use = (typeof USES)[number]

export function isUse(value: unknown): value is Use {
  return USES.some((use) => use === value)
}

export const USE_WORDS: Readonly<Record<Use, string>> = {
  workload: 'Workloads',
  workforce: 'People',
  'step-up': 'Step-up',
}

/** Planes whose decisions count as a use of the provider. */
export const PLANE_OF: Readonly<Record<Use, 'token-exchange' | 'sign-in' | 'step-up'>> = {
  workload: 'token-exchange',
  workforce: 'sign-in',
  'step-up': 'step-up',
}
