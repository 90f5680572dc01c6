/**
 * DPoP and the other grants of outside tokens with openid-client, which makes its own proofs and knows nothing of us; then
 * every proof that is refused, by what the caller sees and what the decision says.
 */
import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Api, at, textAt } from '../../src/cli/demo/api.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const LIST = '/api/v1/workload_federation/providers'

let world: World
let server: ServerProcess
let operator: Api
let github: Registration
let keys: GenerateKeyPairResult

beforeAll(async () => {
  world = await openWorld()
  server = await world.start({ env: { ENTENTE_REFUSALS_PER_MINUTE: '100000' } })
  operator = operatorOf(server)
  github = await registerGithub(operator)
  keys = await generateKeyPair('ES256')
})
afterAll(() => world.close())

function client(auth: oidc.ClientAuth = oidc.None(), clientId = github.clientId): oidc.Configuration {
  const endpoint = `${server.url}/oauth2/token`
  const configuration = new oidc.Configuration(
    { issuer: server.url, token_endpoint: endpoint },
    clientId,
    undefined,
    auth,
  )
  oidc.allowInsecureRequests(configuration)
  return configuration
}

const mint = (claims: Record<string, unknown> = {}) => world.github.mint({ aud: github.audience, ...claims })
const subject = async () => ({ subject_token: await mint(), subject_token_type: JWT })
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe('openid-client', () => {
  it('gets a token bound to its key, and reads our APIs with it', async () => {
    const configuration = client()
    const pair = await oidc.randomDPoPKeyPair('ES256', { extractable: true })
    const DPoP = oidc.getDPoPHandle(configuration, pair)
    const answer = await oidc.genericGrantRequest(configuration, EXCHANGE, await subject(), { DPoP })
    expect(answer).toMatchObject({ token_type: 'dpop', expires_in: 1800 })
    const jkt = await calculateJwkThumbprint(await exportJWK(pair.publicKey))
    expect(claimsOf(answer.access_token).cnf).toEqual({ jkt })
    for (const path of [LIST, `${LIST}?page_size=10`]) {
      const url = new URL(server.url + path)
      const list = await oidc.fetchProtectedResource(configuration, answer.access_token, url, 'GET', null, undefined, {
        DPoP,
      })
      expect(list.status).toBe(200)
    }
    const shown = await introspect(answer.access_token)
    expect(shown).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt } })
  })

  it.each(['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'])(
    'makes proofs with %s, which our metadata lists',
    async (alg) => {
      const metadata: unknown = await (await fetch(`${server.url}/.well-known/oauth-authorization-server`)).json()
      expect(at(metadata, 'dpop_signing_alg_values_supported')).toContain(alg)
      const { privateKey, publicKey } = await generateKeyPair(alg)
      const text = await proof({}, { alg }, { privateKey, publicKey })
      expect((await exchange(text)).body).toMatchObject({ token_type: 'DPoP' })
    },
  )

  it('uses a workload’s token as the grant (RFC 7523)', async () => {
    const answer = await oidc.genericGrantRequest(client(), JWT_BEARER, { assertion: await mint() })
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 1800 })
    expect(answer.issued_token_type).toBeUndefined()
    expect(claimsOf(answer.access_token)).toMatchObject({ client_id: github.clientId, provider: github.providerId })
    const audience = `//${github.audience}/organizations/default/providers/${github.providerId}`
    const body = new URLSearchParams({ grant_type: JWT_BEARER, assertion: await mint(), audience })
    expect((await fetch(`${server.url}/v1/token`, { method: 'POST', body })).status).toBe(200)
  })

  it('uses a workload’s token as client assertion', async () => {
    for (const aud of [
      github.audience,
      github.audience.replace(/:\d+$/, ''),
      server.url,
      `${server.url}/oauth2/token`,
    ]) {
      const token = await mint({ aud })
      const assertion: oidc.ClientAuth = (_as, { client_id }, body) => {
        body.set('client_id', client_id)
        body.set('client_assertion_type', ASSERTION_TYPE)
        body.set('client_assertion', token)
      }
      const answer = await oidc.clientCredentialsGrant(client(assertion))
      expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
      expect(claimsOf(answer.access_token)).toMatchObject({ client_id: github.clientId, roles: ['viewer'] })
    }
    const short = github.clientId.split('@')[0] ?? ''
    expect((await asClient(await mint(), { client_id: short })).status).toBe(200)
  })
})

