/**
 * Exchanges a workload's token for a short-lived access token of ours: the page to read.
 *
 * Source: RFC 8693 §2.1 (request), §2.2.1 (response); RFC 8707 (resource); order of the rungs: DESIGN.md section 4.
 * Units:  lifetimes in seconds; clocks may differ by 60 s (the protocols' rule).
 */
import type { Conditions } from '../../claims/condition-port.ts'
import type { JsonObject } from '../../json.ts'
import { clientIdOf } from '../../registry/cutename.ts'
import type { Protocols, VerifiedToken } from '../../registry/protocol.ts'
import { effectiveRoles } from '../../registry/roles.ts'
import type { Trust } from '../../registry/trust.ts'
import type { Attempt } from '../attempt.ts'
import type { DpopRules, Proof } from '../dpop/proof.ts'
import { bind } from '../dpop/token-request.ts'
import type { Issued, Issuer } from '../issue.ts'
import type { OneTimeStore } from '../one-time-store.ts'
import { chooseAudience, narrowScope } from '../target.ts'
import type { AddressedWorkload } from './find-trust.ts'
import { chooseTrust, type Neighbours, requireAddress, requireCondition } from './judge-trust.ts'
import { type PresentedToken, requireFirstUse, requireProvider, verifySubjectToken } from './subject-token.ts'

export interface ExchangePlane extends DpopRules {
  readonly protocols: Protocols
  readonly conditions: Conditions
  readonly oneTime: OneTimeStore
  readonly issuer: Issuer
  readonly neighbours: Neighbours
  readonly publicUrl: string
}

export interface ExchangeRequest extends PresentedToken {
  /** `resource` values, and `audience` values that name no provider. */
  readonly targets: readonly string[]
  readonly scope: string | undefined
  /** Where the trust says nothing. Units: seconds. */
  readonly lifetimeSeconds: number
  /** Judged, not taken; null: the token is for its bearer. */
  readonly proof: Proof | null
}

/** Default lifetime of an exchanged token. Units: seconds. Source: CONTRACT.md section 6. */
export const EXCHANGE_LIFETIME_SECONDS = 1800

/** Climbs from the provider rung to the issue; `addressed` is what the request named, never what the token says. */
export async function exchange(
  at: ExchangePlane,
  attempt: Attempt,
  addressed: AddressedWorkload,
  request: ExchangeRequest,
): Promise<Issued> {
  const { provider } = addressed
  requireProvider(attempt, provider)
  const verified = verifySubjectToken(at, attempt, addressed, request)
  const token = verified instanceof Promise ? await verified : verified
  // A strict ladder throws instead of answering null.
  if (token === null) throw new TypeError('a strict ladder let an unverified token pass')
  const taken = requireFirstUse(at, attempt, provider, token)
  if (taken instanceof Promise) await taken
  const { trust, principal } = addressed.kind === 'trust' ? addressed : chooseTrust(at, attempt, addressed, token)
  if (addressed.kind === 'trust') {
    requireAddress(attempt, trust)
    const judged = requireCondition(at, attempt, addressed, token.claims)
    if (judged instanceof Promise) await judged
  }
  const passthrough = passThrough(trust, token.claims)
  attempt.ladder.check('mapping', true, 'mapping.error')
  const audience = chooseAudience(attempt, request.targets, trust.allowedResources, at.publicUrl)
  const scope = narrowScope(request.scope, trust.allowedScopes)
  const roles = effectiveRoles(principal.roleIds, trust.scopedRoleIds)
  attempt.ladder.check('scope', true, 'target.denied', undefined, audience)
  if (request.proof !== null) await bind(at, attempt, request.proof)
  return at.issuer.issue(attempt, {
    audience,
    subject: principal.uid,
    clientId: clientIdOf(trust.cutename, addressed.audience, 'wfe'),
    roles,
    scope,
    lifetimeSeconds: lifetimeOf(trust, token, request, attempt.at),
    proof: request.proof,
    extra: { provider: provider.id, ...(passthrough === null ? {} : { c1wfc: passthrough }) },
  })
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

function lifetimeOf(trust: Trust, token: VerifiedToken, request: ExchangeRequest, now: Date): number {
  const lifetime = trust.tokenLifetimeSeconds ?? request.lifetimeSeconds
  if (!trust.capLifetimeToSubject) return lifetime
  const left = Math.floor((token.expiresAt.getTime() - now.getTime()) / 1000)
  // A token within the clock tolerance after its `exp` has nothing left; one second keeps `exp` after `iat`.
  return Math.max(1, Math.min(lifetime, left))
}
