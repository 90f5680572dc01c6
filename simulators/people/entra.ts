/** Plays Microsoft Entra: two tenants, both versions of its endpoints, the issuer of all tenants, and Graph for the groups. */
import type { Profile } from './authorization-server.ts'
import { USUAL_CLIENT } from './clients.ts'
import { ENTRA_FAULTS } from './entra-faults.ts'
import { answerGroups } from './entra-graph.ts'
import { entraClaims, entraUserInfo, type Version } from './entra-token.ts'
import { LOGIN_FAULTS, saidOf } from './login-faults.ts'
import { startOpenIdLogin } from './openid-login.ts'
import { type Claims, COMPANY, OTHER_COMPANY, type Person, tenantIdOf } from './person.ts'
import type { LoginKind } from './simulated-login.ts'

const STS = 'https://sts.windows.net'
/** Hosts of Graph in Microsoft's clouds, by the host of the login. */
const GRAPH: Readonly<Record<string, string>> = {
  'https://login.microsoftonline.com': 'https://graph.microsoft.com',
  'https://login.microsoftonline.us': 'https://graph.microsoft.us',
  'https://login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
}
const LOGIN = 'https://login.microsoftonline.com'
const FAULTS = { ...LOGIN_FAULTS, ...ENTRA_FAULTS }
/** Stands for every tenant in the issuer of the discovery documents that are about none. */
const TEMPLATE = '{tenantid}'

/** First segment of a path → the company that it is about; null: any. */
const TENANTS: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...[COMPANY, OTHER_COMPANY].flatMap(({ name, domain }): [string, string][] => [
    [tenantIdOf(name), name],
    [domain, name],
  ]),
  ['organizations', null],
  ['common', null],
])

/** Source: Microsoft identity platform documentation, "OpenID Connect", "ID token claims reference", "Conditional Access authentication context". */
export const entra: LoginKind = {
  name: 'entra',
  title: 'Microsoft Entra ID',
  summary:
    'tenants, tid and oid, authentication contexts, groups by Graph; --issuer entra=https://login.microsoftonline.us plays another cloud',
  faults: saidOf(FAULTS),
  async start(options) {
    const login = new URL(options.issuer ?? LOGIN).origin
    const graph = GRAPH[login] ?? 'https://graph.microsoft.com'
    const issuer = issuerOf(login, 2, tenantIdOf(COMPANY.name))
    return startOpenIdLogin(
      {
        name: 'entra',
        title: 'Microsoft Entra ID',
        issuer,
        origins: [login, STS, graph],
        faults: FAULTS,
        registration: {
          alias: 'entra',
          display_name: 'Microsoft Entra ID',
          provider_id: 'oidc',
          known_provider: 'entra_id',
          oidc_config: { issuer, client_id: USUAL_CLIENT.id, client_secret: USUAL_CLIENT.secret, pkce_enabled: true },
          domains: [COMPANY.domain],
        },
        published: (jwks) =>
          [...TENANTS.keys()].flatMap((tenant) =>
            ([1, 2] as const).map((version) => ({
              discovery: {
                path: `/${tenant}${version === 1 ? '' : '/v2.0'}/.well-known/openid-configuration`,
                content: () => discoveryOf(login, graph, version, tenant),
              },
              jwks: { path: `/${tenant}/discovery/${version === 1 ? '' : 'v2.0/'}keys`, content: jwks },
            })),
          ),
        route({ host, path }, server) {
          if (`https://${host}` === graph) {
            if (path === '/oidc/userinfo') return { name: 'userinfo', run: server.userInfo }
            if (path !== '/v1.0/me/transitiveMemberOf') return null
            return { name: 'graph', run: (request, response) => answerGroups(request, response, server, graph) }
          }
          const [, tenant = '', v2, name] = /^\/([^/]+)\/oauth2\/(v2\.0\/)?(authorize|token|logout)$/.exec(path) ?? []
          const company = TENANTS.get(tenant)
          if (company === undefined || name === undefined) return null
          const profile = profileOf(login, v2 === undefined ? 1 : 2, tenant, company)
          if (name === 'logout') return { name, run: server.logOut }
          const run = name === 'authorize' ? server.authorize : server.token
          return { name, run: (request, response) => run(request, response, profile) }
        },
      },
      options,
    )
  },
}

function profileOf(login: string, version: Version, tenant: string, company: string | null): Profile {
  return {
    issuerOf: (person) => issuerOf(login, version, tenantIdOf(person.company)),
    namesIssuer: false,
    claimsOf: (person, asked, at) => entraClaims(person, asked, at, version),
    userInfoOf: entraUserInfo,
    refusalOf: (person) =>
      company === null || person.company === company
        ? null
        : `AADSTS50020: ${nameOf(person)} does not exist in tenant ${company}.`,
    says: {
      invalid_client: 'AADSTS7000215: Invalid client secret provided.',
      invalid_grant: 'AADSTS54005: OAuth2 authorization code was already redeemed, or is none.',
    },
    addresses: [`${login}/${tenant}/oauth2/${version === 1 ? '' : 'v2.0/'}token`, issuerOf(login, version, tenant)],
  }
}

const nameOf = ({ email }: Person) => `the account ${email}`

function issuerOf(login: string, version: Version, tenant: string): string {
  return version === 1 ? `${STS}/${tenant}/` : `${login}/${tenant}/v2.0`
}

function discoveryOf(login: string, graph: string, version: Version, tenant: string): Claims {
  const company = TENANTS.get(tenant) ?? null
  const place = company === null ? tenant : tenantIdOf(company)
  const base = `${login}/${place}/oauth2${version === 1 ? '' : '/v2.0'}`
  return {
    issuer: issuerOf(login, version, company === null ? TEMPLATE : tenantIdOf(company)),
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${graph}/oidc/userinfo`,
    jwks_uri: `${login}/${place}/discovery/${version === 1 ? '' : 'v2.0/'}keys`,
    end_session_endpoint: `${base}/logout`,
    response_types_supported: ['code', 'id_token'],
    response_modes_supported: ['query', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'acr',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'email',
    ],
    request_uri_parameter_supported: false,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    tenant_region_scope: company === null ? null : 'EU',
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: new URL(graph).host,
  }
}
