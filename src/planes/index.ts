/**
 * INWARD, TRAFFIC
 *
 * Owns: the endpoints that tokens and people come through, and the order of their checks.
 * Does not own: how a token of a protocol is verified (protocols/), what a condition means (claims/), what is trusted
 * (registry/), how decisions become durable (decisions/).
 *
 * /oauth2/token, /auth/v1/token   token-endpoint.ts with the grants of token-exchange/ and client-credentials/
 * /oauth2/introspect, /v1/introspect, /oauth2/revoke, /oauth2/jwks, /.well-known/oauth-authorization-server
 *
 * Source: RFC 8693, RFC 6749, RFC 7523, RFC 7662, RFC 7009, RFC 8414, RFC 9068.
 */
import type { FastifyInstance } from 'fastify'
import { type IntrospectionOptions, introspection } from './introspection.ts'
import { type MetadataOptions, metadata } from './metadata.ts'
import { type RevocationOptions, revocation } from './revocation.ts'
import { type TokenEndpointOptions, tokenEndpoint } from './token-endpoint.ts'

export type PlanesOptions = TokenEndpointOptions &
  IntrospectionOptions &
  RevocationOptions &
  Pick<MetadataOptions, 'signing'>

/** Mounts every endpoint of the planes, each in a scope of its own. */
export async function mountPlanes(app: FastifyInstance, options: PlanesOptions): Promise<void> {
  for (const path of ['/oauth2/token', '/auth/v1/token']) await app.register(tokenEndpoint(path, options))
  for (const path of ['/oauth2/introspect', '/v1/introspect']) await app.register(introspection(path, options))
  await app.register(revocation('/oauth2/revoke', options))
  const grantTypes = options.grants.map((grant) => grant.grantType)
  await app.register(metadata({ publicUrl: options.publicUrl, signing: options.signing, grantTypes }))
}
