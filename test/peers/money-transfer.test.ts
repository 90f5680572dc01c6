/**
 * The example app in a real browser: signs in at a company's login, is challenged by RFC 9470, proves more at another, foreign
 * OpenID Provider (oidc-provider) over TLS, and the money is sent. Nothing of ours is at either end but the middleware.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { openBrowser } from '../journeys/browser.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { program } from './world.ts'

const SPACE = '/apis/entente.dev/v1/namespaces/default'
const SECRET = 'a-secret-of-the-companies'
const [CORP, PROOF] = ['idp.corp.example', 'proof.corp.example'] as const

let data: string
let server: ServerProcess
let corp: ForeignProvider
let proof: ForeignProvider
let operator: Api
let bank: { server: Server; transfers: unknown[] }
let bankUrl: string
let chrome: Browser

beforeAll(async () => {
  const authority = await createAuthority()
  const [port, bankPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  bankUrl = `http://localhost:${bankPort}`
  const clientOf = (path: string) => [{ client_id: 'entente', client_secret: SECRET, redirect_uris: [url + path] }]
  corp = await startForeignProvider(CORP, authority, clientOf('/sign-in/default/corp/return'))
  proof = await startForeignProvider(PROOF, authority, clientOf('/step-up/default/second-factor/return'), {
    acrValues: ['urn:proof:strong'],
    // Whoever signs in there has proved it: how that is done is not what is tested.
    findAccount: ({ oidc }, id) => {
      if (oidc.session !== undefined) oidc.session.acr = 'urn:proof:strong'
      return { accountId: id, claims: () => ({ sub: id }) }
    },
  })
  data = mkdtempSync(join(tmpdir(), 'entente-bank-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const connect = `${CORP}:443=127.0.0.1:${corp.port},${PROOF}:443=127.0.0.1:${proof.port}`
  const env = { ENTENTE_UPSTREAM_CONNECT_TO: connect, ENTENTE_UPSTREAM_CA: join(data, 'ca.pem') }
  server = await startServerProcess({ data, port, program: program(), env })
  operator = createApi(server.url, server.operatorToken())
  await made('/v1/regions/global/iam/providers', {
    id: 'corp',
    displayName: 'Corp',
    tenantDomain: 'corp.example',
    oidcConfig: {
      discoveryUrl: `https://${CORP}/.well-known/openid-configuration`,
      clientId: 'entente',
      clientSecret: SECRET,
    },
  })
  await made('/api/v1/step-up/providers', {
    displayName: 'Second factor',
    issuerUrl: `https://${PROOF}`,
    clientId: 'entente',
    clientSecret: SECRET,
    oauth2: { acrValues: ['urn:proof:strong'] },
  })
  const levels = [{ level: 'urn:entente:acr:2fa', provider: 'second-factor', values: ['urn:proof:strong'] }]
  const organisation = await operator.call('PATCH', '/apis/entente.dev/v1/organizations/default', { spec: { levels } })
  expect(organisation.status).toBe(200)
  const document = { apiVersion: 'entente.dev/v1' }
  const links = [
    { provider: 'corp', subject: 'alice' },
    { provider: 'second-factor', subject: 'alice' },
  ]
  await made(`${SPACE}/persons`, { ...document, kind: 'Person', metadata: { name: 'alice' }, spec: { links } })
  const spec = { redirectUris: [`${bankUrl}/callback`], resources: [bankUrl], scopes: ['openid'], firstParty: true }
  const app = await made(`${SPACE}/apps`, { ...document, kind: 'App', metadata: { name: 'bank' }, spec })
  // As the build would have it.
  const source = readFileSync(new URL('../../src/resource-server/browser.ts', import.meta.url), 'utf8')
  const { outputText: browserScript } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  })
  const { createBank } = await import(new URL('../../examples/money-transfer/bank.mjs', import.meta.url).href)
  const clientSecret = String(at(app, 'status', 'clientSecret'))
  bank = createBank({ issuer: server.url, clientId: 'bank', clientSecret, baseUrl: bankUrl, browserScript })
  await new Promise<void>((resolve) => bank.server.listen(bankPort, '127.0.0.1', resolve))
  // Both companies under their names.
  const places = [corp, proof].map(({ host, port }) => `MAP ${host}:443 127.0.0.1:${port}`)
  chrome = await openBrowser([`--host-resolver-rules=${places.join(',')}`])
})

afterAll(async () => {
  await chrome?.close()
  await server?.stop()
  await Promise.all([corp?.stop(), proof?.stop()])
  await new Promise((resolve) => bank?.server.close(resolve))
  rmSync(data, { recursive: true, force: true })
})

async function made(path: string, body: unknown): Promise<unknown> {
  const answer = await operator.call('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

/** A browser of its own for each test, which need not know the companies' certificates. */
function newContext(): Promise<BrowserContext> {
  return chrome.newContext({ ignoreHTTPSErrors: true })
}

