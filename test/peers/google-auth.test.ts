/**
 * People of a company's identity provider, through the library that Google's own tools use: it knows nothing of us but a
 * configuration file. Every way to /v1/token that is refused, with what the caller sees and what the decision says.
 */
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import {
  ExternalAccountClient,
  type ExternalAccountClientOptions,
  GoogleAuth,
  type IdentityPoolClient,
} from 'google-auth-library'
import { createRemoteJWKSet, exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type IssuerSimulator, startIssuer } from '../../simulators/issuer.ts'
import { close, LOOPBACK, listen } from '../../simulators/loopback.ts'
import { type Answer, type Api, at, textAt } from '../../src/cli/demo/api.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const SAML2 = 'urn:ietf:params:oauth:token-type:saml2'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const IDP = 'https://idp.corp.example'
const CLIENT = 'console-client'
const PROVIDERS = '/apis/entente.dev/v1/namespaces/default/workforceidentityproviders'
const POOL = '//iam.googleapis.com/locations/global/workforcePools/default/providers'
const ALICE = { sub: 'alice-1', aud: CLIENT, email: 'alice@corp.example', groups: ['eng', 'ops'], dept: 'payments' }

let world: World
let idp: IssuerSimulator
let server: ServerProcess
let operator: Api
let github: Registration
let host: string

beforeAll(async () => {
  world = await openWorld()
  const endpoints = { authorization_endpoint: `${IDP}/authorize`, token_endpoint: `${IDP}/token` }
  idp = await startIssuer({ issuer: IDP, discovery: endpoints })
  const caFile = join(world.data, 'both-authorities.pem')
  writeFileSync(caFile, world.github.caPem + idp.caPem)
  server = await world.start({
    env: {
      ENTENTE_UPSTREAM_CONNECT_TO: `${world.github.connectTo},${idp.connectTo}`,
      ENTENTE_UPSTREAM_CA: caFile,
      ENTENTE_REFUSALS_PER_MINUTE: '100000',
    },
  })
  host = new URL(server.url).host
  operator = operatorOf(server)
  github = await registerGithub(operator)
  await makeProvider('corp', {
    attributeMapping: [
      { key: 'google.subject', value: 'assertion.email' },
      { key: 'google.groups', value: 'assertion.groups' },
      { key: 'attribute.department', value: 'assertion.dept' },
    ],
    attributeCondition: '"eng" in google.groups && attribute.department != "fired"',
    allowedScopes: ['https://fed.example/scope'],
    oidc: { issuerUri: IDP, clientId: CLIENT },
  })
})
afterAll(async () => {
  await Promise.all([world.close(), idp.stop()])
})

async function makeProvider(name: string, spec: object): Promise<void> {
  const document = { apiVersion: 'entente.dev/v1', kind: 'WorkforceIdentityProvider', metadata: { name }, spec }
  const made = await operator.call('POST', PROVIDERS, document)
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
}

const change = async (name: string, spec: object) => {
  const type = { 'content-type': 'application/merge-patch+json', authorization: `Bearer ${server.operatorToken()}` }
  const url = `${server.url}${PROVIDERS}/${name}`
  const answer = await fetch(url, { method: 'PATCH', headers: type, body: JSON.stringify({ spec }) })
  expect(answer.status).toBe(200)
}

const idToken = (claims: Record<string, unknown> = {}, options?: Parameters<IssuerSimulator['mint']>[1]) =>
  idp.mint({ ...ALICE, ...claims }, options)

/** The library's client for a configuration file; `credential_source` and the like come with `more`. */
function clientOf(more: object): IdentityPoolClient {
  const configuration = {
    type: 'external_account',
    audience: `${POOL}/corp`,
    subject_token_type: ID_TOKEN,
    token_url: `${server.url}/v1/token`,
    token_info_url: `${server.url}/v1/introspect`,
    scopes: ['https://fed.example/scope'],
    ...more,
  }
  // What a file says is not checked by the library's types either.
  const client = ExternalAccountClient.fromJSON(configuration as unknown as ExternalAccountClientOptions)
  if (client === null) throw new Error('no client for this configuration')
  client.scopes = ['https://fed.example/scope']
  return client as IdentityPoolClient // the kind for tokens of identity providers
}

