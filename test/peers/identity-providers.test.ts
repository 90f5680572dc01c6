/** The identity-providers face of the real program: what is known of a provider fills in its endpoints, without asking anybody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, at } from '../../src/cli/demo/api.ts'
import { openWorld, operatorOf, type World } from './world.ts'

const ROOT = '/api/identity-providers'
let world: World
let operator: Api

beforeAll(async () => {
  world = await openWorld()
  operator = operatorOf(await world.start())
})
afterAll(() => world?.close())

let made = 0
async function create(known_provider: string, oidc_config: object) {
  made += 1
  const named = { alias: `p-${made}`, display_name: 'P', provider_id: 'oidc' }
  return await operator.call('POST', ROOT, {
    ...named,
    known_provider,
    oidc_config: { client_id: 'c', ...oidc_config },
  })
}

describe('a known provider', () => {
  it.each<[string, string | null, Record<string, string>]>([
    [
      'okta',
      'https://dev-1.okta.com',
      {
        authorization_url: 'https://dev-1.okta.com/oauth2/v1/authorize',
        token_url: 'https://dev-1.okta.com/oauth2/v1/token',
        user_info_url: 'https://dev-1.okta.com/oauth2/v1/userinfo',
      },
    ],
    ['okta', 'https://dev-1.okta.com/oauth2/default', { token_url: 'https://dev-1.okta.com/oauth2/default/v1/token' }],
    [
      'entra_id',
      'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0',
      {
        token_url: 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/token',
        user_info_url: 'https://graph.microsoft.com/oidc/userinfo',
      },
    ],
    [
      'auth0',
      'https://acme.eu.auth0.com/',
      { issuer: 'https://acme.eu.auth0.com', token_url: 'https://acme.eu.auth0.com/oauth/token' },
    ],
    ['google', null, { issuer: 'https://accounts.google.com', token_url: 'https://oauth2.googleapis.com/token' }],
    [
      'ping_identity',
      'https://auth.pingone.eu/e1/as',
      { authorization_url: 'https://auth.pingone.eu/e1/as/authorize' },
    ],
    ['onelogin', 'https://acme.onelogin.com/oidc/2', { user_info_url: 'https://acme.onelogin.com/oidc/2/me' }],
  ])('%s at %s needs no more than its issuer, where keys are given', async (known, issuer, wanted) => {
    // Google is one service: keys elsewhere would not be its.
    const jwks_url = known === 'google' ? 'https://www.googleapis.com/oauth2/v3/certs' : 'https://keys.example/jwks'
    const answer = await create(known, { issuer, jwks_url })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body).toMatchObject({
      known_provider: known,
      config: { ...wanted, jwks_url },
    })
  })

  it('github has the endpoints of github.com, or those of a server of one’s own', async () => {
    const cloud = await create('github', {})
    expect(cloud.body).toMatchObject({
      provider_id: 'oidc',
      config: {
        authorization_url: 'https://github.com/login/oauth/authorize',
        token_url: 'https://github.com/login/oauth/access_token',
        user_info_url: 'https://api.github.com/user',
        default_scope: 'read:user user:email',
      },
    })
    const own = {
      authorization_url: 'https://ghe.example/login/oauth/authorize',
      token_url: 'https://ghe.example/login/oauth/access_token',
      user_info_url: 'https://ghe.example/api/v3/user',
    }
    expect((await create('github', own)).body).toMatchObject({ config: own })
  })

  it.each<[string, object, string[]]>([
    ['google', { issuer: 'https://accounts.example', jwks_url: 'https://k.example' }, ['issuer', 'jwks_url']],
    ['okta', { issuer: 'https://acme.eu.auth0.com', jwks_url: 'https://k.example' }, ['issuer']],
    ['github', { token_url: 'https://github.example/token' }, ['token_url']],
    ['github', { jwks_url: 'https://k.example', allowed_tenants: ['t'] }, ['jwks_url', 'allowed_tenants']],
    [
      'entra_id',
      { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', jwks_url: 'https://k.example' },
      ['allowed_tenants'],
    ],
    ['custom_oidc', { issuer: 'https://nobody.invalid' }, ['issuer']],
    [
      'custom_oidc',
      {
        issuer: 'https://a.example',
        jwks_json: '{"keys":[]}',
        max_age: -1,
        prompt: 'now',
        client_auth_method: 'x',
        default_scope: 'a  b',
      },
      ['client_auth_method', 'default_scope', 'jwks_json', 'max_age', 'prompt'],
    ],
  ])('%s is refused with %j', async (known, config, wanted) => {
    const answer = await create(known, config)
    expect(answer.status, JSON.stringify(answer.body)).toBe(400)
    const places = [at(answer.body, 'detail')].flat().map((one) => [at(one, 'loc')].flat())
    expect(places.map((loc) => loc.join('/')).sort()).toEqual(wanted.map((name) => `body/oidc_config/${name}`).sort())
  })
})

it('SAML settings are refused all at once, by the names of the page', async () => {
  const saml_config = {
    single_sign_on_service_url: 'ftp://a',
    signing_certificate: 'x',
    name_id_policy_format: 'email',
    principal_type: 'ATTRIBUTE',
    idp_entity_id: ' ',
  }
  const body = { alias: 'saml', display_name: 'S', provider_id: 'saml', known_provider: 'custom_saml', saml_config }
  const answer = await operator.call('POST', ROOT, body)
  expect(answer.status).toBe(400)
  const places = [at(answer.body, 'detail')].flat().map((one) => [at(one, 'loc')].flat().join('/'))
  const names = [
    'idp_entity_id',
    'name_id_policy_format',
    'principal_attribute',
    'signing_certificate',
    'single_sign_on_service_url',
  ]
  expect([...new Set(places)].sort()).toEqual(names.map((name) => `body/saml_config/${name}`))
  expect(JSON.stringify(answer.body)).not.toMatch(/ssoUrl|principalType|nameIdFormat/)
})