/** The pages of oidc-provider: who are you, and may the app know. */
async function prove(page: Page, login: string): Promise<void> {
  await page.waitForSelector('input[name=login]')
  await page.fill('input[name=login]', login)
  await page.fill('input[name=password]', 'any')
  await page.click('button[type=submit]')
  await page.waitForSelector('input[name=prompt][value=consent]', { state: 'attached' })
  await page.click('button[type=submit]')
}

async function signIn(page: Page): Promise<void> {
  await page.goto(bankUrl)
  await page.click('text=Sign in')
  await page.fill('input[name=identifier]', 'alice@corp.example')
  await page.click('button[type=submit]')
  await prove(page, 'alice')
  await page.waitForSelector('#send')
}

describe('a transfer', () => {
  it('is challenged, proved in a window beside the page, and sent', async () => {
    const context = await newContext()
    const page = await context.newPage()
    await signIn(page)
    const popup = context.waitForEvent('page')
    await page.click('#send')
    await prove(await popup, 'alice')
    await page.waitForSelector('text=The money is on its way.')
    expect(bank.transfers).toEqual([
      { amount: 12_000, to: 'Muster GmbH', by: expect.any(String), acr: 'urn:entente:acr:2fa' },
    ])
    // Within five minutes nobody is asked again.
    await page.click('#send')
    await expect.poll(() => bank.transfers.length).toBe(2)
    await context.close()
  })

  it('is not sent for whoever proves to be somebody else', async () => {
    const before = bank.transfers.length
    const context = await newContext()
    const page = await context.newPage()
    await signIn(page)
    const popup = context.waitForEvent('page')
    await page.click('#send')
    await prove(await popup, 'mallory')
    await page.waitForSelector('text=Nothing was sent.')
    expect(bank.transfers).toHaveLength(before)
    const { body } = await operator.call('GET', `${SPACE}/decisions?plane=step-up&limit=1`)
    expect(at(body, 'items', '0', 'spec', 'code')).toBe('step_up.person_unknown')
    await context.close()
  })

  it('is not sent for somebody else who comes in by the window, whatever they prove', async () => {
    const before = bank.transfers.length
    const links = [
      { provider: 'corp', subject: 'eve' },
      { provider: 'second-factor', subject: 'eve' },
    ]
    const document = { apiVersion: 'entente.dev/v1', kind: 'Person', metadata: { name: 'eve' } }
    await made(`${SPACE}/persons`, { ...document, spec: { links } })
    const context = await newContext()
    const page = await context.newPage()
    await signIn(page)
    // As if alice had left the machine, signed out of everything but the bank.
    await context.clearCookies({ name: /entente/ })
    await context.clearCookies({ domain: CORP })
    const popup = context.waitForEvent('page')
    await page.click('#send')
    const window = await popup
    await window.fill('input[name=identifier]', 'eve@corp.example')
    await window.click('button[type=submit]')
    await prove(window, 'eve')
    await prove(window, 'eve')
    await page.waitForSelector('text=Nothing was sent.')
    expect(bank.transfers).toHaveLength(before)
    await context.close()
  })

  it('by a program without a token is refused', async () => {
    const answer = await fetch(`${bankUrl}/transfers`, { method: 'POST', body: '{}' })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })
})
