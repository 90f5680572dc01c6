/**
 * What we publish about ourselves is true: each member of the discovery document is proved by doing what it says, with
 * openid-client against the real program, and what it does not say is refused.
 */
import { createHash } from 'node:crypto'
import {
  calculateJwkThumbprint,
  createRemoteJWKSet,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { basic, openRelyingWorld, post, type Relying, type RelyingWorld } from './relying-world.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const CORP = '//iam.googleapis.com/locations/global/workforcePools/default/providers/corp'

let world: RelyingWorld
let document: Readonly<Record<string, unknown>>
/** Speaks for the tests that need no app of their own. */
let shop: Relying

beforeAll(async () => {
  world = await openRelyingWorld()
  document = Object(await (await fetch(`${world.server.url}/.well-known/openid-configuration`)).json())
  shop = await world.newApp({ grantTypes: ['authorization_code', 'refresh_token', DEVICE, EXCHANGE] })
})
afterAll(() => world.close())

const listed = (name: string) => {
  const list = document[name]
  if (!Array.isArray(list)) throw new Error(`${name} is no list`)
  return list.map(String)
}
const exchangeForm = async () => ({
  audience: CORP,
  subject_token: await world.corp.idToken('alice', 'entente'),
  subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
})

/** How the browser ends that asks for this: what the app is told, or our own page. */
async function ended(more: Record<string, string>) {
  const { url } = await askFor(shop.config, more)
  for (const [name, value] of Object.entries(more)) if (value === '') url.searchParams.delete(name)
  return await world.walk(url.href, 'alice')
}
const errorOf = ({ url, text }: { url: string; text: string }) => {
  const { searchParams, hash } = new URL(url)
  return searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error') ?? text
}

/** Each member of the document has its proof here; a member that is new has none and fails. */
const proofs: Readonly<Record<string, () => Promise<void>>> = {
  async issuer() {
    expect(document.issuer).toBe(world.server.url)
    const other = await fetch(`${world.server.url}/.well-known/oauth-authorization-server`)
    expect(await other.json()).toEqual(document)
    const { tokens } = await world.signIn(shop, 'alice')
    const exchanged = await client.genericGrantRequest(shop.config, EXCHANGE, await exchangeForm())
    for (const token of [tokens.id_token, tokens.access_token, exchanged.access_token])
      expect(decodeJwt(token ?? '').iss).toBe(document.issuer)
  },
  async authorization_endpoint() {
    expect((await ended({})).url.startsWith(`${CALLBACK}?code=`)).toBe(true)
  },
  async token_endpoint() {
    expect((await world.signIn(shop, 'alice')).tokens.token_type).toBe('bearer')
  },
  async jwks_uri() {
    const keys = createRemoteJWKSet(new URL(String(document.jwks_uri)))
    const { tokens } = await world.signIn(shop, 'alice')
    const id = await jwtVerify(tokens.id_token ?? '', keys, { audience: shop.clientId })
    const access = await jwtVerify(tokens.access_token, keys, { audience: world.server.url, typ: 'at+jwt' })
    expect([id.protectedHeader.alg, access.protectedHeader.alg]).toEqual(['RS256', 'ES256'])
  },
  async userinfo_endpoint() {
    const { tokens } = await world.signIn(shop, 'alice')
    const sub = String(tokens.claims()?.sub)
    const info = await client.fetchUserInfo(shop.config, tokens.access_token, sub)
    expect(info).toMatchObject({ sub, email: 'alice@corp.example', organization: 'default', provider: 'corp' })
  },
  async introspection_endpoint() {
    const { tokens } = await world.signIn(shop, 'alice')
    expect(await client.tokenIntrospection(shop.config, tokens.access_token)).toMatchObject({ active: true })
  },
  async revocation_endpoint() {
    const { tokens } = await world.signIn(shop, 'alice')
    await client.tokenRevocation(shop.config, tokens.access_token)
    expect(await client.tokenIntrospection(shop.config, tokens.access_token)).toEqual({ active: false })
  },
  async pushed_authorization_request_endpoint() {
    const verifier = client.randomPKCECodeVerifier()
    const code_challenge = await client.calculatePKCECodeChallenge(verifier)
    const asked = { redirect_uri: CALLBACK, scope: 'openid', code_challenge, code_challenge_method: 'S256' }
    const url = await client.buildAuthorizationUrlWithPAR(shop.config, asked)
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    const page = await world.walk(url.href, 'alice')
    const tokens = await client.authorizationCodeGrant(shop.config, new URL(page.url), { pkceCodeVerifier: verifier })
    expect(tokens.claims()?.provider).toBe('corp')
    const again = await world.walk(url.href, 'alice')
    expect(new URL(again.url).searchParams.has('code'), again.url).toBe(false)
  },
  async device_authorization_endpoint() {
    const device = await client.initiateDeviceAuthorization(shop.config, { scope: 'openid email' })
    expect(device.verification_uri).toBe(`${world.server.url}/oauth2/device`)
    const early = client.genericGrantRequest(shop.config, DEVICE, { device_code: device.device_code })
    await expect(early).rejects.toMatchObject({ error: 'authorization_pending' })
    const browser = openBrowser(world.server.url)
    const asked = await browser.go(device.verification_uri)
    const typed = await browser.submit(asked, { user_code: device.user_code })
    // Who is not signed in goes through their company's login in between.
    const known = await browser.submit(typed, { confirm: 'yes' })
    const done = await world.walk(known.url, 'alice', browser)
    expect(done.text).toContain('role="status"')
    const tokens = await client.pollDeviceAuthorizationGrant(shop.config, { ...device, interval: 0.01 })
    expect(decodeJwt(tokens.access_token)).toMatchObject({ provider: 'corp', client_id: shop.clientId })
  },
  async end_session_endpoint() {
    const bye = 'https://shop.example/bye'
    const app = await world.newApp({ postLogoutRedirectUris: [bye] })
    const { tokens, browser } = await world.signIn(app, 'alice')
    const hint = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye, state: 's' }
    const page = await browser.go(client.buildEndSessionUrl(app.config, hint).href)
    const gone = await browser.submit(page, { logout: 'yes' })
    // By way of the company's own login, which the person leaves, too.
    const left = new URL(gone.url)
    expect(left.origin, gone.text).toBe(world.corp.issuer)
    const returned = left.searchParams.get('post_logout_redirect_uri') ?? ''
    const back = await browser.go(`${returned}?state=${left.searchParams.get('state')}`)
    expect(back.url).toBe(`${bye}?state=s`)
    await expect.poll(() => client.tokenIntrospection(app.config, tokens.access_token)).toEqual({ active: false })
    const { url } = await askFor(app.config, { prompt: 'none' })
    expect(errorOf(await browser.go(url.href))).toBe('login_required')
  },
  async grant_types_supported() {
    const granted: Record<string, () => Promise<client.TokenEndpointResponse>> = {
      authorization_code: async () => (await world.signIn(shop, 'alice')).tokens,
      async refresh_token() {
        const { tokens } = await world.signIn(shop, 'alice')
        return await client.refreshTokenGrant(shop.config, tokens.refresh_token ?? '')
      },
      [DEVICE]: async () => {
        const device = await client.initiateDeviceAuthorization(shop.config, { scope: 'openid' })
        const { browser } = await world.signIn(shop, 'alice')
        const typed = await browser.submit(await browser.go(device.verification_uri), { user_code: device.user_code })
        await browser.submit(typed, { confirm: 'yes' })
        return await client.pollDeviceAuthorizationGrant(shop.config, { ...device, interval: 0.01 })
      },
      [EXCHANGE]: async () => await client.genericGrantRequest(shop.config, EXCHANGE, await exchangeForm()),
      async [BEARER]() {
        const { subject_token: assertion, audience } = await exchangeForm()
        const form = { grant_type: BEARER, assertion, audience }
        return Object((await post(String(document.token_endpoint), form)).body)
      },
      async client_credentials() {
        const { config } = await credential()
        return await client.clientCredentialsGrant(config)
      },
    }
    expect(Object.keys(granted).sort()).toEqual(listed('grant_types_supported').sort())
    for (const [grant, get] of Object.entries(granted)) expect((await get()).access_token, grant).toMatch(/^ey/)
    const password = { grant_type: 'password', username: 'alice', password: 'any' }
    const refused = await post(String(document.token_endpoint), password, basic(shop.clientId, shop.secret ?? ''))
    expect(at(refused.body, 'error')).toBe('unsupported_grant_type')
  },
  async response_types_supported() {
    expect(listed('response_types_supported')).toEqual(['code'])
    for (const type of ['token', 'id_token', 'code id_token', 'code token', 'none'])
      expect(errorOf(await ended({ response_type: type })), type).toContain('unsupported_response_type')
  },
  async response_modes_supported() {
    const places: Record<string, (page: { url: string; text: string }) => boolean> = {
      query: ({ url }) => new URL(url).searchParams.has('code'),
      fragment: ({ url }) => new URLSearchParams(new URL(url).hash.slice(1)).has('code'),
      form_post: ({ text }) => text.includes(`action="${CALLBACK}"`) && /name="code"/.test(text),
    }
    expect(Object.keys(places)).toEqual(listed('response_modes_supported'))
    for (const [mode, isThere] of Object.entries(places))
      expect(isThere(await ended({ response_mode: mode })), mode).toBe(true)
    for (const mode of ['jwt', 'query.jwt', 'web_message', 'nonsense'])
      expect(errorOf(await ended({ response_mode: mode })), mode).not.toContain('code=')
  },
  async code_challenge_methods_supported() {
    expect(listed('code_challenge_methods_supported')).toEqual(['S256'])
    const challenges = [
      { code_challenge_method: 'plain' },
      { code_challenge_method: '' },
      { code_challenge: '', code_challenge_method: '' },
    ]
    for (const challenge of challenges) expect(errorOf(await ended(challenge))).toContain('invalid_request')
    const { callback, checks } = await unused()
    const wrong = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }
    const refused = client.authorizationCodeGrant(shop.config, new URL(callback), wrong)
    await expect(refused).rejects.toMatchObject({ error: 'invalid_grant' })
    const { callback: next } = await unused()
    const code = new URL(next).searchParams.get('code') ?? ''
    const bare = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
    const without = await post(String(document.token_endpoint), bare, basic(shop.clientId, shop.secret ?? ''))
    expect(at(without.body, 'error')).toBe('invalid_grant')
  },
  async authorization_response_iss_parameter_supported() {
    const { searchParams } = new URL((await ended({})).url)
    expect(searchParams.get('iss')).toBe(world.server.url)
    const refused = new URL((await ended({ response_type: 'token', response_mode: 'query' })).url)
    expect(refused.searchParams.get('iss') ?? world.server.url).toBe(world.server.url)
  },
  async scopes_supported() {
    const shows: Record<
      string,
      (tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers) => unknown
    > = {
      openid: ({ id_token }) => id_token,
      profile: (tokens) => tokens.claims()?.name,
      email: (tokens) => tokens.claims()?.email,
      groups: (tokens) => tokens.claims()?.groups,
      offline_access: ({ refresh_token }) => refresh_token,
    }
    expect(Object.keys(shows)).toEqual(listed('scopes_supported'))
    for (const [scope, shown] of Object.entries(shows)) {
      const { tokens } = await world.signIn(shop, 'alice', { scope: `openid ${scope}` })
      expect(shown(tokens), scope).toBeDefined()
    }
    const { tokens } = await world.signIn(shop, 'alice', { scope: 'openid' })
    for (const claim of ['name', 'email', 'groups']) expect(tokens.claims()).not.toHaveProperty(claim)
    expect(errorOf(await ended({ scope: 'openid entente.manage' }))).toBe('invalid_scope')
  },
  async subject_types_supported() {
    expect(listed('subject_types_supported')).toEqual(['public'])
    const [one, two] = [await world.signIn(shop, 'alice'), await world.signIn(await world.newApp(), 'alice')]
    expect(one.tokens.claims()?.sub).toBe(two.tokens.claims()?.sub)
  },
  async id_token_signing_alg_values_supported() {
    for (const algorithm of listed('id_token_signing_alg_values_supported')) {
      const app = await world.newApp({ idTokenSignedResponseAlg: algorithm })
      const { tokens } = await world.signIn(app, 'alice')
      const keys = createRemoteJWKSet(new URL(String(document.jwks_uri)))
      await jwtVerify(tokens.id_token ?? '', keys, { algorithms: [algorithm], audience: app.clientId })
    }
  },
  async claims_supported() {
    const { tokens } = await world.signIn(shop, 'alice', { scope: 'openid profile email groups' })
    const info = await client.fetchUserInfo(shop.config, tokens.access_token, String(tokens.claims()?.sub))
    // Of a person whose provider says none of them: shown once it does, or a mapper has read them.
    const unmapped = ['given_name', 'family_name', 'acr']
    const seen = { ...tokens.claims(), ...info, ...decodeJwt(tokens.access_token) }
    for (const claim of listed('claims_supported').filter((name) => !unmapped.includes(name)))
      expect(seen, claim).toHaveProperty(claim)
  },
  async claims_parameter_supported() {
    const claims = { id_token: { email: null }, userinfo: { name: null } }
    const { tokens } = await world.signIn(shop, 'alice', { scope: 'openid', claims: JSON.stringify(claims) })
    expect(tokens.claims()).toMatchObject({ email: 'alice@corp.example' })
    expect(tokens.claims()).not.toHaveProperty('name')
    const sub = String(tokens.claims()?.sub)
    const info = await client.fetchUserInfo(shop.config, tokens.access_token, sub)
    expect(info).toMatchObject({ name: 'alice of corp' })
    expect(info).not.toHaveProperty('email')
    const next = await client.refreshTokenGrant(shop.config, tokens.refresh_token ?? '')
    expect(await client.fetchUserInfo(shop.config, next.access_token, sub)).toMatchObject({ name: 'alice of corp' })
    const narrow = await world.newApp({ scopes: ['openid'] })
    const more = { scope: 'openid', claims: JSON.stringify({ id_token: { email: null }, userinfo: { email: null } }) }
    const { tokens: few } = await world.signIn(narrow, 'alice', more)
    expect(few.claims(), 'beyond what the app is registered for').not.toHaveProperty('email')
    expect(await client.fetchUserInfo(narrow.config, few.access_token, sub)).not.toHaveProperty('email')
  },
  async request_parameter_supported() {
    expect(document.request_parameter_supported).toBe(false)
    const { privateKey } = await generateKeyPair('ES256')
    const request = await new SignJWT({ scope: 'openid' }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    expect(errorOf(await ended({ request }))).toBe('request_not_supported')
  },
  async request_uri_parameter_supported() {
    expect(document.request_uri_parameter_supported).toBe(false)
    const page = await ended({ request_uri: 'https://shop.example/request.jwt' })
    expect(`${errorOf(page)}`).not.toContain('code=')
    expect(page.url.startsWith(CALLBACK) && new URL(page.url).searchParams.has('code')).toBe(false)
  },
  async ui_locales_supported() {
    for (const language of listed('ui_locales_supported')) {
      const { url } = await askFor(shop.config, { ui_locales: language })
      expect((await openBrowser(world.server.url).go(url.href)).text).toContain(`lang="${language}"`)
    }
  },
  async token_endpoint_auth_methods_supported() {
    expect(Object.keys(methods).sort()).toEqual(listed('token_endpoint_auth_methods_supported').sort())
    for (const [method, make] of Object.entries(methods)) {
      const app = await make()
      const { tokens } = await world.signIn(app, 'alice')
      expect((await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).id_token, method).toBeDefined()
    }
  },
  async introspection_endpoint_auth_methods_supported() {
    const { tokens } = await world.signIn(shop, 'alice')
    for (const method of listed('introspection_endpoint_auth_methods_supported')) {
      const app = await methods[method]?.()
      if (app === undefined) throw new Error(`no app of ${method}`)
      expect(await client.tokenIntrospection(app.config, tokens.access_token)).toMatchObject({ active: true })
    }
    const open = await methods.none?.()
    if (open === undefined) throw new Error('no public app')
    await expect(client.tokenIntrospection(open.config, tokens.access_token)).rejects.toThrow()
  },
  async revocation_endpoint_auth_methods_supported() {
    for (const method of listed('revocation_endpoint_auth_methods_supported')) {
      const app = await methods[method]?.()
      if (app === undefined) throw new Error(`no app of ${method}`)
      const { tokens } = await world.signIn(app, 'alice')
      await client.tokenRevocation(app.config, tokens.refresh_token ?? '')
      expect(await client.tokenIntrospection(shop.config, tokens.access_token), method).toEqual({ active: false })
    }
  },
  async token_endpoint_auth_signing_alg_values_supported() {
    for (const algorithm of listed('token_endpoint_auth_signing_alg_values_supported')) {
      const form = { grant_type: EXCHANGE, ...(await exchangeForm()) }
      expect(await statusBy(algorithm, String(document.token_endpoint), form), algorithm).toBe(200)
    }
  },
  async introspection_endpoint_auth_signing_alg_values_supported() {
    for (const algorithm of listed('introspection_endpoint_auth_signing_alg_values_supported'))
      expect(await statusBy(algorithm, String(document.introspection_endpoint), { token: 'x' }), algorithm).toBe(200)
  },
  async revocation_endpoint_auth_signing_alg_values_supported() {
    for (const algorithm of listed('revocation_endpoint_auth_signing_alg_values_supported')) {
      const { app, form } = await signing(algorithm)
      const exchanged = await post(String(document.token_endpoint), {
        grant_type: EXCHANGE,
        ...(await exchangeForm()),
        ...(await form()),
      })
      const token = String(at(exchanged.body, 'access_token'))
      await post(String(document.revocation_endpoint), { token, ...(await form()) })
      expect(await client.tokenIntrospection(shop.config, token), `${algorithm} ${app}`).toEqual({ active: false })
    }
  },
  async dpop_signing_alg_values_supported() {
    const { tokens } = await world.signIn(shop, 'alice')
    const [endpoint, header] = [String(document.token_endpoint), basic(shop.clientId, shop.secret ?? '')]
    let refresh_token = tokens.refresh_token ?? ''
    for (const algorithm of listed('dpop_signing_alg_values_supported')) {
      const key = await proving(algorithm)
      const headers = async () => ({ ...header, dpop: await key.proof('POST', endpoint) })
      const next = await post(endpoint, { grant_type: 'refresh_token', refresh_token }, await headers())
      expect(next.status, `${algorithm} ${JSON.stringify(next.body)}`).toBe(200)
      refresh_token = String(at(next.body, 'refresh_token'))
      const exchanged = await post(endpoint, { grant_type: EXCHANGE, ...(await exchangeForm()) }, await headers())
      for (const { body } of [next, exchanged]) {
        expect(at(body, 'token_type'), algorithm).toBe('DPoP')
        expect(decodeJwt(String(at(body, 'access_token'))).cnf).toEqual({ jkt: key.thumbprint })
      }
      const [info, token] = [String(document.userinfo_endpoint), String(at(next.body, 'access_token'))]
      const shown = { authorization: `DPoP ${token}`, dpop: await key.proof('GET', info, token) }
      expect((await fetch(info, { headers: shown })).status, algorithm).toBe(200)
      expect((await fetch(info, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    }
  },
  async service_documentation() {
    expect((await fetch(String(document.service_documentation))).status).toBe(200)
  },
}

/** Proved where it lives, by the tests that need another world than this one. */
const ELSEWHERE = ['backchannel_logout_supported', 'backchannel_logout_session_supported', 'acr_values_supported']

describe('discovery tells the truth', () => {
  it.each(Object.entries(proofs))('about %s', (_member, prove) => prove())

  it('and about nothing else', () => {
    const proved = [...Object.keys(proofs), ...ELSEWHERE]
    expect(Object.keys(document).filter((member) => !proved.includes(member))).toEqual([])
    expect(Object.keys(proofs).filter((member) => !Object.hasOwn(document, member))).toEqual([])
  })
})

/** A code that nobody has redeemed. */
async function unused() {
  const { url, checks } = await askFor(shop.config)
  return { callback: (await world.walk(url.href, 'alice')).url, checks }
}

async function credential() {
  const principal = await world.operator.call('POST', '/api/v1/service_principals', { displayName: 'robot' })
  const id = String(at(principal.body, 'servicePrincipal', 'id'))
  const path = `/api/v1/service_principals/${id}/credentials`
  const made = await world.operator.call('POST', path, { displayName: 'key' })
  const [clientId, secret] = [at(made.body, 'credential', 'clientId'), at(made.body, 'clientSecret')].map(String)
  const config = await client.discovery(
    new URL(world.server.url),
    clientId ?? '',
    undefined,
    client.ClientSecretPost(secret),
    { execute: [client.allowInsecureRequests] },
  )
  return { config }
}

const methods: Readonly<Record<string, () => Promise<Relying>>> = {
  none: () => world.newApp({ tokenEndpointAuthMethod: 'none' }),
  client_secret_basic: () => world.newApp(),
  client_secret_post: () =>
    world.newApp({ tokenEndpointAuthMethod: 'client_secret_post' }, { authentication: client.ClientSecretPost }),
  async private_key_jwt() {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const spec = { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [await exportJWK(publicKey)] } }
    return await world.newApp(spec, { authentication: () => client.PrivateKeyJwt(privateKey) })
  },
}

/** A key of that algorithm, and proofs by it. */
async function proving(algorithm: string) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    proof: (htm: string, htu: string, token?: string) =>
      new SignJWT({ htm, htu, jti: crypto.randomUUID(), ...(token === undefined ? {} : { ath: hashOf(token) }) })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: algorithm, jwk: { ...jwk } })
        .setIssuedAt()
        .sign(privateKey),
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')

/** An app that signs by that algorithm, and its proof for a form. */
async function signing(algorithm: string) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm)
  const app = await world.newApp({
    grantTypes: [EXCHANGE],
    redirectUris: [],
    tokenEndpointAuthMethod: 'private_key_jwt',
    jwks: { keys: [await exportJWK(publicKey)] },
  })
  const form = async () => ({
    client_assertion_type: ASSERTION,
    client_assertion: await new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(app.clientId)
      .setSubject(app.clientId)
      .setAudience(world.server.url)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey),
  })
  return { app: app.clientId, form }
}

async function statusBy(algorithm: string, endpoint: string, more: Record<string, string>): Promise<number> {
  const { form } = await signing(algorithm)
  return (await post(endpoint, { ...more, ...(await form()) })).status
}
