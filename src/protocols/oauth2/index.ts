/**
 * PROTOCOL `oauth2`
 *
 * Owns: sources that people sign in with and that speak OAuth 2.0 without OpenID Connect: no ID token, no discovery, who
 * came is what the user-info endpoint says. GitHub is the one we know. Also what OpenID Connect is built upon: us as the
 * client, PKCE, the answer that comes back, the code.
 * Specification: RFC 6749, RFC 7636; the source's own documentation of its user object.
 */
import type { FieldFault } from '../../fault.ts'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import type { ParsedSettings, ProbeResult, Protocol } from '../../registry/protocol.ts'
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
  type UrlRules,
  webUrl,
} from '../oidc/setting-checks.ts'
import { githubSignIn } from './sign-in.ts'

export interface Oauth2Options extends UrlRules {
  /** The guarded way out in the web's shape, within the limits of a login. */
  readonly webFetch: WebFetch
}

export function oauth2Protocol({ webFetch, ...rules }: Oauth2Options): Protocol {
  const opened: Checked = { code: 'oidc.url_invalid', check: webUrl(rules.allowsPlainHttp) }
  const asked: Checked = { code: 'oidc.url_invalid', check: askedUrl(rules) }
  const value = (check: Check): Checked => ({ code: 'oidc.value_invalid', check })
  const checks = {
    clientId: { code: 'oidc.client_id_invalid' as const, check: clientId },
    authorizationUrl: opened,
    tokenUrl: asked,
    userInfoUrl: asked,
    logoutUrl: opened,
    clientAuthMethod: value(oneOf(['client_secret_post', 'client_secret_basic'])),
    defaultScope: { code: 'oidc.scope_invalid' as const, check: scope },
    // Said of every provider on the page that makes these; there is no signature here to validate.
    validateSignature: value(flag),
    useJwksUrl: value(flag),
    pkceEnabled: value(flag),
    pkceMethod: value(oneOf(['S256', 'plain'])),
    prompt: value(oneOf(['select_account'])),
  }
  return {
    name: 'oauth2',
    issuerSchemes: ['https'],
    secretFields: ['clientSecret'],
    parseSettings(use, input): ParsedSettings {
      const { discovered, ...given } = input
      const { settings, faults } = checkSettings('oauth2', given, checks, ['clientId'])
      return {
        settings: discovered === undefined ? settings : { ...settings, discovered },
        faults: use === 'workforce' ? faults : [...faults, notFor(use)],
      }
    },
    signIn: githubSignIn(webFetch),
    // Nobody is asked: there is no document. What is known of the source stands in for it.
    probe: async ({ settings, template = {} }): Promise<ProbeResult> => {
      const { discovered: _, ...given } = settings
      return { expectedIssuer: '', settings: { ...given, discovered: template as JsonObject } } // texts only
    },
  }
}

function notFor(use: string): FieldFault {
  return settingFault('oidc.value_invalid', 'oauth2', `is not for ${use} providers`)
}
