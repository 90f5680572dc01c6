/**
 * Attacks on us as the provider of apps, on the real program: requests, redirect addresses, codes, refresh tokens, secrets and
 * cookies. Each test's name is the attack. Source: RFC 6749 §10; RFC 7636; RFC 9700; OpenID Connect Core §3.1.2.6.
 */
import { randomBytes } from 'node:crypto'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from '../../src/planes/openid-provider/testing/browser.ts'
import { CALLBACK } from './app-request.ts'
import { type Arrived, openSignInWorld, type SignInWorld } from './sign-in-world.ts'

/** Few, so that the limit is met soon; every request comes from an address of its own but where it counts. */
const REFUSALS = 20
let host = 0
let world: SignInWorld

beforeAll(async () => {
  world = await openSignInWorld({
    ENTENTE_TRUSTED_PROXIES: '127.0.0.0/8',
    ENTENTE_REFUSALS_PER_MINUTE: String(REFUSALS),
  })
})
afterAll(() => world?.close())

const tokensOf = ({ end, checks }: Arrived) => client.authorizationCodeGrant(world.shop, new URL(end.url), checks)
const secretOf = () => String(world.shop.clientMetadata().client_secret)

/** The token endpoint asked by hand, as openid-client would not. */
async function ask(form: Record<string, string>, { secret = secretOf(), from = `192.0.2.${++host}` } = {}) {
  const authorization = `Basic ${Buffer.from(`shop:${secret}`).toString('base64')}`
  const headers = { authorization, 'x-forwarded-for': from }
  const answer = await fetch(`${world.server.url}/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  const body: Record<string, unknown> = Object(await answer.json())
  return { status: answer.status, error: body.error, body, headers: answer.headers }
}

const codeForm = ({ end, checks }: Arrived, change: Record<string, string> = {}) => ({
  grant_type: 'authorization_code',
  code: new URL(end.url).searchParams.get('code') ?? '',
  redirect_uri: CALLBACK,
  code_verifier: checks.pkceCodeVerifier,
  ...change,
})

async function isActive(token: string): Promise<unknown> {
  const answer = await fetch(`${world.server.url}/oauth2/introspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.server.operatorToken()}` },
    body: new URLSearchParams({ token }),
  })
  return Object(await answer.json()).active
}

/** A page of ours that leads nowhere. */
function expectShownHere(page: Page) {
  expect(page.url.startsWith(world.server.url), page.url).toBe(true)
  expect(page.status).toBe(400)
  expect(page.headers.get('location')).toBeNull()
}

describe('PKCE is not taken away', () => {
  it.each([
    ['no challenge', { code_challenge: '', code_challenge_method: '' }],
    ['the method plain', { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }],
    ['a challenge without a method, which would be plain', { code_challenge_method: '' }],
    ['a method of another case', { code_challenge_method: 's256' }],
  ])('by a request with %s', async (_what, change) => {
    const { url } = await world.ask()
    const asked = new URL(url)
    for (const [name, value] of Object.entries(change))
      if (value === '') asked.searchParams.delete(name)
      else asked.searchParams.set(name, value)
    const page = await world.newBrowser().go(asked.href)
    expect(page.url.startsWith(`${CALLBACK}?`), page.url).toBe(true)
    const told = new URL(page.url).searchParams
    expect([told.get('error'), told.has('code'), told.get('iss')]).toEqual(['invalid_request', false, world.server.url])
  })

  it('by a code exchanged without a verifier, with another, or with the challenge itself', async () => {
    const arrived = await world.signIn('alice')
    const { code_verifier: _, ...without } = codeForm(arrived)
    expect(await ask(without)).toMatchObject({ status: 400, error: 'invalid_grant' })
    const other = client.randomPKCECodeVerifier()
    const challenge = await client.calculatePKCECodeChallenge(arrived.checks.pkceCodeVerifier)
    for (const code_verifier of [other, challenge, ''])
      expect(await ask(codeForm(arrived, { code_verifier }))).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  it('by the verifier of another request', async () => {
    const [one, two] = [await world.signIn('alice'), await world.signIn('bob')]
    const swapped = codeForm(one, { code_verifier: two.checks.pkceCodeVerifier })
    expect(await ask(swapped)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })
})

describe('a code', () => {
  it('used twice is refused, and what came of it ends', async () => {
    const arrived = await world.signIn('alice')
    const { access_token, refresh_token = '' } = await tokensOf(arrived)
    expect(await isActive(access_token)).toBe(true)
    expect(await ask(codeForm(arrived))).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect(await isActive(access_token)).toBe(false)
    const refresh = { grant_type: 'refresh_token', refresh_token }
    expect(await ask(refresh)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  it('used by twenty at once is good for one at most, and that one’s tokens end', async () => {
    const form = codeForm(await world.signIn('alice'))
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(form)))
    const winners = answers.filter(({ status }) => status === 200)
    expect(winners.length).toBeLessThanOrEqual(1)
    for (const { body } of winners) expect(await isActive(String(body.access_token))).toBe(false)
  })

  it('is not exchanged by another app, nor for another redirect address', async () => {
    const { config } = await world.makeApp('thief', { redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' })
    const { end, checks } = await world.signIn('alice')
    await expect(client.authorizationCodeGrant(config, new URL(end.url), checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    const arrived = await world.signIn('alice')
    for (const redirect_uri of [`${CALLBACK}/`, 'https://evil.example/cb'])
      expect(await ask(codeForm(arrived, { redirect_uri }))).toMatchObject({ status: 400, error: 'invalid_grant' })
  })
})

describe('a redirect address that is not the registered one is shown here and never followed', () => {
  it.each([
    ['a longer path', 'https://shop.example/cb/evil'],
    ['a longer segment', 'https://shop.example/cb2'],
    ['a path that comes back', 'https://shop.example/evil/../cb'],
    ['a query', 'https://shop.example/cb?next=https://evil.example'],
    ['a fragment', 'https://shop.example/cb#evil'],
    ['an empty fragment', 'https://shop.example/cb#'],
    ['a host as user', 'https://shop.example@evil.example/cb'],
    ['a user', 'https://evil@shop.example/cb'],
    ['a longer host', 'https://shop.example.evil.example/cb'],
    ['a subdomain', 'https://evil.shop.example/cb'],
    ['a host with a dot at its end', 'https://shop.example./cb'],
    ['a backslash before the host', 'https:\\\\shop.example/cb'],
    ['a backslash in the authority', 'https://evil.example\\@shop.example/cb'],
    ['a doubled slash', 'https://shop.example//cb'],
    ['no scheme', '//shop.example/cb'],
    ['dots in percent-encoding', 'https://shop.example/%2e%2e/cb'],
    ['a letter in percent-encoding', 'https://shop.example/c%62'],
    ['the port that is meant anyway', 'https://shop.example:443/cb'],
    ['another port', 'https://shop.example:8443/cb'],
    ['another case of the host', 'https://SHOP.example/cb'],
    ['another case of the path', 'https://shop.example/CB'],
    ['another case of the scheme', 'HTTPS://shop.example/cb'],
    ['plain http', 'http://shop.example/cb'],
    ['a script', 'javascript:alert(1)//https://shop.example/cb'],
    ['a space at its end', 'https://shop.example/cb '],
    ['a line break', 'https://shop.example/cb\r\nlocation: https://evil.example'],
    ['another site', 'https://evil.example/cb'],
    ['nothing', ''],
  ])('%s', async (_what, redirect_uri) => {
    const { url } = await world.ask({ redirect_uri })
    expectShownHere(await world.newBrowser().go(url))
  })

  it('the right one beside another', async () => {
    const { url } = await world.ask()
    for (const more of ['https://evil.example/cb', CALLBACK]) {
      const page = await world.newBrowser().go(`${url}&redirect_uri=${encodeURIComponent(more)}`)
      expect(page.url.startsWith('https://evil.example'), page.url).toBe(false)
      expect(new URL(page.url).searchParams.has('code')).toBe(false)
      if (page.url.startsWith(world.server.url)) expectShownHere(page)
      else expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request')
    }
  })

  it('of an app that there is not', async () => {
    const { url } = await world.ask({ client_id: 'nobody' })
    expectShownHere(await world.newBrowser().go(url))
  })

  it('after a logout, too', async () => {
    const { config } = await world.makeApp('leaver', {
      redirectUris: [CALLBACK],
      postLogoutRedirectUris: ['https://shop.example/bye'],
      scopes: ['openid'],
    })
    const to = (uri: string) => client.buildEndSessionUrl(config, { post_logout_redirect_uri: uri }).href
    for (const uri of [
      'https://shop.example/bye/',
      'https://shop.example/bye?x',
      'https://evil.example/bye',
      '//shop.example/bye',
      'https://shop.example@evil.example/bye',
    ])
      expectShownHere(await world.newBrowser().go(to(uri)))
    const good = await world.newBrowser().go(to('https://shop.example/bye'))
    expect(good.status).toBe(200)
  })

  it.each(['request', 'request_uri'])(
    'with a request by reference or value (%s), which nobody fetches',
    async (name) => {
      const value = name === 'request' ? 'eyJhbGciOiJub25lIn0.e30.' : 'https://idp.liar.example/request'
      const before = world.liar.asked.length
      const { url } = await world.ask({ [name]: value })
      const page = await world.newBrowser().go(url)
      expect(page.url.includes('code='), page.url).toBe(false)
      expect(world.liar.asked).toHaveLength(before)
    },
  )
})

describe('a refresh token', () => {
  it('that comes back after it was used ends its whole family', async () => {
    const first = await tokensOf(await world.signIn('alice'))
    const second = await client.refreshTokenGrant(world.shop, first.refresh_token ?? '')
    expect(await isActive(second.access_token)).toBe(true)
    const old = { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' }
    expect(await ask(old)).toMatchObject({ status: 400, error: 'invalid_grant' })
    const newer = { grant_type: 'refresh_token', refresh_token: second.refresh_token ?? '' }
    expect(await ask(newer)).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect(await isActive(second.access_token)).toBe(false)
    expect(await isActive(first.access_token)).toBe(false)
  })

  it('used by twenty at once is good for one at most', async () => {
    const { refresh_token = '' } = await tokensOf(await world.signIn('alice'))
    const form = { grant_type: 'refresh_token', refresh_token }
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(form)))
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  })
})

describe('the secret of an app', () => {
  it('is not guessed without end: after ten times the limit not even the right one is looked at from there', async () => {
    const from = '198.51.100.7'
    let refreshToken = (await tokensOf(await world.signIn('alice'))).refresh_token ?? ''
    const guess = async () => {
      const answer = await ask(
        { grant_type: 'refresh_token', refresh_token: refreshToken },
        { secret: randomBytes(24).toString('base64url'), from },
      )
      expect([401, 429]).toContain(answer.status)
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      return answer.status
    }
    const good = async (address: string) => {
      const answer = await ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, { from: address })
      if (answer.status === 200) refreshToken = String(answer.body.refresh_token)
      return answer.status
    }
    for (let count = 0; count < REFUSALS; count++) await guess()
    expect(await good(from)).toBe(200)
    let last = 200
    // The count begins anew with each minute: where one ended on the way, once more.
    for (let round = 0; round < 2 && last === 200; round++) {
      for (let count = 0; count < REFUSALS * 10 + 1; count++) await guess()
      last = await good(from)
    }
    expect(last).toBe(429)
    expect(await good('203.0.113.9')).toBe(200)
  })

  it('refused says the same for an app that there is not', async () => {
    const answerTo = async (clientId: string) => {
      const authorization = `Basic ${Buffer.from(`${clientId}:wrong`).toString('base64')}`
      const answer = await fetch(`${world.server.url}/oauth2/token`, {
        method: 'POST',
        headers: { authorization, 'x-forwarded-for': `198.51.100.${clientId.length}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
      })
      const { decision_id: _, ...body } = Object(await answer.json())
      return { status: answer.status, body }
    }
    expect(await answerTo('nobody')).toEqual(await answerTo('shop'))
  })
})

