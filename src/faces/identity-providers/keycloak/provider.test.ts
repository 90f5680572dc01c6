// biome-ignore-all lint/suspicious/noTemplateCurlyInString: vault references of Keycloak's
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type ExportedProvider, readProvider } from './provider.ts'

const withConfig = (config: object, providerId = 'oidc') => one({ providerId, config })

/** The provider of a representation that carries its mappers. */
function one({ mappers = [], ...fields }: { mappers?: object[]; [name: string]: unknown }): ExportedProvider {
  const value = { alias: 'corp', providerId: 'oidc', enabled: true, config: {}, ...fields }
  const read = readProvider(
    { value, loc: [] },
    mappers.map((value, index) => ({ value, loc: ['mappers', index] })),
  )
  if (!('provider' in read)) throw new TypeError('not read')
  return read.provider
}

const places = ({ not_understood: notes }: ExportedProvider) => notes.map(({ loc }) => loc.join('/'))

describe('a provider', () => {
  it.each<[string, object, object]>([
    [
      'texts and flags',
      {
        clientId: 'c',
        tokenUrl: 'https://a.example/t',
        pkceEnabled: 'true',
        useJwksUrl: 'false',
        validateSignature: true,
      },
      {
        client_id: 'c',
        token_url: 'https://a.example/t',
        pkce_enabled: true,
        use_jwks_url: false,
        validate_signature: true,
      },
    ],
    ['the mode that counts where none is said', {}, { sync_mode: 'LEGACY' }],
    ['its mode', { syncMode: 'FORCE' }, { sync_mode: 'FORCE' }],
    ['scopes as Keycloak asks for them', { defaultScope: 'profile  email' }, { default_scope: 'openid profile email' }],
    ['scopes that have openid', { defaultScope: 'email openid' }, { default_scope: 'email openid' }],
  ])('has %s', (_name, config, wanted) => {
    const provider = withConfig(config)
    expect(provider.config).toMatchObject(wanted)
    expect(provider.not_understood).toEqual([])
  })

  it.each<[string, object, string[]]>([
    [
      'a key that we have not',
      { guiOrder: '1', disableUserInfo: 'false' },
      ['config/guiOrder', 'config/disableUserInfo'],
    ],
    [
      'a value that we do not take',
      { clientAuthMethod: 'tls_client_auth', pkceMethod: 'S512', pkceEnabled: 'maybe', syncMode: 'X' },
      ['config/clientAuthMethod', 'config/pkceMethod', 'config/pkceEnabled', 'config/syncMode'],
    ],
    ['a value that is no text', { clientId: 5, issuer: ['a'] }, ['config/clientId', 'config/issuer']],
    [
      'another discovery document',
      { issuer: 'https://a.example', metadataDescriptorUrl: 'https://b.example/.well-known/openid-configuration' },
      ['config/metadataDescriptorUrl'],
    ],
  ])('lists %s', (_name, config, wanted) => {
    expect(places(withConfig(config))).toEqual(wanted)
  })

  it('says nothing of what is unset, off, or so anyway', () => {
    const config = {
      logoutUrl: '',
      loginHint: 'true',
      issuer: 'https://a.example',
      metadataDescriptorUrl: 'https://a.example/.well-known/openid-configuration',
    }
    const off = { trustEmail: false, linkOnly: false, organizationId: null, internalId: 'x', displayName: '' }
    expect(one({ config, ...off })).toMatchObject({ display_name: 'corp', enabled: true, not_understood: [] })
  })

  it.each([
    ['**********', /masked/],
    ['${vault.corp}', /vault/],
    ['correct horse', /not shown again/],
  ])('lists the secret %s, and repeats it nowhere', (clientSecret, why) => {
    const provider = withConfig({ clientId: 'c', clientSecret })
    expect(provider.not_understood).toEqual([{ loc: ['config', 'clientSecret'], msg: expect.stringMatching(why) }])
    expect(JSON.stringify(provider)).not.toContain(clientSecret)
  })

  it('has an alias that can be one here', () => {
    expect(one({ alias: 'Corp Login_2' })).toMatchObject({
      alias: 'corp-login-2',
      not_understood: [{ loc: ['alias'] }],
    })
  })

  it('of GitHub and Google is known', () => {
    expect(
      withConfig({ clientId: 'c', baseUrl: 'https://ghe.example/', apiUrl: 'https://ghe.example/api/v3' }, 'github'),
    ).toMatchObject({
      known_provider: 'github',
      provider_id: 'oidc',
      config: {
        authorization_url: 'https://ghe.example/login/oauth/authorize',
        token_url: 'https://ghe.example/login/oauth/access_token',
        user_info_url: 'https://ghe.example/api/v3/user',
      },
    })
    expect(withConfig({ clientId: 'c' }, 'google')).toMatchObject({ known_provider: 'google', not_understood: [] })
  })

  it('of GitHub has no server that is none', () => {
    const provider = withConfig({ clientId: 'c', baseUrl: '/'.repeat(100_000), apiUrl: ['x'] }, 'github')
    expect(provider.config).not.toHaveProperty('authorization_url')
    expect(places(provider)).toEqual(['config/baseUrl', 'config/apiUrl'])
  })

  it('is off where it is off, or neither on nor off', () => {
    for (const enabled of [false, 'false', 'perhaps', 1]) expect(one({ enabled }).enabled).toBe(false)
    for (const enabled of [true, 'true', undefined, null]) expect(one({ enabled }).enabled).toBe(true)
  })

  it('of SAML has the names of the page', () => {
    const config = {
      singleSignOnServiceUrl: 'https://a.example/sso',
      nameIDPolicyFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      signingCertificate: 'MIIC,MIID',
      authnContextClassRefs: '["urn:a","urn:b"]',
      useMetadataDescriptorUrl: 'true',
      metadataDescriptorUrl: 'https://a.example/metadata',
      validateSignature: 'true',
      wantAssertionsSigned: 'true',
      entityId: 'https://kc.example/realms/r',
    }
    const provider = withConfig(config, 'saml')
    expect(provider).toMatchObject({
      provider_id: 'saml',
      config: {
        single_sign_on_service_url: 'https://a.example/sso',
        signing_certificate: 'MIIC,MIID',
        authn_context_class_refs: ['urn:a', 'urn:b'],
        metadata_url: 'https://a.example/metadata',
      },
    })
    expect(places(provider)).toEqual(['config/wantAssertionsSigned', 'config/entityId'])
    expect(places(withConfig({ validateSignature: 'false', authnContextClassRefs: 'urn:a' }, 'saml'))).toEqual([
      'config/validateSignature',
      'config/authnContextClassRefs',
    ])
  })
})

