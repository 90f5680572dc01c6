/** Reading step-up transactions; the step-up plane makes them. */
import { registryFault } from './faults.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import type { StepUpTransaction } from './step-up-transaction.ts'
import type { StepUpTransactionFilter } from './step-up-transaction-store.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Faults: step_up.transaction_unknown */
export async function getStepUpTransaction(
  at: Registry,
  organisation: string,
  uid: string,
): Promise<StepUpTransaction> {
  const transaction = UUID.test(uid) ? await at.stores.stepUpTransactions.get(organisation, uid) : null
  if (transaction === null) throw registryFault('step_up.transaction_unknown')
  return transaction
}

/** Transactions in the order they were made. */
export function searchStepUpTransactions(
  at: Registry,
  organisation: string,
  page: PageRequest,
  filter: StepUpTransactionFilter,
): Promise<StepUpTransaction[]> {
  return at.stores.stepUpTransactions.list(organisation, page, filter)
}
