import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { identityProviders } from './index.ts'
import { MASK, make, places, ROOT, SECRET, stored, types, valid, validSaml } from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([identityProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const MAPPERS = [
  { name: 'staff', identity_provider_mapper: 'oidc-hardcoded-group-idp-mapper', config: { group: '/staff' } },
]
const EXTRAS = {
  condition: 'assertion.email_verified == true',
  attribute_mapping: { 'google.subject': 'assertion.email' },
  domains: ['a.example'],
  first_login: 'refuse',
}
/** What other faces have written. */
const UNSEEN = {
  description: 'of another face',
  labels: { team: 'platform' },
  allowedScopes: ['openid'],
  examples: [{ claims: { sub: 's', email: 'a@a.example', email_verified: true } }],
  expiresAt: new Date('2030-01-01T00:00:00Z'),
  lastTestedAt: new Date('2026-01-01T00:00:00Z'),
}

/** A provider with everything, some of it from other faces. */
async function makeFull(): Promise<{ alias: string; url: string; body: Record<string, unknown> }> {
  const body = valid({ enabled: false, known_provider: 'custom_oidc', mappers: MAPPERS, ...EXTRAS })
  const own = { client_secret: SECRET, prompt: 'login', pkce_enabled: true, sync_mode: 'FORCE' }
  const alias = await make(app, { ...body, oidc_config: { ...Object(body.oidc_config), ...own } })
  const record = await stored(app, alias)
  const settings = { ...record.settings, responseType: 'CODE' }
  const enriched = { ...record, ...UNSEEN, settings, version: record.version + 1 }
  await app.registry.write((tx) => tx.providers.update(enriched))
  return { alias, url: `${ROOT}/${alias}`, body }
}

describe('PUT', () => {
  it('resets what this face shows and the body has not, and keeps what it cannot show, the mappers and the secret', async () => {
    const { alias, url, body } = await makeFull()
    const before = await stored(app, alias)
    const { oidc_config } = body
    const answer = await send('PUT', url, { display_name: 'New', provider_id: 'oidc', oidc_config })
    expect(answer.body, answer.text).toMatchObject({
      display_name: 'New',
      enabled: true,
      known_provider: null,
      config: { client_secret: MASK, pkce_enabled: false, sync_mode: 'INHERIT' },
      mapper_count: 1,
      condition: null,
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      domains: [],
      first_login: 'create',
    })
    expect(Object(answer.body).config).not.toHaveProperty('prompt')
    const after = await stored(app, alias)
    expect(after).toMatchObject(UNSEEN)
    expect(after.settings).toEqual({ clientId: 'c', responseType: 'CODE', discovered: expect.anything() })
    expect(after.secrets).toEqual(before.secrets)
    expect(after.mappers).toEqual(before.mappers)
  })

  it('takes back what was read, and changes nothing', async () => {
    const { alias, url } = await makeFull()
    const before = await stored(app, alias)
    const { config, internal_id: _, mapper_count: __, ...read } = Object((await send('GET', url)).body)
    const answer = await send('PUT', url, { ...read, oidc_config: config })
    expect(answer.status, answer.text).toBe(200)
    expect(await stored(app, alias)).toEqual(before)
  })

  it('of a SAML provider leaves uploaded metadata where they are', async () => {
    const alias = await make(app, validSaml({ force_authn: true }))
    const record = await stored(app, alias)
    const discovered = { ssoUrl: 'https://s.example/sso', ssoBinding: 'redirect', signingCertificate: 'MIIC' }
    const settings = { metadataXml: '<EntityDescriptor/>', forceAuthn: true, discovered }
    await app.registry.write((tx) => tx.providers.update({ ...record, settings, version: record.version + 1 }))
    const read = Object((await send('GET', `${ROOT}/${alias}`)).body)
    expect(read.config).toMatchObject({ post_binding_authn_request: false, signing_certificate: 'MIIC' })
    const body = { display_name: 'New', provider_id: 'saml', saml_config: { ...read.config, force_authn: null } }
    const answer = await send('PUT', `${ROOT}/${alias}`, body)
    expect(answer.status, answer.text).toBe(200)
    expect((await stored(app, alias)).settings).toEqual({ metadataXml: '<EntityDescriptor/>', discovered })
  })

  it('replaces the mappers that it has, keeping the ids of those that stay', async () => {
    const { alias, url, body } = await makeFull()
    const [mapper] = (await stored(app, alias)).mappers
    const added = { ...MAPPERS[0], name: 'other' }
    await send('PUT', url, { ...body, mappers: [added, ...MAPPERS] })
    expect((await stored(app, alias)).mappers).toMatchObject([{ name: 'other' }, { name: 'staff', id: mapper?.id }])
    await send('PUT', url, { ...body, mappers: [] })
    expect((await stored(app, alias)).mappers).toEqual([])
  })

  it.each<[string, object, string, string]>([
    ['another alias', { alias: 'other' }, 'body/alias', 'field.read_only'],
    [
      'another protocol',
      { provider_id: 'saml', oidc_config: null, saml_config: {} },
      'body/provider_id',
      'provider.protocol_immutable',
    ],
    ['no configuration', { oidc_config: undefined }, 'body/oidc_config', 'field.missing'],
    ['no issuer', { oidc_config: { client_id: 'c' } }, 'body/oidc_config/issuer', 'provider.issuer_invalid'],
  ])('is refused with %s', async (_name, fields, place, type) => {
    const { url, body } = await makeFull()
    const answer = await send('PUT', url, { ...body, ...fields })
    expect(answer.status).toBe(400)
    expect(places(answer)).toContain(place)
    expect(types(answer)).toContain(type)
  })
})

describe('PATCH', () => {
  it('changes what it names, and null clears', async () => {
    const { alias, url } = await makeFull()
    const answer = await send('PATCH', url, {
      condition: null,
      oidc_config: { prompt: null, max_age: 60, sync_mode: null },
      first_login: 'link_verified_email',
    })
    expect(answer.body, answer.text).toMatchObject({
      enabled: false,
      known_provider: 'custom_oidc',
      condition: null,
      config: { client_id: 'c', max_age: 60, sync_mode: 'INHERIT', pkce_enabled: true },
      domains: ['a.example'],
      first_login: 'link_verified_email',
    })
    expect(Object(answer.body).config).not.toHaveProperty('prompt')
    expect(await stored(app, alias)).toMatchObject(UNSEEN)
  })

  it('stores no value that was only made up for showing', async () => {
    const alias = await make(app)
    const before = await stored(app, alias)
    const { config, internal_id: _, mapper_count: __, ...read } = Object((await send('GET', `${ROOT}/${alias}`)).body)
    expect((await send('PATCH', `${ROOT}/${alias}`, { ...read, oidc_config: config })).status).toBe(200)
    expect(await stored(app, alias)).toEqual(before)
  })

  it('takes a discovery URL that another face gave along with the issuer', async () => {
    const alias = await make(app)
    const record = await stored(app, alias)
    const settings = { ...record.settings, discoveryUrl: `${record.issuer}/.well-known/openid-configuration` }
    await app.registry.write((tx) => tx.providers.update({ ...record, settings, version: record.version + 1 }))
    const answer = await send('PATCH', `${ROOT}/${alias}`, { oidc_config: { issuer: 'https://moved.example' } })
    expect(answer.status, answer.text).toBe(200)
    expect(await stored(app, alias)).toMatchObject({ issuer: 'https://moved.example' })
    expect((await stored(app, alias)).settings).not.toHaveProperty('discoveryUrl')
  })

  it('knows an issuer in every spelling, and leaves what another face typed', async () => {
    const alias = await make(app)
    const record = await stored(app, alias)
    const settings = { ...record.settings, discoveryUrl: `${record.issuer}/.well-known/openid-configuration` }
    await app.registry.write((tx) => tx.providers.update({ ...record, settings, version: record.version + 1 }))
    const issuer = `${record.issuer?.replace('https://idp', 'HTTPS://IDP')}/`
    expect((await send('PATCH', `${ROOT}/${alias}`, { oidc_config: { issuer } })).status).toBe(200)
    expect(await stored(app, alias)).toMatchObject({ issuer: record.issuer, settings })
  })

  it('vouches for no domain that an operator only sends back', async () => {
    const alias = await make(app, valid({ domains: ['waiting.example'] }), 'admin@acme')
    const patch = (domains: string[]) =>
      app.inject({
        method: 'PATCH',
        url: `${ROOT}/${alias}`,
        headers: {
          authorization: 'Bearer operator',
          'entente-organization': 'acme',
          'content-type': 'application/json',
        },
        payload: JSON.stringify({ domains }),
      })
    expect((await patch(['waiting.example'])).status).toBe(200)
    expect(await stored(app, alias, 'acme')).toMatchObject({ routingDomains: [] })
    expect((await patch(['new.example'])).status).toBe(200)
    expect(await stored(app, alias, 'acme')).toMatchObject({ routingDomains: ['new.example'] })
  })

  it.each<[object, string]>([
    [{ display_name: null }, 'body/display_name'],
    [{ display_name: ' ' }, 'body/display_name'],
    [{ provider_id: 'saml' }, 'body/provider_id'],
    [{ enabled: null }, 'body/enabled'],
    [{ alias: 'other' }, 'body/alias'],
    [{ oidc_config: null }, 'body/oidc_config'],
    [{ saml_config: { force_authn: true } }, 'body/saml_config'],
    [{ oidc_config: { client_id: null } }, 'body/oidc_config/client_id'],
    [{ oidc_config: { scope: 'openid' } }, 'body/oidc_config/scope'],
    [{ known_provider: 'google' }, 'body/oidc_config/issuer'],
    [{ internal_id: 'x' }, 'body/internal_id'],
    [{ config: {} }, 'body/config'],
  ])('refuses %j, naming the field', async (body, place) => {
    const answer = await send('PATCH', `${ROOT}/${await make(app)}`, body)
    expect(answer.status, answer.text).toBe(400)
    expect(places(answer)).toEqual([place])
  })
})

describe('the secret', () => {
  const sealed = async (alias: string) => (await stored(app, alias)).secrets.clientSecret

  it.each(['PUT', 'PATCH'])('stays with %s where it goes where it went, masked or absent', async (method) => {
    const { alias, url, body } = await makeFull()
    const first = await sealed(alias)
    for (const client_secret of [undefined, MASK]) {
      const config = { ...Object(body.oidc_config), client_id: 'd', client_secret }
      const answer = await send(method, url, { ...body, oidc_config: config })
      expect(answer.status, answer.text).toBe(200)
      expect(await sealed(alias)).toBe(first)
    }
  })

  it.each<[string, object]>([
    ['PUT', { issuer: 'https://thief.example' }],
    ['PUT', { token_url: 'https://thief.example/token' }],
    ['PATCH', { user_info_url: 'https://thief.example/me' }],
    ['PATCH', { issuer: 'https://thief.example' }],
  ])('must be sent again with %s of %j', async (method, moved) => {
    const { alias, url, body } = await makeFull()
    const first = await sealed(alias)
    for (const client_secret of [undefined, MASK]) {
      const config = { ...Object(body.oidc_config), ...moved, client_secret }
      const answer = await send(method, url, { ...body, oidc_config: config })
      expect([answer.status, places(answer), types(answer)]).toEqual([
        400,
        ['body/oidc_config/client_secret'],
        ['secret.send_again'],
      ])
      expect(await sealed(alias)).toBe(first)
    }
    const config = { ...Object(body.oidc_config), ...moved, client_secret: 'another one' }
    expect((await send(method, url, { ...body, oidc_config: config })).status).toBe(200)
    expect(await sealed(alias)).not.toBe(first)
  })

  it('is removed by null, and never shown', async () => {
    const { alias, url } = await makeFull()
    const answers = [await send('GET', url), await send('GET', ROOT), await send('PATCH', url, { enabled: true })]
    for (const { text } of answers) expect(text).not.toContain('horse')
    const answer = await send('PATCH', url, { oidc_config: { client_secret: null } })
    expect(Object(answer.body).config).not.toHaveProperty('client_secret')
    expect(await sealed(alias)).toBeUndefined()
  })
})
