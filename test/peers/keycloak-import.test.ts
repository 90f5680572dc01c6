// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates and vault references of Keycloak's
/** Identity providers made with Keycloak's official client, exported, imported here, and created through our face: nothing that we support is lost, and the rest is listed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import KcAdminClient from '@keycloak/keycloak-admin-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { GITHUB_ISSUER } from '../../simulators/github.ts'
import { mapperTypes } from '../../src/claims/mapper-types.ts'
import { type Answer, type Api, at } from '../../src/cli/demo/api.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { type KeycloakStub, startKeycloakStub } from './keycloak-stub.ts'
import { openWorld, operatorOf, type World } from './world.ts'

const ROOT = '/api/identity-providers'
const SECRET = 'canary-of-keycloak-4711'

let world: World
let server: ServerProcess
let stub: KeycloakStub
let operator: Api
let keycloak: KcAdminClient
let certificate: string

beforeAll(async () => {
  world = await openWorld()
  server = await world.start()
  operator = operatorOf(server)
  stub = await startKeycloakStub()
  keycloak = new KcAdminClient({ baseUrl: stub.url, realmName: 'corp' })
  await keycloak.auth({ grantType: 'client_credentials', clientId: 'admin-cli', clientSecret: 's' })
  const { certificatePem } = await (await createAuthority()).issue(['saml.example'])
  certificate = certificatePem.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  await makeProviders()
})
afterAll(async () => {
  await stub?.stop()
  await world?.close()
})

interface Made {
  readonly alias: string
  readonly providerId: string
  /** Configuration that we support, and what it is called here. */
  readonly config: Readonly<Record<string, readonly [value: string, word: string, ours: unknown]>>
  /** Configuration that we do not. */
  readonly foreign: Readonly<Record<string, string>>
  readonly mappers: readonly {
    readonly type: string
    readonly config: Readonly<Record<string, string>>
    readonly foreign?: string
  }[]
}

const text = (word: string, value: string) => [value, word, value] as const
const flag = (word: string, value: boolean) => [String(value), word, value] as const
const ANY_MAPPERS = [
  { type: 'hardcoded-attribute-idp-mapper', config: { attribute: 'source', 'attribute.value': 'corp' } },
  { type: 'hardcoded-user-session-attribute-idp-mapper', config: { attribute: 'via', 'attribute.value': 'corp' } },
  { type: 'oidc-hardcoded-role-idp-mapper', config: { role: 'auditor' } },
  { type: 'oidc-hardcoded-group-idp-mapper', config: { group: '/staff', syncMode: 'FORCE' } },
]
const claims = JSON.stringify([{ key: 'groups', value: 'adm.*' }])
const OIDC_MAPPERS = [
  {
    type: 'oidc-user-attribute-idp-mapper',
    config: { claim: 'org\\.unit.name', 'user.attribute': 'unit', syncMode: 'INHERIT' },
    foreign: 'some.new.key',
  },
  {
    type: 'oidc-role-idp-mapper',
    config: { claim: 'groups', 'claim.value': 'admins', role: 'auditor', syncMode: 'IMPORT' },
  },
  { type: 'oidc-advanced-role-idp-mapper', config: { claims, 'are.claim.values.regex': 'true', role: 'auditor' } },
  { type: 'oidc-advanced-group-idp-mapper', config: { claims, 'are.claim.values.regex': 'false', group: '/staff' } },
  { type: 'oidc-user-session-note-idp-mapper', config: { claims, 'are.claim.values.regex': 'true' } },
  { type: 'oidc-username-idp-mapper', config: { template: '${ALIAS}.${CLAIM.email | localpart}', target: 'LOCAL' } },
]

