/**
 * What one face calls a field of a sign-in provider, and what the others call it: the reference page is made of these rows,
 * and one-registry.test.ts writes each of them through every face and reads it through all.
 *
 * Source: CONTRACT.md section 3; the pages under docs/sources/.
 */
import type { Json } from '../../json.ts'

export const FACES = ['iam-providers', 'identity-providers', 'manifests'] as const
export type FaceName = (typeof FACES)[number]

/** Path in the face's object, and a value as this face spells it. */
export type Cell = readonly [path: string, value: Json]

export interface FieldRow {
  readonly title: string
  readonly cells: Readonly<Partial<Record<FaceName, Cell>>>
  /** Given when the provider is made; cannot be written afterwards. */
  readonly isFixed?: boolean
}

export const NAME = 'shared'
const REFS = ['urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient']
const JWKS = JSON.stringify({ keys: [] })

function row(title: string, iam: Cell | null, idp: Cell | null, manifests: Cell | null): FieldRow {
  const cells = [
    ['iam-providers', iam],
    ['identity-providers', idp],
    ['manifests', manifests],
  ].filter(([, cell]) => cell !== null)
  return { title, cells: Object.fromEntries(cells) }
}

/** A setting that identity-providers has in a block and manifests in camelCase. */
function setting(block: 'oidc' | 'saml', title: string, word: string, value: Json): FieldRow {
  const camel = word.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return row(title, null, [`${block}_config.${word}`, value], [`spec.${block}.${camel}`, value])
}

const only = (title: string, word: string, value: Json) => row(title, null, [word, value], null)

/** Of OpenID Connect and SAML alike. */
const COMMON: readonly FieldRow[] = [
  row('condition', null, ['condition', 'assertion.a == "b"'], ['spec.attributeCondition', 'assertion.a == "b"']),
  row(
    'attribute mapping',
    null,
    ['attribute_mapping', { 'google.subject': 'assertion.email' }],
    ['spec.attributeMapping', [{ key: 'google.subject', value: 'assertion.email' }]],
  ),
  row('first login', null, ['first_login', 'refuse'], ['spec.firstLogin', 'refuse']),
  row('description', null, null, ['spec.description', 'd']),
  row('expiry', null, null, ['spec.expireTime', '2030-01-01T00:00:00Z']),
  row('scopes of exchanged tokens', null, null, ['spec.allowedScopes', ['read']]),
  row('labels', null, null, ['metadata.labels', { team: 'platform' }]),
]

export const OIDC_ROWS: readonly FieldRow[] = [
  { ...row('name', ['id', NAME], ['alias', NAME], ['metadata.name', NAME]), isFixed: true },
  row('display name', ['displayName', 'Shown'], ['display_name', 'Shown'], ['spec.displayName', 'Shown']),
  row('switch', ['enabled', false], ['enabled', false], ['spec.disabled', true]),
  row('domains', ['tenantDomain', 'a.example'], ['domains', ['a.example']], ['spec.domains', ['a.example']]),
  row(
    'issuer',
    ['oidcConfig.discoveryUrl', 'https://moved.example/.well-known/openid-configuration'],
    ['oidc_config.issuer', 'https://moved.example'],
    ['spec.oidc.issuerUri', 'https://moved.example'],
  ),
  row('client id', ['oidcConfig.clientId', 'd'], ['oidc_config.client_id', 'd'], ['spec.oidc.clientId', 'd']),
  row(
    'scopes asked for',
    null,
    ['oidc_config.default_scope', 'openid email profile groups'],
    ['spec.oidc.webSsoConfig.additionalScopes', ['groups']],
  ),
  setting('oidc', 'key set', 'jwks_json', JWKS),
  setting('oidc', 'key set URL', 'jwks_url', 'https://keys.example/jwks'),
  setting('oidc', 'end session endpoint', 'logout_url', 'https://bye.example/logout'),
  setting('oidc', 'client authentication', 'client_auth_method', 'client_secret_basic'),
  setting('oidc', 'tenants', 'allowed_tenants', ['72f988bf-86f1-41af-91ab-2d7cd011db47']),
  setting('oidc', 'prompt', 'prompt', 'login'),
  setting('oidc', 'age of the login', 'max_age', 60),
  row('flow', null, null, ['spec.oidc.webSsoConfig.responseType', 'ID_TOKEN']),
  row('claims behaviour', null, null, ['spec.oidc.webSsoConfig.assertionClaimsBehavior', 'ONLY_ID_TOKEN_CLAIMS']),
  only('known provider', 'known_provider', 'custom_oidc'),
  only('authorization endpoint', 'oidc_config.authorization_url', 'https://a.example/authorize'),
  only('token endpoint', 'oidc_config.token_url', 'https://a.example/token'),
  only('user info endpoint', 'oidc_config.user_info_url', 'https://a.example/me'),
  only('sync mode', 'oidc_config.sync_mode', 'FORCE'),
  only('signature of ID tokens', 'oidc_config.validate_signature', false),
  only('keys by URL', 'oidc_config.use_jwks_url', false),
  only('PKCE always', 'oidc_config.pkce_enabled', true),
  only('PKCE method', 'oidc_config.pkce_method', 'plain'),
  ...COMMON,
]

export const SAML_ROWS: readonly FieldRow[] = [
  { ...row('name', null, ['alias', NAME], ['metadata.name', NAME]), isFixed: true },
  row('display name', null, ['display_name', 'Shown'], ['spec.displayName', 'Shown']),
  row('switch', null, ['enabled', false], ['spec.disabled', true]),
  row('domains', null, ['domains', ['a.example']], ['spec.domains', ['a.example']]),
  setting('saml', 'entity id of the provider', 'idp_entity_id', 'https://moved.example/entity'),
  setting('saml', 'metadata URL', 'metadata_url', 'https://moved.example/metadata'),
  setting('saml', 'fresh login', 'force_authn', true),
  setting('saml', 'contexts asked for', 'authn_context_class_refs', REFS),
  setting('saml', 'NameID format pinned', 'pin_name_id_format', true),
  setting('saml', 'what identifies a person', 'principal_type', 'SUBJECT'),
  setting('saml', 'attribute that does', 'principal_attribute', 'uid'),
  setting('saml', 'encrypted assertions only', 'want_assertions_encrypted', true),
  setting('saml', 'start at the provider', 'allow_idp_initiated', true),
  setting('saml', 'SHA-1', 'allow_sha1', true),
  row('metadata as a document', null, null, ['spec.saml.idpMetadataXml', '<EntityDescriptor/>']),
  only('known provider', 'known_provider', 'custom_saml'),
  only('sign-on address', 'saml_config.single_sign_on_service_url', 'https://moved.example/sso'),
  only('logout address', 'saml_config.single_logout_service_url', 'https://moved.example/slo'),
  only('NameID format', 'saml_config.name_id_policy_format', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'),
  only('certificates', 'saml_config.signing_certificate', 'MIID'),
  only('signed requests', 'saml_config.want_authn_requests_signed', false),
  only('requests by POST', 'saml_config.post_binding_authn_request', false),
  only('responses by POST', 'saml_config.post_binding_response', false),
  only('sync mode', 'saml_config.sync_mode', 'FORCE'),
  ...COMMON,
]
