/** Which conditions are good to have: the API says whether they hold, and these two are what one wishes for. */
import type { Condition } from './provider.ts'

const WISHED: readonly string[] = ['Ready', 'Discovered']

export type Tone = 'good' | 'attention' | 'plain'

export function toneOf({ type, status, reason }: Pick<Condition, 'type' | 'status' | 'reason'>): Tone {
  // Somebody meant it so.
  if (status === 'Unknown' || reason === 'Disabled' || reason === 'PublicClient') return 'plain'
  if (WISHED.includes(type)) return status === 'True' ? 'good' : 'attention'
  return status === 'True' ? 'attention' : 'good'
}