describe('a pinned key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const bare = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')

  it.each([
    ['PEM', pem],
    ['base64', bare],
  ])('is a key set, from %s', (_form, publicKeySignatureVerifier) => {
    const { config, not_understood } = withConfig({
      useJwksUrl: 'false',
      publicKeySignatureVerifier,
      publicKeySignatureVerifierKeyId: 'k',
    })
    expect(JSON.parse(String(config.jwks_json))).toEqual({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }],
    })
    expect(not_understood).toEqual([])
  })

  it.each([
    ['that is private', { publicKeySignatureVerifier: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() }],
    ['that is none', { publicKeySignatureVerifier: 'x' }],
    ['that is not used', { useJwksUrl: 'true', publicKeySignatureVerifier: pem }],
  ])('%s is listed', (_name, config) => {
    const provider = withConfig(config)
    expect(provider.config).not.toHaveProperty('jwks_json')
    expect(places(provider)).toEqual(['config/publicKeySignatureVerifier'])
  })
})

describe('what keeps people out', () => {
  const filter = (claimFilterName: string, claimFilterValue: string) =>
    withConfig({ filteredByClaim: 'true', claimFilterName, claimFilterValue })

  it('becomes a condition', () => {
    expect(filter('department', 'eng|ops').condition).toBe('assertion.department.matches("^(?:eng|ops)$")')
    expect(withConfig({ hostedDomain: 'a.example, b.example' }, 'google').condition).toBe(
      'assertion.hd in ["a.example","b.example"]',
    )
    expect(withConfig({ hostedDomain: '*' }, 'google').condition).toBe('has(assertion.hd)')
    const both = withConfig(
      { hostedDomain: 'a.example', filteredByClaim: 'true', claimFilterName: 'a', claimFilterValue: 'b' },
      'google',
    )
    expect(both.condition).toBe('assertion.a.matches("^(?:b)$") && assertion.hd in ["a.example"]')
    for (const provider of [filter('a', 'b'), both])
      expect(provider).toMatchObject({ enabled: true, not_understood: [] })
  })

  it.each([
    ['a filter on a claim inside of another', filter('a.b', 'x')],
    ['a filter in another dialect', filter('a', '(?=x)y')],
    ['a filter that would break out of its anchors', filter('a', 'x)|(?:y')],
    ['a filter that is neither on nor off', withConfig({ filteredByClaim: 'perhaps' })],
    ['a filter of half a megabyte', filter('a', 'x'.repeat(500_000))],
    ['a filter without a value', withConfig({ filteredByClaim: 'true', claimFilterName: 'a' })],
    ['a hosted domain that is none', withConfig({ hostedDomain: 'a b' }, 'google')],
    ['a provider for links only', one({ linkOnly: true })],
    ['a flow after the sign-in', one({ postBrokerLoginFlowAlias: 'otp' })],
    ['a flow of their own at the first', one({ firstBrokerLoginFlowAlias: 'deny everybody' })],
  ])('%s makes the provider come disabled', (_name, provider) => {
    expect(provider.enabled).toBe(false)
    expect(provider.condition).toBeUndefined()
    expect(provider.not_understood).toContainEqual({
      loc: expect.anything(),
      msg: expect.stringContaining('comes disabled'),
    })
  })

  it('is nothing new in the usual flow', () => {
    expect(one({ firstBrokerLoginFlowAlias: 'first broker login' })).toMatchObject({ enabled: true })
  })
})

