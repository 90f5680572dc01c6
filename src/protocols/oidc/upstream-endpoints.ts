/** What a discovery document says of an OpenID Provider's endpoints. Source: OpenID Connect Discovery 1.0 §3, RFC 8414 §2. */
import type { JsonObject } from '../../json.ts'
import { askedUrl, type UrlRules, webUrl } from './setting-checks.ts'

/** Metadata name → core name. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  authorization_endpoint: 'authorizationUrl',
  token_endpoint: 'tokenUrl',
  userinfo_endpoint: 'userInfoUrl',
  jwks_uri: 'jwksUrl',
  end_session_endpoint: 'logoutUrl',
}

/** All others are asked by us. */
const OPENED_BY_BROWSERS: ReadonlySet<string> = new Set(['authorizationUrl', 'logoutUrl'])

/** What else the sign-in plane wants to know: lists of short texts, cut to a size that a record can carry. */
const LISTS: Readonly<Record<string, string>> = {
  code_challenge_methods_supported: 'pkceMethods',
  token_endpoint_auth_methods_supported: 'clientAuthMethods',
  token_endpoint_auth_signing_alg_values_supported: 'clientAuthAlgorithms',
  id_token_signing_alg_values_supported: 'idTokenAlgorithms',
  acr_values_supported: 'acrValues',
}
const LIST_ENTRIES = 50
const LIST_CHARACTERS = 256

const FLAGS: Readonly<Record<string, string>> = {
  authorization_response_iss_parameter_supported: 'issParameter',
  claims_parameter_supported: 'claimsParameter',
  backchannel_logout_supported: 'backchannelLogout',
}

/** The endpoints at addresses that we may call, and the lists; anything else of the document is left. */
export function endpointsOf(document: JsonObject, rules: UrlRules): JsonObject {
  const [isAsked, isOpened] = [askedUrl(rules), webUrl(rules.allowsPlainHttp)]
  const found: [string, JsonObject[string]][] = []
  for (const [name, core] of Object.entries(ENDPOINTS)) {
    const value = document[name]
    const isUrl = OPENED_BY_BROWSERS.has(core) ? isOpened : isAsked
    if (value !== undefined && isUrl(value) === null) found.push([core, value])
  }
  for (const [name, core] of Object.entries(LISTS)) {
    const value = document[name]
    if (!Array.isArray(value)) continue
    const texts = value.filter((one) => typeof one === 'string' && one.length <= LIST_CHARACTERS)
    found.push([core, texts.slice(0, LIST_ENTRIES)])
  }
  for (const [name, core] of Object.entries(FLAGS)) {
    if (document[name] === true) found.push([core, true])
  }
  return Object.fromEntries(found)
}

/** Members of the document that nothing here is made of. */
export function unknownMembers(document: JsonObject): string[] {
  const known = new Set([
    'issuer',
    'scopes_supported',
    ...Object.keys(ENDPOINTS),
    ...Object.keys(LISTS),
    ...Object.keys(FLAGS),
  ])
  return Object.keys(document)
    .filter((name) => !known.has(name))
    .map((name) => name.slice(0, 80))
    .slice(0, 200)
}
