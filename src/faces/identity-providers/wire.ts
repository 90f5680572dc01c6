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
import { FIRST_LOGINS, SYNC_MODES } from '../../registry/workforce-fields.ts'

export const ROOT = '/api/identity-providers'

/** What answers show instead of a secret; sent back, it keeps the stored one. */
export const SECRET_MASK = '**********'

const closed = { additionalProperties: false } as const

const orNull = <S extends TSchema>(schema: S) =>
  Type.Unsafe<Static<S> | null>({ ...schema, type: [Object(schema).type, 'null'] })
const text = (description: string, more: object = {}) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description, ...more }))
const flag = (description: string, byDefault?: boolean) =>
  Type.Optional(
    Type.Unsafe<boolean | null>({
      type: ['boolean', 'null'],
      description,
      ...(byDefault === undefined ? {} : { default: byDefault }),
    }),
  )
const choice = (values: readonly string[], description: string, byDefault?: string) =>
  text(description, { enum: [...values, null], ...(byDefault === undefined ? {} : { default: byDefault }) })
const texts = (description: string) =>
  Type.Optional(
    Type.Unsafe<string[] | null>({
      type: ['array', 'null'],
      items: { type: 'string' },
      description: `Extra: ${description}`,
    }),
  )

/** Source: the page, "known_provider". */
export const KNOWN_PROVIDERS = identitySources.map(({ name }) => name.toLowerCase())
const syncMode = choice(SYNC_MODES, 'When mappers run; INHERIT is the server default, IMPORT.', 'INHERIT')

const clientId = Type.String({
  description: 'Client id registered at the provider.',
  examples: ['0oa1b2c3d4e5f6g7h8i9'],
})
const oidcFields = {
  authorization_url: text('Authorization endpoint; else what is known of the provider, or what discovery says.'),
  token_url: text('Token endpoint, likewise.'),
  client_secret: text(`Written, never shown: ${SECRET_MASK} or nothing keeps the stored one, null removes it.`),
  user_info_url: text('User info endpoint, likewise.'),
  issuer: text('Issuer; its discovery document is read before anything is stored.'),
  default_scope: text('Scopes asked for, separated by spaces.', { default: 'openid email profile' }),
  sync_mode: syncMode,
  validate_signature: flag(
    'False: an ID token from the token endpoint may go unverified. All others are verified.',
    true,
  ),
  use_jwks_url: flag('Keys come from the key set URL.', true),
  pkce_enabled: flag('Always send a PKCE challenge; without it, where discovery lists S256.', false),
  pkce_method: choice(['S256', 'plain'], 'PKCE method.', 'S256'),
  jwks_url: text('Extra: where the keys are, if not where discovery says.'),
  jwks_json: text('Extra: a JSON Web Key Set as text, for issuers whose keys cannot be fetched.'),
  logout_url: text('Extra: end session endpoint, if not the discovered one.'),
  client_auth_method: text('Extra: client_secret_post, client_secret_basic, client_secret_jwt or private_key_jwt.'),
  allowed_tenants: texts('Microsoft tenants that may come in through an issuer of all tenants.'),
  prompt: text('Extra: the prompt sent along: none, login, consent or select_account.'),
  max_age: Type.Optional(
    Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'Extra: seconds since the last login at the provider.',
    }),
  ),
}
const samlFields = {
  single_sign_on_service_url: text('Where authentication requests go; required without metadata_url.'),
  single_logout_service_url: text('Where logout requests go.'),
  name_id_policy_format: text('NameID format asked for.', {
    default: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  }),
  signing_certificate: text(
    'Certificates of the provider, PEM or base64, joined by commas; required without metadata_url.',
  ),
  want_authn_requests_signed: flag('Sign our requests.', true),
  post_binding_authn_request: flag('Send requests by POST, else by redirect.', true),
  post_binding_response: flag('Ask for responses by POST.', true),
  sync_mode: syncMode,
  idp_entity_id: text('Extra: the entity id that responses must come from.'),
  metadata_url: text('Extra: where the metadata of the provider are fetched.'),
  force_authn: flag('Extra: ask for a fresh login.'),
  authn_context_class_refs: texts('authentication contexts asked for.'),
  pin_name_id_format: flag('Extra: refuse another NameID format than the one asked for.'),
  principal_type: text('Extra: SUBJECT, ATTRIBUTE or FRIENDLY_ATTRIBUTE; what identifies the person.'),
  principal_attribute: text('Extra: the attribute that identifies the person.'),
  want_assertions_encrypted: flag('Extra: refuse assertions that are not encrypted.'),
  allow_idp_initiated: flag('Extra: let people start at the provider; they are sent through a sign-in of ours.'),
  allow_sha1: flag('Extra: take SHA-1 signatures.'),
}