const supplying = (token: () => Promise<string>) => ({ subject_token_supplier: { getSubjectToken: token } })

async function claimsOf(client: IdentityPoolClient): Promise<JWTPayload> {
  const { token } = await client.getAccessToken()
  const keys = createRemoteJWKSet(new URL(`${server.url}/oauth2/jwks`))
  const { payload } = await jwtVerify(token ?? '', keys, { issuer: server.url, audience: server.url, typ: 'at+jwt' })
  return payload
}

describe('google-auth-library', () => {
  it('trades a person’s ID token for a token that says who they are', async () => {
    const claims = await claimsOf(clientOf({ ...supplying(() => idToken()), workforce_pool_user_project: '12345' }))
    expect(claims).toMatchObject({
      sub: `principal://${host}/organizations/default/subject/alice@corp.example`,
      client_id: `//${host}/organizations/default/providers/corp`,
      organization: 'default',
      provider: 'corp',
      groups: ['eng', 'ops'],
      attributes: { department: 'payments' },
      roles: [],
      scope: 'https://fed.example/scope',
    })
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(1800)
  })

  it('names the provider as Google does and as we do', async () => {
    for (const audience of [`${POOL}/corp`, `//${host}/organizations/default/providers/corp`]) {
      const claims = await claimsOf(clientOf({ audience, ...supplying(() => idToken()) }))
      expect(claims.provider).toBe('corp')
    }
  })

  it('reads the token from a file, as text and as JSON', async () => {
    const text = join(world.data, 'subject.txt')
    const json = join(world.data, 'subject.json')
    writeFileSync(text, await idToken())
    writeFileSync(json, JSON.stringify({ id: await idToken({ sub: 'bob-1', email: 'bob@corp.example' }) }))
    expect((await claimsOf(clientOf({ credential_source: { file: text } }))).sub).toMatch(/\/alice@corp\.example$/)
    const format = { type: 'json', subject_token_field_name: 'id' }
    const bob = await claimsOf(clientOf({ credential_source: { file: json, format } }))
    expect(bob.sub).toMatch(/\/bob@corp\.example$/)
  })

  it('fetches the token from a URL', async () => {
    const asked: unknown[] = []
    const metadata: Server = createServer(async (request, response) => {
      asked.push(request.headers['metadata-flavor'])
      response.end(JSON.stringify({ token: await idToken() }))
    })
    try {
      const port = await listen(metadata)
      const source = {
        url: `http://${LOOPBACK}:${port}/token`,
        headers: { 'Metadata-Flavor': 'Entente' },
        format: { type: 'json', subject_token_field_name: 'token' },
      }
      expect((await claimsOf(clientOf({ credential_source: source }))).provider).toBe('corp')
      expect(asked).toEqual(['Entente'])
    } finally {
      await close(metadata)
    }
  })

  it('keeps its token while it is good, and trades again when it wants a fresh one', async () => {
    let traded = 0
    const supplier = supplying(async () => {
      traded += 1
      return await idToken()
    })
    const client = clientOf(supplier)
    const first = await client.getAccessToken()
    expect((await client.getAccessToken()).token).toBe(first.token)
    expect(traded).toBe(1)
    client.eagerRefreshThresholdMillis = 3_600_000
    expect((await client.getAccessToken()).token).not.toBe(first.token)
    expect(traded).toBe(2)
  })

  it('finds a workload’s trust by its provider, and calls our own APIs with the token', async () => {
    const file = join(world.data, 'adc.json')
    const subject = join(world.data, 'github.jwt')
    writeFileSync(subject, await world.github.mint({ aud: github.audience }))
    writeFileSync(
      file,
      JSON.stringify({
        type: 'external_account',
        audience: `//${host}/organizations/default/providers/${github.providerId}`,
        subject_token_type: JWT,
        token_url: `${server.url}/v1/token`,
        credential_source: { file: subject },
      }),
    )
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file)
    try {
      const client = await new GoogleAuth({ projectId: 'p', scopes: ['https://fed.example/scope'] }).getClient()
      const list = await client.request({ url: `${server.url}/api/v1/workload_federation/providers` })
      expect(list.status).toBe(200)
      expect(at(list.data, 'list')).toHaveLength(1)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('says what we say when a token is refused, and the decision says why', async () => {
    const client = clientOf(supplying(() => idToken({ groups: ['sales'] })))
    const error: unknown = await client.getAccessToken().then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(String(error)).toContain('Error code invalid_grant: The token was not accepted.')
    expect(String(error)).not.toContain('sales')
  })

  it('is told plainly that client authentication goes elsewhere', async () => {
    const client = clientOf({ ...supplying(() => idToken()), client_id: 'x', client_secret: 'y' })
    await expect(client.getAccessToken()).rejects.toThrow('Error code invalid_client: Client authentication goes in')
  })
})

/** A request as @googleapis/sts sends it, or its equal as a form. */
async function post(fields: Record<string, unknown>, as: 'json' | 'form' = 'json', more: object = {}): Promise<Answer> {
  const body = as === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields as Record<string, string>).toString()
  const type = as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const headers = { 'content-type': type, ...more }
  const response = await fetch(`${server.url}/v1/token`, { method: 'POST', headers, body })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const asked = async (claims: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  grantType: EXCHANGE,
  audience: `${POOL}/corp`,
  requestedTokenType: ACCESS_TOKEN,
  subjectToken: await idToken(claims),
  subjectTokenType: ID_TOKEN,
  scope: 'https://www.googleapis.com/auth/cloud-platform',
  ...more,
})

async function codeOf(answer: Answer): Promise<unknown> {
  const id = answer.headers.get('entente-decision')
  expect(at(answer.body, 'decision_id')).toBe(id)
  const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
  expect(JSON.stringify(decision.body)).not.toContain('eyJ')
  return at(decision.body, 'spec', 'code')
}

describe('JSON in camelCase', () => {
  it('is answered in snake_case; scopes that are not allowed are dropped and said to be', async () => {
    const answer = await post(await asked({}, { options: '{"userProject":"12345"}' }))
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        issued_token_type: ACCESS_TOKEN,
        token_type: 'Bearer',
        expires_in: 1800,
        scope: '',
      },
    ])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('is for /v1/token alone', async () => {
    for (const path of ['/oauth2/token', '/auth/v1/token']) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(await asked())
      expect((await fetch(server.url + path, { method: 'POST', headers, body })).status).toBe(400)
    }
  })

  it('is refused as an invalid request, and not as a grant, at the other endpoints', async () => {
    const fields = { grant_type: EXCHANGE, audience: `${POOL}/corp`, subject_token_type: ID_TOKEN }
    const body = new URLSearchParams({ ...fields, subject_token: await idToken({ aud: 'other' }) })
    const answer = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body })
    expect([answer.status, at(await answer.json(), 'error')]).toEqual([400, 'invalid_request'])
  })
})

