/**
 * What the console does in a browser, done by openid-client and fetch on the real program: signs its person in as our own app
 * `entente:console`, calls the management APIs with the token, and meets the challenge where the organisation wants a proof.
 */
import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchOver } from '../../simulators/testing/fetch-over.ts'
import { at } from '../../src/cli/demo/api.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { stepUpOf } from '../../src/resource-server/browser.ts'
import { askFor } from './app-request.ts'
import { type ConsoleWorld, openConsoleWorld, TWO_FACTORS } from './console-world.ts'

const document = { apiVersion: 'entente.dev/v1', metadata: { name: 'climber' } }
const personWith = (roleIds: readonly string[]) => ({ ...document, kind: 'Person', spec: { roleIds } })
const appWith = (scopes: readonly string[]) => ({
  ...document,
  kind: 'App',
  spec: { redirectUris: ['https://evil.example/'], scopes },
})

let world: ConsoleWorld
let url: string
let config: client.Configuration
let scope: string
let simulated: ReturnType<typeof fetchOver>

beforeAll(async () => {
  world = await openConsoleWorld()
  ;({ url } = world.server)
  simulated = fetchOver(world.caPem, world.stage.logins)
  // As the console finds out where it is.
  const said: unknown = await (await fetch(`${url}/console/config.json`)).json()
  expect(said).toMatchObject({ issuer: url, clientId: 'entente:console', defaultOrganization: 'default' })
  scope = String(at(said, 'scope'))
  config = await client.discovery(new URL(url), 'entente:console', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  })
})
afterAll(async () => {
  await simulated?.close()
  await world?.close()
})

/** Follows the simulated logins, which ask nobody, until the browser stays at ours. */
async function walk(browser: Browser, start: string) {
  let page = await browser.go(start)
  for (let step = 0; step < 6 && !page.url.startsWith(url); step++) {
    const answer = await simulated.fetch(page.url)
    page = await browser.go(answer.headers.get('location') ?? '')
  }
  return page
}

/** Asks as the console does; `more` goes over what it asks. */
function ask(more: Readonly<Record<string, string>> = {}) {
  return askFor(config, { redirect_uri: `${url}/console/return`, scope, organization: 'default', ...more })
}

async function signIn(login: string, more: Readonly<Record<string, string>> = {}, browser = openBrowser(url)) {
  world.okta.cast.choose(login)
  const { url: begin, checks } = await ask(more)
  const page = await walk(browser, begin.href)
  expect(page.url, page.text).toMatch(`${url}/console/return?code=`)
  const tokens = await client.authorizationCodeGrant(config, new URL(page.url), checks)
  return { browser, tokens, token: tokens.access_token }
}

function call(token: string, method: string, path: string, organisation?: string): Promise<Response> {
  const header = organisation === undefined ? {} : { 'entente-organization': organisation }
  return fetch(url + path, { method, headers: { authorization: `Bearer ${token}`, ...header } })
}

async function latestAudit(organisation?: string): Promise<unknown> {
  const { body } = await world.operator.call('GET', `${world.namespace(organisation)}/auditrecords?limit=1`)
  return at(body, 'items', '0', 'spec')
}