async function introspect(token: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${server.operatorToken()}` }
  const body = new URLSearchParams({ token })
  return await (await fetch(`${server.url}/oauth2/introspect`, { method: 'POST', headers, body })).json()
}

async function post(fields: Record<string, string>, dpop?: string, path = '/oauth2/token'): Promise<Answer> {
  const headers = dpop === undefined ? {} : { dpop }
  const response = await fetch(server.url + path, { method: 'POST', headers, body: new URLSearchParams(fields) })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const exchange = async (dpop?: string, path?: string) =>
  await post({ grant_type: EXCHANGE, client_id: github.clientId, ...(await subject()) }, dpop, path)

const asClient = (assertion: string, more: Record<string, string> = {}) =>
  post({
    grant_type: 'client_credentials',
    client_id: github.clientId,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
    ...more,
  })

/** Undefined takes a claim or a header member away. */
async function proof(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  by: GenerateKeyPairResult = keys,
): Promise<string> {
  const usual = { jti: randomUUID(), htm: 'POST', htu: `${server.url}/oauth2/token`, iat: now() }
  const all = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(by.publicKey), ...header }
  return await new SignJWT({ ...usual, ...claims }).setProtectedHeader(all).sign(by.privateKey)
}

const now = () => Math.floor(Date.now() / 1000)

async function codeOf(answer: Answer): Promise<unknown> {
  const id = answer.headers.get('entente-decision')
  const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
  expect(JSON.stringify(decision.body)).not.toContain('eyJ')
  return at(decision.body, 'spec', 'code')
}

describe('a proof at a token endpoint', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['that is none', async () => 'x', 'dpop.malformed'],
    ['that is empty', async () => '', 'dpop.malformed'],
    ['that comes twice', async () => `${await proof()}, ${await proof()}`, 'dpop.malformed'],
    ['of another type', async () => proof({}, { typ: 'JWT' }), 'dpop.malformed'],
    ['without its key', async () => proof({}, { jwk: undefined }), 'dpop.malformed'],
    [
      'with a private key',
      async () => proof({}, { jwk: { ...(await exportJWK(keys.publicKey)), d: 'AAAA' } }),
      'dpop.malformed',
    ],
    [
      'with somebody else’s key',
      async () => proof({}, { jwk: await exportJWK((await generateKeyPair('ES256')).publicKey) }),
      'dpop.signature_invalid',
    ],
    ['for another method', async () => proof({ htm: 'GET' }), 'dpop.mismatch'],
    ['for another endpoint', async () => proof({ htu: `${server.url}/auth/v1/token` }), 'dpop.mismatch'],
    [
      'for the address of the listener',
      async () => proof({ htu: `http://127.0.0.1:${server.port}/oauth2/token` }),
      'dpop.mismatch',
    ],
    ['of two minutes ago', async () => proof({ iat: now() - 120 }), 'dpop.stale'],
    ['of the future', async () => proof({ iat: now() + 120 }), 'dpop.stale'],
    ['without jti', async () => proof({ jti: undefined }), 'dpop.malformed'],
  ])('%s is refused', async (_name, text, code) => {
    const answer = await exchange(await text())
    expect([answer.status, at(answer.body, 'error'), await codeOf(answer)]).toEqual([400, 'invalid_dpop_proof', code])
  })

  it('is taken once: one winner of 20, at whatever endpoint, and after a crash too', async () => {
    const text = await proof()
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(text)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const loser = answers.find(({ status }) => status !== 200)
    if (loser === undefined) throw new Error('some were refused')
    expect([at(loser.body, 'error'), await codeOf(loser)]).toEqual(['invalid_dpop_proof', 'dpop.replayed'])
    const { port } = server
    await server.kill()
    server = await world.start({ port, env: { ENTENTE_REFUSALS_PER_MINUTE: '100000' } })
    operator = operatorOf(server)
    expect(await codeOf(await exchange(text))).toBe('dpop.replayed')
  })

  it('is not used up by a request that is refused', async () => {
    const text = await proof()
    const form = { grant_type: EXCHANGE, client_id: github.clientId, subject_token_type: JWT }
    const refused = await post({ ...form, subject_token: await mint({ repository: 'mallory/x' }) }, text)
    expect(await codeOf(refused)).toBe('condition.false')
    expect((await exchange(text)).status).toBe(200)
  })

  it('binds what every grant issues, at every endpoint', async () => {
    for (const path of ['/auth/v1/token', '/v1/token']) {
      const answer = await exchange(await proof({ htu: server.url + path }), path)
      expect(answer.body).toMatchObject({ token_type: 'DPoP' })
    }
    const grant = { grant_type: JWT_BEARER, client_id: github.clientId, assertion: await mint() }
    expect((await post(grant, await proof())).body).toMatchObject({ token_type: 'DPoP' })
  })
})

