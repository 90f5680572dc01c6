/** How the suite speaks with this face. */
import type { Json } from '../../json.ts'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, providerDraft } from '../../registry/testing/registry.ts'
import type { Collection, Specimen } from '../testing/specimen.ts'
import { identityProviders } from './index.ts'
import { byNumber, callers, makeOidc } from './testing/collection.ts'
import { mappers } from './testing/mapper-collection.ts'
import { list, member, text } from './testing/members.ts'
import { ROOT } from './testing/requests.ts'

/** Everything that the change does not name, most of it without a word of this face. */
const ELSEWHERE = {
  description: 'of another face',
  labels: { team: 'platform' },
  secrets: { clientSecret: 'sealed' },
  routingDomains: ['b.example'],
  domains: ['a.example', 'b.example'],
  attributeMapping: { 'google.subject': 'assertion.email' },
  condition: 'assertion.email_verified',
  syncMode: 'FORCE',
  firstLogin: 'refuse' as const,
  allowedScopes: ['openid'],
  examples: [],
  lastTestedAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: new Date('2030-01-01T00:00:00Z'),
}

function updateOf(settings: { [name: string]: Json }): NonNullable<Collection['update']> {
  return {
    method: 'PATCH',
    changes: [
      { body: { display_name: 'Changed' }, field: 'display_name' },
      { body: { enabled: false }, field: 'enabled' },
    ],
    record: async (app, organisation, id) => Object(await app.registry.stores.providers.get(organisation, id)),
    async enrich(app, organisation, id) {
      const record = await app.registry.stores.providers.get(organisation, id)
      if (record === null) throw new TypeError('just made')
      const enriched = { ...record, ...ELSEWHERE, settings: { ...record.settings, ...settings } }
      await app.registry.write((tx) => tx.providers.update({ ...enriched, version: record.version + 1 }))
    },
    touches: ['displayName'],
  }
}

