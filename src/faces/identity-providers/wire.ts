/**
 * The wire form of the face, as its page spells it: snake_case, `provider_id` with the one block of configuration that
 * belongs to it, `config` in answers. Null is unset, as the clients of such APIs send it. Bodies are closed: a misspelt field
 * is a fault, not a wish that is silently ignored.
 *
 * Source: docs/sources/identity-providers.txt; CONTRACT.md section 3. Fields marked "extra" are ours.
 */
import { type Static, type TSchema, Type } from 'typebox'
import { identitySources } from '../../registry/known/identity/index.ts'
import { DISPLAY_NAME_CHARACTERS } from '../../registry/limits.ts'
import { FIRST_LOGINS } from '../../registry/workforce-fields.ts'
import { OidcChange, OidcConfig, SamlConfig, SECRET_MASK } from './config-wire.ts'
import { MapperConfig } from './mapper-wire.ts'
import { choice, closed, flag, orNull, text, texts } from './nullable-fields.ts'

export const ROOT = '/api/identity-providers'

/** Source: the page, "known_provider". */
export const KNOWN_PROVIDERS = identitySources.map(({ name }) => name.toLowerCase())

const alias = Type.String({
  description: 'Unique alias (URL-safe, lowercase): 1 to 63 of a-z, 0-9 and -. Cannot be changed.',
  examples: ['acme-okta'],
})
const displayName = Type.String({
  minLength: 1,
  maxLength: DISPLAY_NAME_CHARACTERS,
  description: 'Human-readable display name',
  examples: ['Acme (Okta)'],
})
const providerId = Type.String({
  enum: ['oidc', 'saml'],
  description: 'Protocol type: oidc or saml. GitHub is oidc here.',
})
const givenFields = {
  enabled: flag('Whether the IdP is active', true),
  known_provider: choice(
    KNOWN_PROVIDERS,
    'Known provider this config is based on: what is known of it fills in endpoints, and must not be contradicted.',
  ),
  oidc_config: Type.Optional(orNull(OidcConfig)),
  saml_config: Type.Optional(orNull(SamlConfig)),
  mappers: Type.Optional(
    Type.Unsafe<Static<typeof MapperConfig>[] | null>({
      type: ['array', 'null'],
      items: MapperConfig,
      description: 'Claim/attribute mappers',
    }),
  ),
  condition: text('Extra: CEL over assertion, google and attribute; must be true for a person to come in.'),
  attribute_mapping: Type.Optional(
    Type.Unsafe<Record<string, string> | null>({
      type: ['object', 'null'],
      additionalProperties: { type: 'string' },
      description: 'Extra: google.subject, google.groups, attribute.{name}, … to CEL over assertion.',
      examples: [{ 'google.subject': 'assertion.sub' }],
    }),
  ),
  domains: texts('sign-in domains; an admin’s route nobody until they are proved.'),
  first_login: choice(FIRST_LOGINS, 'Extra: what a first sign-in does.', 'create'),
}

const EXAMPLE = {
  alias: 'acme-okta',
  display_name: 'Acme (Okta)',
  provider_id: 'oidc',
  enabled: true,
  known_provider: 'okta',
  oidc_config: {
    authorization_url: 'https://acme.okta.com/oauth2/v1/authorize',
    token_url: 'https://acme.okta.com/oauth2/v1/token',
    client_id: '0oa1b2c3d4e5f6g7h8i9',
    client_secret: 'a-client-secret',
    user_info_url: 'https://acme.okta.com/oauth2/v1/userinfo',
    issuer: 'https://acme.okta.com',
    default_scope: 'openid email profile',
    sync_mode: 'INHERIT',
    validate_signature: true,
    use_jwks_url: true,
    pkce_enabled: false,
    pkce_method: 'S256',
  },
  mappers: [
    {
      name: 'department',
      identity_provider_mapper: 'oidc-user-attribute-idp-mapper',
      config: { claim: 'department', 'user.attribute': 'department' },
    },
  ],
}

