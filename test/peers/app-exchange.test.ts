/**
 * Apps that exchange a person's token. A rival's token exchange skipped the app's list of allowed providers: whoever was
 * kept out at the sign-in came in by the back door.
 */
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { basic, openRelyingWorld, post, type Relying, type RelyingWorld } from './relying-world.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'
const CORP = '//iam.googleapis.com/locations/global/workforcePools/default/providers/corp'

let world: RelyingWorld
beforeAll(async () => {
  world = await openRelyingWorld()
  const rival = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { name: 'rival' }, spec: {} }
  const made = await world.operator.call('POST', '/apis/entente.dev/v1/organizations', rival)
  expect(made.status).toBe(201)
})
afterAll(() => world.close())

const exchanging = (spec: object = {}) => ({ grantTypes: [EXCHANGE], redirectUris: [], ...spec })

async function formOf(more: Record<string, string> = {}): Promise<Record<string, string>> {
  const subject_token = await world.corp.idToken('alice', 'entente')
  return { grant_type: EXCHANGE, subject_token, subject_token_type: ID_TOKEN, audience: CORP, ...more }
}

async function exchange({ clientId, secret }: Relying, more: Record<string, string> = {}) {
  const proof: Record<string, string> = secret === null ? {} : basic(clientId, secret)
  const form = await formOf({ ...(secret === null ? { client_id: clientId } : {}), ...more })
  return await post(`${world.server.url}/oauth2/token`, form, proof)
}

const code = async (organisation?: string) => at(await world.latestDecision('token-exchange', organisation), 'code')

describe('a token exchange skips no app’s list of allowed providers', () => {
  it.each<[string, object, string]>([
    ['of another provider', { allowedProviders: ['other'] }, 'app.provider_denied'],
    ['of the provider’s name elsewhere', { allowedProviders: ['rival/corp'] }, 'app.provider_denied'],
    ['of another organisation', { allowedOrganizations: ['rival'] }, 'app.organization_denied'],
  ])('%s: refused, and the decision says so', async (_title, spec, told) => {
    const { status, body } = await exchange(await world.newApp(exchanging(spec)))
    expect([status, at(body, 'error')]).toEqual([400, 'invalid_request'])
    expect(JSON.stringify(body)).not.toMatch(/corp|rival|allowed/)
    expect(await code()).toBe(told)
  })

  it.each([
    ['under the path existing clients use', '/auth/v1/token', 'invalid_request'],
    ['at the endpoint of Google’s clients', '/v1/token', 'invalid_grant'],
  ])('%s: just so', async (_title, path, error) => {
    const { clientId, secret } = await world.newApp(exchanging({ allowedProviders: ['other'] }))
    const answer = await post(world.server.url + path, await formOf(), basic(clientId, secret ?? ''))
    expect([answer.status, at(answer.body, 'error')]).toEqual([400, error])
    expect(await code()).toBe('app.provider_denied')
  })

  it('does not tell an app of another organisation which providers there are', async () => {
    const app = await world.newApp(exchanging(), { organisation: 'rival' })
    for (const audience of [CORP, CORP.replace('corp', 'nobody')]) {
      const { body } = await exchange(app, { audience })
      expect(at(body, 'error')).toBe('invalid_request')
      expect(await code('rival')).toBe('app.organization_denied')
    }
  })

  it('ends the tokens of an app whose list is shortened, and its refresh tokens, within a second', async () => {
    const app = await world.newApp({ grantTypes: [EXCHANGE, 'authorization_code', 'refresh_token'] })
    const { body } = await exchange(app)
    const { tokens } = await world.signIn(app, 'alice')
    const path = `${world.namespace()}/apps/${app.clientId}`
    const patched = await world.operator.call('PATCH', path, { spec: { allowedProviders: ['other'] } })
    expect(patched.status).toBe(200)
    const introspect = `${world.server.url}/oauth2/introspect`
    for (const token of [String(at(body, 'access_token')), tokens.access_token, tokens.refresh_token ?? '']) {
      const asked = await post(introspect, { token }, basic(app.clientId, app.secret ?? ''))
      expect(asked.body).toEqual({ active: false })
    }
    const refreshed = client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    await expect(refreshed).rejects.toMatchObject({ error: 'invalid_grant' })
    expect(at(await world.latestDecision('sign-in'), 'code')).toBe('app.provider_denied')
  })
})

