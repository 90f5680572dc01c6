/** From what the provider says to whom it is about: the rung `domain`, and the question that the registry is asked. */
import { applyMappers } from '../../claims/apply-mappers.ts'
import { factsOf, laterFacts } from '../../claims/person-facts.ts'
import { effectiveSyncMode } from '../../claims/sync-mode.ts'
import type { Json } from '../../json.ts'
import { domainOfAddress } from '../../registry/domains.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import type { ProviderStore } from '../../registry/provider-store.ts'
import { BUILTIN_ROLES } from '../../registry/roles.ts'
import type { Arrival } from '../../registry/sign-in-person.ts'
import type { Attempt } from '../attempt.ts'
import type { MappedClaims } from '../person-claims.ts'

export interface WhoCame {
  readonly provider: Provider
  readonly organisation: Organisation
  readonly signedIn: SignedIn
  readonly mapped: MappedClaims
}

/**
 * Climbs the rung `domain`. Whoever has an address of a domain comes by the provider that the domain is proved for: where the
 * provider has domains it must be one of these, and where it has none it must not be another organisation's.
 *
 * Source: threats.md section 3, "domain routing".
 */
export async function requireDomain(
  { providers }: { readonly providers: Pick<ProviderStore, 'listRouting'> },
  attempt: Attempt,
  { organisation, domains, routingDomains }: Provider,
  { email }: SignedIn,
): Promise<void> {
  const { ladder } = attempt
  if (email === null) {
    ladder.skip('domain', 'the person has no address')
    return
  }
  const domain = domainOfAddress(email.address)
  if (domains.length > 0) {
    const isOwn = domain !== null && routingDomains.includes(domain)
    const expected = () => `proved: ${routingDomains.join(' ') || 'none'}`
    ladder.check('domain', isOwn, 'domain.foreign', expected, domain ?? 'none')
  } else if (domain === null) {
    ladder.skip('domain', 'the provider has no domains, and the address none either')
  } else {
    const others = (await providers.listRouting(domain)).filter((other) => other.organisation !== organisation)
    if (others.length === 0) ladder.skip('domain', 'the provider has no domains')
    else ladder.check('domain', false, 'domain.foreign', 'a domain that is no other organisation’s', domain)
  }
}

/** What the registry finds, links or makes the person by. */
export function arrivalOf(
  at: { readonly newUid: () => string },
  { provider, organisation, signedIn, mapped }: WhoCame,
): Arrival {
  const said = factsOf(signedIn.claims, signedIn.email)
  const named = textOf(mapped['google.display_name'])
  const facts = named === null ? said : { ...said, displayName: named }
  const isForced = effectiveSyncMode(null, provider.syncMode) === 'FORCE'
  const roles = [...BUILTIN_ROLES, ...organisation.roles]
  return {
    provider,
    subject: signedIn.subject,
    said: facts,
    later: (stored) => laterFacts(stored, facts, isForced),
    map: (before, login) =>
      applyMappers({
        mappers: provider.mappers,
        syncMode: provider.syncMode,
        login,
        claims: signedIn.claims,
        facts: before,
        alias: provider.id,
        newUid: at.newUid,
        hasRole: (role) => roles.includes(role),
      }),
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