function made(): readonly Made[] {
  return [
    {
      alias: 'corp-oidc',
      providerId: 'keycloak-oidc',
      config: {
        issuer: text('issuer', 'https://login.corp.example/realms/main'),
        authorizationUrl: text('authorization_url', 'https://login.corp.example/auth'),
        tokenUrl: text('token_url', 'https://login.corp.example/token'),
        userInfoUrl: text('user_info_url', 'https://login.corp.example/me'),
        logoutUrl: text('logout_url', 'https://login.corp.example/bye'),
        jwksUrl: text('jwks_url', 'https://login.corp.example/keys'),
        clientId: text('client_id', 'broker'),
        clientAuthMethod: text('client_auth_method', 'client_secret_basic'),
        defaultScope: ['profile email groups', 'default_scope', 'openid profile email groups'],
        syncMode: text('sync_mode', 'FORCE'),
        validateSignature: flag('validate_signature', true),
        useJwksUrl: flag('use_jwks_url', true),
        pkceEnabled: flag('pkce_enabled', true),
        pkceMethod: text('pkce_method', 'S256'),
        prompt: text('prompt', 'login'),
      },
      foreign: {
        clientSecret: SECRET,
        guiOrder: '3',
        backchannelSupported: 'true',
        passMaxAge: 'true',
        allowedClockSkew: '10',
      },
      mappers: [
        ...OIDC_MAPPERS,
        { type: 'keycloak-oidc-role-to-role-idp-mapper', config: { 'external.role': 'app.admin', role: 'auditor' } },
        ...ANY_MAPPERS,
      ],
    },
    {
      alias: 'corp-github',
      providerId: 'github',
      config: {
        clientId: text('client_id', 'Iv1.0123456789abcdef'),
        defaultScope: text('default_scope', 'read:user user:email'),
        syncMode: text('sync_mode', 'IMPORT'),
      },
      foreign: { clientSecret: '${vault.github}', acceptsPromptNoneForwardFromClient: 'false' },
      mappers: [
        { type: 'github-user-attribute-mapper', config: { jsonField: 'company', userAttribute: 'company' } },
        ...OIDC_MAPPERS.slice(0, 1),
      ],
    },
    {
      alias: 'corp-google',
      providerId: 'google',
      config: { clientId: text('client_id', 'g.apps.googleusercontent.com') },
      foreign: { clientSecret: SECRET, offlineAccess: 'true' },
      mappers: [{ type: 'google-user-attribute-mapper', config: { jsonField: 'hd', userAttribute: 'domain' } }],
    },
    {
      alias: 'corp-saml',
      providerId: 'saml',
      config: {
        idpEntityId: text('idp_entity_id', 'https://saml.example/entity'),
        singleSignOnServiceUrl: text('single_sign_on_service_url', 'https://saml.example/sso'),
        singleLogoutServiceUrl: text('single_logout_service_url', 'https://saml.example/slo'),
        nameIDPolicyFormat: text('name_id_policy_format', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'),
        principalType: text('principal_type', 'ATTRIBUTE'),
        principalAttribute: text('principal_attribute', 'uid'),
        signingCertificate: text('signing_certificate', certificate),
        wantAuthnRequestsSigned: flag('want_authn_requests_signed', false),
        wantAssertionsEncrypted: flag('want_assertions_encrypted', true),
        postBindingAuthnRequest: flag('post_binding_authn_request', false),
        postBindingResponse: flag('post_binding_response', true),
        forceAuthn: flag('force_authn', true),
        authnContextClassRefs: [
          '["urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient"]',
          'authn_context_class_refs',
          ['urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient'],
        ],
        syncMode: text('sync_mode', 'LEGACY'),
      },
      foreign: {
        entityId: 'https://kc.example/realms/corp',
        xmlSigKeyInfoKeyNameTransformer: 'NONE',
        allowCreate: 'true',
        attributeConsumingServiceIndex: '0',
      },
      mappers: [
        {
          type: 'saml-user-attribute-idp-mapper',
          config: { 'attribute.friendly.name': 'mail', 'user.attribute': 'email' },
          foreign: 'attribute.name.format',
        },
        {
          type: 'saml-role-idp-mapper',
          config: { 'attribute.name': 'groups', 'attribute.value': 'admins', role: 'auditor' },
        },
        {
          type: 'saml-advanced-role-idp-mapper',
          config: { attributes: claims, 'are.attribute.values.regex': 'true', role: 'auditor' },
        },
        {
          type: 'saml-advanced-group-idp-mapper',
          config: { attributes: claims, 'are.attribute.values.regex': 'false', group: '/staff' },
        },
        { type: 'saml-username-idp-mapper', config: { template: '${ATTRIBUTE.uid | lowercase}', target: 'LOCAL' } },
        ...ANY_MAPPERS,
      ],
    },
  ]
}

async function makeProviders(): Promise<void> {
  for (const { alias, providerId, config, foreign, mappers } of made()) {
    const known = Object.fromEntries(Object.entries(config).map(([key, [value]]) => [key, value]))
    await keycloak.identityProviders.create({
      alias,
      displayName: `The ${alias}`,
      providerId,
      enabled: alias !== 'corp-github',
      firstBrokerLoginFlowAlias: 'first broker login',
      config: { ...known, ...foreign },
    })
    for (const [index, { type, config, foreign: key }] of mappers.entries()) {
      const mapper = {
        name: `${index} ${type}`,
        identityProviderMapper: type,
        config: key === undefined ? config : { ...config, [key]: 'x' },
      }
      await keycloak.identityProviders.createMapper({ alias, identityProviderMapper: mapper })
    }
  }
  const refused = {
    name: 'xpath',
    identityProviderMapper: 'saml-xpath-attribute-idp-mapper',
    config: { 'attribute.xpath': '/a', 'attribute.name': 'a', 'user.attribute': 'b' },
  }
  await keycloak.identityProviders.createMapper({ alias: 'corp-saml', identityProviderMapper: refused })
}

/** As a realm's export has them. */
async function realmExport() {
  const identityProviders = await keycloak.identityProviders.find()
  const identityProviderMappers = []
  for (const { alias = '' } of identityProviders)
    identityProviderMappers.push(...(await keycloak.identityProviders.findMappers({ alias })))
  return { realm: 'corp', identityProviders, identityProviderMappers }
}

async function upload(document: string, providerId?: string): Promise<Answer> {
  const form = new FormData()
  if (providerId !== undefined) form.append('provider_id', providerId)
  form.append('file', new Blob([document]), 'export')
  const headers = { authorization: `Bearer ${server.operatorToken()}` }
  const response = await fetch(`${operator.url}${ROOT}/import-config`, { method: 'POST', headers, body: form })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const listOf = (value: unknown, ...path: string[]): unknown[] => [at(value, ...path) ?? []].flat()

/** A body for POST, of what import-config answered. */
function bodyOf(imported: unknown, secret: string | null): Record<string, unknown> {
  const { config, not_understood: _, ...provider } = Object(imported)
  const block = provider.provider_id === 'saml' ? 'saml_config' : 'oidc_config'
  return { ...provider, [block]: { ...config, ...(secret === null ? {} : { client_secret: secret }) } }
}

describe('an export of Keycloak', () => {
  it('of a realm is understood, and what is not is listed by its place', async () => {
    const document = await realmExport()
    const answer = await upload(JSON.stringify(document))
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(JSON.stringify(answer.body)).not.toContain(SECRET)
    expect(at(answer.body, 'total')).toBe(4)
    expect(at(answer.body, 'not_understood')).toEqual([{ loc: ['realm'], msg: expect.any(String) }])
    const items = listOf(answer.body, 'items')
    const offsets = new Map(
      document.identityProviderMappers.map((mapper, index) => [
        `${mapper.identityProviderAlias} ${mapper.name}`,
        index,
      ]),
    )
    for (const [index, { alias, foreign, mappers }] of made().entries()) {
      const places = listOf(items[index], 'not_understood').map((note) => listOf(note, 'loc').join('/'))
      const foreignMappers = mappers.flatMap(({ type, foreign }, n) =>
        foreign === undefined
          ? []
          : [`identityProviderMappers/${offsets.get(`${alias} ${n} ${type}`)}/config/${foreign}`],
      )
      const xpath =
        alias === 'corp-saml'
          ? [`identityProviderMappers/${offsets.get('corp-saml xpath')}/identityProviderMapper`]
          : []
      const members = ['firstBrokerLoginFlowAlias'].map((name) => `identityProviders/${index}/${name}`)
      const keys = Object.keys(foreign).map((key) => `identityProviders/${index}/config/${key}`)
      expect(places.sort(), alias).toEqual([...members, ...keys, ...foreignMappers, ...xpath].sort())
    }
  })

  it('becomes providers with mappers here, and loses nothing of what we support', async () => {
    const answer = await upload(JSON.stringify(await realmExport()))
    for (const imported of listOf(answer.body, 'items')) {
      const wanted = made().find(({ alias }) => alias === at(imported, 'alias'))
      if (wanted === undefined) throw new TypeError('one that we have not made')
      const { alias, providerId, config, mappers, foreign } = wanted
      const secret = Object.hasOwn(foreign, 'clientSecret') ? SECRET : null
      const created = await operator.call('POST', ROOT, bodyOf(imported, secret))
      expect(created.status, JSON.stringify(created.body)).toBe(201)
      const { body } = await operator.call('GET', `${ROOT}/${alias}`)
      expect(body).toMatchObject({
        display_name: `The ${alias}`,
        enabled: alias !== 'corp-github',
        provider_id: providerId === 'saml' ? 'saml' : 'oidc',
        known_provider: providerId === 'github' || providerId === 'google' ? providerId : null,
        mapper_count: mappers.length,
      })
      expect(at(body, 'config')).toMatchObject(
        Object.fromEntries(Object.values(config).map(([, word, ours]) => [word, ours])),
      )
      expect(at(body, 'config', 'client_secret')).toBe(secret === null ? undefined : '**********')
      const shown = await operator.call('GET', `${ROOT}/${alias}/mappers`)
      expect(at(shown.body, 'items')).toEqual(
        mappers.map(({ type, config }, index) => ({
          id: expect.any(String),
          name: `${index} ${type}`,
          identity_provider_mapper: type,
          // What Keycloak does where a mapper says nothing.
          config: { syncMode: 'LEGACY', ...config },
        })),
      )
    }
  })

  it('leaves the secrets that were sent with the providers in no file as they were', () => {
    const files = readdirSync(world.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(2)
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name)).includes(SECRET), name).toBe(false)
    }
  })

  it('has every type of mapper that there is', () => {
    const types = new Set(made().flatMap(({ mappers }) => mappers.map(({ type }) => type)))
    types.add('saml-xpath-attribute-idp-mapper')
    expect([...types].sort()).toEqual(mapperTypes.map(({ id }) => id).sort())
  })

  it('of one provider is answered as one', async () => {
    const [provider] = await keycloak.identityProviders.find()
    const identityProviderMappers = await keycloak.identityProviders.findMappers({ alias: 'corp-oidc' })
    const alone = await upload(JSON.stringify(provider))
    expect(alone.body).toMatchObject({ alias: 'corp-oidc', provider_id: 'oidc', mappers: [] })
    const whole = await upload(JSON.stringify({ ...provider, identityProviderMappers }), 'oidc')
    expect(listOf(whole.body, 'mappers')).toHaveLength(identityProviderMappers.length)
    const { config, mappers } = Object(whole.body)
    // One mapper after the other, as Keycloak's own clients do it.
    const alias = 'one-by-one'
    const body = { alias, display_name: 'One by one', provider_id: 'oidc', oidc_config: config }
    expect((await operator.call('POST', ROOT, body)).status).toBe(201)
    for (const mapper of mappers) {
      const added = await operator.call('POST', `${ROOT}/${alias}/mappers`, mapper)
      expect(added.status, JSON.stringify(added.body)).toBe(201)
    }
    expect(at((await operator.call('GET', `${ROOT}/${alias}`)).body, 'mapper_count')).toBe(mappers.length)
  })
})

