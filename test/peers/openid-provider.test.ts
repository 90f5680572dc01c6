/** The OpenID Provider as apps meet it: what tokens say, how they are renewed and bound, and who may have which. */
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CertificateAuthority } from '../../simulators/certificates.ts'
import { close, listen } from '../../simulators/loopback.ts'
import { at } from '../../src/cli/demo/api.ts'
import { openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { askFor } from './app-request.ts'
import { openRelyingWorld, type Place, type Relying, type RelyingWorld } from './relying-world.ts'

let world: RelyingWorld
let keys: KeyPlace
beforeAll(async () => {
  world = await openRelyingWorld({
    others: async (authority) => {
      keys = await publishKeys(authority)
      return [keys]
    },
  })
})
afterAll(() => world.close())

async function personOf(email: string) {
  const list = await world.operator.call('GET', `${world.namespace()}/persons?search=${email}`)
  return {
    uid: String(at(list.body, 'items', '0', 'metadata', 'uid')),
    name: String(at(list.body, 'items', '0', 'metadata', 'name')),
  }
}

describe('tokens', () => {
  it('say the same of a person everywhere: who, of which organisation, by which provider, with which rights, how and when', async () => {
    const app = await world.newApp()
    await world.signIn(app, 'alice')
    const { uid, name } = await personOf('alice')
    const given = { roleIds: ['viewer'], groups: ['/staff', '/staff/it'] }
    const patched = await world.operator.call('PATCH', `${world.namespace()}/persons/${name}`, { spec: given })
    expect(patched.status).toBe(200)
    const before = Math.floor(Date.now() / 1000)
    const { tokens } = await world.signIn(app, 'alice', { scope: 'openid groups' })
    const [id, access] = [tokens.claims(), decodeJwt(tokens.access_token)]
    const info = await client.fetchUserInfo(app.config, tokens.access_token, uid)
    const seen = await client.tokenIntrospection(app.config, tokens.access_token)
    for (const said of [id, access, info, seen]) {
      expect(said).toMatchObject({
        sub: uid,
        organization: 'default',
        provider: 'corp',
        roles: ['viewer'],
        groups: ['/staff', '/staff/it'],
        amr: expect.any(Array),
        auth_time: expect.any(Number),
      })
      expect(Math.abs(Number(said?.auth_time) - before)).toBeLessThan(60)
    }
    expect(access).toMatchObject({ iss: world.server.url, aud: world.server.url, client_id: app.clientId })
    expect(Number(access.exp) - Number(access.iat)).toBe(1_800)
    expect(String(access.jti)).not.toBe('')
  })

  it('have the scopes that the app is registered for, its own among them, and no others', async () => {
    const app = await world.newApp({ scopes: ['openid', 'orders.read'] })
    const { tokens } = await world.signIn(app, 'alice', { scope: 'openid orders.read orders.write' })
    expect(decodeJwt(tokens.access_token).scope).toBe('openid orders.read')
    const bare = await world.newApp({ scopes: ['orders.read'] })
    for (const [one, scope] of [
      [app, 'openid email'],
      [app, 'openid entente.manage'],
      [bare, 'openid'],
      [bare, 'entente.manage'],
    ] as const) {
      const { url } = await askFor(one.config, { scope })
      const page = await world.walk(url.href, 'alice')
      expect(new URL(page.url).searchParams.get('error'), scope).toBe('invalid_scope')
    }
  })

  it('of an app of another organisation say its whole client id', async () => {
    const rival = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { name: 'rival' }, spec: {} }
    expect((await world.operator.call('POST', '/apis/entente.dev/v1/organizations', rival)).status).toBe(201)
    const { clientId } = await world.newApp({}, { organisation: 'rival' })
    expect(clientId).toMatch(/^rival\.app-\d+$/)
  })

  it('are for the resource that the app may name, and for no other', async () => {
    const resources = ['https://api.example', 'https://files.example/v1']
    const app = await world.newApp({ resources })
    const { tokens } = await world.signIn(app, 'alice', { resource: 'https://api.example' })
    expect(decodeJwt(tokens.access_token).aud).toBe('https://api.example')
    const info = client.fetchUserInfo(app.config, tokens.access_token, String(tokens.claims()?.sub))
    await expect(info, 'it is not for us').rejects.toThrow()
    for (const resource of ['https://other.example', 'https://api.example/', 'https://API.example']) {
      const { url } = await askFor(app.config, { resource })
      const page = await world.walk(url.href, 'alice')
      expect(new URL(page.url).searchParams.get('error'), resource).toBe('invalid_target')
    }
    const refreshed = client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', {
      resource: 'https://other.example',
    })
    await expect(refreshed).rejects.toMatchObject({ error: 'invalid_target' })
    const two = new URLSearchParams(`resource=${resources.map(encodeURIComponent).join('&resource=')}`)
    const both = client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', two)
    await expect(both).rejects.toMatchObject({ error: 'invalid_target' })
  })
})

