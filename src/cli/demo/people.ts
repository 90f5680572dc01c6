/** People come in through their own company's login: an app that is somebody else's library, Entente, and four simulated logins. */
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import type { SimulatedLogin } from '../../../simulators/people/simulated-login.ts'
import { shortened } from '../terminal.ts'
import { type Answer, type Api, at, postForm, textAt } from './api.ts'
import { openBrowser, type Visited } from './browser.ts'
import { decisionOf } from './explained.ts'
import type { Printer } from './print.ts'

export interface PeopleStage {
  readonly operator: Api
  readonly operatorToken: string
  /** okta, entra, github-login and saml, under one authority. */
  readonly logins: readonly SimulatedLogin[]
  readonly caPem: string
  readonly now: () => Date
}

/** Never reached: the app takes the address from the browser. */
const CALLBACK = 'https://shop.example/signed-in'
const MANIFESTS = '/apis/entente.dev/v1/namespaces/default'
const IDENTITY = '/api/identity-providers'

/** Who comes through which login. */
const WHO: Readonly<Record<string, string>> = { okta: 'alice', entra: 'bob', 'github-login': 'carol', saml: 'bob' }

/** What the registration of one of them has beside what its simulator says of itself. */
const MORE: Readonly<Record<string, { readonly oidc_config?: object; readonly mappers?: readonly object[] }>> = {
  okta: {
    oidc_config: { default_scope: 'openid profile email groups' },
    mappers: [
      {
        name: 'admins',
        identity_provider_mapper: 'oidc-role-idp-mapper',
        config: { claim: 'groups', 'claim.value': 'platform-admins', role: 'admin' },
      },
    ],
  },
}

/** Tells the chapter; the last thing it does is to switch Okta off. */
export async function showPeople(print: Printer, stage: PeopleStage): Promise<void> {
  const config = await registerApp(print, stage)
  for (const login of stage.logins) await registerLogin(print, stage, login)
  const tokens = new Map<string, client.TokenEndpointResponse>()
  for (const login of stage.logins) tokens.set(login.name, await showLogin(print, stage, config, login))
  const [okta] = stage.logins
  const granted = tokens.get(okta?.name ?? '')
  if (okta === undefined || granted === undefined) throw new Error('nobody came through Okta')
  await showRefusal(print, stage, config, okta)
  await showSwitchedOff(print, stage, config, okta, granted)
}

async function registerApp(print: Printer, { operator }: PeopleStage): Promise<client.Configuration> {
  const made = await operator.call('POST', `${MANIFESTS}/apps`, {
    apiVersion: 'entente.dev/v1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: { displayName: 'Shop', redirectUris: [CALLBACK], scopes: ['openid', 'profile', 'email'] },
  })
  const secret = textAt(made, 'status', 'clientSecret')
  print.held(made.status === 201, 'app', 'shop, played by openid-client, which we did not write')
  return client.discovery(new URL(operator.url), 'shop', secret, client.ClientSecretBasic(secret), {
    execute: [client.allowInsecureRequests],
  })
}

async function registerLogin(
  print: Printer,
  { operator }: PeopleStage,
  { name, issuer, registration, asked }: SimulatedLogin,
): Promise<void> {
  const { oidc_config, mappers } = MORE[name] ?? {}
  const body = {
    ...registration,
    ...(oidc_config === undefined ? {} : { oidc_config: { ...Object(registration.oidc_config), ...oidc_config } }),
    ...(mappers === undefined ? {} : { mappers }),
  }
  const made = await operator.call('POST', IDENTITY, body)
  const { discovery = 0, metadata = 0 } = asked()
  const [isAsked, how] =
    name === 'github-login'
      ? [true, 'which has no discovery']
      : name === 'saml'
        ? [metadata > 0, 'checked by its metadata']
        : [discovery > 0, 'checked by discovery']
  print.held(made.status === 201 && isAsked, String(registration.alias), `${issuer}, ${how}`)
  if (made.status !== 201) print.detail('  answered', `${made.status} ${JSON.stringify(made.body)}`)
}

interface Journey {
  readonly visited: Visited
  readonly checks: client.AuthorizationCodeGrantChecks
}

