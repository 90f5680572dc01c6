/** What the protocols say no with, before anything is stored. Codes of refused tokens: planes/faults.ts. */
import { type FieldFault, faultsOf } from '../fault.ts'

export const protocolFaults = {
  'provider.discovery_failed': {
    kind: 'upstream',
    message: 'The issuer’s discovery document or its keys could not be fetched, or are not what they must be.',
    remedy:
      'Open {issuer}/.well-known/openid-configuration from outside: it must be public, https, and name a jwks_uri with signing keys. The log has the reason.',
  },
  'provider.issuer_differs': {
    kind: 'upstream',
    message: 'The discovery document is about another issuer.',
    remedy: 'Register the issuer exactly as the document spells it.',
  },
  'provider.bundle_invalid': {
    kind: 'upstream',
    message: 'The bundle endpoint does not answer with a usable SPIFFE bundle.',
    remedy: 'The bundle must be public, https, and hold at least one key with the use jwt-svid.',
  },
  'provider.client_key_unfit': {
    kind: 'invalid',
    message:
      'The provider takes client assertions in no algorithm that we have a key of, so nobody can sign in with it.',
    remedy:
      'Let the provider take RS256 or ES256; or register a client secret there and choose client_secret_post or client_secret_basic.',
  },
  'provider.endpoint_missing': {
    kind: 'invalid',
    message: 'The provider has no authorization or token URL, so nobody can sign in with it.',
    remedy: 'Save the provider again, so that discovery finds them, or type them.',
  },
  'provider.freshness_unsupported': {
    kind: 'invalid',
    message: 'This provider cannot say how or when a person proved who they are, and that was asked for.',
    remedy: 'Sign in without max_age, or use a provider that speaks OpenID Connect.',
  },
  'oidc.setting_missing': {
    kind: 'invalid',
    message: 'A required setting is missing.',
    remedy: 'Add it: the client id always, conditional access ids for validation by ACRS.',
  },
  'oidc.client_id_invalid': {
    kind: 'invalid',
    message: 'The client id is not one.',
    remedy: 'Copy it from the application that you registered at the identity provider.',
  },
  'oidc.url_invalid': {
    kind: 'invalid',
    message: 'An address of the provider is not an https URL.',
    remedy: 'Write https://host[:port]/path without user and fragment; a discovery URL ends in the well-known path.',
  },
  'oidc.scope_invalid': {
    kind: 'invalid',
    message: 'The scopes cannot be sent.',
    remedy: 'Separate scopes by single spaces, without quotes and backslashes.',
  },
  'oidc.value_invalid': {
    kind: 'invalid',
    message: 'A setting has a value that it does not take.',
    remedy: 'Read the sentence beside the field: it says what is taken.',
  },
  'oidc.tenants_missing': {
    kind: 'invalid',
    message: 'An issuer that stands for all Microsoft tenants needs the list of those that may come in.',
    remedy: 'List the allowed tenants by their GUIDs, or use the issuer of your own tenant.',
  },
  'oidc.tenant_differs': {
    kind: 'invalid',
    message: 'The issuer is of another Microsoft tenant than the one that is named.',
    remedy: 'Name the tenant of the issuer, or leave the issuer out: it follows from the tenant.',
  },
  'oidc.jwks_invalid': {
    kind: 'invalid',
    message: 'The uploaded keys are not a JSON Web Key Set that tokens can be verified with.',
    remedy: 'Upload {"keys":[…]} with public RSA (2048 bits or more), EC or Ed keys only, at least one for signatures.',
  },
  'oidc.audience_invalid': {
    kind: 'invalid',
    message: 'An allowed audience is not a text of 1 to 256 characters.',
    remedy: 'Write each audience exactly as the tokens carry it.',
  },
  'oidc.ca_invalid': {
    kind: 'invalid',
    message: 'The authorities are not certificates in PEM.',
    remedy: 'Give one or more CERTIFICATE blocks and nothing secret.',
  },
  'oidc.age_invalid': {
    kind: 'invalid',
    message: 'The greatest age of a token is out of range.',
    remedy: 'Give whole seconds from 60 to 172800, or none for the default of the known source.',
  },
  'oidc.single_use_invalid': {
    kind: 'invalid',
    message: 'Single use is either on or off.',
    remedy: 'Write true or false.',
  },
  'spiffe.endpoint_invalid': {
    kind: 'invalid',
    message: 'The bundle endpoint is not an https URL.',
    remedy: 'Write https://host[:port]/path without user and fragment.',
  },
  'spiffe.profile_invalid': {
    kind: 'invalid',
    message: 'The profile of the bundle endpoint is not one.',
    remedy: 'Use https_web, which is the default.',
  },
  'spiffe.profile_unsupported': {
    kind: 'invalid',
    message: 'Bundle endpoints that authenticate with an X.509-SVID (https_spiffe) are not supported.',
    remedy: 'Serve the bundle under a web certificate (https_web), or upload it as bundleJson.',
  },
  'spiffe.bundle_invalid': {
    kind: 'invalid',
    message: 'The uploaded bundle is not a SPIFFE bundle that JWT-SVIDs can be verified with.',
    remedy:
      'Upload {"keys":[…]} as the trust domain publishes it, public keys only, at least one with the use jwt-svid.',
  },
  'spiffe.x509_unsupported': {
    kind: 'invalid',
    message:
      'The bundle has keys for X.509-SVIDs only. X.509-SVIDs, and tokens bound to them (RFC 8705), are not supported.',
    remedy: 'Let the trust domain issue JWT-SVIDs: its bundle then has a key with the use jwt-svid.',
  },
} as const

export type ProtocolCode = keyof typeof protocolFaults

export const protocolFault = faultsOf(protocolFaults)

/** One bad setting; `message` goes on after the field's name. `field.unknown` is every face's own word for it. */
export function settingFault(code: ProtocolCode | 'field.unknown', path: string, message: string): FieldFault {
  return { path, code, message }
}