describe('a person’s token', () => {
  it.each<[string, () => Promise<Answer>, string, string]>([
    ['for another client', async () => post(await asked({ aud: 'other' })), 'invalid_grant', 'audience.mismatch'],
    ['for our own audience', async () => post(await asked({ aud: host })), 'invalid_grant', 'audience.mismatch'],
    [
      'for several without azp',
      async () => post(await asked({ aud: [CLIENT, 'x'] })),
      'invalid_grant',
      'audience.mismatch',
    ],
    ['of another issuer', async () => post(await asked({ iss: `${IDP}/` })), 'invalid_grant', 'issuer.mismatch'],
    [
      'that is forged',
      async () => post({ ...(await asked()), subjectToken: await idToken({}, { key: 'foreign' }) }),
      'invalid_grant',
      'signature.invalid',
    ],
    [
      'that has expired',
      async () => post(await asked({ exp: 1_700_000_300, iat: 1_700_000_000 })),
      'invalid_grant',
      'token.expired',
    ],
    [
      'older than a day',
      async () => post(await asked({ iat: now() - 90_000, exp: now() + 60 })),
      'invalid_grant',
      'token.too_old',
    ],
    [
      'that lives for more than 48 hours',
      async () => post(await asked({ iat: now(), exp: now() + 172_801 })),
      'invalid_grant',
      'token.malformed',
    ],
    [
      'with a subject of 256 letters',
      async () => post(await asked({ sub: 'a'.repeat(256) })),
      'invalid_grant',
      'token.malformed',
    ],
    ['that is a logout token', async () => post(await asked({ events: {} })), 'invalid_grant', 'token.type'],
    [
      'that is an access token',
      async () => post({ ...(await asked()), subjectToken: await idToken({}, { header: { typ: 'at+jwt' } }) }),
      'invalid_grant',
      'token.type',
    ],
    [
      'called an access token',
      async () => post(await asked({}, { subjectTokenType: ACCESS_TOKEN })),
      'invalid_grant',
      'token.type',
    ],
    [
      'called an assertion',
      async () => post(await asked({}, { subjectTokenType: SAML2 })),
      'invalid_grant',
      'token.type',
    ],
    [
      'of no type',
      async () => post(await asked({}, { subjectTokenType: undefined })),
      'invalid_request',
      'request.invalid',
    ],
    [
      'of 17 KB',
      async () => post(await asked({}, { subjectToken: 'a'.repeat(17_000) })),
      'invalid_request',
      'token.malformed',
    ],
    [
      'that nests a thousand deep',
      async () => post(await asked({ deep: nested(1000) })),
      'invalid_grant',
      'token.malformed',
    ],
    ['with a thousand claims', async () => post(await asked(manyClaims(1000))), 'invalid_grant', 'token.malformed'],
    [
      'without the claim that is mapped',
      async () => post(await asked({ email: undefined })),
      'invalid_grant',
      'mapping.error',
    ],
    [
      'whose mapped subject is too long',
      async () => post(await asked({ email: 'a'.repeat(128) })),
      'invalid_grant',
      'mapping.error',
    ],
    [
      'whose groups are no texts',
      async () => post(await asked({ groups: [['eng']] })),
      'invalid_grant',
      'mapping.error',
    ],
    ['of the wrong groups', async () => post(await asked({ groups: ['sales'] })), 'invalid_grant', 'condition.false'],
    [
      'for another resource',
      async () => post(await asked({}, { resource: 'https://api.example' })),
      'invalid_target',
      'target.denied',
    ],
    [
      'for two resources',
      async () => post(await asked({}, { resource: ['https://a.example', 'https://b.example'] })),
      'invalid_target',
      'request.invalid',
    ],
    [
      'at a provider that does not exist',
      async () => post(await asked({}, { audience: `${POOL}/none` })),
      'invalid_target',
      'provider.unknown',
    ],
    [
      'at two providers',
      async () => post(await asked({}, { audience: [`${POOL}/corp`, `${POOL}/other`] })),
      'invalid_target',
      'request.invalid',
    ],
    [
      'without a provider',
      async () => post(await asked({}, { audience: undefined })),
      'invalid_request',
      'request.invalid',
    ],
    [
      'at a provider of workloads',
      async () => post(await asked({}, { audience: `${POOL}/${github.providerId}` })),
      'invalid_grant',
      'issuer.mismatch',
    ],
    [
      'with the client id of nobody',
      async () => post(await asked({}, { clientId: 'console' })),
      'invalid_grant',
      'trust.unknown',
    ],
    [
      'with the client id of a trust',
      async () => post(await asked({}, { clientId: github.clientId })),
      'invalid_target',
      'provider.unknown',
    ],
    [
      'with an access boundary',
      async () => post(await asked({}, { options: '{"accessBoundary":{}}' })),
      'invalid_request',
      'request.invalid',
    ],
    [
      'with options that cannot be read',
      async () => post(await asked({}, { options: 'x' })),
      'invalid_request',
      'request.invalid',
    ],
    [
      'for a refresh token',
      async () => post(await asked({}, { requestedTokenType: 'urn:ietf:params:oauth:token-type:refresh_token' })),
      'invalid_request',
      'request.invalid',
    ],
    [
      'with an actor',
      async () => post(await asked({}, { actorToken: 'x', actorTokenType: JWT })),
      'invalid_request',
      'request.invalid',
    ],
    ['twice', async () => post({ ...(await asked()), subjectToken: ['a', 'b'] }), 'invalid_request', 'request.invalid'],
    [
      'in a form with snake_case and JSON',
      async () => post({ grant_type: EXCHANGE }, 'json'),
      'invalid_request',
      'request.invalid',
    ],
  ])('%s is refused', async (_name, send, error, code) => {
    const answer = await send()
    expect([answer.status, at(answer.body, 'error')]).toEqual([400, error])
    expect(await codeOf(answer)).toBe(code)
    expect(JSON.stringify(answer.body)).not.toContain('alice')
  })

  it('is refused with Basic authentication', async () => {
    const answer = await post(await asked(), 'json', { authorization: 'Basic eDp5' })
    expect([answer.status, at(answer.body, 'error'), await codeOf(answer)]).toEqual([
      401,
      'invalid_client',
      'request.invalid',
    ])
  })
})

