/** The face's words for the registry's settings. Source: the page; CONTRACT.md section 3 for the fields beyond it. */

/** Members of `oidc_config`; `issuer`, `client_secret` and `sync_mode` are no settings and stand apart. */
export const OIDC_WORDS = {
  authorization_url: 'authorizationUrl',
  token_url: 'tokenUrl',
  client_id: 'clientId',
  user_info_url: 'userInfoUrl',
  default_scope: 'defaultScope',
  validate_signature: 'validateSignature',
  use_jwks_url: 'useJwksUrl',
  pkce_enabled: 'pkceEnabled',
  pkce_method: 'pkceMethod',
  jwks_url: 'jwksUrl',
  jwks_json: 'jwksJson',
  logout_url: 'logoutUrl',
  client_auth_method: 'clientAuthMethod',
  allowed_tenants: 'allowedTenants',
  prompt: 'prompt',
  max_age: 'maxAge',
} as const

/** Members of `saml_config`; `sync_mode` stands apart. */
export const SAML_WORDS = {
  single_sign_on_service_url: 'ssoUrl',
  single_logout_service_url: 'sloUrl',
  name_id_policy_format: 'nameIdFormat',
  signing_certificate: 'signingCertificate',
  want_authn_requests_signed: 'wantAuthnRequestsSigned',
  post_binding_authn_request: 'postBindingAuthnRequest',
  post_binding_response: 'postBindingResponse',
  idp_entity_id: 'idpEntityId',
  metadata_url: 'metadataUrl',
  force_authn: 'forceAuthn',
  authn_context_class_refs: 'authnContextClassRefs',
  pin_name_id_format: 'pinNameIdFormat',
  principal_type: 'principalType',
  principal_attribute: 'principalAttribute',
  want_assertions_encrypted: 'wantAssertionsEncrypted',
  allow_idp_initiated: 'allowIdpInitiated',
  allow_sha1: 'allowSha1',
} as const

export type Block = 'oidc_config' | 'saml_config'

/** Core setting → word of the face. */
export const WORD_OF_SETTING: Readonly<Record<Block, ReadonlyMap<string, string>>> = {
  oidc_config: reversed({ ...OIDC_WORDS, client_secret: 'clientSecret' }),
  saml_config: reversed(SAML_WORDS),
}

/** Core member of a provider → field of the face. */
export const FIELD_OF_MEMBER: ReadonlyMap<string, string> = new Map([
  ['id', 'alias'],
  ['displayName', 'display_name'],
  ['known', 'known_provider'],
  ['attributeMapping', 'attribute_mapping'],
  ['firstLogin', 'first_login'],
])

function reversed(words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words).map(([word, setting]) => [setting, word]))
}
