/** What we publish about ourselves: keys and metadata. Source: RFC 7517 §5, RFC 8414 §2, RFC 9449 §5.1. */
import type { FastifyInstance } from 'fastify'
import type { SigningKeys } from '../keys/signing-keys.ts'

export interface MetadataOptions {
  readonly publicUrl: string
  readonly signing: SigningKeys
  readonly grantTypes: readonly string[]
  /** That outside tokens and DPoP proofs may be signed with. */
  readonly algorithms: readonly string[]
}

/** Verifiers may keep both for five minutes: a new key is published a day before it signs. */
const CACHE = 'public, max-age=300'

export function metadata({ publicUrl, signing, grantTypes, algorithms }: MetadataOptions) {
  const document = {
    issuer: publicUrl,
    token_endpoint: `${publicUrl}/oauth2/token`,
    jwks_uri: `${publicUrl}/oauth2/jwks`,
    introspection_endpoint: `${publicUrl}/oauth2/introspect`,
    revocation_endpoint: `${publicUrl}/oauth2/revoke`,
    grant_types_supported: grantTypes,
    // RFC 8414 §2 requires the member; no response type exists while there is no authorization endpoint.
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'],
    // Credentials sign with EdDSA, workloads with whatever their issuer does.
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    introspection_endpoint_auth_signing_alg_values_supported: ['EdDSA'],
    revocation_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'],
    revocation_endpoint_auth_signing_alg_values_supported: ['EdDSA'],
    dpop_signing_alg_values_supported: algorithms,
    service_documentation: `${publicUrl}/docs`,
  }
  return async (app: FastifyInstance): Promise<void> => {
    const schema = { hide: true }
    app.get('/.well-known/oauth-authorization-server', { schema }, async (_request, reply) =>
      reply.header('cache-control', CACHE).send(document),
    )
    app.get('/oauth2/jwks', { schema }, async (_request, reply) =>
      reply.header('cache-control', CACHE).type('application/jwk-set+json').send(signing.jwks()),
    )
  }
}
