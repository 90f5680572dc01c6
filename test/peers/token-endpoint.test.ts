/** The token endpoints as callers meet them: every refusal with its public error and its private code, and what a disabling reaches. */
import { createPrivateKey, randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Api, at, createApi, textAt } from '../../src/cli/demo/api.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const CLAIMS = { repository: 'octo-org/payments' }

let world: World
let server: ServerProcess
let operator: Api
let github: Registration

beforeAll(async () => {
  world = await openWorld()
  server = await world.start({ env: { ENTENTE_REFUSALS_PER_MINUTE: '100000' } })
  operator = operatorOf(server)
  github = await registerGithub(operator)
})
afterAll(() => world.close())

type Fields = readonly (readonly [string, string])[]

async function post(path: string, body: string | Fields, headers: Record<string, string> = {}): Promise<Answer> {
  const text =
    typeof body === 'string'
      ? body
      : new URLSearchParams(body.map(([name, value]): [string, string] => [name, value])).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(server.url + path, { method: 'POST', headers: { ...type, ...headers }, body: text })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const mint = (claims: Record<string, unknown> = {}) => world.github.mint({ aud: github.audience, ...CLAIMS, ...claims })
const fieldsOf = (token: string, more: Fields = [], clientId: string | null = github.clientId): Fields => [
  ['grant_type', EXCHANGE],
  ['subject_token', token],
  ['subject_token_type', JWT],
  ...(clientId === null ? [] : [['client_id', clientId] as const]),
  ...more,
]
const exchange = async (more: Fields = [], clientId: string | null = github.clientId, path = '/oauth2/token') =>
  await post(path, fieldsOf(await mint(), more, clientId))

/** The code of the decision that the answer names; header and member agree, and nothing of the token is in the answer. */
async function codeOf(answer: Answer, organisation = 'default'): Promise<unknown> {
  const id = answer.headers.get('entente-decision')
  expect(at(answer.body, 'decision_id')).toBe(id)
  const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/${organisation}/decisions/${id}`)
  expect(decision.status).toBe(200)
  expect(JSON.stringify(decision.body)).not.toContain('eyJ')
  return at(decision.body, 'spec', 'code')
}

describe('the form', () => {
  it.each<[string, () => Promise<Answer>, string]>([
    [
      'a JSON body',
      async () => post('/oauth2/token', '{"grant_type":"x"}', { 'content-type': 'application/json' }),
      'invalid_request',
    ],
    [
      'no content type that fits',
      async () => post('/oauth2/token', 'a=b', { 'content-type': 'text/plain' }),
      'invalid_request',
    ],
    ['no grant type', async () => post('/oauth2/token', 'a=b'), 'invalid_request'],
    ['an unknown grant', async () => post('/oauth2/token', 'grant_type=password'), 'unsupported_grant_type'],
    [
      'a repeated subject token',
      async () => post('/oauth2/token', [...fieldsOf(await mint()), ['subject_token', 'x']]),
      'invalid_request',
    ],
    [
      'a repeated client id',
      async () => post('/oauth2/token', [...fieldsOf(await mint()), ['client_id', 'x']]),
      'invalid_request',
    ],
    [
      'no subject token',
      async () =>
        post('/oauth2/token', [
          ['grant_type', EXCHANGE],
          ['subject_token_type', JWT],
        ]),
      'invalid_request',
    ],
    ['an empty subject token', async () => post('/oauth2/token', fieldsOf('')), 'invalid_request'],
    ['a token above 16 KiB', async () => post('/oauth2/token', fieldsOf('a'.repeat(20_000))), 'invalid_request'],
    ['a form of 2 MB', async () => post('/oauth2/token', `a=${'b'.repeat(2_000_000)}`), 'invalid_request'],
    ['broken percent encoding', async () => post('/oauth2/token', 'grant_type=%zz'), 'invalid_request'],
    [
      'parameters in the query',
      async () => post('/oauth2/token?subject_token=x', fieldsOf(await mint())),
      'invalid_request',
    ],
    [
      'an assertion of more than 256 KiB',
      async () =>
        post('/oauth2/token', [
          ['grant_type', EXCHANGE],
          ['subject_token', 'A'.repeat(400_001)],
          ['subject_token_type', 'urn:ietf:params:oauth:token-type:saml2'],
        ]),
      'invalid_request',
    ],
    [
      'another requested token type',
      async () => exchange([['requested_token_type', 'urn:ietf:params:oauth:token-type:refresh_token']]),
      'invalid_request',
    ],
    [
      'an actor',
      async () =>
        exchange([
          ['actor_token', 'x'],
          ['actor_token_type', JWT],
        ]),
      'invalid_request',
    ],
    ['a secret for a public client', async () => exchange([['client_secret', 'x']]), 'invalid_request'],
    ['neither client nor provider', async () => exchange([], null), 'invalid_request'],
    [
      'two targets',
      async () =>
        exchange([
          ['resource', 'https://a.example'],
          ['resource', 'https://b.example'],
        ]),
      'invalid_target',
    ],
  ])('is refused with %s', async (_name, send, error) => {
    const answer = await send()
    expect(answer.status).toBe(400)
    expect(at(answer.body, 'error')).toBe(error)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(['request.invalid', 'token.malformed', 'saml.too_large']).toContain(await codeOf(answer))
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('is refused with %s', async (method) => {
    const response = await fetch(`${server.url}/oauth2/token`, { method })
    expect(response.status).toBe(400)
    expect(at(await response.json(), 'error')).toBe('invalid_request')
  })

  it('is refused with client authentication in a header', async () => {
    const answer = await post('/oauth2/token', fieldsOf(await mint()), { authorization: 'Basic eDp5' })
    expect([answer.status, at(answer.body, 'error')]).toEqual([401, 'invalid_client'])
    // Source: RFC 6749 §5.2: who tried by the header is told so there.
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="entente"')
  })

  it('ignores parameters it does not know', async () => {
    expect((await exchange([['options', '{"userProject":"1"}']])).status).toBe(200)
  })
})

describe('the trust', () => {
  it.each<[string, (full: string) => string]>([
    ['an unknown name', () => `stray-cat-12345@${github.audience}/wfe`],
    ['another audience', (full) => full.replace(/@.*\//, '@elsewhere.example/')],
    ['a credential’s suffix', (full) => full.replace('/wfe', '/spc')],
    ['a path', (full) => `${full}/x`],
    ['nonsense', () => '%%%'],
  ])('is not found by %s', async (_name, change) => {
    const answer = await exchange([], change(github.clientId))
    expect([answer.status, at(answer.body, 'error')]).toEqual([400, 'invalid_request'])
    expect(await codeOf(answer)).toBe('trust.unknown')
  })

  it('is found by its short name, at both endpoints', async () => {
    const short = github.clientId.split('@')[0] ?? ''
    for (const path of ['/oauth2/token', '/auth/v1/token']) expect((await exchange([], short, path)).status).toBe(200)
  })

  it('is found by the provider’s resource name, while exactly one matches', async () => {
    const name = `//${github.audience}/organizations/default/providers/${github.providerId}`
    const answer = await exchange([['audience', name]], null)
    expect(answer.status).toBe(200)
    const denied = await post(
      '/oauth2/token',
      fieldsOf(await mint({ repository: 'octo-org/other' }), [['audience', name]], null),
    )
    expect(await codeOf(denied)).toBe('condition.false')
    const google = `//iam.googleapis.com/locations/global/workforcePools/default/providers/${github.providerId}`
    expect((await exchange([['audience', google]], null)).status).toBe(200)
  })

  it('is ambiguous when two match', async () => {
    const path = `/api/v1/service_principals/${github.servicePrincipalId}/trusts`
    const second = await operator.call('POST', path, { providerId: github.providerId, displayName: 'another' })
    const name = `//${github.audience}/organizations/default/providers/${github.providerId}`
    expect(await codeOf(await exchange([['audience', name]], null))).toBe('trust.ambiguous')
    const id = encodeURIComponent(textAt(second, 'trust', 'clientId'))
    expect((await operator.call('DELETE', `${path}/${id}`)).status).toBe(200)
  })

  it.each([
    '//{audience}/organizations/default/providers/none',
    '//{audience}/organizations/none/providers/github-actions',
    '//other.example/organizations/default/providers/github-actions',
  ])('is not sought at a provider that does not exist: %s', async (name) => {
    const answer = await exchange([['audience', name.replace('{audience}', github.audience)]], null)
    expect([answer.status, at(answer.body, 'error')]).toEqual([400, 'invalid_target'])
    expect(await codeOf(answer)).toBe('provider.unknown')
  })
})

