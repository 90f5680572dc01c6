/**
 * Settings of an OpenID Connect provider that people sign in with.
 *
 * Source: the identity-providers and workforce-manifest pages; wire.md sections 3.1 and 4.2 name the values; CONTRACT.md section 3.
 */
import type { FieldFault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { settingFault } from '../faults.ts'
import {
  askedUrl,
  type Check,
  type Checked,
  checkSettings,
  clientId,
  flag,
  oneOf,
  scope,
  texts,
  type UrlRules,
  webUrl,
  wholeNumber,
} from './setting-checks.ts'
import { jwksFault } from './settings.ts'

export const DISCOVERY_PATH = '/.well-known/openid-configuration'
/** Source: RFC 6749 §2.3.1, OpenID Connect Core §9. */
const CLIENT_AUTH_METHODS = ['client_secret_post', 'client_secret_basic', 'client_secret_jwt', 'private_key_jwt']
/** Source: OpenID Connect Core §3.1.2.1. */
const PROMPTS = ['none', 'login', 'consent', 'select_account']
/** A month: whoever asks for less freshness asks for none. */
const MAX_AGE_SECONDS = 2_592_000

/** The settings as given, without those that are null, and every fault in them. */
export function parseWorkforceSettings(
  input: JsonObject,
  rules: UrlRules,
): { settings: JsonObject; faults: FieldFault[] } {
  const { discovered, ...given } = input
  const { settings, faults } = checkSettings('oidc', given, checksOf(rules), ['clientId'])
  const { responseType, assertionClaimsBehavior } = settings
  if (responseType === 'ID_TOKEN' && assertionClaimsBehavior === 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS') {
    const message = 'goes with responseType CODE only: without a code there is no user info to merge'
    faults.push(settingFault('oidc.value_invalid', 'oidc.assertionClaimsBehavior', message))
  }
  return { settings: discovered === undefined ? settings : { ...settings, discovered }, faults }
}

function checksOf(rules: UrlRules): Readonly<Record<string, Checked>> {
  const opened: Checked = { code: 'oidc.url_invalid', check: webUrl(rules.allowsPlainHttp) }
  const asked: Checked = { code: 'oidc.url_invalid', check: askedUrl(rules) }
  const value = (check: Check): Checked => ({ code: 'oidc.value_invalid', check })
  return {
    clientId: { code: 'oidc.client_id_invalid', check: clientId },
    discoveryUrl: { code: 'oidc.url_invalid', check: discoveryUrl(rules) },
    authorizationUrl: opened,
    tokenUrl: asked,
    userInfoUrl: asked,
    jwksUrl: asked,
    logoutUrl: opened,
    jwksJson: { code: 'oidc.jwks_invalid', check: jwksFault },
    clientAuthMethod: value(oneOf(CLIENT_AUTH_METHODS)),
    defaultScope: { code: 'oidc.scope_invalid', check: scope },
    validateSignature: value(flag),
    useJwksUrl: value(flag),
    pkceEnabled: value(flag),
    pkceMethod: value(oneOf(['S256', 'plain'])),
    allowedTenants: value(texts(100, 255)),
    prompt: value(oneOf(PROMPTS)),
    maxAge: value(wholeNumber(0, MAX_AGE_SECONDS)),
    responseType: value(oneOf(['CODE', 'ID_TOKEN'])),
    assertionClaimsBehavior: value(oneOf(['MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS', 'ONLY_ID_TOKEN_CLAIMS'])),
  }
}

function discoveryUrl(rules: UrlRules): Check {
  const isUrl = askedUrl(rules)
  return (value) => {
    // Microsoft's issuers of all tenants have braces in their path.
    const wrong = isUrl(typeof value === 'string' ? value.replaceAll(/[{}]/g, '') : value)
    if (wrong !== null) return wrong
    return typeof value === 'string' && value.endsWith(DISCOVERY_PATH) ? null : `must end in ${DISCOVERY_PATH}`
  }
}
