/**
 * KNOWN IDENTITY PROVIDERS
 *
 * Owns: what is known of the companies that people sign in with: their protocols, hosts, issuers and endpoints. Data.
 * Does not own: how a face spells them (faces/), how they are asked (protocols/).
 * Source: the discovery documents and developer pages of each; the set of names is the identity-providers page's.
 */
import type { DiscoveredEndpoints } from '../../provider.ts'
import type { IdentitySource } from './identity-source.ts'

const OIDC_OR_SAML = ['oidc', 'saml'] as const

export const identitySources: readonly IdentitySource[] = [
  {
    name: 'OKTA',
    title: 'Okta',
    protocols: OIDC_OR_SAML,
    hosts: ['*.okta.com', '*.oktapreview.com', '*.okta-emea.com', '*.okta-gov.com'],
    onlyThere: false,
    issuer: null,
    // A custom authorization server has its own path below /oauth2; the organisation's server has /oauth2 itself.
    endpoints: {
      authorizationUrl: '{oauth2}/v1/authorize',
      tokenUrl: '{oauth2}/v1/token',
      userInfoUrl: '{oauth2}/v1/userinfo',
      jwksUrl: '{oauth2}/v1/keys',
      logoutUrl: '{oauth2}/v1/logout',
    },
  },
  {
    name: 'ENTRA_ID',
    title: 'Microsoft Entra ID',
    protocols: OIDC_OR_SAML,
    hosts: [
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'login.partner.microsoftonline.cn',
      'sts.windows.net',
      '*.ciamlogin.com',
    ],
    onlyThere: false,
    issuer: null,
    endpoints: {
      authorizationUrl: '{base}/oauth2/v2.0/authorize',
      tokenUrl: '{base}/oauth2/v2.0/token',
      userInfoUrl: 'https://graph.microsoft.com/oidc/userinfo',
      jwksUrl: '{base}/discovery/v2.0/keys',
      logoutUrl: '{base}/oauth2/v2.0/logout',
    },
  },
  {
    name: 'AUTH0',
    title: 'Auth0',
    protocols: OIDC_OR_SAML,
    hosts: ['*.auth0.com'],
    onlyThere: false,
    issuer: null,
    endpoints: {
      authorizationUrl: '{issuer}/authorize',
      tokenUrl: '{issuer}/oauth/token',
      userInfoUrl: '{issuer}/userinfo',
      jwksUrl: '{issuer}/.well-known/jwks.json',
      logoutUrl: '{issuer}/oidc/logout',
    },
  },
  {
    name: 'GOOGLE',
    title: 'Google',
    protocols: OIDC_OR_SAML,
    hosts: [
      'accounts.google.com',
      'oauth2.googleapis.com',
      'openidconnect.googleapis.com',
      'www.googleapis.com',
      'oauth2.mtls.googleapis.com',
    ],
    onlyThere: true,
    issuer: 'https://accounts.google.com',
    endpoints: {
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      userInfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
      jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    },
  },
  {
    name: 'GITHUB',
    title: 'GitHub',
    protocols: ['oauth2'],
    hosts: ['github.com', 'api.github.com'],
    onlyThere: false,
    issuer: null,
    endpoints: {
      authorizationUrl: 'https://github.com/login/oauth/authorize',
      tokenUrl: 'https://github.com/login/oauth/access_token',
      userInfoUrl: 'https://api.github.com/user',
    },
    // The same paths on every GitHub Enterprise Server, whose API lies under /api/v3; on ghe.com it has a host.
    paths: {
      authorizationUrl: ['/login/oauth/authorize'],
      tokenUrl: ['/login/oauth/access_token'],
      userInfoUrl: ['/user', '/api/v3/user'],
    },
    defaultScope: 'read:user user:email',
  },
  {
    name: 'PING_IDENTITY',
    title: 'Ping Identity',
    protocols: OIDC_OR_SAML,
    hosts: [
      'auth.pingone.com',
      'auth.pingone.eu',
      'auth.pingone.ca',
      'auth.pingone.asia',
      'auth.pingone.com.au',
      'auth.pingone.sg',
    ],
    onlyThere: false,
    issuer: null,
    endpoints: {
      authorizationUrl: '{issuer}/authorize',
      tokenUrl: '{issuer}/token',
      userInfoUrl: '{issuer}/userinfo',
      jwksUrl: '{issuer}/jwks',
      logoutUrl: '{issuer}/signoff',
    },
  },
  {
    name: 'ONELOGIN',
    title: 'OneLogin',
    protocols: OIDC_OR_SAML,
    hosts: ['*.onelogin.com'],
    onlyThere: false,
    issuer: null,
    endpoints: {
      authorizationUrl: '{issuer}/auth',
      tokenUrl: '{issuer}/token',
      userInfoUrl: '{issuer}/me',
      jwksUrl: '{issuer}/certs',
      logoutUrl: '{issuer}/logout',
    },
  },
  custom('CUSTOM_OIDC', 'Any other OpenID Connect provider', 'oidc'),
  custom('CUSTOM_SAML', 'Any other SAML 2.0 provider', 'saml'),
]

