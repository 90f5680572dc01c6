import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientIdOf } from '../../registry/app.ts'
import { updateApp } from '../../registry/apps.ts'
import { updatePerson } from '../../registry/persons.ts'
import { updateProvider } from '../../registry/providers.ts'
import { actorIn, operator } from '../../registry/testing/registry.ts'
import { type Browser, openBrowser } from './testing/browser.ts'
import { type House, openHouse } from './testing/house.ts'

const CALLBACK = 'https://shop.example/cb'
let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Relying {
  readonly config: client.Configuration
  readonly clientId: string
}

async function relyingParty(draft: Parameters<House['newApp']>[0] = {}): Promise<Relying> {
  const { app, clientSecret } = await house.newApp({ redirectUris: [CALLBACK], ...draft })
  const metadata = {
    issuer: house.url,
    authorization_endpoint: `${house.url}/oauth2/authorize`,
    token_endpoint: `${house.url}/oauth2/token`,
    pushed_authorization_request_endpoint: `${house.url}/oauth2/par`,
    device_authorization_endpoint: `${house.url}/oauth2/device_authorization`,
    userinfo_endpoint: `${house.url}/oauth2/userinfo`,
    end_session_endpoint: `${house.url}/oauth2/logout`,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
  }
  const authentication = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret)
  const algorithm = app.idTokenSignedResponseAlg
  const config = new client.Configuration(
    metadata,
    clientIdOf(app),
    { id_token_signed_response_alg: algorithm },
    authentication,
  )
  client.allowInsecureRequests(config)
  return { config, clientId: clientIdOf(app) }
}

interface Begun {
  readonly url: URL
  readonly checks: client.AuthorizationCodeGrantChecks
}

async function begin({ config }: Relying, more: Record<string, string> = {}): Promise<Begun> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email groups offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  })
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } }
}

async function signIn(relying: Relying, browser: Browser = openBrowser(house.url), more: Record<string, string> = {}) {
  const { url, checks } = await begin(relying, more)
  const page = await browser.go(url.href)
  expect(page.url, page.text).toMatch(/^https:\/\/shop\.example\/cb\?code=/)
  const tokens = await client.authorizationCodeGrant(relying.config, new URL(page.url), checks)
  return { tokens, browser, page, checks }
}

async function verified(token: string) {
  const keys = house.jwks().keys.map((key) => ({ ...Object(key) }))
  return await jwtVerify(token, createLocalJWKSet({ keys }), { issuer: house.url })
}

