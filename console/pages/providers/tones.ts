/** Which conditions are good to have: the API says whether they hold, and these two are what one wishes for. */
import { humanised } from '../../ui/words.ts'
import type { Condition } from './provider.ts'

const WISHED: readonly string[] = ['Ready', 'Discovered']

export type Tone = 'good' | 'attention' | 'plain'

export function toneOf({ type, status, reason }: Pick<Condition, 'type' | 'status' | 'reason'>): Tone {
  // Somebody meant it so.
  if (status === 'Unknown' || reason === 'Disabled' || reason === 'PublicClient') return 'plain'
  if (WISHED.includes(type)) return status === 'True' ? 'good' : 'attention'
  return status === 'True' ? 'attention' : 'good'
}

/** What of it needs attention, in words for a list; that it is not ready is its state already. */
export function attentionOf(conditions: readonly Condition[]): string[] {
  const asked = conditions.filter((one) => one.type !== 'Ready' && toneOf(one) === 'attention')
  return asked.map(titleOf)
}

/** "Ready", "Not ready", "Certificate expiring: no": the type, and whether it holds. */
export function titleOf({ type, status }: Pick<Condition, 'type' | 'status'>): string {
  const words = humanised(type)
  if (status === 'True') return words
  if (status === 'Unknown') return `${words}: unknown`
  return WISHED.includes(type) ? `Not ${words.toLowerCase()}` : `${words}: no`
}