function custom(name: string, title: string, protocol: 'oidc' | 'saml'): IdentitySource {
  return { name, title, protocols: [protocol], hosts: [], onlyThere: false, issuer: null, endpoints: {} }
}

const byName = new Map(identitySources.map((source) => [source.name, source]))

/** The source of that name, or null. */
export function identitySource(name: string): IdentitySource | null {
  return byName.get(name) ?? null
}

/** Endpoints of the source for a normalised issuer; those that need one are left out without it. */
export function endpointsFrom(source: IdentitySource, issuer: string | null): DiscoveredEndpoints {
  const words: Readonly<Record<string, string>> =
    issuer === null
      ? {}
      : {
          issuer,
          base: issuer.replace(/\/v2\.0$/, ''),
          oauth2: /\/oauth2(\/|$)/.test(issuer) ? issuer : `${issuer}/oauth2`,
        }
  const filled: [string, string][] = []
  for (const [name, template] of Object.entries(source.endpoints)) {
    if (typeof template !== 'string') continue
    const word = /\{(\w+)\}/.exec(template)?.[1]
    const value = word === undefined ? undefined : words[word]
    if (word === undefined) filled.push([name, template])
    else if (value !== undefined) filled.push([name, template.replace(`{${word}}`, value)])
  }
  return Object.fromEntries(filled)
}

/** True when the host is one of the source's own. */
export function isHostOf(source: IdentitySource, host: string): boolean {
  return source.hosts.some((pattern) =>
    pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern,
  )
}

/** Why a URL of this name cannot be the source's, or null: an own host of another source, or not one of its only hosts. */
export function contradiction(source: IdentitySource, name: string, url: string): string | null {
  if (!URL.canParse(url)) return null // the protocol says so
  const { hostname, pathname } = new URL(url)
  const owner = identitySources.find((other) => other !== source && isHostOf(other, hostname))
  const isCustom = source.hosts.length === 0
  if (owner !== undefined && !isCustom && !isHostOf(source, hostname))
    return `is one of ${owner.title}, not of ${source.title}`
  if (source.onlyThere && !isHostOf(source, hostname)) return `is not one of ${source.title}`
  // Sound: only names of endpoints have paths.
  const paths = source.paths?.[name as keyof DiscoveredEndpoints]
  return paths === undefined || paths.includes(pathname)
    ? null
    : `is not one of ${source.title}, whose path is ${paths.join(' or ')}`
}

/** Hosts of Microsoft's own clouds, where issuers are templates or name tenants by domain. Source: CONTRACT.md section 4. */
const MICROSOFT = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'sts.windows.net',
])

export function isMicrosoftHost(host: string): boolean {
  return MICROSOFT.has(host)
}
