/** The token endpoints in OpenAPI. Their forms are judged by the endpoints themselves, so they are described here by hand. */

const form = (properties: object, required: readonly string[]) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties, required } } },
})
const text = (description: string) => ({ type: 'string', description })
const answer = (description: string, properties: object) => ({
  description,
  content: { 'application/json': { schema: { type: 'object', properties } } },
})

const TAG = 'tokens'
const TAGS = [TAG]

/** The endpoints as the OpenAPI document lists them. */
export const planeTags = [
  {
    name: TAG,
    description: 'Tokens: exchanged, issued to credentials, asked about, ended. OAuth 2.0 forms and errors.',
  },
]

const refused = answer('Refused: RFC 6749 §5.2, with the id of the decision that says why', {
  error: text('invalid_request, invalid_grant, invalid_client, invalid_target, invalid_dpop_proof, …'),
  error_description: text('One fixed text for everything from the trust on.'),
  decision_id: text('Read it at /apis/entente.dev/v1/namespaces/{organisation}/decisions/{id}.'),
})
const unreadable = answer('The form cannot be read, or has no token', {
  error: text('invalid_request'),
  error_description: text('What is wrong with it.'),
})
const noLongerGood = answer('The token does not count, or has not the scope', {
  error: text('invalid_token or insufficient_scope'),
  error_description: text('What is wrong with it.'),
})
const limited = { description: 'Too many refused requests from this address; see Retry-After' }

const PROOF = {
  name: 'DPoP',
  in: 'header',
  required: false,
  description: 'A proof (RFC 9449): the issued token is bound to its key. Some credentials require it.',
  schema: { type: 'string' },
}

/** Who asks proves itself in the form, or needs not. */
const IN_THE_FORM: readonly object[] = []
const FOR_ALL: readonly object[] = []