describe('a login', () => {
  it('ends with tokens that say who, of which organisation, by which provider and how', async () => {
    const relying = await relyingParty()
    const { tokens } = await signIn(relying)
    const about = {
      sub: house.ada.uid,
      organization: 'acme',
      provider: 'okta',
      roles: ['viewer'],
      groups: ['/staff'],
      acr: 'urn:entente:acr:1fa',
      amr: ['pwd'],
      auth_time: expect.any(Number),
    }
    const id = await verified(tokens.id_token ?? '')
    expect(id.protectedHeader.alg).toBe('RS256')
    expect(id.payload).toMatchObject({
      ...about,
      aud: relying.clientId,
      name: 'Ada',
      email: 'ada@acme.example',
      email_verified: false,
    })
    const access = await verified(tokens.access_token)
    expect(access.protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    expect(access.payload).toMatchObject({ ...about, aud: house.url, client_id: relying.clientId })
    expect(access.payload.scope).toBe('openid profile email groups')
    expect(tokens.expires_in).toBe(1800)
    const info = await client.fetchUserInfo(relying.config, tokens.access_token, house.ada.uid)
    expect(info).toMatchObject({ ...about, email: 'ada@acme.example' })
  })

  it('asks nothing again while the session lives', async () => {
    const relying = await relyingParty()
    const { browser } = await signIn(relying)
    house.login.session = { person: 'nobody' }
    const { tokens } = await signIn(relying, browser, { prompt: 'none' })
    house.login.session = {}
    expect(decodeJwt(tokens.id_token ?? '').sub).toBe(house.ada.uid)
  })

  it('gives no code to a HEAD, which has no use for one', async () => {
    const relying = await relyingParty()
    const { browser } = await signIn(relying)
    const page = await browser.go((await begin(relying)).url.href, { method: 'HEAD' })
    expect([page.status, page.url]).toEqual([404, expect.stringContaining(`${house.url}/oauth2/authorize?`)])
  })

  it('signs ID tokens with ES256 where the app says so', async () => {
    const { tokens } = await signIn(await relyingParty({ idTokenSignedResponseAlg: 'ES256' }))
    expect((await verified(tokens.id_token ?? '')).protectedHeader.alg).toBe('ES256')
  })

  it('goes through a pushed request', async () => {
    const relying = await relyingParty()
    const verifier = client.randomPKCECodeVerifier()
    const url = await client.buildAuthorizationUrlWithPAR(relying.config, {
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const page = await openBrowser(house.url).go(url.href)
    const tokens = await client.authorizationCodeGrant(relying.config, new URL(page.url), {
      pkceCodeVerifier: verifier,
    })
    expect(tokens.claims()?.sub).toBe(house.ada.uid)
  })

  it('binds tokens to a DPoP key', async () => {
    const relying = await relyingParty({ requireDpop: true })
    const DPoP = client.getDPoPHandle(relying.config, await client.randomDPoPKeyPair('ES256'))
    const { url, checks } = await begin(relying)
    const page = await openBrowser(house.url).go(url.href)
    const tokens = await client.authorizationCodeGrant(relying.config, new URL(page.url), checks, undefined, { DPoP })
    expect(tokens.token_type).toBe('dpop')
    expect(decodeJwt(tokens.access_token).cnf).toMatchObject({ jkt: expect.any(String) })
  })

  it('makes tokens for the resource that the app may name, and for no other', async () => {
    const relying = await relyingParty({ resources: ['https://api.example'] })
    const { tokens } = await signIn(relying, undefined, { resource: 'https://api.example' })
    expect(decodeJwt(tokens.access_token).aud).toBe('https://api.example')
    const { url } = await begin(relying, { resource: 'https://other.example' })
    const page = await openBrowser(house.url).go(url.href)
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_target')
  })

  it('works for two tabs at once', async () => {
    const relying = await relyingParty()
    const browser = openBrowser(house.url)
    const [one, two] = [await begin(relying), await begin(relying)]
    const first = await fetch(one.url, { redirect: 'manual' })
    const second = await fetch(two.url, { redirect: 'manual' })
    const names = [first, second].flatMap((answer) =>
      answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0]),
    )
    expect(new Set(names).size).toBe(names.length)
    for (const { url } of [two, one]) expect((await browser.go(url.href)).url).toContain('code=')
  })

  it('sets cookies that no script reads and no other site sends, for the whole host', async () => {
    const { browser } = await signIn(await relyingParty())
    expect(browser.set.length).toBeGreaterThan(2)
    for (const cookie of browser.set) {
      expect(cookie).toMatch(/;\s*path=\/(;|$)/i)
      expect(cookie).toMatch(/;\s*httponly/i)
      expect(cookie).toMatch(/;\s*samesite=lax/i)
    }
  })
})

describe('what is refused', () => {
  it.each([
    ['without PKCE', { code_challenge: '' }, 'invalid_request'],
    ['with plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with an implicit response', { response_type: 'id_token' }, 'unsupported_response_type'],
  ])('a request %s', async (_title, more, error) => {
    const { url } = await begin(await relyingParty(), more)
    const page = await openBrowser(house.url).go(url.href)
    const { searchParams, hash } = new URL(page.url)
    expect(`${searchParams.get('error')} ${hash} ${page.text}`).toContain(error)
  })

  it.each([
    'https://shop.example/cb/',
    'https://shop.example/cb?x=1',
    'https://shop.example.evil.example/cb',
    'https://shop.example@evil.example/cb',
    'https://shop.example\\@evil.example/cb',
    'http://shop.example/cb',
    'https://SHOP.example/CB',
    'https://shop.example:443/cb',
    '//shop.example/cb',
    'https://shop.example/cb#x',
    'https://shop.example/%63b',
  ])('a redirect to %s: shown here, sent nowhere', async (redirect) => {
    const { url } = await begin(await relyingParty(), { redirect_uri: redirect })
    const page = await openBrowser(house.url).go(url.href)
    expect(page.status).toBe(400)
    expect(page.url.startsWith(house.url)).toBe(true)
    expect(page.text).toContain('role="alert"')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('a code that is used twice: its tokens go with it', async () => {
    const relying = await relyingParty()
    const { tokens, page, checks } = await signIn(relying)
    const again = client.authorizationCodeGrant(relying.config, new URL(page.url), checks)
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' })
    const refreshed = client.refreshTokenGrant(relying.config, tokens.refresh_token ?? '')
    await expect(refreshed).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('all but one of twenty who use a code at once', async () => {
    const relying = await relyingParty()
    const { url, checks } = await begin(relying)
    const page = await openBrowser(house.url).go(url.href)
    const tries = Array.from({ length: 20 }, () =>
      client.authorizationCodeGrant(relying.config, new URL(page.url), checks),
    )
    const done = await Promise.allSettled(tries)
    expect(done.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1)
    expect(house.errors).toEqual([])
  })

  it('a code of somebody else’s request, and a wrong secret', async () => {
    const [relying, other] = [await relyingParty(), await relyingParty()]
    const { url, checks } = await begin(relying)
    const page = await openBrowser(house.url).go(url.href)
    const stolen = client.authorizationCodeGrant(other.config, new URL(page.url), checks)
    await expect(stolen).rejects.toMatchObject({ error: 'invalid_grant' })
    const wrong = await fetch(`${house.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${relying.clientId}:wrong`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: CALLBACK,
        code_verifier: 'v'.repeat(43),
      }),
    })
    expect(wrong.status).toBe(401)
  })
})

describe('refresh tokens', () => {
  it('rotate, and the whole family ends when an old one comes back', async () => {
    const relying = await relyingParty()
    const { tokens } = await signIn(relying)
    const first = tokens.refresh_token ?? ''
    const next = await client.refreshTokenGrant(relying.config, first)
    expect(next.refresh_token).not.toBe(first)
    await expect(client.refreshTokenGrant(relying.config, first)).rejects.toMatchObject({ error: 'invalid_grant' })
    const late = client.refreshTokenGrant(relying.config, next.refresh_token ?? '')
    await expect(late).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('lie in the database as hashes and seals only', async () => {
    const { tokens, browser } = await signIn(await relyingParty())
    const stored = await house.storage.opRecords.find('RefreshToken', tokens.refresh_token ?? '', new Date())
    expect(stored).toBeNull()
    const cookie = browser.cookies.get('entente.session')?.value ?? ''
    const files = house.files()
    for (const secret of [cookie, tokens.refresh_token ?? '']) {
      expect(secret.length).toBeGreaterThan(20)
      expect(files.includes(secret)).toBe(false)
    }
  })
})

describe('an end', () => {
  const actor = actorIn('acme')

  it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    [
      'of the person',
      () => updatePerson(house.registry, actor, operator, 'ada', { enabled: false }),
      () => updatePerson(house.registry, actor, operator, 'ada', { enabled: true }),
    ],
    [
      'of the provider',
      () => updateProvider(house.registry, actor, operator, 'workforce', 'okta', { enabled: false }),
      () => updateProvider(house.registry, actor, operator, 'workforce', 'okta', { enabled: true }),
    ],
    ['of the session', () => house.storage.sessions.end({ person: house.ada.uid }), async () => undefined],
  ])('%s ends refresh, access and userinfo at once', async (_title, end, begin) => {
    const relying = await relyingParty()
    const { tokens, browser } = await signIn(relying)
    expect(await house.liveTokens.read(tokens.access_token)).not.toBeNull()
    await end()
    try {
      expect(await house.liveTokens.read(tokens.access_token)).toBeNull()
      const refreshed = client.refreshTokenGrant(relying.config, tokens.refresh_token ?? '')
      await expect(refreshed).rejects.toMatchObject({ error: 'invalid_grant' })
      await expect(client.fetchUserInfo(relying.config, tokens.access_token, house.ada.uid)).rejects.toThrow()
      const { url } = await begin2(relying)
      const page = await browser.go(url.href)
      expect(new URL(page.url).searchParams.get('error')).toBe('login_required')
    } finally {
      await begin()
    }
  })

  it('of the app ends its tokens', async () => {
    const { app } = await house.newApp({ id: 'ending', redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' })
    const config = new client.Configuration(
      {
        issuer: house.url,
        authorization_endpoint: `${house.url}/oauth2/authorize`,
        token_endpoint: `${house.url}/oauth2/token`,
      },
      clientIdOf(app),
      undefined,
      client.None(),
    )
    client.allowInsecureRequests(config)
    const relying = { config, clientId: clientIdOf(app) }
    const { tokens } = await signIn(relying)
    await updateApp(house.registry, actor, operator, 'ending', { enabled: false })
    expect(await house.liveTokens.read(tokens.access_token)).toBeNull()
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_client',
    })
  })

  it('asked for by the app signs the person out', async () => {
    const relying = await relyingParty({ postLogoutRedirectUris: ['https://shop.example/bye'] })
    const { tokens, browser } = await signIn(relying)
    const url = client.buildEndSessionUrl(relying.config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://shop.example/bye',
      state: 's',
    })
    const page = await browser.go(url.href)
    const gone = await browser.submit(page, { logout: 'yes' })
    expect(gone.url).toBe('https://shop.example/bye?state=s')
    await expect.poll(() => house.liveTokens.read(tokens.access_token)).toBeNull()
    const { url: next } = await begin2(relying)
    expect(new URL((await browser.go(next.href)).url).searchParams.get('error')).toBe('login_required')
  })
})

const begin2 = (relying: Relying) => begin(relying, { prompt: 'none' })

describe('a device', () => {
  it('gets tokens after its person has confirmed the code', async () => {
    const grant = 'urn:ietf:params:oauth:grant-type:device_code'
    const relying = await relyingParty({ grantTypes: ['authorization_code', 'refresh_token', grant] })
    const device = await client.initiateDeviceAuthorization(relying.config, { scope: 'openid' })
    expect(device.verification_uri).toBe(`${house.url}/oauth2/device`)
    const browser = openBrowser(house.url)
    const page = await browser.go(device.verification_uri)
    const confirm = await browser.submit(page, { user_code: device.user_code })
    const done = await browser.submit(confirm, { confirm: 'yes' })
    expect(done.text).toContain('role="status"')
    const tokens = await client.pollDeviceAuthorizationGrant(relying.config, { ...device, interval: 0.01 })
    expect(decodeJwt(tokens.access_token).sub).toBe(house.ada.uid)
  })
})
