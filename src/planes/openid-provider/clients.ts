/** Apps as the OpenID Provider library knows clients. Source: CONTRACT.md section 3, kind `App`; OpenID Connect Registration §2. */
import type { ClientMetadata } from 'oidc-provider'
import { type App, clientIdOf } from '../../registry/app.ts'

/** Grants that the library handles; the others of an app are ours (planes/token-exchange, planes/client-credentials). */
export const LIBRARY_GRANTS: readonly string[] = [
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
]

/** Scopes that the library knows for itself; an app's others are those of its resources. */
export const OPENID_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'groups',
  'offline_access',
  'entente.manage',
]

/** Never empty: that would let the app ask for all of them. */
function knownScopes({ scopes }: App): string {
  return scopes.filter((scope) => OPENID_SCOPES.includes(scope)).join(' ') || 'offline_access'
}

/** Of no use to anybody but us: asks the library who the client is, and for nothing. */
export const CLIENT_PROOF = 'urn:entente:client-proof'

/** Its only parameter, which none but us can send: the endpoint that the client called. */
export const CALLED_AT = 'called_at'

/** Member of the metadata: what an assertion may name as audience beside our issuer and endpoints. */
export const ASSERTION_AUDIENCES = 'entente_audiences'

/** `clientSecret` is opened; null where the app has none. `audience` is its organisation's. */
export function toClientMetadata(app: App, clientSecret: string | null, audience: string): ClientMetadata {
  const grantTypes = app.grantTypes.filter((grant) => LIBRARY_GRANTS.includes(grant))
  const isNative = app.redirectUris.some((uri) => !/^https?:/i.test(uri))
  return {
    client_id: clientIdOf(app),
    client_name: app.displayName ?? app.id,
    ...(clientSecret === null ? {} : { client_secret: clientSecret }),
    redirect_uris: [...app.redirectUris],
    post_logout_redirect_uris: [...app.postLogoutRedirectUris],
    ...(app.backchannelLogoutUri === null
      ? {}
      : { backchannel_logout_uri: app.backchannelLogoutUri, backchannel_logout_session_required: true }),
    grant_types: [...grantTypes, CLIENT_PROOF],
    [ASSERTION_AUDIENCES]: [audience, audience.replace(/:\d+$/, '')],
    response_types: grantTypes.includes('authorization_code') ? ['code'] : [],
    application_type: isNative ? 'native' : 'web',
    token_endpoint_auth_method: app.tokenEndpointAuthMethod,
    ...(app.jwks === null ? {} : { jwks: { keys: Array.isArray(app.jwks.keys) ? app.jwks.keys.map(Object) : [] } }),
    ...(app.jwksUri === null ? {} : { jwks_uri: app.jwksUri }),
    ...(app.initiateLoginUri === null ? {} : { initiate_login_uri: app.initiateLoginUri }),
    id_token_signed_response_alg: app.idTokenSignedResponseAlg,
    scope: knownScopes(app),
    dpop_bound_access_tokens: app.requireDpop,
    require_auth_time: true,
  }
}