describe('a credential that requires DPoP', () => {
  async function makeCredential(more: object = {}): Promise<Record<string, string>> {
    const path = `/api/v1/service_principals/${github.servicePrincipalId}/credentials`
    const made = await operator.call('POST', path, { displayName: 'bound', requireDpop: true, ...more })
    const [client_id, client_secret] = [textAt(made, 'credential', 'clientId'), textAt(made, 'clientSecret')]
    return { grant_type: 'client_credentials', client_id, client_secret }
  }

  it('gets a bound token with a proof, and nothing without', async () => {
    const form = await makeCredential()
    const answer = await post(form, await proof())
    expect(answer.body).toMatchObject({ token_type: 'DPoP', expires_in: 3600 })
    const without = await post(form)
    expect([at(without.body, 'error'), await codeOf(without)]).toEqual(['invalid_dpop_proof', 'dpop.missing'])
    const wrong = await post({ ...form, client_secret: 'guess' })
    expect([wrong.status, await codeOf(wrong)]).toEqual([401, 'client.secret_wrong'])
  })

  it('may ask about tokens as any other client', async () => {
    const { client_id = '', client_secret = '' } = await makeCredential()
    const token = textAt(await exchange(), 'access_token')
    const body = new URLSearchParams({ token, client_id, client_secret })
    const answer = await fetch(`${server.url}/oauth2/introspect`, { method: 'POST', body })
    expect([answer.status, at(await answer.json(), 'active')]).toEqual([200, true])
  })
})

