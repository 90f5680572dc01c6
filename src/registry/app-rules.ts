/** The rules of an app's own fields. Source: CONTRACT.md section 3, kind `App`; RFC 6749 §3.1.2; RFC 8252 §7. */
import { createPublicKey } from 'node:crypto'
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { AppAuthMethod } from './app.ts'
import type { AppFields } from './drafts.ts'
import { fieldFault, type RegistryCode } from './faults.ts'
import { ALLOWED_PROVIDERS, APP_URIS, SECRET_CHARACTERS, URI_CHARACTERS } from './limits.ts'
import { isId } from './names.ts'
import { DEFAULT_ORGANISATION } from './organisation.ts'
import { isPlainText, labelFaults, nameFaults } from './texts.ts'
import { resourceFaults, scopeFaults } from './trust-rules.ts'

/** What an app may be let to do at the token endpoint; the first two are what an absent list means. */
export const APP_GRANT_TYPES = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
] as const
export const USUAL_GRANT_TYPES: readonly string[] = ['authorization_code', 'refresh_token']
export const USUAL_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'groups', 'offline_access']
export const AUTH_METHODS: readonly AppAuthMethod[] = [
  'none',
  'client_secret_post',
  'client_secret_basic',
  'private_key_jwt',
]
/** Opens the faces to tokens of the app: an operator's to grant. */
export const MANAGE_SCOPE = 'entente.manage'
/** Source: CONTRACT.md section 3: 256 bits need 32 characters at least. */
const SECRET_LEAST = 32

/** Every fault of the fields that are there. */
export function appFaults(fields: AppFields, organisation: string): FieldFault[] {
  return [
    ...nameFaults({ displayName: fields.displayName ?? null }),
    ...labelFaults(fields.labels),
    ...uriListFaults('redirectUris', fields.redirectUris, isRedirectUri),
    ...uriListFaults('postLogoutRedirectUris', fields.postLogoutRedirectUris, isRedirectUri),
    ...uriFaults('backchannelLogoutUri', fields.backchannelLogoutUri, isWebUri),
    ...uriFaults('initiateLoginUri', fields.initiateLoginUri, isWebUri),
    ...uriFaults('jwksUri', fields.jwksUri, isWebUri),
    ...chosenFaults('grantTypes', fields.grantTypes, APP_GRANT_TYPES),
    ...chosenFaults('tokenEndpointAuthMethod', one(fields.tokenEndpointAuthMethod), AUTH_METHODS),
    ...chosenFaults('idTokenSignedResponseAlg', one(fields.idTokenSignedResponseAlg), ['RS256', 'ES256']),
    ...scopeFaults(fields.scopes).map((fault) => ({ ...fault, path: fault.path.replace(/^allowedScopes/, 'scopes') })),
    ...resourceFaults('resources', fields.resources),
    ...secretFault(fields.clientSecret),
    ...jwksFaults(fields.jwks),
    ...servesFaults(fields, organisation),
  ]
}

/** What no field shows alone. */
export function appContradictions(app: {
  readonly grantTypes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly tokenEndpointAuthMethod: AppAuthMethod
  readonly jwks: JsonObject | null
  readonly jwksUri: string | null
}): FieldFault[] {
  const faults: FieldFault[] = []
  const { grantTypes, redirectUris, tokenEndpointAuthMethod, jwks, jwksUri } = app
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0) {
    faults.push(fieldFault('app.contradicts', 'redirectUris', 'must have one for the grant authorization_code'))
  }
  if (jwks !== null && jwksUri !== null) {
    faults.push(fieldFault('app.contradicts', 'jwksUri', 'cannot stand beside jwks'))
  }
  if (tokenEndpointAuthMethod === 'private_key_jwt' && jwks === null && jwksUri === null) {
    faults.push(fieldFault('app.contradicts', 'jwks', 'or jwksUri is required with private_key_jwt'))
  }
  if (tokenEndpointAuthMethod === 'none' && grantTypes.includes('client_credentials')) {
    faults.push(fieldFault('app.contradicts', 'grantTypes', 'cannot have client_credentials without authentication'))
  }
  return faults
}

/** `{organisation}/{id}`, the short form in full. */
export function inFull(provider: string, organisation: string): string {
  return provider.includes('/') ? provider : `${organisation}/${provider}`
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value]
}

function chosenFaults(path: string, values: readonly string[] | undefined, offered: readonly string[]): FieldFault[] {
  return (values ?? []).flatMap((value, index) =>
    offered.includes(value)
      ? []
      : [
          fieldFault(
            'field.not_offered',
            path === 'grantTypes' ? `${path}[${index}]` : path,
            `must be one of ${offered.join(', ')}`,
          ),
        ],
  )
}

function uriListFaults(
  path: string,
  uris: readonly string[] | undefined,
  judge: (uri: string) => string | null,
): FieldFault[] {
  if (uris === undefined) return []
  const faults: FieldFault[] = []
  if (uris.length > APP_URIS) faults.push(fieldFault('field.too_many', path, `must have at most ${APP_URIS} entries`))
  for (const [index, uri] of uris.slice(0, APP_URIS).entries())
    faults.push(...uriFaults(`${path}[${index}]`, uri, judge))
  return faults
}

