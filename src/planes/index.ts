/**
 * INWARD, TRAFFIC
 *
 * Owns: the endpoints that tokens and people come through, and the order of their checks.
 * Does not own: how a token of a protocol is verified (protocols/), what a condition means (claims/), what is trusted
 * (registry/), how decisions become durable (decisions/).
 *
 * /oauth2/token, /auth/v1/token   token-endpoint.ts with the grants of token-exchange/ and client-credentials/
 * /v1/token                       the same for Google's clients, google-form.ts
 * /oauth2/authorize, par, device, device_authorization, logout   openid-provider/, over a library; userinfo.ts
 * /sign-in/…                      sign-in/: home realm, the way to the provider and back, pages
 * /oauth2/introspect, /v1/introspect, /oauth2/revoke, /oauth2/jwks, /.well-known/oauth-authorization-server,
 * /.well-known/openid-configuration
 *
 * sign-in/pages/  what a person sees of it: pure functions from data to HTML, each page with its Content-Security-Policy
 * cross-origin.ts  which of them pages of other origins may ask
 * dpop/  proofs of possession, at the token endpoints and at our own APIs
 *
 * Source: RFC 8693, RFC 6749, RFC 7523, RFC 7662, RFC 7009, RFC 8414, RFC 9068, RFC 9449.
 */
import type { FastifyInstance } from 'fastify'
import { type ReadJson, readGoogleForm } from './google-form.ts'
import { type IntrospectionOptions, introspection } from './introspection.ts'
import { type MetadataOptions, metadata } from './metadata.ts'
import { refusedGrant } from './oauth-error.ts'
import { type RevocationOptions, revocation } from './revocation.ts'
import { standardDialect, type TokenEndpointOptions, tokenEndpoint } from './token-endpoint.ts'

export type PlanesOptions = TokenEndpointOptions &
  IntrospectionOptions &
  RevocationOptions &
  Pick<MetadataOptions, 'signing' | 'algorithms'> & { readonly readJson: ReadJson }

/** Mounts every endpoint of the planes, each in a scope of its own. */
export async function mountPlanes(app: FastifyInstance, options: PlanesOptions): Promise<void> {
  await app.register(tokenEndpoint('/oauth2/token', options, { ...standardDialect, isForApps: true }))
  await app.register(tokenEndpoint('/auth/v1/token', options))
  const google = { readForm: readGoogleForm(options.readJson), refusal: refusedGrant, isForApps: false }
  await app.register(tokenEndpoint('/v1/token', options, google))
  for (const path of ['/oauth2/introspect', '/v1/introspect']) await app.register(introspection(path, options))
  await app.register(revocation('/oauth2/revoke', options))
  const grantTypes = [...options.grants.map((grant) => grant.grantType), ...options.libraryGrants.grantTypes]
  const { publicUrl, signing, algorithms } = options
  await app.register(metadata({ publicUrl, signing, grantTypes, algorithms }))
}
