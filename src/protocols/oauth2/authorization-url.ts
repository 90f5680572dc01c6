/** Where the browser is sent to. Source: RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1. */
import { buildAuthorizationUrl } from 'openid-client'
import type { SignInDemands } from '../../registry/protocol.ts'
import { publicConfig, type Upstream } from './client.ts'

/** The endpoint with our parameters, each of them once whatever stands in the endpoint's own query. */
export function authorizationUrl({ provider }: Upstream, parameters: Readonly<Record<string, string>>): string {
  const built = buildAuthorizationUrl(publicConfig(provider), {})
  for (const [name, value] of Object.entries(parameters)) built.searchParams.set(name, value)
  return built.href
}

/** The setting and the demand together: `none` gives way to whatever asks the person something. */
export function promptOf(setting: string | null, { prompt }: SignInDemands): string | null {
  const words = new Set([...(setting ?? '').split(' '), ...(prompt ?? '').split(' ')].filter((word) => word !== ''))
  if (words.size > 1) words.delete('none')
  return words.size === 0 ? null : [...words].join(' ')
}
