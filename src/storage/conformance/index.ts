/** What every engine must prove. A new engine passes when `describeStorage` does. */
import { describe } from 'vitest'
import { describeAudit } from './audit.ts'
import { describeDecisions } from './decisions.ts'
import { describeOnce } from './once.ts'
import type { Open } from './opened.ts'
import { describePaging } from './paging.ts'
import { describePeople } from './people.ts'
import { describeProviderFilter } from './provider-filter.ts'
import { describeRecords } from './records.ts'
import { describeRemoval } from './removal.ts'
import { describeRestart } from './restart.ts'
import { describeSecrets } from './secrets.ts'
import { describeSignIn } from './sign-in.ts'
import { describeStepUpTransactions } from './step-up-transactions.ts'
import { describeTransactions } from './transactions.ts'
import { describeTrustSearch } from './trust-search.ts'
import { describeUniqueness } from './uniqueness.ts'

/** Runs the whole suite; `open` gives a new, empty database each time. */
export function describeStorage(name: string, open: Open): void {
  describe(`storage on ${name}`, () => {
    for (const part of PARTS) part(open)
  })
}

const PARTS: readonly ((open: Open) => void)[] = [
  describeRecords,
  describeUniqueness,
  describePaging,
  describeProviderFilter,
  describeTrustSearch,
  describeStepUpTransactions,
  describePeople,
  describeSignIn,
  describeRemoval,
  describeTransactions,
  describeAudit,
  describeDecisions,
  describeOnce,
  describeSecrets,
  describeRestart,
]