describe('refresh tokens', () => {
  it('are for one key where the app has to bind its tokens', async () => {
    const app = await world.newApp({ requireDpop: true, tokenEndpointAuthMethod: 'none' })
    const [mine, other] = [await handle(app), await handle(app)]
    const { url, checks } = await askFor(app.config)
    const page = await world.walk(url.href, 'alice')
    const bare = client.authorizationCodeGrant(app.config, new URL(page.url), checks)
    await expect(bare).rejects.toMatchObject({ error: 'invalid_dpop_proof' })
    const again = await askFor(app.config)
    const back = await world.walk(again.url.href, 'alice')
    const tokens = await client.authorizationCodeGrant(app.config, new URL(back.url), again.checks, undefined, {
      DPoP: mine,
    })
    const stolen = client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', {}, { DPoP: other })
    await expect(stolen).rejects.toMatchObject({ error: expect.stringMatching(/^invalid_(grant|dpop_proof)$/) })
    const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', {}, { DPoP: mine })
    expect(decodeJwt(next.access_token).cnf).toEqual({ jkt: await mine.calculateThumbprint() })
  })

  it('let one of twenty through that come at once, and end the family', async () => {
    const app = await world.newApp()
    const { tokens } = await world.signIn(app, 'alice')
    const tries = Array.from({ length: 20 }, () => client.refreshTokenGrant(app.config, tokens.refresh_token ?? ''))
    const done = await Promise.allSettled(tries)
    const winners = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(winners.length).toBeLessThanOrEqual(1)
    for (const { refresh_token } of winners) {
      const late = client.refreshTokenGrant(app.config, refresh_token ?? '')
      await expect(late).rejects.toMatchObject({ error: 'invalid_grant' })
    }
  })

  it('are other apps’ refresh tokens to nobody', async () => {
    const [app, other] = [await world.newApp(), await world.newApp()]
    const { tokens } = await world.signIn(app, 'alice')
    const stolen = client.refreshTokenGrant(other.config, tokens.refresh_token ?? '')
    await expect(stolen).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).access_token).toMatch(/^ey/)
  })
})

describe('an app with keys of its own', () => {
  it('is known by the key set behind its address', async () => {
    const jwksUri = `${keys.issuer}/keys`
    const spec = { tokenEndpointAuthMethod: 'private_key_jwt', jwksUri }
    const app = await world.newApp(spec, { authentication: () => client.PrivateKeyJwt(keys.privateKey) })
    const { tokens } = await world.signIn(app, 'alice')
    expect((await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).access_token).toMatch(/^ey/)
    const { privateKey } = await generateKeyPair('ES256')
    const other = client.PrivateKeyJwt({ key: privateKey, kid: 'mine' })
    const forger = await client.discovery(new URL(world.server.url), app.clientId, undefined, other, {
      execute: [client.allowInsecureRequests],
    })
    const forged = client.refreshTokenGrant(forger, tokens.refresh_token ?? '')
    await expect(forged).rejects.toMatchObject({ error: 'invalid_client' })
  })

  it('is not asked for them inside the house, where no operator has named the place', async () => {
    let asked = 0
    const canary = createHttpServer((_request, response) => {
      asked++
      response.end(JSON.stringify(keys.document))
    })
    const port = await listen(canary)
    try {
      const spec = { tokenEndpointAuthMethod: 'private_key_jwt', jwksUri: `http://localhost:${port}/keys` }
      const app = await world.newApp(spec, { authentication: () => client.PrivateKeyJwt(keys.privateKey) })
      await expect(world.signIn(app, 'alice')).rejects.toMatchObject({ error: 'invalid_client' })
      expect(at(await world.latestDecision('sign-in'), 'code')).toBe('client.unauthenticated')
      expect(asked).toBe(0)
    } finally {
      await close(canary)
    }
  })
})