describe('targets and scopes', () => {
  it('are ours by default, allowed ones on request, and refused otherwise', async () => {
    const trust = `/api/v1/service_principals/${github.servicePrincipalId}/trusts/${encodeURIComponent(github.clientId)}`
    const allowed = {
      allowedResources: ['https://api.example'],
      allowedScopes: ['deploy', 'read'],
      passthroughClaims: ['repository', 'nbf'],
    }
    expect((await operator.call('PATCH', trust, { trust: allowed })).status).toBe(200)
    const claims = async (more: Fields) => claimsOf(textAt(await exchange(more), 'access_token'))
    expect(await claims([])).toMatchObject({
      aud: server.url,
      organization: 'default',
      c1wfc: { repository: CLAIMS.repository },
    })
    expect(await claims([['resource', server.url]])).toMatchObject({ aud: server.url })
    expect(await claims([['resource', 'https://api.example']])).toMatchObject({ aud: 'https://api.example' })
    expect(await claims([['audience', 'https://api.example']])).toMatchObject({ aud: 'https://api.example' })
    const answer = await exchange([['scope', 'read admin deploy read']])
    expect(at(answer.body, 'scope')).toBe('read deploy')
    const denied = await exchange([['resource', 'https://api.example/x']])
    expect([denied.status, at(denied.body, 'error'), await codeOf(denied)]).toEqual([
      400,
      'invalid_target',
      'target.denied',
    ])
  })

  it('a token for somebody else does not open our own APIs', async () => {
    const token = textAt(await exchange([['resource', 'https://api.example']]), 'access_token')
    expect((await createApi(server.url, token).call('GET', '/api/v1/service_principals')).status).toBe(401)
  })
})

