/** Which organisation and trust a request addresses: named by `client_id`, or by an `audience` that names a provider; never guessed from the token. */
import { parseProviderResource } from '../../registry/audience.ts'
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

/** What the request named; `audience` is the organisation's own. */
export type Addressed =
  | ({ readonly kind: 'trust'; readonly provider: Provider; readonly audience: string } & Found)
  | {
      readonly kind: 'provider'
      readonly provider: Provider
      readonly audience: string
      readonly candidates: readonly Found[]
    }

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
  if (clientId !== undefined) return await byClientId(subjects, attempt, clientId, providerName)
  if (providerName !== undefined) return await byProvider(subjects, attempt, providerName)
  refuse(attempt, 'request', 'request.invalid', {
    error: malformed('client_id is missing, and no audience names a provider.'),
  })
}

async function byClientId(
  subjects: TokenSubjects,
  attempt: Attempt,
  clientId: string,
  providerName?: string,
): Promise<Addressed> {
  const cached = subjects.trusts.get(clientId)
  const subject = cached instanceof Promise ? await cached : cached
  if (subject === null) refuse(attempt, 'trust', 'trust.unknown', { expected: 'a trust', actual: clientId })
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

async function byProvider(subjects: TokenSubjects, attempt: Attempt, name: string): Promise<Addressed> {
  const subject = await subjects.providers.get(name)
  if (subject === null)
    refuse(attempt, 'trust', 'provider.unknown', { error: refusedTarget, expected: 'a provider', actual: name })
  attempt.organisation = subject.organisation.id
  attempt.provider = subject.provider.id
  attempt.ladder.check('trust', subject.trusts.length > 0, 'trust.unknown', 'a trust of the provider', 'none')
  return { kind: 'provider', provider: subject.provider, audience: subject.audience, candidates: subject.trusts }
}
