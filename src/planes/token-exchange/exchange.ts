/**
 * Exchanges a workload's token for a short-lived access token of ours: the page to read.
 *
 * Source: RFC 8693 §2.1 (request), §2.2.1 (response); RFC 8707 (resource); order of the rungs: DESIGN.md section 4.
 * Units:  lifetimes in seconds; clocks may differ by 60 s (the protocols' rule).
 */
import type { Conditions } from '../../claims/condition-port.ts'
import { inCidrs } from '../../http/client-address.ts'
import type { JsonObject } from '../../json.ts'
import { providerResourceName } from '../../registry/audience.ts'
import { clientIdOf } from '../../registry/cutename.ts'
import type { Protocols, TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../registry/provider.ts'
import { effectiveRoles } from '../../registry/roles.ts'
import type { ServicePrincipal } from '../../registry/service-principal.ts'
import type { Trust } from '../../registry/trust.ts'
import { type Attempt, refuse, requireEnabled } from '../attempt.ts'
import type { Issuer } from '../issue.ts'
import { malformed } from '../oauth-error.ts'
import type { OneTimeStore } from '../one-time-store.ts'
import { chooseAudience, narrowScope } from '../target.ts'
import { knownMaxTokenAge, workloadAudiences } from './audiences.ts'
import type { Addressed, Found } from './find-trust.ts'

export interface ExchangePlane {
  readonly protocols: Protocols
  readonly conditions: Conditions
  readonly oneTime: OneTimeStore
  readonly issuer: Issuer
  readonly publicUrl: string
}

export interface ExchangeRequest {
  readonly subjectToken: string
  readonly subjectTokenType: string
  /** `resource` values, and `audience` values that name no provider. */
  readonly targets: readonly string[]
  readonly scope: string | undefined
}

export interface Exchanged {
  readonly accessToken: string
  readonly lifetimeSeconds: number
  readonly scope: string | null
}

/** Climbs from the provider rung to the issue; `addressed` is what the request named, never what the token says. */
export async function exchange(
  at: ExchangePlane,
  attempt: Attempt,
  addressed: Addressed,
  request: ExchangeRequest,
): Promise<Exchanged> {
  const { provider } = addressed
  requireProvider(attempt, provider)
  const verified = verifySubjectToken(at, attempt, addressed, request.subjectToken, request.subjectTokenType)
  const token = verified instanceof Promise ? await verified : verified
  // A strict ladder throws instead of answering null.
  if (token === null) throw new TypeError('a strict ladder let an unverified token pass')
  await requireFirstUse(at, attempt, provider, token)
  const { trust, principal } =
    addressed.kind === 'trust' ? addressed : chooseTrust(at, attempt, addressed.candidates, token)
  if (addressed.kind === 'trust') {
    requireAddress(attempt, trust)
    requireCondition(at, attempt, trust, token.claims)
  }
  const passthrough = passThrough(trust, token.claims)
  attempt.ladder.check('mapping', true, 'mapping.error')
  const audience = chooseAudience(attempt, request.targets, trust.allowedResources, at.publicUrl)
  const scope = narrowScope(request.scope, trust.allowedScopes)
  const roles = effectiveRoles(principal.roleIds, trust.scopedRoleIds)
  attempt.ladder.check('scope', true, 'target.denied', undefined, audience)
  const lifetimeSeconds = lifetimeOf(trust, token, attempt.at)
  const extra = { provider: provider.id, ...(passthrough === null ? {} : { c1wfc: passthrough }) }
  const clientId = clientIdOf(trust.cutename, addressed.audience, 'wfe')
  const accessToken = at.issuer.issue(attempt, {
    audience,
    subject: principal.uid,
    clientId,
    roles,
    scope,
    lifetimeSeconds,
    extra,
  })
  return { accessToken, lifetimeSeconds, scope }
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
  at: Pick<ExchangePlane, 'protocols' | 'publicUrl'>,
  attempt: Attempt,
  addressed: Addressed,
  token: string,
  tokenType: string,
): VerifiedToken | null | Promise<VerifiedToken | null> {
  const { provider } = addressed
  const protocol = at.protocols[provider.protocol]
  if (protocol?.verifyToken === undefined) {
    const error = malformed(`Tokens of ${provider.protocol} providers are not exchanged by this version of Entente.`)
    refuse(attempt, 'provider', 'provider.protocol_cannot_verify', {
      error,
      expected: 'oidc',
      actual: provider.protocol,
    })
  }
  const ask: TokenToVerify = {
    provider,
    token,
    tokenType,
    audiences: workloadAudiences(provider, addressed.audience, providerResourceName(addressed.audience, provider)),
    now: attempt.at,
    maxTokenAgeSeconds: knownMaxTokenAge(provider),
  }
  return protocol.verifyToken(ask, attempt.ladder)
}

async function requireFirstUse(
  at: ExchangePlane,
  attempt: Attempt,
  provider: Provider,
  token: VerifiedToken,
): Promise<void> {
  const { ladder } = attempt
  if (provider.settings.singleUse !== true) {
    ladder.skip('replay', 'the provider takes a token more than once')
    return
  }
  // RFC 7519 §4.1.7: without a jti the token has no identity that could be taken once.
  if (token.tokenId === null) refuse(attempt, 'replay', 'token.malformed', { expected: 'a jti', actual: 'none' })
  // 60 s beyond `exp`: the token is accepted that long after it.
  const until = new Date(token.expiresAt.getTime() + 60_000)
  const first = await at.oneTime.consume(`subject-token:${provider.uid}`, token.tokenId, until, attempt.at)
  ladder.check('replay', first, 'token.replayed', 'a jti not seen before', token.tokenId)
}

/** With `audience` naming the provider: exactly one trust must match, else the answer would depend on an order. */
function chooseTrust(at: ExchangePlane, attempt: Attempt, candidates: readonly Found[], token: VerifiedToken): Found {
  const matching = candidates.filter(({ trust, principal }) => {
    if (!trust.enabled || !principal.enabled) return false
    if (trust.allowSourceCidrs.length > 0 && !inCidrs(attempt.address, trust.allowSourceCidrs)) return false
    return (
      trust.condition === null || conditionOf(at, trust.condition).evaluate({ claims: token.claims }).outcome === 'true'
    )
  })
  const [found, ...others] = matching
  const expected = 'one matching trust'
  if (found === undefined) {
    refuse(attempt, 'condition', 'condition.false', { expected, actual: `none of ${candidates.map(nameOf).join(' ')}` })
  }
  if (others.length > 0)
    refuse(attempt, 'condition', 'trust.ambiguous', { expected, actual: matching.map(nameOf).join(' ') })
  attempt.trust = found.trust.cutename
  attempt.ladder.check('condition', true, 'condition.false', found.trust.condition ?? undefined)
  return found
}

function nameOf({ trust }: { trust: Trust; principal: ServicePrincipal }): string {
  return trust.cutename
}

export function requireAddress(attempt: Attempt, trust: Trust): void {
  if (trust.allowSourceCidrs.length === 0) {
    attempt.ladder.skip('address', 'any address')
    return
  }
  const allowed = inCidrs(attempt.address, trust.allowSourceCidrs)
  attempt.ladder.check(
    'address',
    allowed,
    'address.denied',
    () => trust.allowSourceCidrs.join(' '),
    () => attempt.address,
  )
}

export function requireCondition(
  at: Pick<ExchangePlane, 'conditions'>,
  attempt: Attempt,
  trust: Trust,
  claims: JsonObject,
): void {
  if (trust.condition === null) {
    attempt.ladder.skip('condition', 'the trust has none')
    return
  }
  const verdict = conditionOf(at, trust.condition).evaluate({ claims })
  const actual = () => (verdict.outcome === 'error' ? verdict.detail : verdict.outcome)
  const code = verdict.outcome === 'error' ? 'condition.error' : 'condition.false'
  attempt.ladder.check('condition', verdict.outcome === 'true', code, trust.condition, actual)
}

function conditionOf(at: Pick<ExchangePlane, 'conditions'>, expression: string) {
  return at.conditions.compile(expression, ['claims'])
}

/** String claims only, others are left out silently. Source: workload-federation API, passthroughClaims. */
function passThrough(trust: Trust, claims: JsonObject): { readonly [name: string]: string } | null {
  if (trust.passthroughClaims.length === 0) return null
  const passed: [string, string][] = []
  for (const name of trust.passthroughClaims) {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined
    if (typeof value === 'string') passed.push([name, value])
  }
  return Object.fromEntries(passed)
}

/** Default lifetime of an exchanged token. Source: CONTRACT.md section 6. */
const LIFETIME_SECONDS = 1800

function lifetimeOf(trust: Trust, token: VerifiedToken, now: Date): number {
  const lifetime = trust.tokenLifetimeSeconds ?? LIFETIME_SECONDS
  if (!trust.capLifetimeToSubject) return lifetime
  const left = Math.floor((token.expiresAt.getTime() - now.getTime()) / 1000)
  // A token within the clock tolerance after its `exp` has nothing left; one second keeps `exp` after `iat`.
  return Math.max(1, Math.min(lifetime, left))
}
