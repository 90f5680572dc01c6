/** Rungs of the ladder in words. */
import type { Schema } from '../../../src/client/index.ts'
import { humanised } from '../../ui/words.ts'

export type Rung = Schema<'manifests.Decision'>['spec']['rungs'][number]

export function rungWords(name: string): string {
  return humanised(name)
}

/** What a rung shows below its name; `expected` and `actual` only where they say something. */
export function rungLines({ expected, actual, outcome }: Rung): { readonly label: string; readonly text: string }[] {
  const lines = [
    { label: 'expected', text: expected ?? '' },
    { label: outcome === 'skipped' ? 'because' : 'found', text: actual ?? '' },
  ]
  return lines.filter(({ text }) => text !== '')
}

const PLANE_WORDS = {
  'token-exchange': 'Token exchange',
  'client-credentials': 'Client credentials',
  'sign-in': 'Sign-in',
  'step-up': 'Step-up',
  test: 'Test',
} as const

export function planeWords(plane: keyof typeof PLANE_WORDS): string {
  return PLANE_WORDS[plane]
}

/** The same, each with a key of its own: a ladder may ask one thing twice, and a condition say one thing twice. */
export function keyed<T>(all: readonly T[], nameOf: (one: T) => string): { readonly key: string; readonly one: T }[] {
  const seen = new Map<string, number>()
  return all.map((one) => {
    const name = nameOf(one)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { key: `${name} ${times}`, one }
  })
}