const oidc: Collection = {
  ...byNumber('alias'),
  noun: 'OpenID Connect providers',
  callers,
  prepare: async () => ({}),
  path: () => ROOT,
  unknownId: 'nobody',
  removable: true,
  removedStatus: 204,
  make: (app, organisation, _names, n) => makeOidc(app, organisation, `made-by-registry-${n}`),
  create: {
    status: 201,
    body: (_names, n) => ({
      alias: `made-${n}`,
      display_name: `Made ${n}`,
      provider_id: 'oidc',
      enabled: false,
      known_provider: 'custom_oidc',
      oidc_config: { issuer: `https://made-${n}.example.com`, client_id: 'c', client_secret: 'correct horse battery' },
      saml_config: null,
      mappers: [
        {
          name: 'mail',
          identity_provider_mapper: 'oidc-user-attribute-idp-mapper',
          config: { claim: 'email', 'user.attribute': 'email' },
        },
      ],
      condition: 'assertion.email_verified == true',
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      domains: [`Made-${n}.example`],
      first_login: 'create',
    }),
    idOf: (body) => text(body, 'alias'),
    wrong: {
      body: {
        alias: 1,
        display_name: [],
        provider_id: 'ldap',
        enabled: 'yes',
        known_provider: 'myspace',
        oidc_config: { client_id: {}, client_secret: 5, sync_mode: 'SOMETIMES', pkce_enabled: 'no', max_age: 1.5 },
        saml_config: { want_authn_requests_signed: 'true' },
        mappers: [{ name: 5, identity_provider_mapper: null, config: [] }],
        domains: 'a.example',
        first_login: 'maybe',
      },
      fields: [
        'alias',
        'display_name',
        'provider_id',
        'enabled',
        'known_provider',
        'oidc_config.client_id',
        'oidc_config.client_secret',
        'oidc_config.sync_mode',
        'oidc_config.pkce_enabled',
        'oidc_config.max_age',
        'saml_config.want_authn_requests_signed',
        'mappers.0.name',
        'mappers.0.identity_provider_mapper',
        'mappers.0.config',
        'domains',
        'first_login',
      ],
    },
    unknown: {
      body: (valid) => ({ ...valid, oidc_config: { client_id: 'c', issuer: 'https://a.example', clientSecret: 's' } }),
      field: 'oidc_config.clientSecret',
    },
    example: {
      // The page has the placeholder <string> for every text.
      request: () => ({
        alias: 'page-example',
        display_name: 'Page example',
        provider_id: 'oidc',
        enabled: true,
        known_provider: 'okta',
        oidc_config: {
          authorization_url: 'https://dev-1.okta.com/oauth2/v1/authorize',
          token_url: 'https://dev-1.okta.com/oauth2/v1/token',
          client_id: 'client',
          client_secret: 'correct horse battery staple',
          user_info_url: 'https://dev-1.okta.com/oauth2/v1/userinfo',
          issuer: 'https://dev-1.okta.com',
          default_scope: 'openid email profile',
          sync_mode: 'INHERIT',
          validate_signature: true,
          use_jwks_url: true,
          pkce_enabled: false,
          pkce_method: 'S256',
        },
        mappers: [
          {
            name: 'everybody',
            identity_provider_mapper: 'oidc-hardcoded-group-idp-mapper',
            id: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
            config: { group: '/staff' },
          },
        ],
      }),
      answer: {
        alias: 'page-example',
        display_name: 'Page example',
        provider_id: 'oidc',
        enabled: true,
        known_provider: 'okta',
        config: {
          authorization_url: 'https://dev-1.okta.com/oauth2/v1/authorize',
          token_url: 'https://dev-1.okta.com/oauth2/v1/token',
          client_id: 'client',
          client_secret: '**********',
          user_info_url: 'https://dev-1.okta.com/oauth2/v1/userinfo',
          issuer: 'https://dev-1.okta.com',
          default_scope: 'openid email profile',
          sync_mode: 'INHERIT',
          validate_signature: true,
          use_jwks_url: true,
          pkce_enabled: false,
          pkce_method: 'S256',
        },
        mapper_count: 1,
      },
    },
  },
  update: updateOf({ responseType: 'CODE', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS', prompt: 'login' }),
}

const SAML_CONFIG = {
  single_sign_on_service_url: 'https://saml.example.com/sso',
  single_logout_service_url: 'https://saml.example.com/slo',
  name_id_policy_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  signing_certificate: 'MIIC',
  want_authn_requests_signed: true,
  post_binding_authn_request: true,
  post_binding_response: true,
  sync_mode: 'INHERIT',
} as const

const saml: Collection = {
  ...byNumber('alias'),
  noun: 'SAML providers',
  callers,
  prepare: async () => ({}),
  path: () => ROOT,
  unknownId: 'nobody',
  removable: true,
  removedStatus: 204,
  async make(app, organisation, _names, n) {
    const settings = { saml: { ssoUrl: `https://saml-${n}.example.com/sso`, signingCertificate: 'MIIC' } }
    const named = { id: `saml-by-registry-${n}`, displayName: null, known: 'CUSTOM_SAML', issuer: null }
    const draft = providerDraft({ use: 'workforce', ...named, settings })
    return (await createProvider(app.registry, actorIn(organisation), draft)).id
  },
  create: {
    status: 201,
    body: (_names, n) => ({
      alias: `saml-${n}`,
      display_name: `SAML ${n}`,
      provider_id: 'saml',
      saml_config: { ...SAML_CONFIG, idp_entity_id: `https://saml-${n}.example.com` },
    }),
    idOf: (body) => text(body, 'alias'),
    wrong: {
      body: {
        alias: 'x',
        display_name: '',
        provider_id: 'saml',
        saml_config: { single_sign_on_service_url: 5, post_binding_response: 'yes', authn_context_class_refs: 'x' },
      },
      fields: [
        'display_name',
        'saml_config.single_sign_on_service_url',
        'saml_config.post_binding_response',
        'saml_config.authn_context_class_refs',
      ],
    },
    unknown: {
      body: (valid) => ({ ...valid, saml_config: { ...SAML_CONFIG, nameIDPolicyFormat: 'x' } }),
      field: 'saml_config.nameIDPolicyFormat',
    },
    example: {
      request: () => ({
        alias: 'page-saml-example',
        display_name: 'Page example',
        provider_id: 'saml',
        known_provider: 'onelogin',
        saml_config: SAML_CONFIG,
      }),
      answer: { known_provider: 'onelogin', provider_id: 'saml', config: SAML_CONFIG, mapper_count: 0 },
    },
  },
  update: updateOf({ metadataXml: '<EntityDescriptor/>', forceAuthn: true }),
}

export const identityProvidersSpecimen: Specimen = {
  face: identityProviders,
  collections: [oidc, saml, mappers],
  isError: (_status, body) =>
    list(body, 'detail').length > 0 &&
    list(body, 'detail').every(
      (one) => Array.isArray(member(one, 'loc')) && text(one, 'msg') !== '' && text(one, 'type') !== '',
    ),
  fieldsOf: (body) => list(body, 'detail').map((one) => list(one, 'loc').slice(1).join('.')),
}