describe('the ladder', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['another repository', { repository: 'octo-org/other' }, 'condition.false'],
    ['no repository', { repository: undefined }, 'condition.error'],
    ['a repository of another type', { repository: ['octo-org/payments'] }, 'condition.error'],
    ['another audience', { aud: 'vault.example' }, 'audience.mismatch'],
    ['an audience that only begins alike', { aud: `${'x'}` }, 'audience.mismatch'],
    ['an events claim', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, 'token.type'],
    ['a subject with control characters', { sub: 'repo:x\n' }, 'token.malformed'],
    ['no subject', { sub: undefined }, 'token.malformed'],
    ['another issuer', { iss: 'https://token.actions.githubusercontent.com/' }, 'issuer.mismatch'],
  ])('ends at %s', async (_name, claims, code) => {
    const answer = await post('/oauth2/token', fieldsOf(await mint(claims)))
    expect([answer.status, at(answer.body, 'error')]).toEqual([400, 'invalid_request'])
    // A claim that is missing or of another type is an error or simply false, but never a grant.
    const found = await codeOf(answer)
    if (code === 'condition.error') expect(['condition.error', 'condition.false']).toContain(found)
    else expect(found).toBe(code)
  })

  it('takes a token of several audiences, and one of the allowed ones', async () => {
    const answer = await post('/oauth2/token', fieldsOf(await mint({ aud: ['vault.example', github.audience] })))
    expect(answer.status).toBe(200)
  })

  it('takes each token once where the provider says so: one winner of 50', async () => {
    const path = `/api/v1/workload_federation/providers/${github.providerId}`
    expect((await operator.call('PATCH', path, { provider: { oidc: { singleUse: true } } })).status).toBe(200)
    const token = await mint()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('/oauth2/token', fieldsOf(token))))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const refused = answers.find((answer) => answer.status !== 200)
    if (refused === undefined) throw new Error('one was refused')
    expect(await codeOf(refused)).toBe('token.replayed')
    expect((await operator.call('PATCH', path, { provider: {}, updateMask: 'oidc.singleUse' })).status).toBe(200)
    expect((await post('/oauth2/token', fieldsOf(await mint()))).status).toBe(200)
  })

  it('asks where the caller is', async () => {
    const trust = `/api/v1/service_principals/${github.servicePrincipalId}/trusts/${encodeURIComponent(github.clientId)}`
    await operator.call('PATCH', trust, { trust: { allowSourceCidrs: ['203.0.113.0/24'] } })
    expect(await codeOf(await exchange())).toBe('address.denied')
    // Not from a trusted proxy: the header is only somebody's word.
    expect((await post('/oauth2/token', fieldsOf(await mint()), { 'x-forwarded-for': '203.0.113.9' })).status).toBe(400)
    await operator.call('PATCH', trust, { trust: {}, updateMask: 'allowSourceCidrs' })
    expect((await exchange()).status).toBe(200)
  })
})

