/** The subject token: is its provider live, is it genuine, and was it here before. */
import { limitKey } from '../../http/client-address.ts'
import { providerResourceName } from '../../registry/audience.ts'
import type { Protocols, TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import { type Attempt, refuse, requireEnabled } from '../attempt.ts'
import { malformed } from '../oauth-error.ts'
import type { OneTimeStore } from '../one-time-store.ts'
import { clientAudience, knownMaxTokenAge, workloadAudiences } from './audiences.ts'

export const SAML2 = 'urn:ietf:params:oauth:token-type:saml2'

/** Whose token it is said to be, and where it must be meant for. */
export interface AddressedProvider {
  readonly provider: Provider
  /** The organisation's own. */
  readonly audience: string
}

export interface PresentedToken {
  readonly subjectToken: string
  /** RFC 8693 URI. */
  readonly subjectTokenType: string
  /** URL of the endpoint that it was brought to, as we publish it; an assertion may be addressed to it. */
  readonly endpoint?: string
  /** Audiences that count beside the provider's. */
  readonly moreAudiences?: readonly string[]
}

/** The rung `provider`: enabled and not past its expiry. */
export function requireProvider(attempt: Attempt, provider: Provider): void {
  if (provider.enabled && !isProviderUsable(provider, attempt.at)) {
    const expiry = provider.expiresAt?.toISOString()
    attempt.ladder.check('provider', false, 'provider.expired', 'not past its expiry', expiry)
    return
  }
  requireEnabled(attempt, 'provider', provider.enabled, 'provider.disabled')
}

/** The rungs `token` to `subject`, by the provider's protocol; null only on a lenient ladder. */
export function verifySubjectToken(
  at: { readonly protocols: Protocols },
  attempt: Attempt,
  { provider, audience }: AddressedProvider,
  { subjectToken, subjectTokenType, endpoint, moreAudiences = [] }: PresentedToken,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  const protocol = at.protocols[provider.protocol]
  if ((subjectTokenType === SAML2) !== (protocol?.verifyAssertion !== undefined)) {
    const expected = `a token of a provider that speaks ${provider.protocol}`
    refuse(attempt, 'token', 'token.type', { expected, actual: subjectTokenType })
  }
  if (protocol?.verifyAssertion !== undefined) {
    const name = providerResourceName(audience, provider)
    const audiences = [name, `https:${name}`]
    const ask = {
      provider,
      token: subjectToken,
      audiences,
      recipients: endpoint === undefined ? [] : [endpoint],
      now: attempt.at,
    }
    return protocol.verifyAssertion(ask, attempt.ladder)
  }
  if (protocol?.verifyToken === undefined) {
    const error = malformed(`Tokens of ${provider.protocol} providers are not exchanged by this version of Entente.`)
    refuse(attempt, 'provider', 'provider.protocol_cannot_verify', {
      error,
      expected: 'oidc or spiffe',
      actual: provider.protocol,
    })
  }
  const audiences =
    provider.use === 'workload'
      ? workloadAudiences(provider, audience, providerResourceName(audience, provider))
      : clientAudience(provider)
  const ask: TokenToVerify = {
    provider,
    token: subjectToken,
    tokenType: subjectTokenType,
    audiences: moreAudiences.length === 0 ? audiences : [...audiences, ...moreAudiences],
    now: attempt.at,
    maxTokenAgeSeconds: knownMaxTokenAge(provider),
    asker: limitKey(attempt.address),
  }
  return protocol.verifyToken(ask, attempt.ladder)
}

/** The rung `replay`; there is something to wait for only where the provider takes each token once. */
export function requireFirstUse(
  at: { readonly oneTime: OneTimeStore },
  attempt: Attempt,
  provider: Provider,
  token: VerifiedToken,
): void | Promise<void> {
  if (provider.settings.singleUse === true) return takeOnce(at, attempt, provider, token)
  attempt.ladder.skip('replay', 'the provider takes a token more than once')
}

async function takeOnce(
  at: { readonly oneTime: OneTimeStore },
  attempt: Attempt,
  provider: Provider,
  token: VerifiedToken,
): Promise<void> {
  // RFC 7519 §4.1.7: without a jti the token has no identity that could be taken once.
  if (token.tokenId === null) refuse(attempt, 'replay', 'token.malformed', { expected: 'a jti', actual: 'none' })
  // 60 s beyond `exp`: the token is accepted that long after it.
  const until = new Date(token.expiresAt.getTime() + 60_000)
  const first = await at.oneTime.consume(`subject-token:${provider.uid}`, token.tokenId, until, attempt.at)
  attempt.ladder.check('replay', first, 'token.replayed', 'a jti not seen before', token.tokenId)
}
