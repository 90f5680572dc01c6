/** What stands around a trust: its organisation, its service principal, its provider; and whether they let it work. */
import type { Organisation } from '../../../registry/organisation.ts'
import { isProviderUsable, type Provider } from '../../../registry/provider.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { ServicePrincipal } from '../../../registry/service-principal.ts'
import type { Trust } from '../../../registry/trust.ts'
import { condition, type StatusCondition } from '../status-conditions.ts'

/** Each record is read once. */
export interface Neighbours {
  principal(trust: Trust): Promise<ServicePrincipal | null>
  provider(trust: Trust): Promise<Provider | null>
  organisation(trust: Trust): Promise<Organisation | null>
}

export function neighboursIn({ stores }: Registry): Neighbours {
  const once = <R>(read: (key: string) => Promise<R>) => {
    const known = new Map<string, Promise<R>>()
    return (key: string) => {
      const found = known.get(key) ?? read(key)
      known.set(key, found)
      return found
    }
  }
  const principal = once((uid) => stores.servicePrincipals.getByUid(uid))
  const provider = once((uid) => stores.providers.getByUid(uid))
  const organisation = once((id) => stores.organisations.get(id))
  return {
    principal: (trust) => principal(trust.principal),
    provider: (trust) => provider(trust.provider),
    organisation: (trust) => organisation(trust.organisation),
  }
}

/** Whether tokens may be exchanged, as far as that is a matter of switches. */
export function readyOf(
  trust: Trust,
  principal: ServicePrincipal | null,
  provider: Provider | null,
  now: Date,
): StatusCondition {
  const no = (reason: string, message: string, since: Date) => condition('Ready', 'False', reason, message, since)
  if (!trust.enabled) return no('Disabled', 'The trust is disabled.', trust.updatedAt)
  if (principal?.enabled === false) {
    return no('PrincipalDisabled', 'Its service principal is disabled.', principal.updatedAt)
  }
  if (provider !== null && !isProviderUsable(provider, now)) {
    return no('ProviderDisabled', 'Its provider is disabled.', provider.updatedAt)
  }
  return condition('Ready', 'True', 'Usable', 'Tokens may be exchanged.', trust.updatedAt)
}
