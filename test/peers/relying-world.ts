/** Apps that are openid-client before our program as a process, and a company's login (oidc-provider, over TLS) behind it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as client from 'openid-client'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { createBrowser, formOf, isArrival } from './scripted-browser.ts'
import { program } from './world.ts'

export const CALLBACK = 'https://shop.example/cb'
const HOST = 'idp.corp.example'
const SECRET = 'a-secret-of-corp'

export interface Relying {
  readonly clientId: string
  readonly config: client.Configuration
  /** Null: it has none. */
  readonly secret: string | null
}

export interface SignedIn {
  readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers
  readonly browser: Browser
  /** Where our program sent the browser: the app's callback with the code. */
  readonly callback: string
  readonly checks: client.AuthorizationCodeGrantChecks
}

export interface RelyingWorld {
  readonly server: ServerProcess
  readonly corp: ForeignProvider
  readonly operator: Api
  readonly data: string
  namespace(organisation?: string): string
  /** Registers an app through the manifests face; `authentication` is how openid-client proves to be it. */
  newApp(spec?: object, options?: AppOptions): Promise<Relying>
  /** Through the app's request, our page, the company's pages and back to the app, as far as it goes. */
  walk(url: string, login: string, browser?: Browser): Promise<Awaited<ReturnType<Browser['go']>>>
  signIn(relying: Relying, login: string, more?: Record<string, string>, browser?: Browser): Promise<SignedIn>
  /** Code, spec and rungs of the newest decision of that plane. */
  latestDecision(plane: string, organisation?: string): Promise<unknown>
  close(): Promise<void>
}

export interface AppOptions {
  readonly organisation?: string
  readonly authentication?: (secret: string) => client.ClientAuth
}

/** Somewhere over TLS, by its name. */
export type Place = Pick<ForeignProvider, 'issuer' | 'host' | 'port' | 'stop'>

export interface RelyingWorldOptions {
  readonly env?: Readonly<Record<string, string>>
  /** More companies, or other places that we ask; they are told our URL before we are there. */
  readonly others?: (authority: CertificateAuthority, url: string) => Promise<readonly Place[]>
}

export async function openRelyingWorld({ env = {}, others }: RelyingWorldOptions = {}): Promise<RelyingWorld> {
  const authority = await createAuthority()
  const port = await freePort()
  const returns = [`http://localhost:${port}/sign-in/default/corp/return`]
  const corp = await startForeignProvider(HOST, authority, [
    { client_id: 'entente', client_secret: SECRET, redirect_uris: returns },
  ])
  const data = mkdtempSync(join(tmpdir(), 'entente-relying-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const sites: Place[] = [corp, ...((await others?.(authority, `http://localhost:${port}`)) ?? [])]
  const connect = sites.map((site) => `${site.host}:443=127.0.0.1:${site.port}`).join(',')
  const upstream = { ENTENTE_UPSTREAM_CA: join(data, 'ca.pem') }
  const server = await startServerProcess({
    data,
    port,
    program: program(),
    env: { ...upstream, ...env, ENTENTE_UPSTREAM_CONNECT_TO: connect },
  })
  const operator = createApi(server.url, server.operatorToken())
  const namespace = (organisation = 'default') => `/apis/entente.dev/v1/namespaces/${organisation}`
  let apps = 0

  const made = async (path: string, body: object) => {
    const answer = await operator.call('POST', path, body)
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  await made('/v1/regions/global/iam/providers', {
    id: 'corp',
    displayName: 'Corp',
    tenantDomain: 'corp.example',
    oidcConfig: {
      discoveryUrl: `https://${HOST}/.well-known/openid-configuration`,
      clientId: 'entente',
      clientSecret: SECRET,
    },
  })

  const world: RelyingWorld = {
    server,
    corp,
    operator,
    data,
    namespace,
    async newApp(spec = {}, { organisation = 'default', authentication } = {}) {
      const name = `app-${++apps}`
      const document = await made(`${namespace(organisation)}/apps`, {
        apiVersion: 'entente.dev/v1',
        kind: 'App',
        metadata: { name },
        spec: { redirectUris: [CALLBACK], ...spec },
      })
      const clientId = String(at(document, 'status', 'clientId'))
      const shown = at(document, 'status', 'clientSecret')
      const secret = typeof shown === 'string' ? shown : null
      const proving =
        authentication?.(secret ?? '') ?? (secret === null ? client.None() : client.ClientSecretBasic(secret))
      const algorithm = at(document, 'spec', 'idTokenSignedResponseAlg')
      const metadata = { id_token_signed_response_alg: String(algorithm) }
      const config = await client.discovery(new URL(server.url), clientId, metadata, proving, {
        execute: [client.allowInsecureRequests],
      })
      return { clientId, config, secret }
    },
    async walk(url, login, browser = openBrowser(server.url)) {
      let page = await browser.go(url)
      if (page.url.startsWith(server.url) && page.text.includes('name="identifier"'))
        page = await browser.submit(page, { identifier: `${login}@corp.example` })
      if (!sites.some(({ issuer }) => page.url.startsWith(`${issuer}/`))) return page
      const upstreamBrowser = createBrowser(sites, authority.caPem)
      let found = await upstreamBrowser.open(page.url)
      for (let step = 0; step < 4 && !isArrival(found); step++) {
        const { action, fields } = formOf(found)
        const typed = fields.prompt === 'login' ? { ...fields, login, password: 'any' } : fields
        found = await upstreamBrowser.open(action, typed)
      }
      if (!isArrival(found)) throw new Error(`stuck at ${found.url}`)
      return await browser.go(`${found.url.split('?')[0]}?${new URLSearchParams(found.parameters)}`)
    },
    async signIn({ config }, login, more = {}, browser = openBrowser(server.url)) {
      const { url, checks } = await askFor(config, more)
      const page = await world.walk(url.href, login, browser)
      if (!page.url.startsWith(`${CALLBACK}?code=`)) throw new Error(`no code: ${page.url} ${page.text.slice(0, 500)}`)
      const tokens = await client.authorizationCodeGrant(config, new URL(page.url), checks)
      return { tokens, browser, callback: page.url, checks }
    },
    async latestDecision(plane, organisation) {
      const answer = await operator.call('GET', `${namespace(organisation)}/decisions?plane=${plane}&limit=1`)
      return at(answer.body, 'items', '0', 'spec')
    },
    async close() {
      await server.stop()
      await Promise.all(sites.map((site) => site.stop()))
      rmSync(data, { recursive: true, force: true })
    },
  }
  return world
}

/** An authorization request with everything that binds the answer to it. */
export async function askFor(config: client.Configuration, more: Record<string, string> = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  })
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce } }
}

/** Posts a form, with a header where it says one. */
export async function post(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) })
  const text = await answer.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  return { status: answer.status, headers: answer.headers, body }
}

export function basic(clientId: string, secret: string): { authorization: string } {
  const text = [clientId, secret].map(encodeURIComponent).join(':')
  return { authorization: `Basic ${Buffer.from(text).toString('base64')}` }
}
