import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faceConformance } from '../conformance.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { identityProvidersSpecimen } from './conformance.ts'
import { identityProviders } from './index.ts'
import {
  aliases,
  details,
  MASK,
  make,
  places,
  ROOT,
  SECRET,
  stored,
  types,
  valid,
  validSaml,
} from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([identityProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

faceConformance(identityProvidersSpecimen)

describe('a provider', () => {
  it('answers with the defaults of the page, where it is, and with its secret masked', async () => {
    const body: Record<string, unknown> = {
      ...valid(),
      alias: 'acme-okta',
      known_provider: 'okta',
      oidc_config: { issuer: 'https://dev-1.okta.com/', client_id: 'c', client_secret: SECRET },
    }
    const answer = await send('POST', ROOT, body)
    expect(answer).toMatchObject({ status: 201, headers: { location: `${ROOT}/acme-okta` } })
    const expected = {
      alias: 'acme-okta',
      display_name: body.display_name,
      provider_id: 'oidc',
      enabled: true,
      internal_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      known_provider: 'okta',
      config: {
        authorization_url: 'https://dev-1.okta.com//authorize',
        token_url: 'https://dev-1.okta.com//token',
        client_id: 'c',
        client_secret: MASK,
        user_info_url: 'https://dev-1.okta.com//userinfo',
        issuer: 'https://dev-1.okta.com',
        default_scope: 'openid email profile',
        sync_mode: 'INHERIT',
        validate_signature: true,
        use_jwks_url: true,
        pkce_enabled: false,
        pkce_method: 'S256',
        jwks_url: 'https://dev-1.okta.com//keys',
      },
      mapper_count: 0,
      condition: null,
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      domains: [],
      first_login: 'create',
    }
    expect(answer.body).toEqual(expected)
    expect((await send('GET', `${ROOT}/acme-okta`)).body).toEqual(expected)
    expect((await stored(app, 'acme-okta')).settings).toEqual({ clientId: 'c', discovered: expect.anything() })
  })

  it('of SAML answers with the defaults of the page', async () => {
    const answer = await send('POST', ROOT, validSaml({ idp_entity_id: 'https://s.example' }))
    expect(answer.body, answer.text).toMatchObject({
      provider_id: 'saml',
      known_provider: null,
      config: {
        single_sign_on_service_url: 'https://s.example/sso',
        name_id_policy_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        want_authn_requests_signed: true,
        post_binding_authn_request: true,
        post_binding_response: true,
        sync_mode: 'INHERIT',
        idp_entity_id: 'https://s.example',
      },
      attribute_mapping: { 'google.subject': 'assertion.subject' },
    })
    expect(Object(answer.body).config).not.toHaveProperty('client_secret')
  })

  it('of GitHub is oidc here, with the endpoints and scopes that GitHub has', async () => {
    const alias = await make(app, { ...valid({ known_provider: 'github' }), oidc_config: { client_id: 'c' } })
    expect(await stored(app, alias)).toMatchObject({ protocol: 'oauth2', issuer: null, known: 'GITHUB' })
    const answer = await send('GET', `${ROOT}/${alias}`)
    expect(answer.body).toMatchObject({
      provider_id: 'oidc',
      known_provider: 'github',
      config: { default_scope: 'read:user user:email' },
    })
    const forgotten = await send('PATCH', `${ROOT}/${alias}`, { known_provider: null })
    expect([forgotten.status, places(forgotten)]).toEqual([400, ['body/known_provider']])
  })

  it.each<[string, object, string[]]>([
    ['nothing', {}, ['body/alias', 'body/display_name', 'body/provider_id']],
    ['no configuration', { oidc_config: undefined }, ['body/oidc_config']],
    ['the other configuration', { oidc_config: undefined, saml_config: {} }, ['body/oidc_config', 'body/saml_config']],
    ['both configurations', { saml_config: {} }, ['body/saml_config']],
    ['SAML without its configuration', { provider_id: 'saml' }, ['body/saml_config', 'body/oidc_config']],
    ['no client id', { oidc_config: { issuer: 'https://a.example' } }, ['body/oidc_config/client_id']],
    ['no issuer', { oidc_config: { client_id: 'c' } }, ['body/oidc_config/issuer']],
    ['plain http', { oidc_config: { client_id: 'c', issuer: 'http://a.example' } }, ['body/oidc_config/issuer']],
    ['capitals in the alias', { alias: 'Okta' }, ['body/alias']],
    ['a space in the alias', { alias: 'my okta' }, ['body/alias']],
    ['64 characters of alias', { alias: 'a'.repeat(64) }, ['body/alias']],
    ['a blank name', { display_name: ' ' }, ['body/display_name']],
    ['Google at another issuer', { known_provider: 'google' }, ['body/oidc_config/issuer']],
    ['custom_saml that speaks oidc', { known_provider: 'custom_saml' }, ['body/oidc_config']],
    ['GitHub with an issuer', { known_provider: 'github' }, ['body/oidc_config/issuer']],
    ['an unknown provider', { known_provider: 'myspace' }, ['body/known_provider']],
    [
      'a masked secret',
      { oidc_config: { client_id: 'c', issuer: 'https://a.example', client_secret: MASK } },
      ['body/oidc_config/client_secret'],
    ],
    [
      'a bad condition and a bad domain',
      { condition: 'assertion.', domains: ['a.example', '*.example'] },
      ['body/condition', 'body/domains/1'],
    ],
    [
      'a mapping to nowhere',
      { attribute_mapping: { 'google.subject': 'assertion.sub', 'google.nick': 'assertion.n' } },
      ['body/attribute_mapping/google.nick'],
    ],
    [
      'a mapper of no type',
      { mappers: [{ name: 'm', identity_provider_mapper: 'x' }] },
      ['body/mappers/0/identity_provider_mapper'],
    ],
    [
      'a mapper that is not configured',
      {
        mappers: [
          {
            name: 'm',
            identity_provider_mapper: 'oidc-user-attribute-idp-mapper',
            config: { claim: 'a', syncMode: 'X', 'user.atribute': 'b' },
          },
        ],
      },
      ['body/mappers/0/config/syncMode', 'body/mappers/0/config/user.atribute', 'body/mappers/0/config/user.attribute'],
    ],
  ])('is refused with %s, where the request has it', async (name, fields, wanted) => {
    const body = name === 'nothing' ? {} : JSON.parse(JSON.stringify(valid(fields)))
    const answer = await send('POST', ROOT, body)
    expect(answer.status, answer.text).toBe(400)
    expect(places(answer).sort()).toEqual([...wanted].sort())
  })

  it('has an alias that nobody else of the organisation has', async () => {
    const alias = await make(app)
    const taken = await send('POST', ROOT, valid({ alias }))
    expect([taken.status, places(taken), types(taken)]).toEqual([409, ['body/alias'], ['provider.id_taken']])
    expect(await make(app, valid({ alias }), 'admin@acme')).toBe(alias)
  })

  it('of an admin has domains that still need their proof', async () => {
    const alias = await make(app, valid({ domains: ['Unproved.example'] }), 'admin@acme')
    expect(await stored(app, alias, 'acme')).toMatchObject({ domains: ['unproved.example'], routingDomains: [] })
    const vouched = await make(app, valid({ domains: ['vouched.example'] }))
    expect(await stored(app, vouched)).toMatchObject({ routingDomains: ['vouched.example'] })
  })

  it('is switched off and on', async () => {
    const alias = await make(app)
    for (const [verb, enabled] of [
      ['disable', false],
      ['disable', false],
      ['enable', true],
    ] as const) {
      expect((await send('POST', `${ROOT}/${alias}/${verb}`)).body).toMatchObject({ alias, enabled })
      expect((await stored(app, alias)).enabled).toBe(enabled)
    }
    expect((await send('POST', `${ROOT}/${alias}/disable`, undefined, 'viewer')).status).toBe(403)
  })

  it('is tested where its protocol can sign in, also while it is off, by an address of ours', async () => {
    const alias = await make(app)
    await send('POST', `${ROOT}/${alias}/disable`)
    const answer = await send('POST', `${ROOT}/${alias}/test`)
    const redirect_url = `https://entente.example/sign-in/test/ticket-of-default-${alias}`
    expect([answer.status, answer.body]).toEqual([200, { redirect_url }])
    const saml = await send('POST', `${ROOT}/${await make(app, validSaml())}/test`)
    expect([saml.status, types(saml)]).toEqual([409, ['test.journey_unavailable']])
    expect(types(await send('POST', `${ROOT}/nobody/test`))).toEqual(['provider.unknown'])
    expect((await send('POST', `${ROOT}/${alias}/test`, undefined, 'viewer')).status).toBe(403)
  })

  it('of SAML has metadata of ours, others have none', async () => {
    const alias = await make(app, validSaml())
    const answer = await send('GET', `${ROOT}/${alias}/export?format=saml-sp-descriptor`)
    expect(answer.headers['content-type']).toBe('application/samlmetadata+xml; charset=utf-8')
    expect(answer.text).toContain(`entityID="https://entente.example/saml/${alias}"`)
    const refused = await send('GET', `${ROOT}/${await make(app)}/export`)
    expect([refused.status, types(refused)]).toEqual([400, ['export.saml_only']])
    expect(places(await send('GET', `${ROOT}/${alias}/export?format=pem`))).toEqual(['query/format'])
  })
})

describe('a list', () => {
  const list = (query: string) => send('GET', `${ROOT}?${query}`, undefined, 'viewer@rival')

  beforeAll(async () => {
    for (const [alias, display_name, domain] of [
      ['okta-main', 'Main Okta', 'main.example'],
      ['okta-test', 'Test 100%', 'test.example'],
      ['main', 'Other', 'okta.example'],
    ]) {
      await make(app, valid({ alias, display_name, domains: [domain] }), 'admin@rival')
    }
  })

  it.each<[string, string[]]>([
    ['', ['okta-main', 'okta-test', 'main']],
    ['search=OKTA', ['okta-main', 'okta-test', 'main']],
    ['search=okta*', ['okta-main', 'okta-test', 'main']],
    ['search=main*', ['okta-main', 'main']],
    ['search=*test', ['okta-test']],
    ['search=*ain*', ['okta-main', 'main']],
    ['search=ther*', []],
    ['search="main"', ['main']],
    ['search="MAIN OKTA"', ['okta-main']],
    ['search="okta"', []],
    ['search=100%25', ['okta-test']],
    ['search=_kta', []],
    ['search=%00', []],
    ['first=1&max=1', ['okta-test']],
    ['first=2', ['main']],
    ['first=9', []],
    ['max=0', []],
  ])('by %s', async (query, wanted) => {
    const answer = await list(query)
    expect(answer.status, answer.text).toBe(200)
    expect(aliases(answer)).toEqual(wanted)
    if (!query.includes('first') && !query.includes('max')) expect(Object(answer.body).total).toBe(wanted.length)
    else expect(Object(answer.body).total).toBe(3)
  })

  it.each(['first=-1', 'max=1001', 'max=all', 'page=2', 'first=1&first=2'])('is refused with %s', async (query) => {
    const answer = await list(query)
    expect(answer.status).toBe(400)
    expect(places(answer)[0]).toBe(`query/${query.split('=')[0]}`)
  })
})

describe('refusals', () => {
  it('tell where the fault is, also without a field', async () => {
    expect(details(await send('GET', `${ROOT}/nobody`))).toEqual([
      { loc: ['path', 'alias'], msg: 'There is no such provider.', type: 'provider.unknown' },
    ])
    expect(places(await send('GET', ROOT, undefined, null))).toEqual(['header/authorization'])
    const organisation = await app.inject({
      method: 'GET',
      url: ROOT,
      headers: { authorization: 'Bearer admin@acme', 'entente-organization': 'rival' },
    })
    expect([organisation.status, types(organisation)]).toEqual([404, ['organisation.unknown']])
  })
})

describe('the API description', () => {
  it('shows the example of the page, and that no answer has a secret', () => {
    const document = Object(app.app.swagger())
    const { post } = document.paths[ROOT]
    expect(post).toMatchObject({ operationId: 'create_identity_provider', tags: ['identity-providers'] })
    expect(JSON.stringify(post.requestBody)).toContain('a-client-secret')
    expect(JSON.stringify(post.responses)).not.toContain('a-client-secret')
    const schema = document.components.schemas['identity-providers.CreateProvider']
    expect(schema.required).toEqual(['alias', 'display_name', 'provider_id'])
    expect(schema.properties.known_provider.enum).toEqual([
      'okta',
      'entra_id',
      'auth0',
      'google',
      'github',
      'ping_identity',
      'onelogin',
      'custom_oidc',
      'custom_saml',
      null,
    ])
    expect(document.paths[`${ROOT}/{alias}/export`].get.responses['200'].content).toHaveProperty([
      'application/samlmetadata+xml',
    ])
  })
})