describe('a disabling', () => {
  const introspect = async (token: string) =>
    at(
      (await post('/oauth2/introspect', [['token', token]], { authorization: `Bearer ${server.operatorToken()}` }))
        .body,
      'active',
    )

  it.each<[string, () => string, () => [object, object], string]>([
    [
      'provider',
      () => `/api/v1/workload_federation/providers/${github.providerId}`,
      () => [{ provider: { disabled: true } }, { provider: { disabled: false } }],
      'provider.disabled',
    ],
    [
      'principal',
      () => `/api/v1/service_principals/${github.servicePrincipalId}`,
      () => [{ servicePrincipal: { disabled: true } }, { servicePrincipal: { disabled: false } }],
      'principal.disabled',
    ],
    [
      'trust',
      () => `/api/v1/service_principals/${github.servicePrincipalId}/trusts/${encodeURIComponent(github.clientId)}`,
      () => [{ trust: { disabled: true } }, { trust: { disabled: false } }],
      'trust.disabled',
    ],
  ])('of the %s reaches exchange, introspection and our own APIs at once', async (_name, path, bodies, code) => {
    const token = textAt(await exchange(), 'access_token')
    expect(await introspect(token)).toBe(true)
    const [off, on] = bodies()
    expect((await operator.call('PATCH', path(), off)).status).toBe(200)
    expect(await codeOf(await exchange())).toBe(code)
    expect(await introspect(token)).toBe(false)
    expect((await createApi(server.url, token).call('GET', '/api/v1/service_principals')).status).toBe(401)
    expect((await operator.call('PATCH', path(), on)).status).toBe(200)
    expect(await introspect(token)).toBe(true)
  })

  it('a revocation ends one token, for its client and for nobody else', async () => {
    const token = textAt(await exchange(), 'access_token')
    expect(
      (
        await post('/oauth2/revoke', [
          ['token', token],
          ['client_id', 'stray-cat-12345'],
        ])
      ).status,
    ).toBe(200)
    expect(await introspect(token)).toBe(true)
    expect(
      (
        await post('/oauth2/revoke', [
          ['token', token],
          ['client_id', github.clientId],
        ])
      ).status,
    ).toBe(200)
    expect(await introspect(token)).toBe(false)
    expect((await post('/oauth2/revoke', 'token=nonsense&client_id=x')).status).toBe(200)
  })

  it('introspection wants a caller', async () => {
    const token = textAt(await exchange(), 'access_token')
    expect((await post('/oauth2/introspect', [['token', token]])).status).toBe(401)
    expect((await post('/v1/introspect', [['token', token]], { authorization: `Bearer ${token}` })).status).toBe(200)
    expect((await post('/v1/introspect', [['token', token]], { authorization: 'Bearer nonsense' })).status).toBe(401)
  })
})

