import { createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { faces } from '../faces/index.ts'
import { openTestApp, type TestApp } from '../faces/testing/app.ts'
import { createEntenteClient, dataOf, type EntenteClient, EntenteRefusal, type Schema } from './index.ts'

describe('all five faces, over HTTP', () => {
  let app: TestApp
  let baseUrl: string
  let client: EntenteClient
  beforeAll(async () => {
    app = await openTestApp(faces)
    baseUrl = await app.app.listen({ host: '127.0.0.1', port: 0 })
    client = createEntenteClient({ baseUrl, token: 'operator' })
  })
  afterAll(async () => {
    expect(app.internal).toEqual([])
    await app.close()
  })
  const named = { params: { path: { alias: 'acme' } } }
  const manifest = { params: { path: { organisation: 'default', name: 'acme' } } } as const
  const WORKFORCE = '/apis/entente.dev/v1/namespaces/{organisation}/workforceidentityproviders/{name}'

  it('write one record in the words of each, and read it in those of the others', async () => {
    const oidcConfig = { discoveryUrl: 'https://acme.example/.well-known/openid-configuration', clientId: 'c' }
    const body = { id: 'acme', displayName: 'Acme', tenantDomain: 'acme.example', oidcConfig }
    const made = await dataOf(client.POST('/v1/regions/global/iam/providers', { body }))
    expectTypeOf(made).toEqualTypeOf<Schema<'iam-providers.Provider'>>()
    await dataOf(client.PATCH('/api/identity-providers/{alias}', { ...named, body: { display_name: 'Acme Ltd' } }))
    const patched = await dataOf(client.PATCH(WORKFORCE, { ...manifest, body: { spec: { description: 'Customers' } } }))
    expect(patched.spec).toMatchObject({ displayName: 'Acme Ltd', description: 'Customers' })
    const read = await dataOf(client.GET('/v1/regions/global/iam/providers/{id}', { params: { path: { id: 'acme' } } }))
    expect([read.uid, read.displayName]).toEqual([made.uid, 'Acme Ltd'])
  })

  it('keep what only they can say', async () => {
    const wellKnownProvider = 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM'
    const workload = { displayName: 'CI', issuerUrl: 'https://ci.example', wellKnownProvider } as const
    const source = await dataOf(client.POST('/api/v1/workload_federation/providers', { body: workload }))
    expect(source.provider).toMatchObject(workload)
    const settings = { issuerUrl: 'https://login.example', clientId: 'c', oauth2: { acrValues: ['phr'] } }
    const body = { displayName: 'Stronger', clientSecret: 'correct horse', ...settings }
    const stronger = await dataOf(client.POST('/api/v1/step-up/providers', { body }))
    expect(stronger.stepUpProvider).toMatchObject(settings)
    expect(JSON.stringify(stronger)).not.toContain('correct horse')
  })

  it('refuse in their own words, or by an error', async () => {
    const { error, response } = await client.GET('/api/identity-providers/{alias}', {
      params: { path: { alias: 'nobody' } },
    })
    expectTypeOf(error?.detail[0]?.msg).toEqualTypeOf<string | undefined>()
    expect([response.status, error?.detail.length]).toEqual([404, 1])
    const lost = dataOf(client.GET('/v1/regions/global/iam/providers/{id}', { params: { path: { id: 'nobody' } } }))
    await expect(lost).rejects.toThrow(EntenteRefusal)
    await expect(lost).rejects.toMatchObject({ status: 404, body: { error: { code: 404 } } })
  })

  it('act in the organisation of the client, or of the call', async () => {
    const acme = createEntenteClient({ baseUrl, token: 'operator', organization: 'acme' })
    const body = { alias: 'own', provider_id: 'oidc', oidc_config: { issuer: 'https://own.example', client_id: 'c' } }
    await dataOf(acme.POST('/api/identity-providers', { body: { ...body, display_name: 'Own', provider_id: 'oidc' } }))
    const totalAs = async (header?: { 'Entente-Organization': string }) => {
      const params = header === undefined ? {} : { params: { header } }
      return (await dataOf(acme.GET('/api/identity-providers', params))).total
    }
    expect([await totalAs(), await totalAs({ 'Entente-Organization': 'rival' })]).toEqual([1, 0])
  })

  it('answer texts that are no JSON, and nothing where there is nothing', async () => {
    const saml_config = {
      idp_entity_id: 'https://saml.example',
      single_sign_on_service_url: 'https://saml.example/sso',
      signing_certificate: 'MIIC',
    }
    const body = { alias: 'saml', display_name: 'SAML', provider_id: 'saml', saml_config } as const
    await dataOf(client.POST('/api/identity-providers', { body }))
    const saml = { params: { path: { alias: 'saml' } } }
    const exported = await dataOf(client.GET('/api/identity-providers/{alias}/export', saml))
    expectTypeOf(exported).toEqualTypeOf<string>()
    expect(exported).toMatch(/^<EntityDescriptor /)
    const gone = await dataOf(client.DELETE('/api/identity-providers/{alias}', saml))
    expectTypeOf(gone).toEqualTypeOf<undefined>()
    expect(gone).toBeUndefined()
  })

  it('take uploads as they take settings', async () => {
    const body = { provider_id: 'oidc', file: new Blob(['{}']) } as const
    const read = await dataOf(client.POST('/api/identity-providers/import-config', { body }))
    expect(read).toMatchObject({ provider_id: 'oidc' })
    expect(app.imported.at(-1)).toEqual({ protocol: 'oidc', text: '{}' })
  })
})

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

describe('what is sent', () => {
  let server: Server
  let baseUrl: string
  const seen: Seen[] = []
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const { method, url, headers } = request
      seen.push({ method, url, headers, body: await text(request) })
      if (url?.includes('moved')) response.writeHead(307, { location: '/elsewhere' })
      else response.setHeader('content-type', 'application/json')
      response.end('{}')
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    baseUrl = `http://127.0.0.1:${Object(address).port}`
  })
  beforeEach(() => void seen.splice(0))
  afterAll(() => void server.close())

  it('asks for the token before every call', async () => {
    let asked = 0
    const client = createEntenteClient({ baseUrl, token: async () => `token-${++asked}` })
    await client.GET('/api/identity-providers')
    await client.GET('/api/identity-providers')
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  it('is a form at the token endpoints, with lists repeated and without the token', async () => {
    const client = createEntenteClient({ baseUrl, token: 'secret' })
    await client.POST('/oauth2/token', { body: { grant_type: 'client_credentials', client_id: 'a b', scope: 'x y' } })
    await client.POST('/oauth2/introspect', { body: { token: 't' } })
    expect(seen.map(({ headers, body }) => [headers['content-type'], headers.authorization, body])).toEqual([
      [
        'application/x-www-form-urlencoded;charset=UTF-8',
        undefined,
        'grant_type=client_credentials&client_id=a+b&scope=x+y',
      ],
      ['application/x-www-form-urlencoded;charset=UTF-8', 'Bearer secret', 'token=t'],
    ])
  })

  it('keeps the token from other hosts, and follows nobody elsewhere', async () => {
    const client = createEntenteClient({ baseUrl, token: 'secret', organization: 'acme' })
    await client.GET('/api/identity-providers', { baseUrl: baseUrl.replace('127.0.0.1', 'localhost') })
    expect(seen[0]?.headers).not.toHaveProperty('authorization')
    expect(seen[0]?.headers).not.toHaveProperty('entente-organization')
    const moved = await client.GET('/api/identity-providers/{alias}', { params: { path: { alias: 'moved' } } })
    expect([moved.response.status, moved.data]).toEqual([307, undefined])
    expect(seen.map(({ url }) => url)).not.toContain('/elsewhere')
  })

  it.each(['', '.', '..'])('names nothing else by the alias "%s"', async (alias) => {
    const client = createEntenteClient({ baseUrl, token: 'secret' })
    await expect(client.DELETE('/api/identity-providers/{alias}', { params: { path: { alias } } })).rejects.toThrow(
      TypeError,
    )
    expect(seen).toEqual([])
  })

  it('escapes what stands in a path', async () => {
    const client = createEntenteClient({ baseUrl: `${baseUrl}/behind/` })
    await client.GET('/api/identity-providers/{alias}', { params: { path: { alias: 'a/../b?c' } } })
    expect(seen[0]?.url).toBe('/behind/api/identity-providers/a%2F..%2Fb%3Fc')
  })

  it.each(['entente.example', 'ftp://entente.example', 'https://entente.example/?a=b', 'https://entente.example/#a'])(
    'refuses %s as an address',
    (address) => {
      expect(() => createEntenteClient({ baseUrl: address })).toThrow(TypeError)
    },
  )

  it('goes through the fetch that it is given', async () => {
    const fetch = async (request: Request) => Response.json({ items: [], total: new URL(request.url).pathname.length })
    const client = createEntenteClient({ baseUrl: 'https://entente.example', fetch })
    expect(await dataOf(client.GET('/api/identity-providers'))).toEqual({ items: [], total: 23 })
    const refused = createEntenteClient({ baseUrl, fetch: async () => new Response('no', { status: 502 }) })
    await expect(dataOf(refused.GET('/api/identity-providers'))).rejects.toMatchObject({ status: 502, body: 'no' })
  })
})