const OidcConfig = Type.Object(
  { client_id: clientId, ...oidcFields },
  { ...closed, description: 'OIDC config (required when provider_id=oidc; of GitHub too).' },
)
const OidcChange = Type.Object(
  { client_id: Type.Optional(clientId), ...oidcFields },
  { ...closed, description: 'Merged into the stored configuration; null clears.' },
)
const SamlConfig = Type.Object(samlFields, {
  ...closed,
  description: 'SAML config (required when provider_id=saml). In a partial update it is merged; null clears.',
})

const mapperFields = {
  name: Type.String({ description: 'Unique in the provider.', examples: ['groups'] }),
  identity_provider_mapper: Type.String({
    description: 'Mapper type, as GET …/mapper-types lists them.',
    examples: ['oidc-user-attribute-idp-mapper'],
  }),
  config: Type.Optional(
    orNull(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'By the keys of the mapper type, and syncMode: INHERIT, IMPORT, LEGACY or FORCE.',
        examples: [{ claim: 'department', 'user.attribute': 'department', syncMode: 'FORCE' }],
      }),
    ),
  ),
}
export const MapperConfig = Type.Object(
  { ...mapperFields, id: text('Kept where it is the id of a mapper of this provider; else it is given.') },
  closed,
)
export const MapperChange = Type.Partial(MapperConfig, closed)
export const Mapper = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  identity_provider_mapper: Type.String(),
  config: Type.Record(Type.String(), Type.Unknown()),
})

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
  { ...closed, description: 'Request to create an identity provider.', examples: [EXAMPLE] },
)
const { alias: _, ...REPLACING } = EXAMPLE
export const ReplaceProvider = Type.Object(
  { alias: Type.Optional(alias), display_name: displayName, provider_id: providerId, ...givenFields },
  {
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
  { ...closed, description: 'Absent fields stay as they are; null clears.', examples: [{ enabled: false }] },
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
  { description: 'Response for a single identity provider.' },
)

export const ImportFromUrl = Type.Object(
  {
    provider_id: Type.String({
      enum: ['oidc', 'saml'],
      description: 'What the document is: OIDC discovery or SAML metadata.',
    }),
    from_url: Type.String({
      description: 'Where the document is fetched.',
      examples: ['https://acme.okta.com/.well-known/openid-configuration'],
    }),
  },
  closed,
)
export const ImportFile = Type.Object(
  {
    provider_id: Type.Optional(
      Type.String({ enum: ['oidc', 'saml'], description: 'What the file is; a Keycloak export says so itself.' }),
    ),
    file: Type.String({
      format: 'binary',
      description: 'OIDC discovery, SAML metadata, or providers exported from Keycloak.',
    }),
  },
  closed,
)
const notes = Type.Array(
  Type.Object({
    loc: Type.Array(Type.Unsafe<string | number>({ type: ['string', 'integer'] })),
    msg: Type.String(),
  }),
  { description: 'What of the document has no counterpart here, by its place there: nothing is left out silently.' },
)
const importedFields = {
  provider_id: Type.String({ enum: ['oidc', 'saml'] }),
  config: Type.Record(Type.String(), Type.Unknown(), {
    description: 'For oidc_config or saml_config of a provider to be made; never with a secret.',
  }),
  mappers: Type.Array(MapperConfig),
  not_understood: notes,
}
/** A provider as another server had it. */
export const ImportedProvider = Type.Object({
  alias: Type.String(),
  display_name: Type.String(),
  enabled: Type.Boolean({ description: 'False also where what kept people out has no counterpart here.' }),
  known_provider: Type.Optional(Type.String({ enum: KNOWN_PROVIDERS })),
  condition: Type.Optional(Type.String()),
  domains: Type.Optional(Type.Array(Type.String())),
  ...importedFields,
})
export const Imported = Type.Unsafe<object>({
  anyOf: [
    Type.Object(importedFields, { description: 'Of a discovery document or metadata.' }),
    ImportedProvider,
    Type.Object(
      { items: Type.Array(ImportedProvider), total: Type.Integer(), not_understood: notes },
      { description: 'Of an export with several providers.' },
    ),
  ],
  description: 'What was read; nothing is stored.',
})

export const MapperType = Type.Object({
  id: Type.String({ description: 'What identity_provider_mapper names.' }),
  name: Type.String(),
  category: Type.String(),
  help_text: Type.String(),
  properties: Type.Array(
    Type.Object({
      name: Type.String({ description: 'Key in a mapper’s config.' }),
      label: Type.String(),
      help_text: Type.String(),
      type: Type.String(),
      required: Type.Boolean(),
      default_value: Type.Optional(Type.String()),
      options: Type.Optional(Type.Array(Type.String())),
    }),
  ),
})

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

export const TestAnswer = Type.Object({
  redirect_url: Type.String({ description: 'Open it in a browser to sign in for a test.' }),
})

export const Failure = Type.Object({
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
})
