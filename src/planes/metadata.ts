/** What we publish about ourselves: keys and metadata. Source: RFC 7517 §5, RFC 8414 §2, RFC 9449 §5.1. */
import type { FastifyInstance } from 'fastify'
import type { SigningKeys } from '../keys/signing-keys.ts'
import { LEVELS } from '../registry/levels.ts'
import { openToOrigins } from './cross-origin.ts'

export interface MetadataOptions {
  readonly publicUrl: string
  readonly signing: SigningKeys
  readonly grantTypes: readonly string[]
  /** That outside tokens and DPoP proofs may be signed with. */
  readonly algorithms: readonly string[]
}

const AUTH_METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']

const CLAIMS = [
  'sub',
  'iss',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'sid',
  'organization',
  'provider',
  'roles',
  'groups',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'email',
  'email_verified',
]

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
    authorization_endpoint: `${publicUrl}/oauth2/authorize`,
    pushed_authorization_request_endpoint: `${publicUrl}/oauth2/par`,
    device_authorization_endpoint: `${publicUrl}/oauth2/device_authorization`,
    userinfo_endpoint: `${publicUrl}/oauth2/userinfo`,
    end_session_endpoint: `${publicUrl}/oauth2/logout`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ['openid', 'profile', 'email', 'groups', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    // What is asked for is reached or refused; which of them an organisation's people reach is its own table.
    acr_values_supported: LEVELS,
    claims_supported: CLAIMS,
    claims_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    ui_locales_supported: ['en', 'de'],
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    // Credentials sign with EdDSA, workloads with whatever their issuer does.
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
    dpop_signing_alg_values_supported: algorithms,
    service_documentation: `${publicUrl}/docs`,
  }
  return async (app: FastifyInstance): Promise<void> => {
    const schema = { hide: true }
    // One issuer and one set of endpoints: RFC 8414 and OpenID Connect Discovery say the same of it.
    for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']) {
      app.get(path, { schema }, async (_request, reply) =>
        openToOrigins(reply).header('cache-control', CACHE).send(document),
      )
    }
    app.get('/oauth2/jwks', { schema }, async (_request, reply) =>
      openToOrigins(reply).header('cache-control', CACHE).type('application/jwk-set+json').send(signing.jwks()),
    )
  }
}
