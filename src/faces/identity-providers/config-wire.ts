/** The wire form of the two blocks of configuration. Source: the page, "oidc_config" and "saml_config"; CONTRACT.md section 3. */
import { Type } from 'typebox'
import { SYNC_MODES } from '../../registry/workforce-fields.ts'
import { choice, closed, flag, text, texts } from './nullable-fields.ts'

/** What answers show instead of a secret; sent back, it keeps the stored one. */
export const SECRET_MASK = '**********'

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

export const OidcConfig = Type.Object(
  { client_id: clientId, ...oidcFields },
  { title: 'OidcConfig', ...closed, description: 'OIDC config (required when provider_id=oidc; of GitHub too).' },
)
export const OidcChange = Type.Object(
  { client_id: Type.Optional(clientId), ...oidcFields },
  { title: 'OidcChange', ...closed, description: 'Merged into the stored configuration; null clears.' },
)
export const SamlConfig = Type.Object(samlFields, {
  title: 'SamlConfig',
  ...closed,
  description: 'SAML config (required when provider_id=saml). In a partial update it is merged; null clears.',
})