const token = (summary: string, operationId: string, more: object = {}) => ({
  post: {
    tags: TAGS,
    operationId,
    summary,
    description:
      'Grants: urn:ietf:params:oauth:grant-type:token-exchange (RFC 8693), urn:ietf:params:oauth:grant-type:jwt-bearer (RFC 7523), client_credentials (RFC 6749 §4.4, with RFC 7523 assertions); for apps authorization_code, refresh_token and urn:ietf:params:oauth:grant-type:device_code.',
    security: IN_THE_FORM,
    parameters: [PROOF],
    requestBody: form(
      {
        grant_type: text('The grant.'),
        code: text('authorization_code: what the app was sent back with.'),
        redirect_uri: text('authorization_code: as it was at the authorization endpoint.'),
        code_verifier: text('authorization_code: of PKCE (RFC 7636).'),
        refresh_token: text('refresh_token: the last one; it is good once.'),
        device_code: text('urn:ietf:params:oauth:grant-type:device_code (RFC 8628).'),
        subject_token: text('Token exchange: the outside token, at most 16 KiB.'),
        subject_token_type: text('urn:ietf:params:oauth:token-type:jwt or …:id_token'),
        assertion: text('jwt-bearer: the outside token, at most 16 KiB.'),
        client_id: text('A trust’s client id, an app’s, or a credential’s for client_credentials.'),
        audience: text('A provider’s resource name in place of client_id, or the target of the issued token.'),
        resource: text('The target of the issued token (RFC 8707), if the trust allows it.'),
        scope: text('Scopes; those the trust does not allow are dropped.'),
        client_secret: text('The secret of the credential or app; an app may send it as HTTP Basic, too.'),
        client_assertion: text(
          'An assertion in place of the secret (of credentials EdDSA); or, with a trust’s client_id, a workload’s token.',
        ),
        client_assertion_type: text('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
        ...more,
      },
      ['grant_type'],
    ),
    responses: {
      200: answer('An access token (RFC 9068), whose decision is durable', {
        access_token: text('JWT, typ at+jwt, ES256.'),
        issued_token_type: text('Token exchange only.'),
        token_type: text('Bearer, or DPoP where a proof was sent.'),
        expires_in: { type: 'integer', description: 'Seconds.' },
        scope: text('What was granted, when scopes were asked for.'),
        refresh_token: text('Apps with offline_access: good once, for the next access token.'),
        id_token: text('Apps with openid: who signed in (OpenID Connect Core §2).'),
      }),
      400: refused,
      401: refused,
      429: limited,
    },
  },
})

const CLIENT = {
  client_id: text('The app, credential or trust.'),
  client_secret: text('Its secret, where not sent as HTTP Basic.'),
  client_assertion: text('An assertion in place of the secret (RFC 7523).'),
  client_assertion_type: text('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
}

const introspect = (operationId: string) => ({
  post: {
    tags: TAGS,
    operationId,
    summary: 'Is this token of ours active (RFC 7662)',
    description:
      'Asked with a bearer token of role viewer or above, or by an app or credential that proves itself in the form or by HTTP Basic. Refresh tokens are shown to their own app.',
    // Or none of these: a client may prove itself in the form.
    security: [{ bearer: [] }, {}],
    requestBody: form({ token: text('The access or refresh token.'), ...CLIENT }, ['token']),
    responses: {
      200: answer('Its claims, or only that it is not active', { active: { type: 'boolean' } }),
      400: unreadable,
      401: refused,
    },
  },
})

/** What apps ask for their people; the authorization endpoint and the pages are for browsers, and are described in the metadata. */
const appPaths = {
  '/oauth2/par': {
    post: {
      tags: TAGS,
      operationId: 'pushAuthorizationRequest',
      summary: 'Push an authorization request (RFC 9126)',
      description: 'By an app, proved as at introspection.',
      security: IN_THE_FORM,
      parameters: [PROOF],
      requestBody: form(
        {
          response_type: text('code'),
          redirect_uri: text('One that the app has registered.'),
          scope: text('openid, profile, email, groups, offline_access, and what else the app may ask for.'),
          state: text('Comes back with the answer.'),
          nonce: text('Comes back in the ID token.'),
          code_challenge: text('Of PKCE (RFC 7636).'),
          code_challenge_method: text('S256'),
          resource: text('The target of the access token (RFC 8707).'),
          organization: text('Id of the organisation whose people may come in.'),
          idp_hint: text('Id of the provider to sign in at.'),
          login_hint: text('The e-mail address that would be typed.'),
          prompt: text('none, login or consent'),
          max_age: text('Seconds since the person proved who they are.'),
          acr_values: text('Levels, the most wanted first.'),
          claims: text('JSON (OpenID Connect Core §5.5).'),
          dpop_jkt: text('Thumbprint of the key that the code is bound to (RFC 9449 §10).'),
          ...CLIENT,
        },
        [],
      ),
      responses: {
        201: answer('To be named at the authorization endpoint', {
          request_uri: text('Good once.'),
          expires_in: { type: 'integer', description: 'Seconds.' },
        }),
        400: refused,
        401: refused,
      },
    },
  },
  '/oauth2/device_authorization': {
    post: {
      tags: TAGS,
      operationId: 'authorizeDevice',
      summary: 'Let a person sign in for a device that has no browser (RFC 8628)',
      security: IN_THE_FORM,
      requestBody: form({ scope: text('As at the authorization endpoint.'), ...CLIENT }, []),
      responses: {
        200: answer('What to show the person, and what to ask the token endpoint with', {
          device_code: text('For the token endpoint.'),
          user_code: text('For the person.'),
          verification_uri: text('Where they type it.'),
          verification_uri_complete: text('Where they need not.'),
          expires_in: { type: 'integer', description: 'Seconds.' },
          interval: { type: 'integer', description: 'Seconds between two questions; 5 where it is left out.' },
        }),
        400: refused,
        401: refused,
      },
    },
  },
  '/oauth2/userinfo': {
    get: {
      tags: TAGS,
      operationId: 'userinfo',
      summary: 'Who the token’s person is (OpenID Connect Core §5.3)',
      description: 'With a person’s access token for this server and the scope openid; other scopes show more.',
      security: [{ bearer: [] }],
      responses: {
        200: answer('Claims by the scopes of the token', {
          sub: text('Uid of the person.'),
          organization: text('Of the person.'),
          name: text('Scope profile.'),
          email: text('Scope email.'),
          email_verified: { type: 'boolean' },
          groups: { type: 'array', items: { type: 'string' }, description: 'Scope groups.' },
        }),
        401: noLongerGood,
        403: noLongerGood,
      },
    },
  },
  '/.well-known/openid-configuration': {
    get: {
      tags: TAGS,
      operationId: 'openidConfiguration',
      summary: 'OpenID Provider metadata (OpenID Connect Discovery §4)',
      security: FOR_ALL,
      responses: { 200: answer('What this server offers to apps', { issuer: text('Our issuer.') }) },
    },
  },
}

/** Paths of the planes for the OpenAPI document. */
export const planePaths = {
  ...appPaths,
  '/oauth2/token': token('Exchange a token, or authenticate a service principal', 'token'),
  '/auth/v1/token': token('The same, under the path existing clients use', 'tokenAuthV1'),
  '/v1/token': token('The same for Google’s external accounts; also as JSON in camelCase', 'tokenV1', {
    requested_token_type: text('urn:ietf:params:oauth:token-type:access_token'),
    options: text('A JSON object, URL-encoded; without effect, but an accessBoundary is refused.'),
  }),
  '/oauth2/introspect': introspect('introspect'),
  '/v1/introspect': introspect('introspectV1'),
  '/oauth2/revoke': {
    post: {
      tags: TAGS,
      operationId: 'revoke',
      summary: 'End a token before its time (RFC 7009)',
      description:
        'By the client that it was issued to, proved as at introspection (a trust or public app by client_id alone), or by an administrator. With a refresh token everything ends that hangs on the same grant.',
      security: [{ bearer: [] }, {}],
      requestBody: form({ token: text('The access or refresh token.'), ...CLIENT }, ['token']),
      responses: {
        200: { description: 'Always for a request that can be read, also for unknown tokens and for those of others' },
        400: unreadable,
        401: refused,
      },
    },
  },
  '/oauth2/jwks': {
    get: {
      tags: TAGS,
      operationId: 'jwks',
      summary: 'The keys we sign with (RFC 7517)',
      security: FOR_ALL,
      responses: {
        200: answer('Public keys; the next one is published a day before it signs', {
          keys: { type: 'array', items: { type: 'object' } },
        }),
      },
    },
  },
  '/.well-known/oauth-authorization-server': {
    get: {
      tags: TAGS,
      operationId: 'metadata',
      summary: 'Authorization server metadata (RFC 8414)',
      security: FOR_ALL,
      responses: { 200: answer('What this server offers', { issuer: text('Our issuer.') }) },
    },
  },
}
