/**
 * How the OpenID Provider library is set: code with PKCE S256 and nothing else that brings a browser, JWT access tokens for
 * named targets, refresh tokens that rotate and die with their session, PAR, DPoP, device flow, logout both ways.
 *
 * Source: OpenID Connect Core; RFC 7636, 8628, 8707, 9068, 9126, 9207, 9449; OAuth 2.0 Security BCP (RFC 9700).
 */
import type { Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import { type App, closedTo, isOlderThan } from '../../registry/app.ts'
import { LEVELS } from '../../registry/levels.ts'
import type { Page } from '../sign-in/pages/frame/page.ts'
import { headersOf } from '../sign-in/pages/frame/policy.ts'
import { type Accounts, absoluteEnd, accessTokenClaims, type ProofOfGrant } from './accounts.ts'
import { type AdapterOptions, APP_TOKEN_SECONDS, createAdapters, markOfGrant } from './adapter.ts'
import { isZeroAge, ZERO_AGE } from './asked-level.ts'
import { CLAIMS_OF_SCOPES } from './claims-of-scopes.ts'
import { ASSERTION_AUDIENCES, OPENID_SCOPES } from './clients.ts'
import type { Consents } from './consents.ts'
import { grantFor } from './grants.ts'
import { ROUTES } from './paths.ts'
import { interactionPolicy } from './prompts.ts'
import { USERINFO_CLAIMS, userinfoClaims } from './requested-claims.ts'

/** What the library shows a person, as pages of ours. */
export interface LibraryPages {
  error(
    ctx: KoaContextWithOIDC,
    error: { readonly error: string; readonly error_description?: string | undefined },
  ): Promise<Page>
  logout(ctx: KoaContextWithOIDC, form: string): Promise<Page>
  loggedOut(ctx: KoaContextWithOIDC): Promise<Page>
  userCode(ctx: KoaContextWithOIDC, form: string, problem: string | null): Promise<Page>
  confirmDevice(ctx: KoaContextWithOIDC, form: string, app: string, userCode: string): Promise<Page>
  deviceDone(ctx: KoaContextWithOIDC): Promise<Page>
}

export interface OpenIdProviderOptions extends AdapterOptions {
  readonly publicUrl: string
  readonly accounts: Accounts
  readonly findApp: (clientId: string) => Promise<App | null>
  /** Our keys that sign now, whole. */
  readonly privateKeys: () => readonly JsonObject[]
  readonly fetch: WebFetch
  readonly consents: Pick<Consents, 'find'>
  readonly pages: LibraryPages
}

/** Seconds. A code is exchanged by a server at once; a person may look for their phone for half an hour. */
const TTL = {
  code: 60,
  idToken: 3_600,
  accessToken: APP_TOKEN_SECONDS,
  interaction: 1_800,
  device: 600,
  par: 90,
} as const
/** As discovery says; test/peers/openid-provider.test.ts proves each. */
const SIGNING_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const
/** An hour: what is longer good is a password, and has to be remembered as long. */
const ASSERTION_SECONDS = 3_600
/** Longest life of what hangs on a session where the session itself is not at hand: its default. */
const SESSION_SECONDS = 12 * 3_600

export function configurationOf(options: OpenIdProviderOptions): Configuration {
  const { publicUrl, accounts, findApp, privateKeys, pages } = options
  const isSecure = publicUrl.startsWith('https:')
  // Without a path, which the library sets itself where a cookie is of one login: see cookies.ts.
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, overwrite: true } as const
  const prefix = isSecure ? '__Host-' : ''
  const untilSessionEnds = (ctx: KoaContextWithOIDC): number => {
    const standing = accounts.standingOf(ctx)
    if (standing === null) return SESSION_SECONDS
    const ends = absoluteEnd(standing.organisation, standing.session)
    return Math.max(1, Math.floor((ends.getTime() - options.now().getTime()) / 1000))
  }
  /** With a token of the app's own in hand, nobody asks whether the app may let its person in: so it is asked here. */
  const accountFor = async (ctx: KoaContextWithOIDC, sub: string, token: object | undefined) => {
    const account = await accounts.find(ctx, sub, token)
    const standing = accounts.standingOf(ctx)
    if (account === undefined || standing === null || token === undefined) return account
    const app = ctx.oidc.client === undefined ? null : await findApp(ctx.oidc.client.clientId)
    const isForeign = app === null || isOlderThan(app, Object(token).iat)
    const closed = isForeign ? 'client.unauthenticated' : closedTo(app, standing.provider)
    // The detail is a code of a decision, see token-grants.ts.
    if (closed !== null) throw new errors.InvalidGrant(closed)
    return account
  }
  return {
    adapter: createAdapters(options),
    // Members of JWKs are texts.
    jwks: { keys: privateKeys().map((key): JWK => Object(key)) },
    routes: ROUTES,
    scopes: [...OPENID_SCOPES],
    claims: {
      ...Object.fromEntries(Object.entries(CLAIMS_OF_SCOPES).map(([scope, claims]) => [scope, [...claims]])),
      sid: null,
      iss: null,
    },
    conformIdTokenClaims: false,
    acrValues: [...LEVELS],
    responseTypes: ['code'],
    subjectTypes: ['public'],
    pkce: { required: () => true },
    // OpenID Connect Core §3.1.2.1: it is named in every request, and compared exactly.
    allowOmittingSingleRegisteredRedirectUri: false,
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'ES256'],
      // Of all clients alike: discovery has one list for apps, credentials and workloads.
      clientAuthSigningAlgValues: SIGNING_ALGORITHMS,
      dPoPSigningAlgValues: SIGNING_ALGORITHMS,
    },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    extraParams: { organization: null, idp_hint: null, kc_idp_hint: null, [ZERO_AGE]: keepZeroAge },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => URL.canParse(uri) && new URL(uri).origin === origin),
    cookies: {
      keys: [],
      names: {
        session: `${prefix}entente.session`,
        interaction: `${prefix}entente.interaction`,
        resume: `${prefix}entente.resume`,
      },
      long: cookie,
      short: cookie,
    },
    interactions: { policy: interactionPolicy(options), url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (ctx, sub, token) => accountFor(ctx, sub, token),
    extraClientMetadata: { properties: [ASSERTION_AUDIENCES] },
    assertJwtClientAuthClaimsAndHeader: async (_ctx, { exp }) => {
      if (Number(exp) - options.now().getTime() / 1000 > ASSERTION_SECONDS)
        throw new errors.InvalidClientAuth('client_assertion expires too late')
    },
    loadExistingGrant: (ctx) => grantFor(ctx, options),
    extraTokenClaims: async (ctx, token) => {
      const standing = accounts.standingOf(ctx)
      if (standing === null) return undefined
      const grantId = 'grantId' in token ? token.grantId : undefined
      const app = ctx.oidc.client === undefined ? null : await findApp(ctx.oidc.client.clientId)
      const named = app === null ? [] : userinfoClaims(ctx, app)
      const more = named.length === 0 ? {} : { [USERINFO_CLAIMS]: [...named] }
      return {
        ...accessTokenClaims(standing, proofOfGrant(ctx)),
        ...more,
        ...(grantId === undefined ? {} : { grant: markOfGrant(grantId) }),
      }
    },
    expiresWithSession: () => true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: TTL.accessToken,
      AuthorizationCode: TTL.code,
      IdToken: TTL.idToken,
      Interaction: TTL.interaction,
      DeviceCode: TTL.device,
      RefreshToken: untilSessionEnds,
      Grant: untilSessionEnds,
      Session: untilSessionEnds,
    },
    features: {
      devInteractions: { enabled: false },
      // Ours answers; without it the library takes no `claims` for it.
      userinfo: { enabled: true },
      introspection: { enabled: false },
      revocation: { enabled: false },
      clientCredentials: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      claimsParameter: { enabled: true },
      dPoP: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => html(ctx, await pages.logout(ctx, form)),
        postLogoutSuccessSource: async (ctx) => html(ctx, await pages.loggedOut(ctx)),
      },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: async (ctx, form, _out, error) =>
          html(ctx, await pages.userCode(ctx, form, error === undefined ? null : error.name)),
        userCodeConfirmSource: async (ctx, form, client, _device, userCode) =>
          html(ctx, await pages.confirmDevice(ctx, form, client.clientName ?? client.clientId, userCode)),
        successSource: async (ctx) => html(ctx, await pages.deviceDone(ctx)),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => publicUrl,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource, client) => {
          const app = await findApp(client.clientId)
          if (app === null || (resource !== publicUrl && !app.resources.includes(resource)))
            throw new errors.InvalidTarget()
          return {
            scope: app.scopes.join(' '),
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: TTL.accessToken,
            jwt: { sign: { alg: 'ES256' } },
          }
        },
      },
    },
    renderError: async (ctx, out) => html(ctx, await pages.error(ctx, out)),
    fetch: (url, init) =>
      options.fetch(String(url), { method: init?.method, headers: init?.headers, body: init?.body }),
  }
}

/** Runs after the library has taken `max_age` for itself; of a pushed request it ran when that was pushed. */
function keepZeroAge(ctx: KoaContextWithOIDC): void {
  const { max_age: sent } = Object(ctx.method === 'POST' ? ctx.oidc.body : ctx.query)
  if (ctx.oidc.params !== undefined && isZeroAge(sent)) ctx.oidc.params[ZERO_AGE] = '0'
}

/** Of the code, refresh token or device code that the token comes from. */
function proofOfGrant({ oidc }: KoaContextWithOIDC): ProofOfGrant {
  const { authorizationCode, refreshToken, deviceCode } = oidc
  return Object(authorizationCode ?? refreshToken ?? deviceCode)
}

function html(ctx: KoaContextWithOIDC, page: Page): void {
  ctx.set(headersOf(page))
  ctx.body = page.html
}