const now = () => Math.floor(Date.now() / 1000)
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })
const manyClaims = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, 1]))

describe('a provider of people', () => {
  const introspect = async (token: string) => {
    const headers = { authorization: `Bearer ${server.operatorToken()}` }
    const body = new URLSearchParams({ token })
    return await (await fetch(`${server.url}/v1/introspect`, { method: 'POST', headers, body })).json()
  }

  it('shows its tokens at introspection, and takes them back when it is disabled or has expired', async () => {
    const token = textAt(await post(await asked()), 'access_token')
    expect(await introspect(token)).toMatchObject({
      active: true,
      token_type: 'Bearer',
      sub: `principal://${host}/organizations/default/subject/alice@corp.example`,
      groups: ['eng', 'ops'],
    })
    for (const [off, on, code] of [
      [{ disabled: true }, { disabled: null }, 'provider.disabled'],
      [{ expireTime: '2020-01-01T00:00:00Z' }, { expireTime: null }, 'provider.expired'],
    ] as const) {
      await change('corp', off)
      const refused = await post(await asked())
      expect([at(refused.body, 'error'), await codeOf(refused)]).toEqual(['invalid_grant', code])
      expect(await introspect(token)).toEqual({ active: false })
      await change('corp', on)
      expect(await introspect(token)).toMatchObject({ active: true })
    }
  })

  it('gives nobody a role: its tokens open none of our APIs', async () => {
    const token = textAt(await post(await asked()), 'access_token')
    const headers = { authorization: `Bearer ${token}` }
    expect((await fetch(`${server.url}${PROVIDERS}`, { headers })).status).toBe(403)
    expect((await fetch(`${server.url}/api/v1/service_principals`, { headers })).status).toBe(403)
  })

  it('ends a token for whoever holds it', async () => {
    const token = textAt(await post(await asked()), 'access_token')
    const revoke = (clientId: string) =>
      fetch(`${server.url}/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token, client_id: clientId }),
      })
    expect((await revoke('somebody')).status).toBe(200)
    expect(await introspect(token)).toMatchObject({ active: true })
    expect((await revoke(`//${host}/organizations/default/providers/corp`)).status).toBe(200)
    expect(await introspect(token)).toEqual({ active: false })
  })

  it('with uploaded keys and no mapping of its own takes the subject as it is', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const issuer = 'https://unreachable.corp.example'
    const jwksJson = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] })
    const webSsoConfig = { responseType: 'ID_TOKEN' }
    const oidc = { issuerUri: issuer, clientId: CLIENT, jwksJson, webSsoConfig }
    const form = { grant_type: EXCHANGE, audience: `${POOL}/uploaded`, subject_token_type: JWT }
    await expect(makeProvider('uploaded', { oidc })).rejects.toThrow('discovery')
    await makeProvider('uploaded', {
      oidc: { ...oidc, issuerUri: IDP, webSsoConfig: { responseType: 'CODE' } },
    })
    const subject = await new SignJWT({ sub: 'carol', aud: CLIENT })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(IDP)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
    const answer = await post({ ...form, subject_token: subject }, 'form')
    expect(answer.status).toBe(200)
    const claims = JSON.parse(Buffer.from(textAt(answer, 'access_token').split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({
      sub: `principal://${host}/organizations/default/subject/carol`,
      groups: [],
      attributes: {},
    })
    // The issuer's own keys are not this provider's.
    const other = await post({ ...form, subject_token: await idToken() }, 'form')
    expect(await codeOf(other)).toBe('key.unknown')
  })

  it('follows its issuer when it changes its keys', async () => {
    for (const rotation of [{}, { keepOld: false }, { sameKid: true }]) {
      await idp.rotate(rotation)
      expect((await post(await asked())).status).toBe(200)
    }
  })
})
