/** An app that is a page in a browser, on an origin of its own: a real browser decides what it may send and read. */
import { createServer, type Server } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { close, listen } from '../../simulators/loopback.ts'
import { at } from '../../src/cli/demo/api.ts'
import { askFor, CALLBACK } from '../peers/app-request.ts'
import { openRelyingWorld, type RelyingWorld } from '../peers/relying-world.ts'
import { openBrowser } from './browser.ts'

let world: RelyingWorld
let browser: Browser
let site: Server
let page: Page
let origin: string

beforeAll(async () => {
  ;[world, browser] = await Promise.all([openRelyingWorld(), openBrowser()])
  site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'))
  origin = `http://127.0.0.1:${await listen(site)}`
  page = await browser.newPage()
  await page.goto(origin)
})
afterAll(async () => {
  await browser?.close()
  await close(site)
  await world?.close()
})

interface Sent {
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** What the page's own script gets of it; a request that the browser forbids throws there. */
async function ask(path: string, sent: Sent = {}) {
  return await page.evaluate(
    async ({ url, form, headers }) => {
      const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
      const answer = await fetch(url, { ...body, headers: headers ?? {} })
      const shown = ['www-authenticate', 'entente-decision'].map((name) => answer.headers.get(name))
      return { status: answer.status, body: await answer.json(), shown }
    },
    { url: world.url + path, ...sent },
  )
}

describe('an app in a browser', () => {
  it('finds the server and its keys, trades its code, and asks who came', async () => {
    const app = await world.newApp({ redirectUris: [`${origin}/callback`], tokenEndpointAuthMethod: 'none' })
    const { url, checks } = await askFor(app.config, { redirect_uri: `${origin}/callback` })
    const arrived = await world.walk(url.href, 'alice')
    const code = new URL(arrived.url).searchParams.get('code') ?? ''

    expect((await ask('/.well-known/openid-configuration')).body).toMatchObject({ issuer: world.url })
    expect((await ask('/oauth2/jwks')).body).toMatchObject({ keys: [{ kty: 'EC' }, { kty: 'RSA' }] })
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${origin}/callback`,
      client_id: app.clientId,
      code_verifier: String(checks.pkceCodeVerifier),
    }
    const { status, body } = await ask('/oauth2/token', { form })
    expect(status).toBe(200)
    const token = String(at(body, 'access_token'))
    const authorization = `Bearer ${token}`
    expect((await ask('/oauth2/userinfo', { headers: { authorization } })).body).toMatchObject({ provider: 'corp' })
    const revoked = await ask('/oauth2/revoke', { form: { token, client_id: app.clientId } })
    expect(revoked.status).toBe(200)
    expect(await ask('/oauth2/userinfo', { headers: { authorization } })).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
      shown: [expect.stringContaining('Bearer'), null],
    })
  })

  it('reads why it got no token, with a proof of possession too', async () => {
    const app = await world.newApp({ redirectUris: [`${origin}/callback`], tokenEndpointAuthMethod: 'none' })
    const form = {
      grant_type: 'authorization_code',
      code: 'never-given',
      redirect_uri: `${origin}/callback`,
      client_id: app.clientId,
      code_verifier: 'v'.repeat(43),
    }
    expect(await ask('/oauth2/token', { form, headers: { dpop: 'none' } })).toMatchObject({
      status: 400,
      body: { error: 'invalid_dpop_proof' },
    })
    expect(await ask('/oauth2/token', { form })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
      shown: [null, expect.any(String)],
    })
  })

  it('reads no token of an app that lives elsewhere', async () => {
    const app = await world.newApp({ tokenEndpointAuthMethod: 'none' })
    const { url, checks } = await askFor(app.config)
    const { searchParams } = new URL((await world.walk(url.href, 'alice')).url)
    const form = {
      grant_type: 'authorization_code',
      code: searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      client_id: app.clientId,
      code_verifier: String(checks.pkceCodeVerifier),
    }
    expect(await ask('/oauth2/token', { form })).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    const { rungs } = Object(await world.latestDecision('sign-in'))
    expect(JSON.stringify(rungs)).toContain(`origin ${origin} not allowed`)
  })

  it('does not ask the management APIs', async () => {
    await expect(ask('/api/identity-providers')).rejects.toThrow('Failed to fetch')
  })
})