describe('a person who signs in to the console', () => {
  it('is asked for no consent, and has a short token for our own APIs and nothing to renew it with', async () => {
    const { tokens, token } = await signIn('alice', { scope: `${scope} offline_access` })
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' })
    const claims = decodeJwt(token)
    expect(claims).toMatchObject({
      aud: url,
      client_id: 'entente:console',
      organization: 'default',
      roles: ['admin'],
      auth_time: expect.any(Number),
      acr: 'urn:entente:acr:1fa',
    })
    expect(String(claims.scope).split(' ').sort()).toEqual(['email', 'entente.manage', 'openid', 'profile'])
    expect(Number(claims.exp) - Number(claims.iat)).toBe(1_800)
    expect(tokens.refresh_token).toBeUndefined()
    const who = await client.fetchUserInfo(config, token, String(claims.sub))
    expect(who).toMatchObject({
      name: 'Alice Archer',
      email: 'alice@corp.example',
      organization: 'default',
      roles: ['admin'],
    })
  })

  it.each([
    ['alice', 200, 201],
    ['bob', 200, 201],
    ['carol', 200, 403],
    ['grace', 403, 403],
  ])('%s may do what her roles allow', async (login, reading, writing) => {
    const { token } = await signIn(login)
    expect((await call(token, 'GET', '/api/identity-providers')).status).toBe(reading)
    const document = { apiVersion: 'entente.dev/v1', kind: 'ServicePrincipal', metadata: { name: `of-${login}` } }
    const made = await fetch(`${url}${world.namespace()}/serviceprincipals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...document, spec: {} }),
    })
    expect(made.status).toBe(writing)
  })

  it('of a customer acts in their own organisation, an operator of ours in every one', async () => {
    const { token } = await signIn('alice', { organization: 'acme' })
    expect(decodeJwt(token)).toMatchObject({ organization: 'acme', roles: ['admin'] })
    expect((await call(token, 'GET', `${world.namespace('acme')}/persons`)).status).toBe(200)
    expect((await call(token, 'GET', `${world.namespace('default')}/persons`)).status).toBe(404)
    expect((await call(token, 'GET', '/api/identity-providers', 'default')).status).toBe(404)
    expect((await call(token, 'GET', '/apis/entente.dev/v1/organizations/default')).status).toBe(404)
    const bob = await signIn('bob')
    expect((await call(bob.token, 'GET', '/api/identity-providers', 'acme')).status).toBe(200)
  })

  it.each([
    ['a person', 'POST', () => `${world.namespace('acme')}/persons`, personWith(['operator'])],
    [
      'herself',
      'PATCH',
      () => `${world.namespace('acme')}/persons/alice`,
      { spec: { roleIds: ['admin', 'operator'] } },
    ],
    [
      'whoever her provider says',
      'PATCH',
      () => '/api/identity-providers/okta',
      {
        mappers: [
          {
            name: 'root',
            identity_provider_mapper: 'oidc-role-idp-mapper',
            config: { claim: 'email', 'claim.value': 'alice@corp.example', role: 'operator' },
          },
        ],
      },
    ],
    ['an app that opens our APIs', 'POST', () => `${world.namespace('acme')}/apps`, appWith(['entente.manage'])],
  ])('of a customer gives nobody and nothing more than she has: %s', async (_, method, path, body) => {
    const { token } = await signIn('alice', { organization: 'acme' })
    const answer = await fetch(url + path(), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect([400, 403], await answer.clone().text()).toContain(answer.status)
    expect(await answer.text()).toMatch(/role\.above_own|role\.operator_needs_default|app\.manage_needs_operator/)
  })

  it('is out within a second once disabled', async () => {
    const { token } = await signIn('carol', { organization: 'acme' })
    const path = `${world.namespace('acme')}/persons/carol`
    expect((await call(token, 'GET', `${world.namespace('acme')}/apps`)).status).toBe(200)
    await world.done('PATCH', path, { spec: { disabled: true } })
    const until = Date.now() + 1_000
    let status = 200
    while (status === 200 && Date.now() < until)
      status = (await call(token, 'GET', `${world.namespace('acme')}/apps`)).status
    expect(status).toBe(401)
    await world.done('PATCH', path, { spec: { disabled: false } })
  })

  it('signs out, comes back to the console, and the token is worth nothing', async () => {
    const { browser, token } = await signIn('alice')
    const out = client.buildEndSessionUrl(config, {
      client_id: 'entente:console',
      post_logout_redirect_uri: `${url}/console/`,
    })
    const question = await browser.go(out.href)
    expect(question.text).toContain('name="logout"')
    let page = await browser.submit(question, { logout: 'yes' })
    // By way of the company's own logout.
    for (let step = 0; step < 4 && !page.url.startsWith(url); step++)
      page = await browser.go((await simulated.fetch(page.url)).headers.get('location') ?? '')
    expect(page.url).toMatch(`${url}/console/`)
    expect((await call(token, 'GET', '/api/identity-providers')).status).toBe(401)
    const silent = await ask({ prompt: 'none' })
    expect((await browser.go(silent.url.href)).url).toContain('error=login_required')
  })
})

describe('what cannot be undone', () => {
  it.each([
    ['a provider', 'alice', 'DELETE', () => world.newProvider('old-ci'), 'provider.remove'],
    ['a signing key', 'bob', 'POST', signingKey, 'signing_key.update'],
  ])(
    '%s is touched only after a stronger, fresh proof, and the record says by whom',
    async (_, login, method, find, action) => {
      const path = await find()
      const { browser, token } = await signIn(login)
      const refused = await call(token, method, path)
      const wanted = stepUpOf(refused)
      expect(wanted).toEqual({ acrValues: TWO_FACTORS, maxAge: '300' })
      const more = { acr_values: wanted?.acrValues ?? '', max_age: wanted?.maxAge ?? '' }
      const proved = await signIn(login, more, browser)
      const { sub, acr, auth_time } = decodeJwt(proved.token)
      expect(acr).toBe(TWO_FACTORS)
      expect(Date.now() / 1000 - Number(auth_time)).toBeLessThan(60)
      const done = await call(proved.token, method, path)
      expect([200, 204], await done.text()).toContain(done.status)
      expect(await latestAudit()).toMatchObject({ action, subject: sub })
      // The old token says what it said before.
      expect((await call(token, 'DELETE', await world.newProvider(`other-${login}`))).status).toBe(401)
    },
  )

  it('is not touched by who gives up in the challenge', async () => {
    const path = await world.newProvider('kept')
    const { browser, token } = await signIn('alice')
    expect((await call(token, 'DELETE', path)).status).toBe(401)
    await world.okta.fail('access-denied')
    try {
      const { url: begin } = await ask({ acr_values: TWO_FACTORS, max_age: '300' })
      const page = await walk(browser, begin.href)
      expect(page.url).toMatch(`${url}/console/return?error=access_denied`)
    } finally {
      world.okta.mend()
    }
    expect((await call(token, 'GET', path)).status).toBe(200)
  })

  it('is done at once where the organisation asks for nothing', async () => {
    const path = await world.newProvider('old-ci', 'acme')
    const { token } = await signIn('alice', { organization: 'acme' })
    expect((await call(token, 'DELETE', path)).status).toBe(200)
  })
})

async function signingKey(): Promise<string> {
  const { body } = await world.operator.call('GET', `${world.namespace()}/signingkeys`)
  const items: unknown = at(body, 'items')
  const active = (Array.isArray(items) ? items : []).find((key) => at(key, 'status', 'state') === 'active')
  return `${world.namespace()}/signingkeys/${at(active, 'metadata', 'name')}/rotate`
}

describe('the app of the console', () => {
  it.each([
    ['another path', { redirect_uri: '/console/' }],
    ['a path after it', { redirect_uri: '/console/return/../../evil' }],
    ['a query', { redirect_uri: '/console/return?x=1' }],
    ['a fragment', { redirect_uri: '/console/return#x' }],
    ['another host', { redirect_uri: 'https://evil.example/console/return' }],
    ['another port', { redirect_uri: 'http://localhost:1/console/return' }],
    ['user information', { redirect_uri: 'http://localhost@evil.example/console/return' }],
    ['what the other own app has', { redirect_uri: '/step-up/signed-in' }],
  ])('sends nobody to %s', async (_, { redirect_uri: to }) => {
    const { url: begin } = await ask({ redirect_uri: to.startsWith('/') ? url + to : to })
    const page = await openBrowser(url).go(begin.href)
    expect([page.status, page.url]).toEqual([400, begin.href])
  })

  it.each([
    ['another resource', { resource: 'https://shop.example/api' }, 'invalid_target'],
    ['PKCE without a hash', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
  ])('gets nothing for %s', async (_, more, error) => {
    const { url: begin } = await ask(more)
    const page = await walk(openBrowser(url), begin.href)
    expect(page.url).toContain(`${url}/console/return`)
    expect(page.url).toContain(`error=${error}`)
  })

  it.each([
    ['refresh_token', { refresh_token: 'x' }, ['unauthorized_client', 'invalid_request']],
    ['client_credentials', {}, ['unauthorized_client', 'invalid_client', 'invalid_request']],
    [
      'urn:ietf:params:oauth:grant-type:token-exchange',
      { subject_token: 'x.y.z', subject_token_type: 'urn:ietf:params:oauth:token-type:jwt', audience: 'x' },
      ['unauthorized_client'],
    ],
    ['urn:ietf:params:oauth:grant-type:device_code', { device_code: 'x' }, ['unauthorized_client', 'invalid_request']],
  ])('may not use %s', async (grant_type, more, errors) => {
    const form = new URLSearchParams({ grant_type, client_id: 'entente:console', ...more })
    const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', body: form })
    expect([400, 401]).toContain(answer.status)
    expect(errors).toContain(at(await answer.json(), 'error'))
  })

  it('tells nobody about a token who says no more than its name', async () => {
    const { token } = await signIn('alice')
    const form = new URLSearchParams({ token, client_id: 'entente:console' })
    expect((await fetch(`${url}/oauth2/introspect`, { method: 'POST', body: form })).status).toBe(401)
  })

  it('is nobody’s to make, change, see or delete', async () => {
    const path = `${world.namespace()}/apps`
    const document = { apiVersion: 'entente.dev/v1', kind: 'App', metadata: { name: 'entente:console' } }
    const spec = { redirectUris: ['https://evil.example/'] }
    expect((await world.operator.call('POST', path, { ...document, spec })).status).toBe(400)
    const own = `${path}/${encodeURIComponent('entente:console')}`
    for (const method of ['GET', 'DELETE']) expect((await world.operator.call(method, own)).status).toBe(404)
    expect([400, 404]).toContain((await world.operator.call('PUT', own, { ...document, spec })).status)
    const { body } = await world.operator.call('GET', path)
    expect(at(body, 'items')).toEqual([])
  })
})
