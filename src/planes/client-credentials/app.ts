/**
 * An app that speaks for itself and for nobody: a token without roles, for the resources and scopes it is registered for.
 *
 * Source: RFC 6749 §4.4; RFC 9068 §2.2, `sub` where there is no person.
 */
import { type App, clientIdOf } from '../../registry/app.ts'
import { MANAGE_SCOPE, USUAL_SCOPES } from '../../registry/app-rules.ts'
import { refuse } from '../attempt.ts'
import type { DpopRules } from '../dpop/proof.ts'
import { bind, readProof } from '../dpop/token-request.ts'
import type { GrantRequest } from '../grant.ts'
import type { Issued, Issuer } from '../issue.ts'
import { refusedClient } from '../oauth-error.ts'
import { chooseAudience, narrowScope, requestedTargets } from '../target.ts'
import { type AppCallers, requireApp } from '../token-exchange/app-caller.ts'

export interface AppTokens extends AppCallers, DpopRules {
  readonly issuer: Issuer
  readonly publicUrl: string
}

/** Climbs the rungs `request` and `client`, `scope`, `dpop` and the issue. */
export async function appToken(
  at: AppTokens,
  request: GrantRequest,
  app: App,
  lifetimeSeconds: number,
): Promise<Issued> {
  const { form, attempt } = request
  attempt.ladder.check('request', true, 'request.invalid')
  // A public app has only said its name: there is nobody else behind the request.
  if (app.tokenEndpointAuthMethod === 'none')
    refuse(attempt, 'client', 'client.unauthenticated', { error: refusedClient, expected: 'a proof', actual: 'a name' })
  await requireApp(at, request, app)
  const proof = readProof(at, request, app.requireDpop)
  const targets = requestedTargets(attempt, [...form.all('resource'), ...form.all('audience')])
  const audience = chooseAudience(attempt, targets, app.resources, at.publicUrl)
  // Those about people mean nothing without one, and nobody's rights are there to manage by.
  const scopes = app.scopes.filter((scope) => scope !== MANAGE_SCOPE && !USUAL_SCOPES.includes(scope))
  const scope = narrowScope(form.one('scope'), scopes)
  attempt.ladder.check('scope', true, 'target.denied', undefined, audience)
  if (proof !== null) await bind(at, attempt, proof)
  const [subject, clientId] = [app.uid, clientIdOf(app)]
  return at.issuer.issue(attempt, { audience, subject, clientId, roles: [], scope, lifetimeSeconds, proof, extra: {} })
}
