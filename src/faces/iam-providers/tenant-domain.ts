/** `tenantDomain` is the first of a provider's sign-in domains: a change replaces that one, and keeps those it cannot see. */

import { normaliseDomain } from '../../registry/domains.ts'
import type { ProviderChange } from '../../registry/drafts.ts'
import type { Provider } from '../../registry/provider.ts'
import { shownDomain } from '../../registry/provider-view.ts'

export interface DomainChange {
  readonly change: Pick<ProviderChange, 'domains' | 'vouched'>
  /** Domains still waiting for their proof, to be put back afterwards: who vouches, vouches for all that one write names. */
  readonly unproved: readonly string[]
}

/** What becomes of the domains; null when they stay as they are. `vouched`: an operator writes. */
export function toDomainChange(seen: Provider, tenantDomain: string, vouched: boolean): DomainChange | null {
  if (tenantDomain === '' && seen.domains.length === 0) return null
  // What is no domain is the registry's to refuse.
  const wanted = normaliseDomain(tenantDomain) ?? tenantDomain
  const isProved = (domain: string) => seen.routingDomains.includes(domain)
  if (wanted === shownDomain(seen) && (!vouched || isProved(wanted))) return null
  const others = seen.domains.slice(1).filter((domain) => domain !== wanted)
  if (!vouched) return { change: { domains: [wanted, ...others], vouched }, unproved: [] }
  return {
    change: { domains: [wanted, ...others.filter(isProved)], vouched },
    unproved: others.filter((domain) => !isProved(domain)),
  }
}

/** The domains with the unproved ones back, still unproved; null when none is missing. */
export function toUnprovedAgain(seen: Provider, unproved: readonly string[]): DomainChange['change'] | null {
  const missing = unproved.filter((domain) => !seen.domains.includes(domain))
  return missing.length === 0 ? null : { domains: [...seen.domains, ...missing], vouched: false }
}
