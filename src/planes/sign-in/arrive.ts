/**
 * The way of a person who comes back from their provider, as one ladder: the login is theirs and used up, the provider is
 * still good, its answer is verified, the claims are mapped and permitted, the person is found, linked or made.
 *
 * Source: DESIGN.md section 4, "Sign-in"; threats.md section 3.
 */
import { applyMappers } from '../../claims/apply-mappers.ts'
import type { Conditions } from '../../claims/condition-port.ts'
import { factsOf, laterFacts } from '../../claims/person-facts.ts'
import { effectiveSyncMode } from '../../claims/sync-mode.ts'
import type { Json } from '../../json.ts'
import type { Person } from '../../registry/person.ts'
import { domainOfEmail } from '../../registry/person-rules.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { BUILTIN_ROLES } from '../../registry/roles.ts'
import { signInPerson } from '../../registry/sign-in-person.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { type MappedClaims, requireMapping, requirePersonCondition } from '../person-claims.ts'
import {
  type Answer,
  judgeAnswer,
  type ReturnedLogin,
  type ReturnOptions,
  requireLogin,
  requireOpenProvider,
} from './returned-login.ts'

export interface ArriveOptions extends ReturnOptions {
  readonly conditions: Conditions
}

export interface Arrival extends ReturnedLogin {
  readonly person: Person
  readonly signedIn: SignedIn
  readonly mapped: MappedClaims
  readonly notes: Readonly<Record<string, string>>
}

/** Climbs from the login to the person; a failed rung throws `Refused`. */
export async function arrive(at: ArriveOptions, attempt: Attempt, state: string, answer: Answer): Promise<Arrival> {
  const returned = await requireLogin(at, attempt, state, answer)
  const { provider, organisation } = returned
  requireOpenProvider(at, attempt, provider)
  const signedIn = await judgeAnswer(at, attempt, returned, answer)
  // A strict ladder throws instead of answering null.
  if (signedIn === null) throw new TypeError('a strict ladder let an unverified answer pass')
  const mapped = requireMapping(attempt, provider, signedIn.claims)
  requirePersonCondition(at, attempt, provider, signedIn.claims, mapped)
  requireDomain(attempt, provider, signedIn)
  const { person, notes } = await requirePerson(at, attempt, { provider, organisation, signedIn, mapped })
  return { ...returned, person, signedIn, mapped, notes }
}

/** Whoever has an address must have one of the provider's domains, where it has any. Source: threats.md, "domain routing". */
function requireDomain(attempt: Attempt, provider: Provider, { email }: SignedIn): void {
  const domain = email === null ? null : domainOfEmail(email.address)
  if (provider.domains.length === 0 || domain === null) {
    attempt.ladder.skip('domain', 'the provider has no domains, or the person no address')
    return
  }
  const isOwn = provider.domains.includes(domain)
  attempt.ladder.check('domain', isOwn, 'domain.foreign', () => provider.domains.join(' '), domain)
}

async function requirePerson(
  at: ArriveOptions,
  attempt: Attempt,
  { provider, organisation, signedIn, mapped }: Pick<Arrival, 'provider' | 'organisation' | 'signedIn' | 'mapped'>,
) {
  const said = factsOf(signedIn.claims, signedIn.email)
  const named = textOf(mapped['google.display_name'])
  const facts = named === null ? said : { ...said, displayName: named }
  const isForced = effectiveSyncMode(null, provider.syncMode) === 'FORCE'
  const roles = [...BUILTIN_ROLES, ...organisation.roles]
  const arrived = await signInPerson(at.registry, {
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
        newUid: at.registry.newUid,
        hasRole: (role) => roles.includes(role),
      }),
  })
  if ('refused' in arrived) refuse(attempt, 'person', arrived.refused, { actual: arrived.detail })
  attempt.ladder.check('person', true, 'person.unknown', undefined, `${arrived.person.uid} ${arrived.how}`)
  const notes = 'notes' in arrived.mapped ? arrived.mapped.notes : {}
  return { person: arrived.person, notes }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