describe('a home realm', () => {
  it('is a sign-in domain', () => {
    expect(
      withConfig({ 'kc.org.domain': 'a.example', 'kc.org.broker.redirect.mode.email-matches': 'true' }),
    ).toMatchObject({ domains: ['a.example'], not_understood: [] })
    expect(places(withConfig({ 'kc.org.domain': 'ANY' }))).toEqual(['config/kc.org.domain'])
    expect(
      places(withConfig({ 'kc.org.domain': 'a.example', 'kc.org.broker.redirect.mode.email-matches': 'false' })),
    ).toEqual(['config/kc.org.domain', 'config/kc.org.broker.redirect.mode.email-matches'])
  })
})

describe('mappers', () => {
  const mapper = (fields: object) => ({
    id: 'x',
    identityProviderAlias: 'corp',
    name: 'm',
    identityProviderMapper: 'oidc-role-idp-mapper',
    config: { claim: 'c', 'claim.value': 'v', role: 'r' },
    ...fields,
  })
  const read = (fields: object, providerId = 'oidc') => one({ providerId, mappers: [mapper(fields)] })

  it('are taken over, with the mode that counts where none is said', () => {
    expect(read({}).mappers).toEqual([
      {
        name: 'm',
        identity_provider_mapper: 'oidc-role-idp-mapper',
        config: { syncMode: 'LEGACY', claim: 'c', 'claim.value': 'v', role: 'r' },
      },
    ])
    expect(
      read({ config: { claim: 'c', 'claim.value': 'v', role: 'r', syncMode: 'INHERIT' } }).mappers[0]?.config.syncMode,
    ).toBe('INHERIT')
  })

  it.each<[string, object, string, string[], number]>([
    ['an unknown type', { identityProviderMapper: 'script' }, 'oidc', ['mappers/0/identityProviderMapper'], 0],
    [
      'XPath',
      { identityProviderMapper: 'saml-xpath-attribute-idp-mapper' },
      'saml',
      ['mappers/0/identityProviderMapper'],
      0,
    ],
    ['a type of another protocol', {}, 'saml', ['mappers/0/identityProviderMapper'], 0],
    ['a missing key', { config: { claim: 'c', role: 'r' } }, 'oidc', ['mappers/0/config/claim.value'], 0],
    ['no name', { name: null }, 'oidc', ['mappers/0'], 0],
    [
      'an unknown key',
      { config: { claim: 'c', 'claim.value': 'v', role: 'r', 'a.b': 'x', empty: '' } },
      'oidc',
      ['mappers/0/config/a.b'],
      1,
    ],
  ])('are listed with %s', (_name, fields, providerId, wanted, taken) => {
    const provider = read(fields, providerId)
    expect(places(provider)).toEqual(wanted)
    expect(provider.mappers).toHaveLength(taken)
  })
})
