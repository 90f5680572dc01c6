/** The catalogue of kinds: a list and nothing else. */

import type { Kind } from '../kind.ts'
import { apps } from './apps.ts'
import { auditRecords } from './audit-records.ts'
import { decisions } from './decisions.ts'
import { domains } from './domains.ts'
import { lintFindings } from './lint-findings.ts'
import { organizations } from './organizations.ts'
import { persons } from './persons.ts'
import { servicePrincipals } from './service-principals.ts'
import { signingKeys } from './signing-keys.ts'
import { stepUpProviders } from './step-up-providers.ts'
import { stepUpTransactions } from './step-up-transactions.ts'
import { trusts } from './trusts.ts'
import { workforceIdentityProviders } from './workforce-identity-providers.ts'
import { workloadProviders } from './workload-providers.ts'

export const kinds: readonly Kind[] = [
  organizations,
  servicePrincipals,
  workloadProviders,
  trusts,
  workforceIdentityProviders,
  stepUpProviders,
  stepUpTransactions,
  apps,
  persons,
  domains,
  decisions,
  auditRecords,
  signingKeys,
  lintFindings,
]
