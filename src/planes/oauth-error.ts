/** Errors of token endpoints. Source: RFC 6749 §5.2, RFC 8693 §2.2.2, RFC 8707 §2, RFC 9449 §5. */

export interface OAuthError {
  readonly status: 400 | 401 | 429 | 503
  readonly error:
    | 'invalid_request'
    | 'invalid_client'
    | 'invalid_grant'
    | 'invalid_target'
    | 'invalid_dpop_proof'
    | 'invalid_scope'
    | 'unauthorized_client'
    | 'access_denied'
    | 'expired_token'
    | 'unmet_authentication_requirements'
    | 'unsupported_grant_type'
    | 'temporarily_unavailable'
  readonly description: string
}

/** The one text for every refusal from the organisation-and-trust rung on: the caller learns nothing from it. */
const REFUSED = 'The token was not accepted. The decision says why; an administrator can read it.'

export const refusedExchange: OAuthError = { status: 400, error: 'invalid_request', description: REFUSED }
/** The same where the token is a grant: RFC 6749 §5.2, RFC 7523 §3.1, and what Google's clients are used to. */
export const refusedGrant: OAuthError = { ...refusedExchange, error: 'invalid_grant' }
export const refusedTarget: OAuthError = {
  status: 400,
  error: 'invalid_target',
  description: 'The requested resource or audience is unknown or not allowed.',
}
export const refusedClient: OAuthError = {
  status: 401,
  error: 'invalid_client',
  description: 'Client authentication failed. The decision says why; an administrator can read it.',
}
/** Of clients that are no apps: their secret is in the form. */
export const secretsInBody: OAuthError = {
  status: 401,
  error: 'invalid_client',
  description: 'Client authentication goes in the body, not in the Authorization header.',
}
export const limited: OAuthError = {
  status: 429,
  error: 'temporarily_unavailable',
  description: 'Too many refused requests from this address; try again later.',
}
export const unavailable: OAuthError = {
  status: 503,
  error: 'temporarily_unavailable',
  description: 'The server cannot record decisions at the moment, so it issues nothing; try again.',
}

/** A fault of the request's form: safe to explain, since it tells only what the caller sent. */
export function malformed(description: string, error: OAuthError['error'] = 'invalid_request'): OAuthError {
  return { status: 400, error, description }
}