describe('client credentials', () => {
  async function makeCredential(more: object = {}) {
    const path = `/api/v1/service_principals/${github.servicePrincipalId}/credentials`
    const made = await operator.call('POST', path, { displayName: 'cron', ...more })
    expect(made.status).toBe(200)
    return { clientId: textAt(made, 'credential', 'clientId'), secret: textAt(made, 'clientSecret'), path }
  }
  const withSecret = (clientId: string, secret: string): Fields => [
    ['grant_type', 'client_credentials'],
    ['client_id', clientId],
    ['client_secret', secret],
  ]

  /** As existing clients make it: no kid, a nonce header, an array of the bare host as audience. */
  async function assertion(
    clientId: string,
    secret: string,
    changes: { aud?: string[]; exp?: number; nonce?: string } = {},
  ): Promise<string> {
    const [prefix, host, version, key = ''] = secret.split(':')
    expect([prefix, host, version]).toEqual(['secret-token', 'conductorone.com', 'v1'])
    const jwk = JSON.parse(Buffer.from(key, 'base64url').toString())
    const now = Math.floor(Date.now() / 1000)
    return await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', nonce: changes.nonce ?? randomBytes(16).toString('hex') })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(changes.aud ?? ['localhost'])
      .setIssuedAt(now)
      .setNotBefore(now - 120)
      .setExpirationTime(changes.exp ?? now + 120)
      .sign(createPrivateKey({ key: jwk, format: 'jwk' }))
  }
  const withAssertion = (clientId: string, text: string): Fields => [
    ['client_id', clientId],
    ['grant_type', 'client_credentials'],
    ['client_assertion_type', JWT_BEARER],
    ['client_assertion', text],
  ]

  it('gives a token for the secret, and for an assertion that is taken once', async () => {
    const { clientId, secret } = await makeCredential()
    const answer = await post('/auth/v1/token', withSecret(clientId, secret))
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    const text = await assertion(clientId, secret)
    expect((await post('/auth/v1/token', withAssertion(clientId, text))).status).toBe(200)
    const again = await post('/auth/v1/token', withAssertion(clientId, text))
    expect([again.status, at(again.body, 'error'), await codeOf(again)]).toEqual([
      401,
      'invalid_client',
      'token.replayed',
    ])
    expect(
      (await post('/oauth2/token', withAssertion(clientId, await assertion(clientId, secret, { aud: [server.url] }))))
        .status,
    ).toBe(200)
  })

  it.each<[string, (clientId: string, secret: string) => Promise<Fields>, string]>([
    ['a wrong secret', async (id) => withSecret(id, 'secret-token:conductorone.com:v1:e30'), 'client.secret_wrong'],
    [
      'no secret',
      async (id) => [
        ['grant_type', 'client_credentials'],
        ['client_id', id],
      ],
      'client.secret_wrong',
    ],
    ['an unknown client', async (_id, secret) => withSecret('stray-cat-12345@localhost/spc', secret), 'client.unknown'],
    [
      'an assertion for another audience',
      async (id, secret) => withAssertion(id, await assertion(id, secret, { aud: ['elsewhere.example'] })),
      'client.assertion_invalid',
    ],
    [
      'an expired assertion',
      async (id, secret) =>
        withAssertion(id, await assertion(id, secret, { exp: Math.floor(Date.now() / 1000) - 120 })),
      'token.expired',
    ],
    [
      'an assertion of an hour',
      async (id, secret) =>
        withAssertion(id, await assertion(id, secret, { exp: Math.floor(Date.now() / 1000) + 3600 })),
      'client.assertion_invalid',
    ],
    [
      'another client’s assertion',
      async (id) => {
        const other = await makeCredential()
        return withAssertion(id, await assertion(id, other.secret))
      },
      'signature.invalid',
    ],
  ])('refuses %s', async (_name, fields, code) => {
    const { clientId, secret } = await makeCredential()
    const answer = await post('/auth/v1/token', await fields(clientId, secret))
    expect([answer.status, at(answer.body, 'error')]).toEqual([401, 'invalid_client'])
    expect(await codeOf(answer)).toBe(code)
    expect(JSON.stringify(answer.body)).not.toContain('secret-token')
  })

  it('wants a proof where the credential requires DPoP', async () => {
    const { clientId, secret } = await makeCredential({ requireDpop: true })
    const answer = await post('/auth/v1/token', withSecret(clientId, secret))
    expect([answer.status, at(answer.body, 'error')]).toEqual([400, 'invalid_dpop_proof'])
    expect(await codeOf(answer)).toBe('dpop.missing')
  })

  it('is refused once revoked', async () => {
    const { clientId, secret, path } = await makeCredential()
    expect((await operator.call('DELETE', `${path}/${clientId.split('@')[0]}`)).status).toBe(200)
    expect(await codeOf(await post('/auth/v1/token', withSecret(clientId, secret)))).toBe('client.unknown')
  })
})

