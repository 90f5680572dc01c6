/** Which organisation and trust a request addresses: named by `client_id`, or by an `audience` that names a provider; never guessed from the token. */
import type { App } from '../../registry/app.ts'
import { parseProviderResource, providerResourceName } from '../../registry/audience.ts'
import type { Provider } from '../../registry/provider.ts'
import type { ServicePrincipal } from '../../registry/service-principal.ts'
import type { Trust } from '../../registry/trust.ts'
import { type Attempt, refuse, requireEnabled } from '../attempt.ts'
import { malformed, refusedTarget } from '../oauth-error.ts'
import type { TokenSubjects } from './subjects.ts'

export interface Found {
  readonly trust: Trust
  readonly principal: ServicePrincipal
}

/** A provider of workloads, by a trust or by itself; `audience` is the organisation's own. */
export type AddressedWorkload =
  | ({ readonly kind: 'trust'; readonly provider: Provider; readonly audience: string } & Found)
  | {
      readonly kind: 'provider'
      readonly provider: Provider
      readonly audience: string
      readonly candidates: readonly Found[]
    }

/** A provider of people, which has no trusts: whoever it lets in comes as themselves. */
export interface AddressedPeople {
  readonly kind: 'people'
  readonly provider: Provider
  readonly audience: string
  /** The provider's, as it is written with the organisation's audience. */
  readonly resourceName: string
  /** Proved, and open to the provider; null where the person comes by themselves. */
  readonly app: App | null
}

export type Addressed = AddressedWorkload | AddressedPeople

export interface Names {
  readonly clientId: string | undefined
  /** All `audience` values. */
  readonly audiences: readonly string[]
}

/** The `audience` values that are targets, not names of providers. */
export function targetsAmong(audiences: readonly string[]): string[] {
  return audiences.filter((audience) => parseProviderResource(audience) === null)
}

/** Climbs the `trust` rung. */
export async function findTrust(
  subjects: TokenSubjects,
  attempt: Attempt,
  { clientId, audiences }: Names,
): Promise<Addressed> {
  const providerName = providerAmong(attempt, audiences)
  if (clientId !== undefined) return await findByClientId(subjects, attempt, clientId, providerName)
  if (providerName !== undefined) return await findByProvider(subjects, attempt, providerName)
  const text = 'client_id is missing, and no audience names a provider.'
  refuse(attempt, 'request', 'request.invalid', { error: malformed(text), actual: text })
}

/** The one `audience` value that names a provider, if any does. */
export function providerAmong(attempt: Attempt, audiences: readonly string[]): string | undefined {
  const named = audiences.filter((audience) => parseProviderResource(audience) !== null)
  const [providerName, ...others] = named
  if (others.length > 0) {
    const answer = { ...refusedTarget, description: 'audience names more than one provider.' }
    refuse(attempt, 'request', 'request.invalid', {
      error: answer,
      expected: 'one provider',
      actual: `${named.length} providers`,
    })
  }
  return providerName
}

/** The same for a client id alone; a provider that is named beside it must be the trust's own. */
export async function findByClientId(
  subjects: TokenSubjects,
  attempt: Attempt,
  clientId: string,
  providerName?: string,
): Promise<Extract<Addressed, { kind: 'trust' }>> {
  const cached = subjects.trusts.get(clientId)
  const subject = cached instanceof Promise ? await cached : cached
  if (subject === null) {
    const named = providerName === undefined ? null : await subjects.providers.get(providerName)
    const expected = named?.provider.use === 'workforce' ? 'a trust or an app' : 'a trust'
    if (named !== null) {
      attempt.organisation = named.organisation.id
      attempt.provider = named.provider.id
    }
    refuse(attempt, 'trust', 'trust.unknown', { expected, actual: clientId })
  }
  const { trust, principal, provider, organisation, audience } = subject
  attempt.organisation = organisation.id
  attempt.provider = provider.id
  attempt.trust = trust.cutename
  if (providerName !== undefined) await requireSameProvider(subjects, attempt, providerName, provider)
  requireEnabled(attempt, 'trust', trust.enabled, 'trust.disabled')
  requireEnabled(attempt, 'principal', principal.enabled, 'principal.disabled')
  return { kind: 'trust', trust, principal, provider, audience }
}

async function requireSameProvider(
  subjects: TokenSubjects,
  attempt: Attempt,
  name: string,
  provider: Provider,
): Promise<void> {
  const other = await subjects.providers.get(name)
  if (other?.provider.uid === provider.uid) return
  refuse(attempt, 'trust', 'provider.unknown', {
    error: refusedTarget,
    expected: 'the provider of the trust',
    actual: name,
  })
}

/** The provider of that resource name, by itself. */
export async function findByProvider(subjects: TokenSubjects, attempt: Attempt, name: string): Promise<Addressed> {
  const subject = await subjects.providers.get(name)
  // A provider for step-up proves what somebody has just done, not who may come in.
  if (subject === null || subject.provider.use === 'step-up') {
    const expected = 'a provider of workloads or people'
    refuse(attempt, 'trust', 'provider.unknown', { error: refusedTarget, expected, actual: name })
  }
  const { provider, organisation, audience, trusts } = subject
  attempt.organisation = organisation.id
  attempt.provider = provider.id
  if (provider.use === 'workforce') {
    attempt.ladder.check('trust', true, 'trust.unknown')
    return { kind: 'people', provider, audience, resourceName: providerResourceName(audience, provider), app: null }
  }
  const actual = trusts.length > 0 ? undefined : 'none'
  attempt.ladder.check('trust', actual === undefined, 'trust.unknown', 'a trust of the provider', actual)
  return { kind: 'provider', provider, audience, candidates: trusts }
}
