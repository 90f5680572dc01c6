/** Apps that are openid-client before our program as a process, and a company's login (oidc-provider, over TLS) behind it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ClientMetadata } from 'oidc-provider'
import * as client from 'openid-client'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { createBrowser, formOf, isArrival, type Browser as UpstreamBrowser } from './scripted-browser.ts'
import { program } from './world.ts'

export const HOST = 'idp.corp.example'
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
  /** Ours as it is published. */
  readonly url: string
  readonly server: ServerProcess
  readonly corp: ForeignProvider
  readonly operator: Api
  readonly data: string
  namespace(organisation?: string): string
  /** Registers an app through the manifests face; `authentication` is how openid-client proves to be it. */
  newApp(spec?: object, options?: AppOptions): Promise<Relying>
  /** Through the app's request, our page, the company's pages and back to the app, as far as it goes. */
  walk(url: string, login: string, browser?: Browser, trip?: Trip): Promise<Awaited<ReturnType<Browser['go']>>>
  signIn(
    relying: Relying,
    login: string,
    more?: Record<string, string>,
    browser?: Browser,
    trip?: Trip,
  ): Promise<SignedIn>
  /** A browser for the companies' pages, which keeps its sessions there. */
  upstreamBrowser(): UpstreamBrowser
  /** Makes every session of the person older, in the database: nobody waits for hours. SQLite only. */
  age(login: string, seconds: number): Promise<void>
  /** Another process like the first, with the same settings and more. */
  start(port: number, env?: Readonly<Record<string, string>>): Promise<ServerProcess>
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

/** The part of a login that is the company's. */
export interface Trip {
  readonly upstream?: UpstreamBrowser
  /** When the browser has left us. */
  readonly away?: () => void
}

export interface RelyingWorldOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Of the first process. */
  readonly port?: number
  readonly authority?: CertificateAuthority
  /** More of how the company knows us. */
  readonly client?: Partial<ClientMetadata>
  /** Sites beside the companies, `host:443=address:port`. */
  readonly connectTo?: readonly string[]
  /** More companies, or other places that we ask; they are told our URL before we are there. */
  readonly others?: (authority: CertificateAuthority, url: string) => Promise<readonly Place[]>
}

export async function openRelyingWorld(options: RelyingWorldOptions = {}): Promise<RelyingWorld> {
  const { env = {}, others, connectTo = [] } = options
  const authority = options.authority ?? (await createAuthority())
  const port = options.port ?? (await freePort())
  const publicUrl = env.ENTENTE_URL ?? `http://localhost:${port}`
  const returns = [`${publicUrl}/sign-in/default/corp/return`]
  const corp = await startForeignProvider(HOST, authority, [
    { client_id: 'entente', client_secret: SECRET, redirect_uris: returns, ...options.client },
  ])
  const data = mkdtempSync(join(tmpdir(), 'entente-relying-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const sites: Place[] = [corp, ...((await others?.(authority, publicUrl)) ?? [])]
  const connect = [...sites.map((site) => `${site.host}:443=127.0.0.1:${site.port}`), ...connectTo].join(',')
  const upstream = { ENTENTE_UPSTREAM_CA: join(data, 'ca.pem') }
  const ours = { ...upstream, ...env, ENTENTE_UPSTREAM_CONNECT_TO: connect }
  const running: ServerProcess[] = []
  const start = async (port: number, more: Readonly<Record<string, string>> = {}) => {
    const started = await startServerProcess({ data, port, program: program(), env: { ...ours, ...more } })
    running.push(started)
    return started
  }
  const server = await start(port)
  const operator = createApi(server.url, env.ENTENTE_OPERATOR_TOKEN ?? server.operatorToken())
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

  const upstreamBrowser = () => createBrowser(sites, authority.caPem)
  const world: RelyingWorld = {
    url: publicUrl,
    upstreamBrowser,
    start,
    async age(login, seconds) {
      const list = await operator.call('GET', `${namespace()}/persons?search=${login}`)
      const person = String(at(list.body, 'items', '0', 'metadata', 'uid'))
      const database = new Database(join(data, 'entente.db'))
      try {
        const columns = ['created_at', 'last_seen_at', 'auth_time', 'expires_at', 'ends_at']
        const older = columns.map((column) => `${column} = ${column} - ${seconds * 1000}`)
        database.prepare(`update sessions set ${older.join(', ')} where person = ?`).run(person)
      } finally {
        database.close()
      }
    },
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
      const config = await client.discovery(new URL(publicUrl), clientId, metadata, proving, {
        execute: [client.allowInsecureRequests],
      })
      return { clientId, config, secret }
    },
    async walk(url, login, browser = openBrowser(publicUrl), trip = {}) {
      let page = await browser.go(url)
      if (page.url.startsWith(publicUrl) && page.text.includes('name="identifier"'))
        page = await browser.submit(page, { identifier: `${login}@corp.example` })
      if (!sites.some(({ issuer }) => page.url.startsWith(`${issuer}/`))) return page
      trip.away?.()
      const there = trip.upstream ?? upstreamBrowser()
      let found = await there.open(page.url)
      for (let step = 0; step < 4 && !isArrival(found); step++) {
        const { action, fields } = formOf(found)
        const typed = fields.prompt === 'login' ? { ...fields, login, password: 'any' } : fields
        found = await there.open(action, typed)
      }
      if (!isArrival(found)) throw new Error(`stuck at ${found.url}`)
      return await browser.go(`${found.url.split('?')[0]}?${new URLSearchParams(found.parameters)}`)
    },
    async signIn({ config }, login, more = {}, browser = openBrowser(publicUrl), trip = {}) {
      const { url, checks } = await askFor(config, more)
      const page = await world.walk(url.href, login, browser, trip)
      if (!page.url.startsWith(`${CALLBACK}?code=`)) throw new Error(`no code: ${page.url} ${page.text.slice(0, 500)}`)
      const tokens = await client.authorizationCodeGrant(config, new URL(page.url), checks)
      return { tokens, browser, callback: page.url, checks }
    },
    async latestDecision(plane, organisation) {
      const answer = await operator.call('GET', `${namespace(organisation)}/decisions?plane=${plane}&limit=1`)
      return at(answer.body, 'items', '0', 'spec')
    },
    async close() {
      await Promise.all(running.map((one) => one.stop()))
      await Promise.all(sites.map((site) => site.stop()))
      rmSync(data, { recursive: true, force: true })
    },
  }
  return world
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