describe('an app that speaks for itself', () => {
  it('gets a token without rights over people or us, for its own resources, which ends with the app', async () => {
    const spec = { grantTypes: ['client_credentials'], redirectUris: [], resources: ['https://api.example'] }
    const app = await world.newApp({ ...spec, scopes: ['openid', 'orders.read'] })
    const asked = { scope: 'openid orders.read entente.manage', resource: 'https://api.example' }
    const { access_token, scope } = await client.clientCredentialsGrant(app.config, asked)
    expect(scope).toBe('orders.read')
    expect(decodeJwt(access_token)).toMatchObject({ client_id: app.clientId, aud: 'https://api.example', roles: [] })
    const { access_token: ours } = await client.clientCredentialsGrant(app.config)
    const path = `${world.namespace()}/apps`
    const face = { headers: { authorization: `Bearer ${ours}` } }
    expect((await fetch(world.server.url + path, face)).status).toBe(403)
    await expect(client.fetchUserInfo(app.config, ours, client.skipSubjectCheck)).rejects.toThrow()
    expect(await client.tokenIntrospection(app.config, ours)).toMatchObject({ active: true, client_id: app.clientId })
    const other = await world.newApp()
    await world.operator.call('PATCH', `${path}/${app.clientId}`, { spec: { disabled: true } })
    await expect.poll(() => client.tokenIntrospection(other.config, ours)).toEqual({ active: false })
  })

  it.each([
    ['may not', {}, 'unauthorized_client', 'app.grant_denied'],
    ['is a public one', { tokenEndpointAuthMethod: 'none' }, 'invalid_client', 'client.unauthenticated'],
  ])('gets nothing where it %s', async (_title, spec, error, code) => {
    const app = await world.newApp(spec)
    await expect(client.clientCredentialsGrant(app.config)).rejects.toMatchObject({ error })
    expect(at(await world.latestDecision('client-credentials'), 'code')).toBe(code)
  })
})

describe('who may come in', () => {
  it('is a person of a provider that the app lists, also with a session of another one', async () => {
    const browser = openBrowser(world.server.url)
    await world.signIn(await world.newApp(), 'alice', {}, browser)
    const closed = await world.newApp({ allowedProviders: ['other'] })
    const { url } = await askFor(closed.config, { prompt: 'none' })
    expect(new URL((await browser.go(url.href)).url).searchParams.get('error')).toBe('login_required')
    const asked = await askFor(closed.config)
    const page = await world.walk(asked.url.href, 'alice', browser)
    expect(page.url.startsWith(world.server.url), page.url).toBe(true)
  })
})

describe('what the server prints', () => {
  it('is lines of JSON, what the library has to say among them', async () => {
    await world.signIn(await world.newApp(), 'alice')
    const lines = readFileSync(world.server.logFile, 'utf8').trim().split('\n')
    const entries = lines.map((line): unknown => JSON.parse(line))
    expect(entries).toContainEqual(expect.objectContaining({ msg: 'answered', route: '/oauth2/token' }))
    if (Number(process.versions.node.split('.')[0]) < 22)
      expect(entries).toContainEqual(
        expect.objectContaining({ level: 40, msg: expect.stringContaining('oidc-provider') }),
      )
  })
})

interface KeyPlace extends Place {
  readonly privateKey: CryptoKey
  readonly document: object
}

/** Where an app publishes its key. */
async function publishKeys(authority: CertificateAuthority): Promise<KeyPlace> {
  const host = 'keys.shop.example'
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const document = { keys: [{ ...(await exportJWK(publicKey)), use: 'sig', alg: 'ES256' }] }
  const { certificatePem, keyPem } = await authority.issue([host])
  const server = createServer({ cert: certificatePem, key: keyPem }, (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
  })
  const port = await listen(server)
  return { issuer: `https://${host}`, host, port, privateKey, document, stop: () => close(server) }
}

async function handle({ config }: Relying): Promise<client.DPoPHandle> {
  return client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
}