describe('two organisations', () => {
  it('do not see each other, and answer alike for what is foreign and what does not exist', async () => {
    const make = (name: string) =>
      operator.call('POST', '/apis/entente.dev/v1/organizations', {
        apiVersion: 'entente.dev/v1',
        kind: 'Organization',
        metadata: { name },
      })
    expect((await make('acme')).status).toBe(201)
    expect((await make('acme')).status).toBe(409)
    const inAcme = async (method: string, path: string, body?: object, token = server.operatorToken()) => {
      const response = await fetch(server.url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'entente-organization': 'acme',
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, headers: response.headers, body: await response.json() }
    }
    const principal = textAt(
      await inAcme('POST', '/api/v1/service_principals', { displayName: 'Admin', roleIds: ['admin'] }),
      'servicePrincipal',
      'id',
    )
    const made = await inAcme('POST', `/api/v1/service_principals/${principal}/credentials`, {})
    const clientId = textAt(made, 'credential', 'clientId')
    expect(clientId).toMatch(/@acme\.localhost:\d+\/spc$/)
    const fields: Fields = [
      ['grant_type', 'client_credentials'],
      ['client_id', clientId],
      ['client_secret', textAt(made, 'clientSecret')],
    ]
    const acme = createApi(server.url, textAt(await post('/auth/v1/token', fields), 'access_token'))
    expect((await acme.call('GET', '/api/v1/workload_federation/providers')).body).toEqual({
      list: [],
      nextPageToken: '',
    })
    const foreign = await acme.call('GET', `/api/v1/workload_federation/providers/${github.providerId}`)
    const unknown = await acme.call('GET', '/api/v1/workload_federation/providers/no-such-provider')
    expect([foreign.status, foreign.body]).toEqual([404, unknown.body])
    const asDefault = await fetch(`${server.url}/api/v1/workload_federation/providers`, {
      headers: {
        authorization: `Bearer ${textAt(await post('/auth/v1/token', fields), 'access_token')}`,
        'entente-organization': 'default',
      },
    })
    expect(asDefault.status).toBe(404)
    const decisions = await acme.call('GET', '/apis/entente.dev/v1/namespaces/default/decisions')
    const nowhere = await acme.call('GET', '/apis/entente.dev/v1/namespaces/nowhere/decisions')
    expect([decisions.status, decisions.body]).toEqual([404, nowhere.body])
    expect((await acme.call('GET', '/apis/entente.dev/v1/namespaces/acme/decisions')).status).toBe(200)
    // The same issuer may be trusted twice; the token goes by the trust that was named.
    expect(
      (
        await inAcme('POST', '/api/v1/workload_federation/providers', {
          issuerUrl: 'https://token.actions.githubusercontent.com',
          wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS',
        })
      ).status,
    ).toBe(200)
    const foreignToken = textAt(await exchange(), 'access_token')
    const seen = await post('/oauth2/introspect', [['token', foreignToken]], {
      authorization: `Bearer ${textAt(await post('/auth/v1/token', fields), 'access_token')}`,
    })
    expect(seen.body).toEqual({ active: false })
  })
})

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
