import type { Profile } from './authorization-server.ts'
import { USUAL_CLIENT } from './clients.ts'
import { LOGIN_FAULTS, lowerAcr, saidOf } from './login-faults.ts'
import type { LoginRequest } from './login-request.ts'
import { startOpenIdLogin } from './openid-login.ts'
import { type Claims, COMPANY, type Person, subjectOf, withOwnClaims } from './person.ts'
import type { LoginKind } from './simulated-login.ts'

/**
 * Levels, and how somebody proves that they reach them. Source: Okta developer documentation, "Step-up authentication using
 * ACR values"; the step-up page.
 */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  'urn:okta:loa:1fa:any': ['pwd'],
  'urn:okta:loa:1fa:pwd': ['pwd'],
  'urn:okta:loa:2fa:any': ['pwd', 'otp', 'mfa'],
  'urn:okta:loa:2fa:any:ifpossible': ['pwd', 'otp', 'mfa'],
  phr: ['pwd', 'swk', 'mfa'],
  phrh: ['hwk', 'mfa'],
}
const LOWEST = 'urn:okta:loa:1fa:any'
const FAULTS = { ...LOGIN_FAULTS, 'lower-acr': lowerAcr(LOWEST, LEVELS[LOWEST] ?? []) }

/** Source: Okta developer documentation, "OpenID Connect & OAuth 2.0 API". That answers name their issuer is an addition. */
export const okta: LoginKind = {
  name: 'okta',
  title: 'Okta',
  summary: 'OpenID Connect with levels; any provider that does nothing out of the ordinary',
  faults: saidOf(FAULTS),
  async start(options) {
    const issuer = options.issuer ?? 'https://corp.okta.com'
    const base = `${issuer}${issuer.includes('/oauth2/') ? '' : '/oauth2'}/v1`
    const profile: Profile = {
      issuerOf: () => issuer,
      namesIssuer: true,
      claimsOf,
      userInfoOf,
      addresses: [issuer, `${base}/token`],
    }
    const pathOf = (url: string) => new URL(url).pathname
    return startOpenIdLogin(
      {
        name: 'okta',
        title: 'Okta',
        issuer,
        origins: [issuer],
        faults: FAULTS,
        registration: {
          alias: 'okta',
          display_name: 'Okta',
          provider_id: 'oidc',
          known_provider: 'okta',
          oidc_config: { issuer, client_id: USUAL_CLIENT.id, client_secret: USUAL_CLIENT.secret, pkce_enabled: true },
          domains: [COMPANY.domain],
        },
        published: (jwks) => [
          {
            discovery: {
              path: pathOf(`${issuer}/.well-known/openid-configuration`),
              content: () => discoveryOf(issuer, base),
            },
            jwks: { path: pathOf(`${base}/keys`), content: jwks },
          },
        ],
        route({ path }, server) {
          switch (path) {
            case pathOf(`${base}/authorize`):
              return { name: 'authorize', run: (request, response) => server.authorize(request, response, profile) }
            case pathOf(`${base}/token`):
              return { name: 'token', run: (request, response) => server.token(request, response, profile) }
            case pathOf(`${base}/userinfo`):
              return { name: 'userinfo', run: server.userInfo }
            case pathOf(`${base}/logout`):
              return { name: 'logout', run: server.logOut }
            default:
              return null
          }
        },
      },
      options,
    )
  },
}

function discoveryOf(issuer: string, base: string): Claims {
  return {
    issuer,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${base}/userinfo`,
    jwks_uri: `${base}/keys`,
    end_session_endpoint: `${base}/logout`,
    response_types_supported: ['code', 'id_token'],
    response_modes_supported: ['query', 'form_post'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile', 'groups'],
    token_endpoint_auth_methods_supported: [
      ...['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
    ],
    claims_supported: ['sub', 'name', 'email', 'email_verified', 'groups', 'acr', 'amr', 'auth_time'],
    code_challenge_methods_supported: ['S256'],
    acr_values_supported: Object.keys(LEVELS),
    claims_parameter_supported: true,
    authorization_response_iss_parameter_supported: true,
  }
}

/** The level that was asked for first, of those that can be reached; none where none was asked for. */
function claimsOf(person: Person, asked: LoginRequest, at: number): Claims {
  const acr =
    asked.acrValues.find((one) => Object.hasOwn(LEVELS, one)) ?? (asked.acrValues.length > 0 ? LOWEST : undefined)
  const { scopes } = asked
  return withOwnClaims(
    {
      sub: subjectOf(person),
      ver: 1,
      idp: '00o9lpz4dPTX7Hxly5d7',
      auth_time: at,
      amr: LEVELS[acr ?? LOWEST],
      ...(acr === undefined ? {} : { acr }),
      ...profileOf(person, scopes),
    },
    person,
  )
}

function userInfoOf(person: Person, scopes: readonly string[]): Claims {
  return withOwnClaims(
    {
      sub: subjectOf(person),
      ...profileOf(person, scopes),
      ...(scopes.includes('profile') ? { zoneinfo: 'Europe/Berlin', locale: 'en' } : {}),
    },
    person,
  )
}

function profileOf({ name, login, email, isEmailVerified, groups }: Person, scopes: readonly string[]): Claims {
  return {
    ...(scopes.includes('profile') ? { name, preferred_username: `${login}@${COMPANY.domain}` } : {}),
    ...(scopes.includes('email') ? { email, email_verified: isEmailVerified } : {}),
    ...(scopes.includes('groups') ? { groups } : {}),
  }
}