export const CreateProvider = Type.Object(
  { alias, display_name: displayName, provider_id: providerId, ...givenFields },
  { title: 'CreateProvider', ...closed, description: 'Request to create an identity provider.', examples: [EXAMPLE] },
)
const { alias: _, ...REPLACING } = EXAMPLE
export const ReplaceProvider = Type.Object(
  { alias: Type.Optional(alias), display_name: displayName, provider_id: providerId, ...givenFields },
  {
    title: 'ReplaceProvider',
    ...closed,
    description:
      'Takes the place of everything that this API shows; what is absent gets its default. Mappers and a secret stay where they are absent.',
    examples: [REPLACING],
  },
)
export const ChangeProvider = Type.Object(
  {
    alias: Type.Optional(alias),
    display_name: Type.Optional(displayName),
    provider_id: Type.Optional(providerId),
    ...givenFields,
    // No null: what clears it would let people in.
    enabled: Type.Optional(Type.Boolean({ description: 'Whether the IdP is active' })),
    oidc_config: Type.Optional(orNull(OidcChange)),
  },
  {
    title: 'ChangeProvider',
    ...closed,
    description: 'Absent fields stay as they are; null clears.',
    examples: [{ enabled: false }],
  },
)

export const Provider = Type.Object(
  {
    alias: Type.String({ examples: ['acme-okta'] }),
    display_name: Type.String(),
    provider_id: Type.String({ enum: ['oidc', 'saml'] }),
    enabled: Type.Boolean(),
    internal_id: Type.String({ format: 'uuid', description: 'Never reused.' }),
    known_provider: choice(KNOWN_PROVIDERS, 'Null where none was named.'),
    config: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'Provider configuration by the names of oidc_config or saml_config, with defaults and what discovery found (secrets masked).',
      examples: [
        { client_id: '0oa1b2c3d4e5f6g7h8i9', client_secret: SECRET_MASK, default_scope: 'openid email profile' },
      ],
    }),
    mapper_count: Type.Integer({ default: 0, description: 'Number of configured mappers' }),
    condition: text('Extra.'),
    attribute_mapping: Type.Record(Type.String(), Type.String(), { description: 'Extra.' }),
    domains: Type.Array(Type.String(), { description: 'Extra.' }),
    first_login: Type.String({ enum: [...FIRST_LOGINS], description: 'Extra.' }),
  },
  { title: 'Provider', description: 'Response for a single identity provider.' },
)

export const listOf = (item: TSchema) =>
  Type.Object({ items: Type.Array(item), total: Type.Integer({ description: 'How many there are on all pages.' }) })

const pageQuery = {
  first: Type.Optional(Type.String({ description: 'So many are passed over first; default 0.' })),
  max: Type.Optional(Type.String({ description: 'At most so many: 0 to 1000, default 100.' })),
}
export const NoQuery = Type.Object({}, closed)
export const PageQuery = Type.Object(pageQuery, closed)
export const ListQuery = Type.Object(
  {
    ...pageQuery,
    search: Type.Optional(
      Type.String({
        description:
          'Part of alias, display name or a domain, in any case; name* is its beginning, *name* a part, "name" all of it.',
      }),
    ),
  },
  closed,
)
export const ExportQuery = Type.Object(
  { format: Type.Optional(Type.String({ enum: ['saml-sp-descriptor'], description: 'The one there is.' })) },
  closed,
)

export const TestAnswer = Type.Object(
  {
    redirect_url: Type.String({ description: 'Open it in a browser to sign in for a test.' }),
  },
  { title: 'TestAnswer' },
)

export const Failure = Type.Object(
  {
    detail: Type.Array(
      Type.Object({
        loc: Type.Array(Type.Unsafe<string | number>({ type: ['string', 'integer'] }), {
          description: 'Where: body, query or path, then the names as the request spells them.',
          examples: [['body', 'oidc_config', 'client_id']],
        }),
        msg: Type.String(),
        type: Type.String({ description: 'Stable code.', examples: ['field.missing'] }),
      }),
      { minItems: 1 },
    ),
  },
  { title: 'Failure' },
)
