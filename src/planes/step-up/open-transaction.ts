/** Whether a transaction can be proved now: the rung `transaction`, and the provider behind it. */
import type { Organisation } from '../../registry/organisation.ts'
import type { Provider } from '../../registry/provider.ts'
import type { Registry } from '../../registry/registry.ts'
import type { StepUpTransaction } from '../../registry/step-up-transaction.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { requireOpenProvider } from '../sign-in/returned-login.ts'

/** Climbs `transaction`; throws `Refused` on any ladder. */
export function requirePending(attempt: Attempt, { state, expiresAt }: StepUpTransaction, now: Date): void {
  if (state !== 'pending') refuse(attempt, 'transaction', 'step_up.transaction_used', { actual: state })
  if (expiresAt <= now) {
    refuse(attempt, 'transaction', 'step_up.transaction_expired', { actual: expiresAt.toISOString() })
  }
  attempt.ladder.check('transaction', true, 'step_up.transaction_used')
}

/** Climbs `provider`: a test is good also while the provider is switched off. */
export async function requireProvider(
  at: Pick<Registry, 'stores' | 'now'>,
  attempt: Attempt,
  { provider: uid, organisation: id, target }: StepUpTransaction,
): Promise<{ readonly provider: Provider; readonly organisation: Organisation }> {
  const [provider, organisation] = await Promise.all([
    at.stores.providers.getByUid(uid),
    at.stores.organisations.get(id),
  ])
  if (provider === null || organisation === null) refuse(attempt, 'provider', 'provider.unknown')
  attempt.provider = provider.id
  if (target.kind === 'test') attempt.ladder.skip('provider', 'a test is good also while it is switched off')
  else requireOpenProvider(at, attempt, provider)
  return { provider, organisation }
}
