/** What faces show where another face gave nothing. Source: CONTRACT.md section 3, "On read". */
import { identitySource } from './known/identity/index.ts'
import type { DiscoveredEndpoints, ProtocolName, Provider } from './provider.ts'

export const DISCOVERY_PATH = '/.well-known/openid-configuration'
const DEFAULT_SCOPE = 'openid email profile'

export function shownName(provider: Provider): string {
  return provider.displayName ?? provider.id
}

/** The tenant domain: the first sign-in domain, or nothing. */
export function shownDomain(provider: Provider): string {
  return provider.domains[0] ?? ''
}

export function shownMapping(provider: Provider): Readonly<Record<string, string>> {
  return shownMappingOf(provider.attributeMapping, provider.protocol)
}

export function shownMappingOf(
  mapping: Readonly<Record<string, string>>,
  protocol: ProtocolName,
): Readonly<Record<string, string>> {
  if (Object.keys(mapping).length > 0) return mapping
  return { 'google.subject': protocol === 'saml' ? 'assertion.subject' : 'assertion.sub' }
}

/** Space-separated scopes asked for at sign-in. */
export function shownScope({ settings, known }: Provider): string {
  if (typeof settings.defaultScope === 'string') return settings.defaultScope
  return identitySource(known)?.defaultScope ?? DEFAULT_SCOPE
}

export interface ShownEndpoints {
  readonly discoveryUrl: string | null
  readonly authorizationUrl: string | null
  readonly tokenUrl: string | null
  readonly userInfoUrl: string | null
  readonly jwksUrl: string | null
  readonly logoutUrl: string | null
}

/** As given, else as discovered. */
export function shownEndpoints({
  settings,
  issuer,
  protocol,
}: Pick<Provider, 'settings' | 'issuer' | 'protocol'>): ShownEndpoints {
  const discovered = discoveredOf(settings)
  const shown = (name: keyof DiscoveredEndpoints) => {
    const value = settings[name] ?? discovered[name]
    return typeof value === 'string' ? value : null
  }
  const typed = typeof settings.discoveryUrl === 'string' ? settings.discoveryUrl : null
  return {
    discoveryUrl: typed ?? (protocol === 'oidc' && issuer !== null ? `${issuer}${DISCOVERY_PATH}` : null),
    authorizationUrl: shown('authorizationUrl'),
    tokenUrl: shown('tokenUrl'),
    userInfoUrl: shown('userInfoUrl'),
    jwksUrl: shown('jwksUrl'),
    logoutUrl: shown('logoutUrl'),
  }
}

function discoveredOf(settings: Provider['settings']): Readonly<Record<string, unknown>> {
  const { discovered } = settings
  return typeof discovered === 'object' && discovered !== null ? { ...discovered } : {}
}
