import type { PageRequest } from './provider-store.ts'
import type { StepUpState, StepUpTarget, StepUpTransaction } from './step-up-transaction.ts'

export interface StepUpTransactionFilter {
  /** uid */
  readonly provider?: string
  /** uid */
  readonly person?: string
  readonly taskId?: string
  readonly target?: StepUpTarget['kind']
  readonly state?: StepUpState
  /** With `state`: what is pending still at this moment; what is not counts as an error. */
  readonly now?: Date
  /** Excluded. */
  readonly createdAfter?: Date
  /** Excluded. */
  readonly createdBefore?: Date
}

/** Contract (proved by storage/conformance): "not found" is null; removing a provider removes its transactions. */
export interface StepUpTransactionStore {
  insert(transaction: StepUpTransaction): Promise<void>
  get(organisation: string, uid: string): Promise<StepUpTransaction | null>
  /** In whatever organisation it is. */
  getByUid(uid: string): Promise<StepUpTransaction | null>
  /** Returns at most `limit` transactions after `after`, in uid order. */
  list(organisation: string, page: PageRequest, filter: StepUpTransactionFilter): Promise<StepUpTransaction[]>
  /** Compare-and-swap on `version - 1`; false when another write was first. */
  update(transaction: StepUpTransaction): Promise<boolean>
  /** Binds a pending one to the browser, in one statement: false when it is another's, over or expired. */
  bind(uid: string, browserHash: string, now: Date): Promise<boolean>
}
