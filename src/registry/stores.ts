/** The ports the registry needs, and how it writes: every change and its audit row in one transaction. */

import type { JsonObject } from '../json.ts'
import type { AppStore } from './app-store.ts'
import type { DomainStore } from './domain-store.ts'
import type { OrganisationStore } from './organisation-store.ts'
import type { PersonStore } from './person-store.ts'
import type { ProviderStore } from './provider-store.ts'
import type { CredentialStore, ServicePrincipalStore } from './service-principal-store.ts'
import type { StepUpTransactionStore } from './step-up-transaction-store.ts'
import type { TrustStore } from './trust-store.ts'

export interface RegistryStores {
  readonly organisations: OrganisationStore
  readonly providers: ProviderStore
  readonly servicePrincipals: ServicePrincipalStore
  readonly credentials: CredentialStore
  readonly trusts: TrustStore
  readonly stepUpTransactions: StepUpTransactionStore
  readonly apps: AppStore
  readonly persons: PersonStore
  readonly domains: DomainStore
}

/** Who did it: a caller of a face, or the program itself (`system`). */
export interface Actor {
  /** Organisation acted in. */
  readonly organisation: string
  /** `operator-token`, a principal's uid, or `system`. */
  readonly subject: string
  /** Decision id of the token's issue, request id, or null. */
  readonly requestId: string | null
}

/** One change of the registry. `before`/`after` never hold a secret; seals and hashes are left out by the writer. */
export interface RegistryEvent {
  readonly organisation: string
  readonly actor: Actor
  /** `provider.create`, `trust.update`, `credential.remove`, … */
  readonly action: string
  readonly target: { readonly kind: string; readonly id: string; readonly uid: string }
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

export interface RegistryWrite extends RegistryStores {
  /** Kept until the transaction commits, then chained and written with it; a rolled-back write leaves no row. */
  audit(event: RegistryEvent): void
}

/**
 * Runs `work` in a transaction and answers when it is durable. Writes of one process run one after another and
 * share a commit; `work` must only await the stores it is given, and may be run again after a deadlock.
 */
export type Write<Tx> = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