describe('an app that wants no page', () => {
  it.each<[string, Record<string, string>, string]>([
    ['for nobody', { prompt: 'none' }, 'login_required'],
    ['and a login at once', { prompt: 'none login' }, 'invalid_request'],
    ['for a hint of a company', { prompt: 'none', idp_hint: 'corp' }, 'login_required'],
  ])('is told so %s, with nothing shown', async (_what, more, error) => {
    const { url, checks } = await world.ask(more)
    const page = await world.newBrowser().go(url)
    const told = new URL(page.url).searchParams
    expect(page.url.startsWith(`${CALLBACK}?`)).toBe(true)
    expect([told.get('error'), told.get('state'), told.has('code')]).toEqual([error, checks.expectedState, false])
  })

  it('is told so where the session is of another provider, or not fresh enough', async () => {
    const browser = world.newBrowser()
    await world.signIn('alice', 'corp', browser)
    const silent = async (more: Record<string, string>) => {
      const { url } = await world.ask({ prompt: 'none', ...more })
      return new URL((await browser.go(url)).url).searchParams
    }
    expect((await silent({})).has('code')).toBe(true)
    expect((await silent({ idp_hint: 'other' })).get('error')).toBe('login_required')
    expect((await silent({ max_age: '0' })).get('error')).toBe('login_required')
    expect((await silent({ organization: 'elsewhere' })).get('error')).toBe('login_required')
  })
})