describe('an app that may', () => {
  it('gets a token of its own for the person, by what it is registered for', async () => {
    const spec = { allowedProviders: ['corp'], resources: ['https://api.example'] }
    const app = await world.newApp(exchanging(spec))
    const { tokens } = await world.signIn(await world.newApp(), 'alice')
    const { status, body } = await exchange(app, { resource: 'https://api.example', scope: 'openid entente.manage' })
    expect([status, at(body, 'issued_token_type')]).toEqual([200, 'urn:ietf:params:oauth:token-type:access_token'])
    expect(decodeJwt(String(at(body, 'access_token')))).toMatchObject({
      iss: world.server.url,
      aud: 'https://api.example',
      client_id: app.clientId,
      sub: tokens.claims()?.sub,
      organization: 'default',
      provider: 'corp',
    })
    expect(at(body, 'scope')).toBe('')
    const other = await exchange(app, { resource: 'https://other.example' })
    expect(at(other.body, 'error')).toBe('invalid_target')
  })

  it('opens no management API without entente.manage, whoever the person is', async () => {
    const { body } = await exchange(await world.newApp(exchanging()))
    const headers = { authorization: `Bearer ${at(body, 'access_token')}` }
    const answer = await fetch(`${world.server.url}${world.namespace()}/apps`, { headers })
    expect(answer.status).toBe(403)
  })

  it('proves itself by a secret in the form, by an assertion once, or as a public app by its name', async () => {
    const posting = await world.newApp(exchanging({ tokenEndpointAuthMethod: 'client_secret_post' }))
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }] }
    const signing = await world.newApp(exchanging({ tokenEndpointAuthMethod: 'private_key_jwt', jwks }))
    const open = await world.newApp(exchanging({ tokenEndpointAuthMethod: 'none' }))
    const token = `${world.server.url}/oauth2/token`
    const byPost = { client_id: posting.clientId, client_secret: posting.secret ?? '' }
    expect((await post(token, await formOf(byPost))).status).toBe(200)
    expect((await exchange(open)).status).toBe(200)
    for (const aud of [world.server.url, token, new URL(world.server.url).host, 'localhost']) {
      const client_assertion = await new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(signing.clientId)
        .setSubject(signing.clientId)
        .setAudience(aud)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(privateKey)
      const type = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }
      const forms = await Promise.all(Array.from({ length: 20 }, () => formOf({ ...type, client_assertion })))
      const answers = await Promise.all(forms.map((form) => post(token, form)))
      expect(
        answers.map(({ status }) => status).filter((status) => status === 200),
        aud,
      ).toHaveLength(1)
      expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true)
    }
  })

  it.each<[string, object, (app: Relying) => Record<string, string>, number, string, string]>([
    [
      'a wrong secret',
      {},
      ({ clientId }) => basic(clientId, 'x'.repeat(43)),
      401,
      'invalid_client',
      'client.unauthenticated',
    ],
    ['no secret', {}, () => ({}), 401, 'invalid_client', 'client.unauthenticated'],
    [
      'no such grant',
      { grantTypes: ['authorization_code'], redirectUris: ['https://a.example/cb'] },
      ({ clientId, secret }) => basic(clientId, secret ?? ''),
      400,
      'unauthorized_client',
      'app.grant_denied',
    ],
    [
      'no key, which it needs',
      { requireDpop: true },
      ({ clientId, secret }) => basic(clientId, secret ?? ''),
      400,
      'invalid_dpop_proof',
      'dpop.missing',
    ],
  ])('gets nothing with %s', async (_title, spec, headersOf, status, error, told) => {
    const app = await world.newApp(exchanging(spec))
    const headers = headersOf(app)
    const form = await formOf('authorization' in headers ? {} : { client_id: app.clientId })
    const answer = await post(`${world.server.url}/oauth2/token`, form, headers)
    expect([answer.status, at(answer.body, 'error')]).toEqual([status, error])
    expect(await code()).toBe(told)
  })

  it('names a provider of people, by audience', async () => {
    const app = await world.newApp(exchanging())
    const proof = basic(app.clientId, app.secret ?? '')
    const { audience: _, ...form } = await formOf()
    const answer = await post(`${world.server.url}/oauth2/token`, form, proof)
    expect([answer.status, await code()]).toEqual([400, 'request.invalid'])
  })
})
