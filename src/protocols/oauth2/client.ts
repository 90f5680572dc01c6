/**
 * Us as the client of one upstream, in the shape of openid-client: its endpoints, how we authenticate, and the guarded way
 * out. Made for each use, because it carries the opened secret.
 *
 * Source: RFC 6749 §2.3.1, OpenID Connect Core §9.
 */
import * as openid from 'openid-client'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { SignInRequest } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { protocolFault } from '../faults.ts'
import { ownKey, type SignAssertion } from './own-key.ts'
import { type UpstreamSettings, upstreamSettings } from './upstream-settings.ts'

export interface Upstream {
  readonly provider: Provider
  readonly settings: UpstreamSettings
  /** Null: a public client. */
  readonly secret: string | null
  /** A library's client whose requests go out by the given fetch. */
  config(fetch: WebFetch): openid.Configuration
}

/** Faults: provider.client_key_unfit, provider.endpoint_missing */
export function openUpstream(
  { provider, secret: open }: Pick<SignInRequest, 'provider' | 'secret'>,
  signAssertion: SignAssertion | null,
): Upstream {
  const settings = upstreamSettings(provider)
  const { authorizationUrl } = settings
  if (authorizationUrl === null) throw protocolFault('provider.endpoint_missing')
  const secret = open('clientSecret')
  const authentication =
    settings.clientAuthMethod === 'private_key_jwt'
      ? ownKey(provider, settings, signAssertion)
      : clientAuthentication(settings, secret)
  return {
    provider,
    settings,
    secret,
    config(fetch) {
      const config = configure(provider, settings, authentication)
      config[openid.customFetch] = (url, init) => fetch(url, init)
      return config
    },
  }
}

/** For what needs no client authentication: URLs that a browser is sent to. */
export function publicConfig(provider: Provider): openid.Configuration {
  return configure(provider, upstreamSettings(provider), openid.None())
}

function configure(
  provider: Provider,
  settings: UpstreamSettings,
  authentication: openid.ClientAuth,
): openid.Configuration {
  const { clientId, authorizationUrl, tokenUrl, userInfoUrl, logoutUrl } = settings
  const server: openid.ServerMetadata = {
    issuer: provider.expectedIssuer || provider.issuer || 'urn:none',
    ...(authorizationUrl === null ? {} : { authorization_endpoint: authorizationUrl }),
    ...(tokenUrl === null ? {} : { token_endpoint: tokenUrl }),
    ...(userInfoUrl === null ? {} : { userinfo_endpoint: userInfoUrl }),
    ...(logoutUrl === null ? {} : { end_session_endpoint: logoutUrl }),
  }
  const config = new openid.Configuration(server, clientId, {}, authentication)
  // Which addresses may be spoken to without TLS is the operator's to say, and the guarded fetch's to enforce.
  if ([authorizationUrl, tokenUrl, userInfoUrl, logoutUrl].some((url) => url !== null && /^http:/i.test(url)))
    openid.allowInsecureRequests(config)
  return config
}

/** As configured; else the first that the provider offers of those that send the secret; in the body where it does not say. */
function clientAuthentication(settings: UpstreamSettings, secret: string | null): openid.ClientAuth {
  const { clientAuthMethod, offeredAuthMethods } = settings
  if (secret === null) return openid.None()
  const usual = ['client_secret_post', 'client_secret_basic'].find((one) => offeredAuthMethods?.includes(one))
  switch (clientAuthMethod ?? usual) {
    case 'client_secret_basic':
      return openid.ClientSecretBasic(secret)
    case 'client_secret_jwt':
      return openid.ClientSecretJwt(secret)
    default:
      return openid.ClientSecretPost(secret)
  }
}