describe('the real server', () => {
  it('reads a discovery document from its URL, and an uploaded one', async () => {
    const from_url = `${GITHUB_ISSUER}/.well-known/openid-configuration`
    const fetched = await operator.call('POST', `${ROOT}/import-config`, { provider_id: 'oidc', from_url })
    expect(fetched.body).toMatchObject({ provider_id: 'oidc', config: { issuer: GITHUB_ISSUER, use_jwks_url: true } })
    const document = {
      issuer: 'https://a.example',
      authorization_endpoint: 'https://a.example/auth',
      token_endpoint: 'https://a.example/token',
      jwks_uri: 'https://a.example/keys',
      check_session_iframe: 'https://a.example/frame',
    }
    const uploaded = await upload(JSON.stringify(document), 'oidc')
    expect(uploaded.body).toEqual({
      provider_id: 'oidc',
      config: {
        issuer: 'https://a.example',
        authorization_url: 'https://a.example/auth',
        token_url: 'https://a.example/token',
        jwks_url: 'https://a.example/keys',
        validate_signature: true,
        use_jwks_url: true,
      },
      mappers: [],
      not_understood: [{ loc: ['check_session_iframe'], msg: expect.any(String) }],
    })
  })

  it('reads uploaded metadata of an identity provider, and registers it as it was read', async () => {
    const xml = `<?xml version="1.0"?>
      <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://adfs.example/entity">
        <IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
            <X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
          <NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>
          <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://adfs.example/ls/"/>
        </IDPSSODescriptor>
      </EntityDescriptor>`
    const { body } = await upload(xml, 'saml')
    const config = {
      single_sign_on_service_url: 'https://adfs.example/ls/',
      name_id_policy_format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      signing_certificate: certificate,
      want_authn_requests_signed: true,
      post_binding_authn_request: false,
      post_binding_response: false,
      idp_entity_id: 'https://adfs.example/entity',
    }
    expect(body).toEqual({ provider_id: 'saml', config, mappers: [], not_understood: [] })
    const provider = { alias: 'adfs', display_name: 'ADFS', provider_id: 'saml', saml_config: at(body, 'config') }
    const created = await operator.call('POST', ROOT, provider)
    expect(created.status, JSON.stringify(created.body)).toBe(201)
    expect(at(created.body, 'config')).toEqual({ ...config, sync_mode: 'INHERIT' })
  })

  it.each([
    ['oidc', 'http://127.0.0.1:1/.well-known/openid-configuration'],
    ['oidc', 'not a url'],
    ['saml', 'https://169.254.169.254/metadata'],
    ['saml', 'file:///etc/passwd'],
  ])('refuses to fetch %s from %s, and names the field', async (provider_id, from_url) => {
    const answer = await operator.call('POST', `${ROOT}/import-config`, { provider_id, from_url })
    expect(answer.status).toBe(400)
    expect(at(answer.body, 'detail')).toEqual([
      { loc: ['body', 'from_url'], msg: expect.any(String), type: expect.any(String) },
    ])
  })

  it('gives metadata of ours that it reads back as a service provider’s, and refuses metadata that are none', async () => {
    const response = await fetch(`${operator.url}${ROOT}/corp-saml/export`, {
      headers: { authorization: `Bearer ${server.operatorToken()}` },
    })
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/samlmetadata+xml; charset=utf-8',
    ])
    const xml = await response.text()
    const us = `${operator.url}/saml/default/corp-saml`
    for (const part of [
      `entityID="${us}/metadata"`,
      `Location="${us}/acs"`,
      `Location="${us}/slo"`,
      'AuthnRequestsSigned="false"',
      'use="encryption"',
    ]) {
      expect(xml).toContain(part)
    }
    expect(/<ds:X509Certificate>([A-Za-z0-9+/=]{400,})</.test(xml)).toBe(true)
    const refused = await upload(xml, 'saml')
    expect(refused.status).toBe(400)
    expect(at(refused.body, 'detail')).toEqual([
      { loc: ['body', 'file'], msg: expect.stringContaining('identity provider'), type: 'saml.metadata_invalid' },
    ])
  })
})