function uriFaults(path: string, uri: string | null | undefined, judge: (uri: string) => string | null): FieldFault[] {
  if (uri === null || uri === undefined) return []
  const code: RegistryCode = 'app.uri_invalid'
  if (uri.length > URI_CHARACTERS) return [fieldFault(code, path, `must have at most ${URI_CHARACTERS} characters`)]
  // ASCII only: callers must send it byte for byte. Source: RFC 3986 §2.
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return [fieldFault(code, path, 'must be an absolute URI')]
  const reason = judge(uri)
  return reason === null ? [] : [fieldFault(code, path, reason)]
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
/** Schemes that run something or show something instead of going to an app. */
const NO_REDIRECT = /^(?:javascript|data|vbscript|file|blob|about|ws|wss|ftp):/i

function isRedirectUri(uri: string): string | null {
  const url = new URL(uri)
  if (uri.includes('#')) return 'must have no fragment'
  if (url.username !== '' || url.password !== '') return 'must have no user information'
  if (uri.includes('*')) return 'must be one URI: wildcards are not taken, it is compared exactly'
  if (url.protocol === 'https:') return null
  if (url.protocol === 'http:')
    return LOOPBACK.includes(url.hostname) ? null : 'must be https, or http on a loopback host'
  // RFC 8252 §7.1: private-use schemes are domain names in reverse.
  return !NO_REDIRECT.test(uri) && /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:/i.test(uri)
    ? null
    : 'must be https, http on a loopback host, or a scheme such as com.example.app'
}

function isWebUri(uri: string): string | null {
  const url = new URL(uri)
  if (url.hash !== '' || url.username !== '' || url.password !== '')
    return 'must have no fragment and no user information'
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return null
  return 'must be https, or http on a loopback host'
}

function secretFault(secret: string | null | undefined): FieldFault[] {
  if (secret === null || secret === undefined) return []
  if (/^[\x21-\x7e]+$/.test(secret) && secret.length >= SECRET_LEAST && secret.length <= SECRET_CHARACTERS) return []
  const message = `must be ${SECRET_LEAST} to ${SECRET_CHARACTERS} printable characters without spaces`
  return [fieldFault('secret.invalid', 'clientSecret', message)]
}

/** Members of private keys. Source: RFC 7518 §6. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const KEYS = 20
const NAMES = ['kid', 'use', 'alg']
/** NIST SP 800-57 part 1 table 2: less is broken within reach. */
const RSA_BITS = 2_048

/** One that could never verify anything would be found out at the first sign-in. */
function isPublicKey(jwk: JsonObject): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...Object(jwk) }, format: 'jwk' })
    return (asymmetricKeyDetails?.modulusLength ?? RSA_BITS) >= RSA_BITS
  } catch {
    return false
  }
}

function jwksFaults(jwks: JsonObject | null | undefined): FieldFault[] {
  if (jwks === null || jwks === undefined) return []
  const wrong = (message: string) => [fieldFault('app.keys_invalid', 'jwks', message)]
  const { keys } = jwks
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > KEYS) return wrong(`must have 1 to ${KEYS} keys`)
  for (const key of keys) {
    if (typeof key !== 'object' || key === null || Array.isArray(key)) return wrong('must be a list of keys')
    if (PRIVATE.some((name) => Object.hasOwn(key, name))) return wrong('must not have private or secret members')
    if (!['RSA', 'EC', 'OKP'].includes(String(Object(key).kty))) return wrong('must be keys of kty RSA, EC or OKP')
    if (NAMES.some((name) => !['string', 'undefined'].includes(typeof Object(key)[name])))
      return wrong('must be keys whose kid, use and alg are texts')
    if (!isPublicKey(key)) return wrong(`must be whole keys, of RSA with ${RSA_BITS} bits or more`)
  }
  return []
}

function servesFaults({ allowedOrganizations, allowedProviders }: AppFields, organisation: string): FieldFault[] {
  const faults: FieldFault[] = []
  if (allowedOrganizations !== undefined && allowedOrganizations.length > 0 && organisation !== DEFAULT_ORGANISATION) {
    const message = 'is for apps of the organisation default: any other app serves its own'
    faults.push(fieldFault('app.contradicts', 'allowedOrganizations', message))
  }
  for (const [index, id] of (allowedOrganizations ?? []).slice(0, ALLOWED_PROVIDERS).entries()) {
    if (!isId(id))
      faults.push(fieldFault('id.invalid', `allowedOrganizations[${index}]`, 'must be the id of an organisation'))
  }
  for (const [path, list] of Object.entries({ allowedOrganizations, allowedProviders })) {
    if (list !== undefined && list.length > ALLOWED_PROVIDERS) {
      faults.push(fieldFault('field.too_many', path, `must have at most ${ALLOWED_PROVIDERS} entries`))
    }
  }
  for (const [index, name] of (allowedProviders ?? []).slice(0, ALLOWED_PROVIDERS).entries()) {
    const parts = inFull(name, organisation).split('/')
    if (parts.length === 2 && parts.every(isId) && isPlainText(name)) continue
    const message = 'must be {organisation}/{provider}, or the id of a provider of the own organisation'
    faults.push(fieldFault('app.provider_invalid', `allowedProviders[${index}]`, message))
  }
  return faults
}
