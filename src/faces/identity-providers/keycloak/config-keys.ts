/** Keycloak's configuration keys that have a word of ours, and how their texts are read. Source: wire.md section 4.2. */
import type { Json } from '../../../json.ts'
import { flagOf } from './members.ts'

export interface ConfigKey {
  /** Member of `oidc_config` or `saml_config`. */
  readonly word: string
  /** The value in our form; undefined for one that we do not take. */
  readonly read: (value: unknown) => Json | undefined
}

const text = (word: string): ConfigKey => ({ word, read: (value) => (typeof value === 'string' ? value : undefined) })
const flag = (word: string): ConfigKey => ({ word, read: (value) => flagOf(value) ?? undefined })
const oneOf = (word: string, values: readonly string[]): ConfigKey => ({
  word,
  read: (value) => (typeof value === 'string' && values.includes(value) ? value : undefined),
})

/** Source: wire.md section 4.2: lists are JSON in a text. */
function list(word: string): ConfigKey {
  return {
    word,
    read(value) {
      try {
        const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
        return Array.isArray(parsed) && parsed.every((one) => typeof one === 'string') ? parsed : undefined
      } catch {
        return undefined
      }
    },
  }
}

/** Keycloak asks for `openid` whether it stands there or not. */
const openidScope: ConfigKey = {
  word: 'default_scope',
  read(value) {
    if (typeof value !== 'string') return undefined
    const scopes = value.split(' ').filter((scope) => scope !== '')
    return (scopes.includes('openid') ? scopes : ['openid', ...scopes]).join(' ')
  },
}

type Keys = Readonly<Record<string, ConfigKey>>

const CLIENT: Keys = {
  clientId: text('client_id'),
  defaultScope: text('default_scope'),
  pkceEnabled: flag('pkce_enabled'),
  pkceMethod: oneOf('pkce_method', ['S256', 'plain']),
}

/** Google's endpoints are Google's. */
const GOOGLE_KEYS: Keys = {
  ...CLIENT,
  defaultScope: openidScope,
  prompt: oneOf('prompt', ['none', 'login', 'consent', 'select_account']),
}

export const OIDC_KEYS: Keys = {
  ...GOOGLE_KEYS,
  issuer: text('issuer'),
  authorizationUrl: text('authorization_url'),
  tokenUrl: text('token_url'),
  userInfoUrl: text('user_info_url'),
  logoutUrl: text('logout_url'),
  jwksUrl: text('jwks_url'),
  validateSignature: flag('validate_signature'),
  useJwksUrl: flag('use_jwks_url'),
  clientAuthMethod: oneOf('client_auth_method', [
    'client_secret_post',
    'client_secret_basic',
    'client_secret_jwt',
    'private_key_jwt',
  ]),
}

export const SAML_KEYS: Keys = {
  singleSignOnServiceUrl: text('single_sign_on_service_url'),
  singleLogoutServiceUrl: text('single_logout_service_url'),
  nameIDPolicyFormat: text('name_id_policy_format'),
  signingCertificate: text('signing_certificate'),
  wantAuthnRequestsSigned: flag('want_authn_requests_signed'),
  postBindingAuthnRequest: flag('post_binding_authn_request'),
  postBindingResponse: flag('post_binding_response'),
  idpEntityId: text('idp_entity_id'),
  forceAuthn: flag('force_authn'),
  authnContextClassRefs: list('authn_context_class_refs'),
  principalType: oneOf('principal_type', ['SUBJECT', 'ATTRIBUTE', 'FRIENDLY_ATTRIBUTE']),
  principalAttribute: text('principal_attribute'),
  wantAssertionsEncrypted: flag('want_assertions_encrypted'),
}

export { CLIENT as GITHUB_KEYS, GOOGLE_KEYS }

/** What we do anyway: such values say nothing new. */
export const AS_ALWAYS: Readonly<Record<'oidc' | 'saml', Readonly<Record<string, string>>>> = {
  oidc: { loginHint: 'true' },
  saml: { validateSignature: 'true', authnContextComparisonType: 'exact', signatureAlgorithm: 'RSA_SHA256' },
}
