/** Granted or refused. */
import { StateBadge } from '../../ui/state-badge.tsx'

export function OutcomeBadge({ outcome }: { readonly outcome: 'granted' | 'refused' }) {
  return outcome === 'granted' ? (
    <StateBadge tone="good">Granted</StateBadge>
  ) : (
    <StateBadge tone="bad">Refused</StateBadge>
  )
}
