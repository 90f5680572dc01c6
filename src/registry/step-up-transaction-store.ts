import type { PageRequest } from './provider-store.ts'
import type { StepUpState, StepUpTransaction } from './step-up-transaction.ts'

export interface StepUpTransactionFilter {
  /** uid */
  readonly provider?: string
  /** uid */
  readonly person?: string
  readonly taskId?: string
  readonly target?: 'test' | 'task'
  readonly state?: StepUpState
  /** Excluded. */
  readonly createdAfter?: Date
  /** Excluded. */
  readonly createdBefore?: Date
}

/** Contract (proved by storage/conformance): "not found" is null; removing a provider removes its transactions. */
export interface StepUpTransactionStore {
  insert(transaction: StepUpTransaction): Promise<void>
  get(organisation: string, uid: string): Promise<StepUpTransaction | null>
  /** Returns at most `limit` transactions after `after`, in uid order. */
  list(organisation: string, page: PageRequest, filter: StepUpTransactionFilter): Promise<StepUpTransaction[]>
  /** Compare-and-swap on `version - 1`; false when another write was first. */
  update(transaction: StepUpTransaction): Promise<boolean>
}
