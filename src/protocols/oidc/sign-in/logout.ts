/** Ends the session at an OpenID Provider. Source: OpenID Connect RP-Initiated Logout 1.0 §2. */
import { buildEndSessionUrl } from 'openid-client'
import type { SignIn, SignInRedirect } from '../../../registry/protocol.ts'
import { publicConfig } from '../../oauth2/client.ts'
import { upstreamSettings } from '../../oauth2/upstream-settings.ts'

type Ask = Parameters<NonNullable<SignIn['logout']>>[0]

/** Null where the provider has no such place. */
export async function logoutAtUpstream({ provider, memory, returnUrl, state }: Ask): Promise<SignInRedirect | null> {
  if (upstreamSettings(provider).logoutUrl === null) return null
  const { idToken } = memory
  const built = buildEndSessionUrl(publicConfig(provider), {})
  built.searchParams.set('post_logout_redirect_uri', returnUrl)
  built.searchParams.set('state', state)
  if (typeof idToken === 'string') built.searchParams.set('id_token_hint', idToken)
  return { method: 'GET', url: built.href, fields: {}, memory: {} }
}
