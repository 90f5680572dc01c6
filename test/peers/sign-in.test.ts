/**
 * The whole way of a person, with nothing of ours on either side: an app that is openid-client, our program as a process,
 * and an upstream that is oidc-provider over TLS. Registered through the faces, as an operator would.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { createBrowser, formOf, isArrival } from './scripted-browser.ts'
import { program } from './world.ts'

const HOST = 'idp.corp.example'
const NAMESPACE = '/apis/entente.dev/v1/namespaces/default'
let data: string
let server: ServerProcess
let corp: ForeignProvider
let caPem: string
let operator: Api
let config: client.Configuration

beforeAll(async () => {
  const authority = await createAuthority()
  caPem = authority.caPem
  const port = await freePort()
  const returns = [`http://localhost:${port}/sign-in/default/corp/return`]
  const clients = [{ client_id: 'entente', client_secret: 'a-secret-of-corp', redirect_uris: returns }]
  corp = await startForeignProvider(HOST, authority, clients)
  data = mkdtempSync(join(tmpdir(), 'entente-sign-in-'))
  writeFileSync(join(data, 'ca.pem'), caPem)
  const env = {
    ENTENTE_UPSTREAM_CONNECT_TO: `${HOST}:443=127.0.0.1:${corp.port}`,
    ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
  }
  server = await startServerProcess({ data, port, program: program(), env })
  operator = createApi(server.url, server.operatorToken())
  await expectMade(201, 'POST', '/v1/regions/global/iam/providers', {
    id: 'corp',
    displayName: 'Corp',
    tenantDomain: 'corp.example',
    oidcConfig: {
      discoveryUrl: `https://${HOST}/.well-known/openid-configuration`,
      clientId: 'entente',
      clientSecret: 'a-secret-of-corp',
    },
  })
  const app = {
    displayName: 'Shop',
    redirectUris: [CALLBACK],
    scopes: ['openid', 'profile', 'email', 'entente.manage'],
  }
  const made = await expectMade(201, 'POST', `${NAMESPACE}/apps`, {
    apiVersion: 'entente.dev/v1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: app,
  })
  const secret = String(at(made, 'status', 'clientSecret'))
  config = await client.discovery(new URL(server.url), 'shop', secret, client.ClientSecretBasic(secret), {
    execute: [client.allowInsecureRequests],
  })
})

afterAll(async () => {
  await server?.stop()
  await corp?.stop()
  rmSync(data, { recursive: true, force: true })
})

async function expectMade(status: number, method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await operator.call(method, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  return answer.body
}

/** Through the app's request, our page, the upstream's pages and back, as far as it goes. */
async function signIn(browser: Browser, login: string, more: Record<string, string> = {}) {
  const { url, checks } = await askFor(config, { scope: 'openid profile email', ...more })
  let page = await browser.go(url.href)
  if (page.url.startsWith(server.url)) page = await browser.submit(page, { identifier: `${login}@corp.example` })
  expect(page.url.startsWith(`https://${HOST}/`), page.text).toBe(true)
  const upstream = createBrowser([corp], caPem)
  let found = await upstream.open(page.url)
  for (let step = 0; step < 4 && !isArrival(found); step++) {
    const { action, fields } = formOf(found)
    found = await upstream.open(action, fields.prompt === 'login' ? { ...fields, login, password: 'any' } : fields)
  }
  if (!isArrival(found)) throw new Error(`stuck at ${found.url}`)
  const back = `${found.url.split('?')[0]}?${new URLSearchParams(found.parameters)}`
  return { back, end: await browser.go(back), checks }
}

async function latestCode(): Promise<unknown> {
  const answer = await operator.call('GET', `${NAMESPACE}/decisions?plane=sign-in&limit=1`)
  return at(answer.body, 'items', '0', 'spec', 'code')
}

