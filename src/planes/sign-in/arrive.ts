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
import type { Json, JsonObject } from '../../json.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { Person } from '../../registry/person.ts'
import { domainOfEmail } from '../../registry/person-rules.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import type { Registry } from '../../registry/registry.ts'
import { BUILTIN_ROLES } from '../../registry/roles.ts'
import { signInPerson } from '../../registry/sign-in-person.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { type MappedClaims, requireMapping, requirePersonCondition } from '../person-claims.ts'
import { type BeginOptions, openSecret, placeOfMemory, returnUrlOf } from './begin.ts'
import type { Login } from './login.ts'

export interface ArriveOptions extends BeginOptions {
  readonly registry: Registry
  readonly conditions: Conditions
}

/** What the browser brought. */
export interface Answer {
  /** In the path: it must be the login's own. */
  readonly organisation: string
  readonly provider: string
  readonly parameters: Readonly<Record<string, string>>
  /** Of the binding cookie of this login; null where the browser has none. */
  readonly browserHash: string | null
}

export interface Arrival {
  readonly login: Login
  readonly provider: Provider
  readonly organisation: Organisation
  readonly person: Person
  readonly signedIn: SignedIn
  readonly mapped: MappedClaims
  readonly notes: Readonly<Record<string, string>>
}

/** Climbs from the login to the person; a failed rung throws `Refused`. */
export async function arrive(at: ArriveOptions, attempt: Attempt, state: string, answer: Answer): Promise<Arrival> {
  const { login, provider, organisation } = await requireLogin(at, attempt, state, answer)
  const signedIn = await requireAnswer(at, attempt, login, provider, answer)
  const mapped = requireMapping(attempt, provider, signedIn.claims)
  requirePersonCondition(at, attempt, provider, signedIn.claims, mapped)
  requireDomain(attempt, provider, signedIn)
  const { person, notes } = await requirePerson(at, attempt, { provider, organisation, signedIn, mapped })
  return { login, provider, organisation, person, signedIn, mapped, notes }
}

async function requireLogin(at: ArriveOptions, attempt: Attempt, state: string, answer: Answer) {
  const { stores } = at.registry
  // Looked at first, so that an answer in another browser uses nothing up.
  const seen = await at.logins.peek(state, at.now())
  if (seen === null) refuse(attempt, 'login', 'login.unknown', { actual: 'no login under way has this state' })
  attempt.organisation = seen.organisation
  const provider = await stores.providers.getByUid(seen.provider)
  if (provider === null) refuse(attempt, 'login', 'provider.unknown')
  attempt.provider = provider.id
  const isOwnPath = answer.organisation === provider.organisation && answer.provider === provider.id
  if (!isOwnPath) {
    refuse(attempt, 'login', 'login.other_provider', { expected: provider.id, actual: answer.provider })
  }
  if (answer.browserHash === null)
    refuse(attempt, 'login', 'login.other_browser', { actual: 'no cookie of this login' })
  const login = await at.logins.consume(state, answer.browserHash, at.now())
  if (login === null) refuse(attempt, 'login', 'login.other_browser', { actual: 'the cookie of another browser' })
  attempt.ladder.check('login', true, 'login.unknown')
  const organisation = await stores.organisations.get(provider.organisation)
  if (organisation === null) refuse(attempt, 'provider', 'provider.unknown')
  attempt.ladder.check(
    'provider',
    provider.enabled,
    'provider.disabled',
    'enabled',
    provider.enabled ? undefined : 'disabled',
  )
  const isUsable = isProviderUsable(provider, at.now())
  attempt.ladder.check('provider', isUsable, 'provider.expired', 'not expired')
  return { login, provider, organisation }
}

async function requireAnswer(
  at: ArriveOptions,
  attempt: Attempt,
  login: Login,
  provider: Provider,
  { parameters }: Answer,
): Promise<SignedIn> {
  const signIn = at.protocols[provider.protocol]?.signIn
  if (signIn === undefined) refuse(attempt, 'provider', 'provider.disabled')
  // Sealed by `beginLogin`.
  const memory: JsonObject = JSON.parse(at.sealing.open(placeOfMemory(login.state), login.sealedMemory))
  const signedIn = await signIn.finish(
    {
      provider,
      secret: (name) => openSecret(at.sealing, provider, name),
      returnUrl: returnUrlOf(at.publicUrl, provider),
      state: login.state,
      demands: Object(login.demands),
      parameters,
      memory,
      now: at.now(),
    },
    attempt.ladder,
  )
  // A strict ladder throws instead of answering null.
  if (signedIn === null) throw new TypeError('a strict ladder let an unverified answer pass')
  return signedIn
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