describe('a bound token at our own APIs', () => {
  const bound = async () => textAt(await exchange(await proof()), 'access_token')
  const ath = (token: string) => createHash('sha256').update(token).digest('base64url')
  const read = (token: string, dpop: string | null, scheme = 'DPoP', path = LIST) =>
    fetch(server.url + path, { headers: { authorization: `${scheme} ${token}`, ...(dpop === null ? {} : { dpop }) } })
  const about = (token: string, claims: Record<string, unknown> = {}, by = keys) =>
    proof({ htm: 'GET', htu: server.url + LIST, ath: ath(token), ...claims }, {}, by)

  it('opens them with a fresh proof, once each', async () => {
    const token = await bound()
    const text = await about(token)
    expect((await read(token, text)).status).toBe(200)
    expect((await read(token, text)).status).toBe(401)
    expect((await read(token, await about(token), 'dpop', `${LIST}?page_size=10`)).status).toBe(200)
  })

  it.each<[string, (token: string) => Promise<Response>, string]>([
    ['as a bearer token', (token) => read(token, null, 'Bearer'), 'DPoP error="invalid_token"'],
    [
      'as a bearer token with a proof',
      async (token) => read(token, await about(token), 'Bearer'),
      'DPoP error="invalid_token"',
    ],
    ['without a proof', (token) => read(token, null), 'DPoP error="invalid_token"'],
    [
      'with the proof of a token request',
      async (token) => read(token, await proof({ ath: ath(token) })),
      'DPoP error="invalid_dpop_proof"',
    ],
    [
      'without ath',
      async (token) => read(token, await about(token, { ath: undefined })),
      'DPoP error="invalid_dpop_proof"',
    ],
    [
      'with ath of another token',
      async (token) => read(token, await about(await bound(), {})),
      'DPoP error="invalid_dpop_proof"',
    ],
    [
      'for another method',
      async (token) => read(token, await about(token, { htm: 'POST' })),
      'DPoP error="invalid_dpop_proof"',
    ],
    [
      'for another path',
      async (token) => read(token, await about(token, { htu: `${server.url}/api/v1/service_principals` })),
      'DPoP error="invalid_dpop_proof"',
    ],
    [
      'of another key',
      async (token) => read(token, await about(token, {}, await generateKeyPair('ES256'))),
      'DPoP error="invalid_dpop_proof"',
    ],
    [
      'of yesterday',
      async (token) => read(token, await about(token, { iat: now() - 86_400 })),
      'DPoP error="invalid_dpop_proof"',
    ],
  ])('is refused %s', async (_name, send, challenge) => {
    const answer = await send(await bound())
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge])
  })

  it('is not what a token for its bearer becomes by a proof, nor the operator’s', async () => {
    const token = textAt(await exchange(), 'access_token')
    expect((await read(token, await about(token))).status).toBe(401)
    expect((await read(token, null, 'Bearer')).status).toBe(200)
    const own = server.operatorToken()
    expect((await read(own, await about(own))).status).toBe(401)
  })

  it('asks at introspection and revocation the same way', async () => {
    const token = await bound()
    const ask = async (path: string, scheme: string) => {
      const text = await proof({ htu: server.url + path, ath: ath(token) })
      const headers = { authorization: `${scheme} ${token}`, dpop: text }
      return await fetch(server.url + path, { method: 'POST', headers, body: new URLSearchParams({ token }) })
    }
    expect((await ask('/oauth2/introspect', 'Bearer')).status).toBe(401)
    const answer = await ask('/oauth2/introspect', 'DPoP')
    expect([answer.status, at(await answer.json(), 'token_type')]).toEqual([200, 'DPoP'])
    expect((await ask('/oauth2/revoke', 'Bearer')).status).toBe(401)
  })

  it('stands for one request that names many organisations', async () => {
    const path = `/api/v1/service_principals/${github.servicePrincipalId}`
    expect((await operator.call('PATCH', path, { servicePrincipal: { roleIds: ['operator'] } })).status).toBe(200)
    const named = (kind: string, name: string, namespace?: string) => ({
      apiVersion: 'entente.dev/v1',
      kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      spec: {},
    })
    for (const name of ['acme', 'globex']) {
      expect(
        (await operator.call('POST', '/apis/entente.dev/v1/organizations', named('Organization', name))).status,
      ).toBe(201)
    }
    const token = await bound()
    const url = `${server.url}/apis/entente.dev/v1/apply`
    const items = ['acme', 'globex', 'default'].map((one) => named('ServicePrincipal', 'robot', one))
    const headers = {
      authorization: `DPoP ${token}`,
      dpop: await proof({ htu: url, ath: ath(token) }),
      'content-type': 'application/json',
    }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ kind: 'List', items }) })
    expect(answer.status).toBe(200)
    expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify({ kind: 'List', items }) })).status).toBe(
      401,
    )
    await operator.call('PATCH', path, { servicePrincipal: { roleIds: ['viewer'] } })
  })
})

