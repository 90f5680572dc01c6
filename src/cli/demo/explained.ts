/** What an operator sees of a decision, in the demo's words. */
import { readDecision } from '../decisions/decision.ts'
import { type Api, at } from './api.ts'
import type { Rung } from './print.ts'

export interface Explained {
  readonly outcome: unknown
  readonly code: unknown
  readonly rungs: readonly Rung[]
  /** The claim that differs, where a condition refused. */
  readonly because: string | null
}

/** Fetches the decision as an operator. Throws where there is none. */
export async function decisionOf(operator: Api, id: string): Promise<Explained> {
  const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
  const rungs = at(decision.body, 'spec', 'rungs')
  if (decision.status !== 200 || !Array.isArray(rungs)) throw new Error(`decision ${id} answered ${decision.status}`)
  const read = readDecision(decision.body)?.conditionParts.find((part) => part.differs)?.reads[0]
  return {
    outcome: at(decision.body, 'spec', 'outcome'),
    code: at(decision.body, 'spec', 'code'),
    rungs: rungs.map(rungOf),
    because: read === undefined ? null : `${read.text} is ${read.value}`,
  }
}

function rungOf(value: unknown): Rung {
  const text = (name: string) => {
    const member = at(value, name)
    return typeof member === 'string' ? { [name]: member } : {}
  }
  return {
    name: '?',
    outcome: '?',
    ...text('name'),
    ...text('outcome'),
    ...text('code'),
    ...text('expected'),
    ...text('actual'),
  }
}