describe('a person of a company', () => {
  it('comes in by its login, gets tokens that say so, and stays signed in', async () => {
    const browser = openBrowser(server.url)
    const { end, checks } = await signIn(browser, 'alice')
    const tokens = await client.authorizationCodeGrant(config, new URL(end.url), checks)
    expect(tokens.claims()).toMatchObject({
      organization: 'default',
      provider: 'corp',
      email: 'alice@corp.example',
      name: 'alice of corp',
    })
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: server.url,
      aud: server.url,
      client_id: 'shop',
      provider: 'corp',
    })
    const info = await client.fetchUserInfo(config, tokens.access_token, String(tokens.claims()?.sub))
    expect(info.email).toBe('alice@corp.example')
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(refreshed.access_token).not.toBe(tokens.access_token)
    const again = await operator.call('GET', `${NAMESPACE}/persons?search=alice`)
    expect(at(again.body, 'items', '0', 'spec', 'links', '0')).toEqual({ provider: 'corp', subject: 'alice' })
    expect(await latestCode()).toBe('granted')
  })

  it('is out at once, everywhere, when they are disabled', async () => {
    const browser = openBrowser(server.url)
    const { end, checks } = await signIn(browser, 'bob')
    const tokens = await client.authorizationCodeGrant(config, new URL(end.url), checks)
    const list = await operator.call('GET', `${NAMESPACE}/persons?search=bob`)
    const name = String(at(list.body, 'items', '0', 'metadata', 'name'))
    const patched = await operator.call('PATCH', `${NAMESPACE}/persons/${name}`, { spec: { disabled: true } })
    expect(patched.status).toBe(200)
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await expect(client.fetchUserInfo(config, tokens.access_token, String(tokens.claims()?.sub))).rejects.toThrow()
    const asked = await fetch(`${server.url}/oauth2/introspect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.operatorToken()}` },
      body: new URLSearchParams({ token: tokens.access_token }),
    })
    expect(await asked.json()).toEqual({ active: false })
    const { end: refused } = await signIn(openBrowser(server.url), 'bob')
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('role="alert"')
    expect(await latestCode()).toBe('person.disabled')
  })

  it('opens the management APIs with a token of an app that an operator let', async () => {
    const { end, checks } = await signIn(openBrowser(server.url), 'carol')
    const plain = await client.authorizationCodeGrant(config, new URL(end.url), checks)
    const path = `${NAMESPACE}/apps`
    expect((await createApi(server.url, plain.access_token).call('GET', path)).status).toBe(403)
    const list = await operator.call('GET', `${NAMESPACE}/persons?search=carol`)
    const name = String(at(list.body, 'items', '0', 'metadata', 'name'))
    await operator.call('PATCH', `${NAMESPACE}/persons/${name}`, { spec: { roleIds: ['viewer'] } })
    const { end: second, checks: more } = await signIn(openBrowser(server.url), 'carol', {
      scope: 'openid entente.manage',
    })
    const managing = await client.authorizationCodeGrant(config, new URL(second.url), more)
    expect((await createApi(server.url, managing.access_token).call('GET', path)).status).toBe(200)
  })
})

describe('an answer of the upstream', () => {
  it('is good once, and in no other browser', async () => {
    const browser = openBrowser(server.url)
    const { back } = await signIn(browser, 'dave')
    const before = corp.asked.filter((one) => one === 'POST /token').length
    for (const other of [openBrowser(server.url), browser]) {
      const page = await other.go(back)
      expect(page.status).toBe(403)
    }
    expect(corp.asked.filter((one) => one === 'POST /token')).toHaveLength(before)
  })

  it('that was begun with a provider switched off meanwhile ends nowhere', async () => {
    const off = { enabled: false }
    const path = '/v1/regions/global/iam/providers/corp'
    const browser = openBrowser(server.url)
    const pending = signIn(browser, 'erin')
    await pending
    expect((await operator.call('PATCH', path, off)).status).toBe(200)
    try {
      const { url } = await askFor(config, { scope: 'openid', login_hint: 'erin@corp.example' })
      const page = await openBrowser(server.url).go(url.href)
      expect(page.url.startsWith(server.url)).toBe(true)
      expect(page.text).toContain('name="identifier"')
    } finally {
      await operator.call('PATCH', path, { enabled: true })
    }
  })
})
