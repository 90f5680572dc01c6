/**
 * What the tests of sign-in start from: our program as a process, upstreams over TLS that we did not write or that lie, all
 * registered through the faces, and an app of openid-client.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as client from 'openid-client'
import { expect } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser, type Page } from '../../src/planes/openid-provider/testing/browser.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { type LyingProvider, startLyingProvider } from './lying-provider.ts'
import { createBrowser, formOf, isArrival, type Site } from './scripted-browser.ts'
import { program } from './world.ts'

export const NAMESPACE = '/apis/entente.dev/v1/namespaces/default'
const SECRET = 'a-secret-of-an-upstream'

export interface SignInWorld {
  readonly server: ServerProcess
  readonly operator: Api
  /** oidc-provider at `idp.corp.example`, provider `corp` of domain corp.example; likewise `other`. */
  readonly corp: ForeignProvider
  readonly other: ForeignProvider
  /** Provider `liar`, of domain liar.example. */
  readonly liar: LyingProvider
  /** App `shop` of `default`, confidential. */
  readonly shop: client.Configuration
  readonly data: string
  newBrowser(headers?: Readonly<Record<string, string>>): Browser
  /** Expects the status and answers the body. */
  call(status: number, method: string, path: string, body?: unknown): Promise<unknown>
  makeApp(name: string, spec: object): Promise<{ readonly config: client.Configuration; readonly secret: string }>
  /** A request of the app, ready to be opened. */
  ask(more?: Readonly<Record<string, string>>, config?: client.Configuration): Promise<Asked>
  /** Through the request and our page to the upstream: the address it is sent there with. */
  toUpstream(browser: Browser, more: Readonly<Record<string, string>>, config?: client.Configuration): Promise<Sent>
  /** The upstream's pages, as this person: the address that they are sent back to. */
  throughUpstream(url: string, login: string): Promise<URL>
  /** The whole way. */
  signIn(login: string, provider?: string, browser?: Browser): Promise<Arrived>
  /** The newest decision of a plane, its spec. */
  decision(plane?: string): Promise<Readonly<Record<string, unknown>>>
  restart(): Promise<void>
  close(): Promise<void>
}

export interface Asked {
  readonly url: string
  readonly checks: { readonly pkceCodeVerifier: string; readonly expectedState: string; readonly expectedNonce: string }
}

export interface Sent extends Asked {
  readonly upstream: URL
}

export interface Arrived extends Sent {
  readonly back: URL
  readonly end: Page
}

export async function openSignInWorld(env: Readonly<Record<string, string>> = {}): Promise<SignInWorld> {
  const authority = await createAuthority()
  const port = await freePort()
  const clientOf = (id: string) => ({
    client_id: 'entente',
    client_secret: SECRET,
    redirect_uris: [`http://localhost:${port}/sign-in/default/${id}/return`],
  })
  const [corp, other, liar] = await Promise.all([
    startForeignProvider('idp.corp.example', authority, [clientOf('corp')]),
    startForeignProvider('idp.other.example', authority, [clientOf('other')]),
    startLyingProvider('idp.liar.example', authority),
  ])
  const sites: readonly Site[] = [corp, other, liar]
  const data = mkdtempSync(join(tmpdir(), 'entente-sign-in-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const start = () =>
    startServerProcess({
      data,
      port,
      program: program(),
      env: {
        ENTENTE_UPSTREAM_CONNECT_TO: sites.map(({ host, port: to }) => `${host}:443=127.0.0.1:${to}`).join(','),
        ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
        ...env,
      },
    })
  let server = await start()
  const operator = createApi(server.url, server.operatorToken())

  const call: SignInWorld['call'] = async (status, method, path, body) => {
    const answer = await operator.call(method, path, body)
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status)
    return answer.body
  }
  for (const [id, { issuer }] of Object.entries({ corp, other, liar })) {
    const oidcConfig = {
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      clientId: 'entente',
      clientSecret: SECRET,
    }
    const provider = { id, displayName: id, tenantDomain: `${id}.example`, oidcConfig }
    await call(201, 'POST', '/v1/regions/global/iam/providers', provider)
  }
  const makeApp: SignInWorld['makeApp'] = async (name, spec) => {
    const document = { apiVersion: 'entente.dev/v1', kind: 'App', metadata: { name }, spec }
    const made = await call(201, 'POST', `${NAMESPACE}/apps`, document)
    const secret = String(at(made, 'status', 'clientSecret') ?? '')
    const isPublic = at(spec, 'tokenEndpointAuthMethod') === 'none'
    const method = isPublic ? client.None() : client.ClientSecretBasic(secret)
    // As it is published, also where the address to ask is another one than the published.
    const discovery = await fetch(`${server.url}/.well-known/openid-configuration`)
    const config = new client.Configuration(
      Object(await discovery.json()),
      name,
      secret === '' ? undefined : secret,
      method,
    )
    client.allowInsecureRequests(config)
    return { config, secret }
  }
  const { config: shop } = await makeApp('shop', {
    displayName: 'Shop',
    redirectUris: [CALLBACK],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
  })

  const ask: SignInWorld['ask'] = async (more = {}, config = shop) => {
    const { url, checks } = await askFor(config, { scope: 'openid profile email', ...more })
    return { url: url.href, checks }
  }
  const toUpstream: SignInWorld['toUpstream'] = async (browser, more, config) => {
    const asked = await ask(more, config)
    const page = await browser.go(asked.url)
    expect(page.url.startsWith('https://idp.'), `stuck at ${page.url}: ${page.text.slice(0, 400)}`).toBe(true)
    return { ...asked, upstream: new URL(page.url) }
  }
  const throughUpstream: SignInWorld['throughUpstream'] = async (url, login) => {
    const upstream = createBrowser(sites, authority.caPem)
    let found = await upstream.open(url)
    for (let step = 0; step < 4 && !isArrival(found); step++) {
      const { action, fields } = formOf(found)
      found = await upstream.open(action, fields.prompt === 'login' ? { ...fields, login, password: 'any' } : fields)
    }
    if (!isArrival(found)) throw new Error(`stuck at ${found.url}`)
    return new URL(`${found.url}?${new URLSearchParams(found.parameters)}`)
  }
  const newBrowser: SignInWorld['newBrowser'] = (headers) => openBrowser(server.url, headers)

  return {
    get server() {
      return server
    },
    ...{ operator, corp, other, liar, shop, data, newBrowser, call, makeApp, ask, toUpstream, throughUpstream },
    async signIn(login, provider = 'corp', browser = newBrowser()) {
      const sent = await toUpstream(browser, { idp_hint: provider })
      const back = await throughUpstream(sent.upstream.href, login)
      return { ...sent, back, end: await browser.go(back.href) }
    },
    async decision(plane = 'sign-in') {
      const list = await call(200, 'GET', `${NAMESPACE}/decisions?plane=${plane}&limit=1`)
      return Object(at(list, 'items', '0', 'spec'))
    },
    async restart() {
      await server.stop()
      server = await start()
    },
    async close() {
      await server.stop()
      await Promise.all([corp.stop(), other.stop(), liar.stop()])
      rmSync(data, { recursive: true, force: true })
    },
  }
}