describe('an outside token as grant or as client', () => {
  const grant = async (more: Record<string, string>) => await post({ grant_type: JWT_BEARER, ...more })
  it.each<[string, () => Promise<Answer>, number, string, string]>([
    [
      'a grant without assertion',
      () => grant({ client_id: github.clientId }),
      400,
      'invalid_request',
      'request.invalid',
    ],
    [
      'a grant of 17 KB',
      () => grant({ client_id: github.clientId, assertion: 'a'.repeat(17_000) }),
      400,
      'invalid_request',
      'token.malformed',
    ],
    [
      'a grant that names nobody',
      async () => grant({ assertion: await mint() }),
      400,
      'invalid_request',
      'request.invalid',
    ],
    [
      'a grant with a secret',
      async () => grant({ client_id: github.clientId, assertion: await mint(), client_secret: 'x' }),
      400,
      'invalid_request',
      'request.invalid',
    ],
    [
      'a grant for an unknown trust',
      async () => grant({ client_id: 'stray-cat-12345', assertion: await mint() }),
      400,
      'invalid_grant',
      'trust.unknown',
    ],
    [
      'a grant for an unknown provider',
      async () =>
        grant({
          audience: '//iam.googleapis.com/locations/global/workforcePools/default/providers/none',
          assertion: await mint(),
        }),
      400,
      'invalid_target',
      'provider.unknown',
    ],
    [
      'a grant for another audience',
      async () => grant({ client_id: github.clientId, assertion: await mint({ aud: server.url }) }),
      400,
      'invalid_grant',
      'audience.mismatch',
    ],
    [
      'a grant from another repository',
      async () => grant({ client_id: github.clientId, assertion: await mint({ repository: 'mallory/x' }) }),
      400,
      'invalid_grant',
      'condition.false',
    ],
    [
      'a forged grant',
      async () =>
        grant({
          client_id: github.clientId,
          assertion: await world.github.mint({ aud: github.audience }, { key: 'foreign' }),
        }),
      400,
      'invalid_grant',
      'signature.invalid',
    ],
    [
      'a grant for another resource',
      async () => grant({ client_id: github.clientId, assertion: await mint(), resource: 'https://x.example' }),
      400,
      'invalid_target',
      'target.denied',
    ],
    [
      'a client whose token is forged',
      async () => asClient(await world.github.mint({ aud: github.audience }, { key: 'foreign' })),
      401,
      'invalid_client',
      'signature.invalid',
    ],
    [
      'a client from another repository',
      async () => asClient(await mint({ repository: 'mallory/x' })),
      401,
      'invalid_client',
      'condition.false',
    ],
    [
      'a client whose token is for somebody else',
      async () => asClient(await mint({ aud: 'vault.example' })),
      401,
      'invalid_client',
      'audience.mismatch',
    ],
    [
      'a client whose token is for a longer host',
      async () => asClient(await mint({ aud: `${github.audience}.evil.example` })),
      401,
      'invalid_client',
      'audience.mismatch',
    ],
    [
      'a client whose trust does not exist',
      async () => asClient(await mint(), { client_id: github.clientId.replace(/^[a-z]+-/, 'zzz-') }),
      401,
      'invalid_client',
      'trust.unknown',
    ],
    [
      'a client that only its token names',
      async () => asClient(await mint({ sub: github.clientId }), { client_id: '' }),
      401,
      'invalid_client',
      'client.unknown',
    ],
    [
      'a client with secret and assertion',
      async () => asClient(await mint(), { client_secret: 'x' }),
      400,
      'invalid_request',
      'request.invalid',
    ],
    [
      'a client whose assertion is of another type',
      async () => asClient(await mint(), { client_assertion_type: 'x' }),
      400,
      'invalid_request',
      'request.invalid',
    ],
    [
      'a client whose token has 17 KB',
      async () => asClient('a'.repeat(17_000)),
      400,
      'invalid_request',
      'token.malformed',
    ],
    [
      'a client for another resource',
      async () => asClient(await mint(), { resource: 'https://x.example' }),
      400,
      'invalid_target',
      'target.denied',
    ],
    [
      'a trust with a secret',
      () => post({ grant_type: 'client_credentials', client_id: github.clientId, client_secret: 'x' }),
      401,
      'invalid_client',
      'client.unknown',
    ],
  ])('%s is refused', async (_name, send, status, error, code) => {
    const answer = await send()
    expect([answer.status, at(answer.body, 'error'), await codeOf(answer)]).toEqual([status, error, code])
  })

  it('is told in the decision how a trust proves itself, where a secret was sent for one', async () => {
    const answer = await post({ grant_type: 'client_credentials', client_id: github.clientId, client_secret: 'x' })
    const path = `/apis/entente.dev/v1/namespaces/default/decisions/${String(at(answer.body, 'decision_id'))}`
    const rungs: unknown[] = Object(at((await operator.call('GET', path)).body, 'spec', 'rungs'))
    expect(rungs.at(-1)).toMatchObject({ name: 'client', expected: expect.stringContaining('client_assertion') })
  })

  it('is refused at once when its trust is disabled', async () => {
    const path = `/api/v1/service_principals/${github.servicePrincipalId}/trusts/${encodeURIComponent(github.clientId)}`
    await operator.call('PATCH', path, { trust: { disabled: true } })
    expect(await codeOf(await asClient(await mint()))).toBe('trust.disabled')
    expect(await codeOf(await grant({ client_id: github.clientId, assertion: await mint() }))).toBe('trust.disabled')
    await operator.call('PATCH', path, { trust: { disabled: false } })
    expect((await asClient(await mint())).status).toBe(200)
  })
})
