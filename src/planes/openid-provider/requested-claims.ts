/**
 * The `claims` parameter: claims by name instead of by scope, within what the app's scopes show. What is asked of the
 * user-info endpoint goes along in the access token, since that is all that comes there.
 *
 * Source: OpenID Connect Core §5.5.
 */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { App } from '../../registry/app.ts'
import { claimsOfScopes } from './claims-of-scopes.ts'

/** Member of access tokens: claims that user info shows beside those of the scopes. */
export const USERINFO_CLAIMS = 'userinfo_claims'

/** Of the claims that the app's own scopes would show, grants those allowed; refuses the others of the app once and for all. */
export function grantClaims(ctx: KoaContextWithOIDC, grant: Grant, app: App, allowed: readonly string[]): void {
  const shown = claimsOfScopes(app.scopes)
  const asked = [...ctx.oidc.requestParamClaims]
  grant.addOIDCClaims(asked.filter((claim) => shown.has(claim) && allowed.includes(claim)))
  grant.rejectOIDCClaims(asked.filter((claim) => !shown.has(claim)))
}

/** What user info is to show more, of the request that this token request comes from. */
export function userinfoClaims(ctx: KoaContextWithOIDC, app: App): readonly string[] {
  const { authorizationCode, refreshToken, deviceCode } = ctx.oidc
  const requested: unknown = Object(authorizationCode ?? refreshToken ?? deviceCode).claims
  const allowed = claimsOfScopes(app.scopes)
  return Object.keys(Object(Object(requested).userinfo)).filter((claim) => allowed.has(claim))
}