/** The app sends a new browser off; it comes back to the app, or stays at a page. */
async function travel(stage: PeopleStage, config: client.Configuration, login: SimulatedLogin): Promise<Journey> {
  const { logins, caPem } = stage
  const connectTo = logins.map((one) => one.connectTo).join(',')
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const person = login.cast.people.find((one) => one.login === WHO[login.name])
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    idp_hint: String(login.registration.alias),
    ...(person === undefined ? {} : { login_hint: person.email }),
  })
  login.cast.choose(WHO[login.name] ?? null)
  const visited = await openBrowser({ connectTo, caPem, until: CALLBACK })(url.href)
  return { visited, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } }
}

async function showLogin(
  print: Printer,
  stage: PeopleStage,
  config: client.Configuration,
  login: SimulatedLogin,
): Promise<client.TokenEndpointResponse> {
  const since = performance.now()
  const { visited, checks } = await travel(stage, config, login)
  if (visited.page !== null) throw new Error(`the browser stays at ${visited.url}: ${visited.page.status}`)
  const tokens = await client.authorizationCodeGrant(config, new URL(visited.url), checks)
  const { email, provider, organization, sub } = decodeJwt(tokens.id_token ?? '')
  const milliseconds = Math.round(performance.now() - since)
  print.line()
  print.held(
    provider === login.registration.alias,
    WHO[login.name] ?? '',
    `by ${login.title}: app → ${visited.hosts.join(' → ')} → app, in ${milliseconds} ms`,
  )
  const access = decodeJwt(tokens.access_token)
  print.detail('  ID token', `email ${email}, organization ${organization}, provider ${provider}`)
  print.detail(
    '  access token',
    `sub ${shortened(String(sub))}, roles ${JSON.stringify(access.roles)}, scope ${access.scope}`,
  )
  return tokens
}

async function showRefusal(
  print: Printer,
  stage: PeopleStage,
  config: client.Configuration,
  login: SimulatedLogin,
): Promise<void> {
  await login.fail('wrong-nonce')
  const { visited } = await travel(stage, config, login)
  login.mend()
  const { page } = visited
  const id = page?.headers.get('entente-decision') ?? null
  const refused = page !== null && page.status >= 400
  const decision = id === null ? null : await decisionOf(stage.operator, id)
  print.line()
  print.held(
    refused && decision?.code === 'nonce.mismatch',
    'another’s ID token',
    'Okta’s answer brings the ID token of another login',
  )
  print.detail('outside', `${page?.status ?? 'back at the app'} ${titleOf(page?.text ?? '')}`)
  print.detail('', `decision ${id}`)
  print.detail('inside', print.paint.yellow(String(decision?.code)))
  print.ladder(decision?.rungs ?? [])
}

function titleOf(page: string): string {
  return /<title>([^<]*)/.exec(page)?.[1] ?? ''
}

/** Longer than it may take. Source: CONTRACT.md section 6. */
const PATIENCE_MS = 1_000

async function showSwitchedOff(
  print: Printer,
  { operator, operatorToken }: PeopleStage,
  config: client.Configuration,
  { registration, title }: SimulatedLogin,
  tokens: client.TokenEndpointResponse,
): Promise<void> {
  const isActive = async () => at((await introspect(operator.url, operatorToken, tokens.access_token)).body, 'active')
  const wasActive = await isActive()
  const off = await operator.call('POST', `${IDENTITY}/${registration.alias}/disable`)
  const since = performance.now()
  let active = await isActive()
  while (active !== false && performance.now() - since < PATIENCE_MS) active = await isActive()
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '').then(
    () => 'granted',
    (error: unknown) => String(at(error, 'error')),
  )
  print.line()
  print.held(
    off.status < 300 && wasActive === true && active === false,
    'switched off',
    `${title} is disabled: Alice’s token is inactive after ${Math.ceil(performance.now() - since)} ms`,
  )
  print.held(refreshed === 'invalid_grant', 'no way on', `her refresh token gets ${refreshed}`)
}

function introspect(url: string, operatorToken: string, token: string): Promise<Answer> {
  return postForm(`${url}/oauth2/introspect`, { token }, { authorization: `Bearer ${operatorToken}` })
}
