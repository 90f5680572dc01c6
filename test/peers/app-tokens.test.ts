/** What apps may ask about tokens, and end: RFC 7662 and RFC 7009 as apps use them, on the real program. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { basic, openRelyingWorld, post, type Relying, type RelyingWorld } from './relying-world.ts'

let world: RelyingWorld
beforeAll(async () => {
  world = await openRelyingWorld()
  const rival = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { name: 'rival' }, spec: {} }
  expect((await world.operator.call('POST', '/apis/entente.dev/v1/organizations', rival)).status).toBe(201)
})
afterAll(() => world.close())

const headerOf = ({ clientId, secret }: Relying) => basic(clientId, secret ?? '')
const ask = (token: string, headers: Record<string, string>, form: Record<string, string> = {}) =>
  post(`${world.server.url}/oauth2/introspect`, { token, ...form }, headers)
const end = (token: string, headers: Record<string, string>, form: Record<string, string> = {}) =>
  post(`${world.server.url}/oauth2/revoke`, { token, ...form }, headers)

describe('introspection', () => {
  it.each(['/oauth2/introspect', '/v1/introspect'])(
    'tells an app of its organisation’s access tokens at %s',
    async (path) => {
      const [app, other] = [await world.newApp(), await world.newApp({ tokenEndpointAuthMethod: 'client_secret_post' })]
      const { tokens } = await world.signIn(app, 'alice')
      const about = { active: true, client_id: app.clientId, sub: tokens.claims()?.sub, token_type: 'Bearer' }
      const byHeader = await post(world.server.url + path, { token: tokens.access_token }, headerOf(app))
      expect(byHeader.body).toMatchObject(about)
      const proof = { client_id: other.clientId, client_secret: other.secret ?? '' }
      const byForm = await post(world.server.url + path, { token: tokens.access_token, ...proof })
      expect(byForm.body).toMatchObject(about)
      expect(byForm.headers.get('cache-control')).toBe('no-store')
    },
  )

  it('works for openid-client, with every method it may ask by', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'k' }] }
    const signing = await world.newApp(
      { tokenEndpointAuthMethod: 'private_key_jwt', jwks },
      { authentication: () => client.PrivateKeyJwt({ key: privateKey, kid: 'k' }) },
    )
    const posting = await world.newApp(
      { tokenEndpointAuthMethod: 'client_secret_post' },
      { authentication: client.ClientSecretPost },
    )
    for (const app of [signing, posting, await world.newApp()]) {
      const { tokens } = await world.signIn(app, 'alice')
      for (const token of [tokens.access_token, tokens.refresh_token ?? '']) {
        const seen = await client.tokenIntrospection(app.config, token)
        expect(seen).toMatchObject({ active: true, client_id: app.clientId, sub: tokens.claims()?.sub })
        await client.tokenRevocation(app.config, token)
        expect(await client.tokenIntrospection(app.config, token)).toEqual({ active: false })
      }
    }
  })

  it('shows refresh tokens to their own app alone', async () => {
    const [app, other] = [await world.newApp(), await world.newApp()]
    const { tokens } = await world.signIn(app, 'alice')
    const token = tokens.refresh_token ?? ''
    expect((await ask(token, headerOf(app))).body).toMatchObject({
      active: true,
      iss: world.server.url,
      client_id: app.clientId,
      sub: tokens.claims()?.sub,
      organization: 'default',
      scope: 'openid profile email',
      exp: expect.any(Number),
    })
    const operator = { authorization: `Bearer ${world.server.operatorToken()}` }
    for (const headers of [headerOf(other), operator])
      expect((await ask(token, headers)).body).toEqual({ active: false })
    await client.refreshTokenGrant(app.config, token)
    expect((await ask(token, headerOf(app))).body).toEqual({ active: false })
  })

  it('tells nobody of another organisation', async () => {
    const app = await world.newApp()
    const { tokens } = await world.signIn(app, 'alice')
    const foreign = await world.newApp({}, { organisation: 'rival' })
    for (const token of [tokens.access_token, tokens.refresh_token ?? '', 'nonsense'])
      expect((await ask(token, headerOf(foreign))).body).toEqual({ active: false })
  })

  it('is for those who prove who they are', async () => {
    const [app, open] = [await world.newApp(), await world.newApp({ tokenEndpointAuthMethod: 'none' })]
    const { tokens } = await world.signIn(app, 'alice')
    const wrong: [Record<string, string>, Record<string, string>][] = [
      [{}, {}],
      [{}, { client_id: app.clientId }],
      [{}, { client_id: open.clientId }],
      [basic(app.clientId, 'x'.repeat(43)), {}],
      [basic('nobody', 'x'.repeat(43)), {}],
      [{ authorization: 'Basic ???' }, {}],
      [{ authorization: 'Bearer nonsense' }, {}],
    ]
    for (const [headers, form] of wrong) {
      const answer = await ask(tokens.access_token, headers, form)
      expect([answer.status, at(answer.body, 'error'), headers, form]).toEqual([401, 'invalid_client', headers, form])
    }
    const twice = await ask(tokens.access_token, headerOf(app), { client_secret: app.secret ?? '' })
    expect(twice.status).toBe(400)
  })

  it('takes a credential of a service principal in the header, too', async () => {
    const principal = await world.operator.call('POST', '/api/v1/service_principals', { displayName: 'robot' })
    const id = String(at(principal.body, 'servicePrincipal', 'id'))
    const made = await world.operator.call('POST', `/api/v1/service_principals/${id}/credentials`, {
      displayName: 'key',
    })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    const clientId = String(at(made.body, 'credential', 'clientId'))
    const secret = String(at(made.body, 'clientSecret'))
    const { tokens } = await world.signIn(await world.newApp(), 'alice')
    expect((await ask(tokens.access_token, basic(clientId, secret))).body).toMatchObject({ active: true })
    expect((await ask(tokens.access_token, basic(clientId, `${secret}x`))).status).toBe(401)
  })

  it('takes an assertion that is meant for it', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), use: 'sig' }] }
    const app = await world.newApp({ tokenEndpointAuthMethod: 'private_key_jwt', jwks })
    const { tokens } = await world.signIn(await world.newApp(), 'alice')
    const assertion = (aud: string, exp = '1m') =>
      new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(app.clientId)
        .setSubject(app.clientId)
        .setAudience(aud)
        .setIssuedAt()
        .setExpirationTime(exp)
        .sign(privateKey)
    const asked = async (client_assertion: string) => {
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      return (await ask(tokens.access_token, {}, { client_assertion, client_assertion_type })).status
    }
    expect(await asked(await assertion(`${world.server.url}/oauth2/introspect`))).toBe(200)
    expect(await asked(await assertion('https://elsewhere.example'))).toBe(401)
    expect(await asked(await assertion(world.server.url, '2h'))).toBe(401)
  })
})

describe('revocation', () => {
  it('of a refresh token ends refresh, introspection and the access tokens of its grant at once', async () => {
    const app = await world.newApp()
    const { tokens } = await world.signIn(app, 'alice')
    const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    const token = next.refresh_token ?? ''
    const answer = await end(token, headerOf(app))
    expect(answer.status).toBe(200)
    for (const one of [token, tokens.access_token, next.access_token])
      expect((await ask(one, headerOf(app))).body).toEqual({ active: false })
    await expect(client.refreshTokenGrant(app.config, token)).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(client.fetchUserInfo(app.config, next.access_token, String(tokens.claims()?.sub))).rejects.toThrow()
  })

  it('leaves the person signed in: the next tokens count', async () => {
    const app = await world.newApp()
    const { tokens, browser } = await world.signIn(app, 'alice')
    await end(tokens.refresh_token ?? '', headerOf(app))
    const { tokens: later } = await world.signIn(app, 'nobody', { prompt: 'none' }, browser)
    expect(later.claims()?.sub).toBe(tokens.claims()?.sub)
    expect((await ask(later.access_token, headerOf(app))).body).toMatchObject({ active: true })
    expect((await ask(later.refresh_token ?? '', headerOf(app))).body).toMatchObject({ active: true })
  })

  it('of an access token ends that one', async () => {
    const app = await world.newApp()
    const { tokens } = await world.signIn(app, 'alice')
    await end(tokens.access_token, headerOf(app))
    expect((await ask(tokens.access_token, headerOf(app))).body).toEqual({ active: false })
    const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    expect((await ask(next.access_token, headerOf(app))).body).toMatchObject({ active: true })
  })

  it('is the own app’s, by its name alone where it is a public one', async () => {
    const open = await world.newApp({ tokenEndpointAuthMethod: 'none' })
    const app = await world.newApp()
    const { tokens } = await world.signIn(open, 'alice')
    const mine = await world.signIn(app, 'alice')
    const strangers: [string, Record<string, string>, Record<string, string>][] = [
      [tokens.access_token, headerOf(app), {}],
      [tokens.refresh_token ?? '', headerOf(app), {}],
      [tokens.access_token, {}, {}],
      [mine.tokens.access_token, {}, { client_id: app.clientId }],
      [mine.tokens.refresh_token ?? '', {}, { client_id: app.clientId }],
      [mine.tokens.access_token, {}, { client_id: open.clientId }],
    ]
    for (const [token, headers, form] of strangers) expect((await end(token, headers, form)).status).toBe(200)
    for (const token of [mine.tokens.access_token, mine.tokens.refresh_token ?? '', tokens.access_token])
      expect((await ask(token, headerOf(app))).body).toMatchObject({ active: true })
    for (const token of [tokens.refresh_token ?? '', tokens.access_token])
      expect((await end(token, {}, { client_id: open.clientId })).status).toBe(200)
    expect((await ask(tokens.access_token, headerOf(app))).body).toEqual({ active: false })
    const refreshed = client.refreshTokenGrant(open.config, tokens.refresh_token ?? '')
    await expect(refreshed).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('is an administrator’s, too', async () => {
    const app = await world.newApp()
    const { tokens } = await world.signIn(app, 'alice')
    await end(tokens.refresh_token ?? '', { authorization: `Bearer ${world.server.operatorToken()}` })
    expect((await ask(tokens.refresh_token ?? '', headerOf(app))).body).toEqual({ active: false })
  })

  it('answers 200 to what is no token', async () => {
    const app = await world.newApp()
    for (const token of ['x', 'a'.repeat(43), 'a.b.c', 'x'.repeat(5_000)])
      expect((await end(token, headerOf(app))).status).toBe(200)
  })
})

describe('a grant that was misused', () => {
  it('takes the access tokens of its code along when the code comes twice, and of its refresh tokens likewise', async () => {
    const app = await world.newApp()
    const first = await world.signIn(app, 'alice')
    const again = client.authorizationCodeGrant(app.config, new URL(first.callback), first.checks)
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await ask(first.tokens.access_token, headerOf(app))).body).toEqual({ active: false })
    const second = await world.signIn(app, 'alice')
    const next = await client.refreshTokenGrant(app.config, second.tokens.refresh_token ?? '')
    const reused = client.refreshTokenGrant(app.config, second.tokens.refresh_token ?? '')
    await expect(reused).rejects.toMatchObject({ error: 'invalid_grant' })
    for (const token of [next.access_token, next.refresh_token ?? '', second.tokens.access_token])
      expect((await ask(token, headerOf(app))).body).toEqual({ active: false })
  })
})
