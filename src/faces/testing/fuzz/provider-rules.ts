/** The rules of stored providers, said a second time, as in record-rules.ts. */
import { X509Certificate } from 'node:crypto'
import type { JsonObject } from '../../../json.ts'
import type { Provider } from '../../../registry/provider.ts'
import { areScopes, isCel, isText, type Judge, judgeCommon, judgeWith, type Recorded } from './record-rules.ts'

type Stored = Omit<Recorded<Provider>, 'secrets'>

/** Source: CONTRACT.md section 3 and the workload-federation page. */
const WORKLOAD_SOURCES = [
  'CUSTOM',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'HCP_TERRAFORM',
  'AWS_IAM_OUTBOUND',
  'KUBERNETES',
  'SPIFFE',
]
const WORKLOAD_SETTINGS = ['jwksJson', 'allowedAudiences', 'caPem', 'maxTokenAgeSeconds', 'singleUse', 'jwksUri']
const SPIFFE_SETTINGS = ['bundleEndpointUrl', 'profile', 'bundleJson']
/** Source: wire.md section 4.4. */
const MAPPERS: Readonly<Record<string, RegExp>> = {
  oidc: /^(oidc-(user-attribute|role|advanced-role|advanced-group|user-session-note|username|hardcoded-role|hardcoded-group)-idp-mapper|keycloak-oidc-role-to-role-idp-mapper|hardcoded-(attribute|user-session-attribute)-idp-mapper|(github|google)-user-attribute-mapper)$/,
  saml: /^(saml-(user-attribute|role|advanced-role|advanced-group|username)-idp-mapper|hardcoded-(attribute|user-session-attribute)-idp-mapper|oidc-hardcoded-(role|group)-idp-mapper)$/,
}

/** What is wrong with one provider, as far as it can be seen without others. */
export function providerRules(provider: Stored): string[] {
  return judgeWith((judge) => {
    judgeCommon(provider, judge)
    judge(typeof provider.enabled === 'boolean', 'enabled is a switch')
    judgeIssuer(provider, judge)
    judgePeople(provider, judge)
    judge(!/canary|clientSecret/i.test(JSON.stringify(provider.settings)), 'no secret stands in the settings')
    judge(isWellFormed(provider.settings), 'settings are well-formed text')
    if (provider.use === 'workload') judgeWorkload(provider, judge)
    else if (provider.use === 'step-up') judgeStepUp(provider, judge)
    else judgeWorkforce(provider, judge)
  })
}

function judgeIssuer({ use, protocol, issuer, expectedIssuer }: Stored, judge: Judge): void {
  judge((issuer === null) === (expectedIssuer === null), 'an issuer is expected where there is one')
  judge(issuer !== null || use === 'workforce', 'only providers of people may lack an issuer')
  if (issuer === null || expectedIssuer === null || protocol === 'saml') {
    judge(issuer === null || (isText(issuer, 2048) && issuer !== ''), `entity id: ${issuer}`)
    return
  }
  judge(issuer.length <= 2048 && /^[\x21-\x7e]+$/.test(issuer), `issuer is short ASCII: ${issuer}`)
  judge(!/[?#@\\]|\/$|\/\.{1,2}(\/|$)/.test(issuer.replace(/^[a-z]+:\/\//, '')), `issuer in one spelling: ${issuer}`)
  const origin = /^[a-z]+:\/\/[^/]+/.exec(issuer)?.[0] ?? ''
  judge(origin !== '' && origin === origin.toLowerCase(), `lower-case scheme and host: ${issuer}`)
  judge(!/^https:.*:443(\/|$)/.test(issuer) && !/^http:.*:80(\/|$)/.test(issuer), `no default port: ${issuer}`)
  if (!issuer.startsWith('spiffe:'))
    judge(
      new URL(issuer.replaceAll(/[{}]/g, '')).host === origin.split('//')[1],
      `host as a URL parser reads it: ${issuer}`,
    )
  const bare = (text: string) =>
    text.replace(/\/$/, '').replace(/^[^:]+:\/\/[^/]+/, (found) => found.toLowerCase().replace(/:443$/, ''))
  judge(
    bare(expectedIssuer) === bare(issuer) || /microsoft|windows\.net|ciamlogin/.test(issuer),
    `expected issuer differs by a slash at most: ${expectedIssuer}, ${issuer}`,
  )
}

function judgeWorkload(provider: Stored, judge: Judge): void {
  const { known, issuer, protocol, settings } = provider
  judge(WORKLOAD_SOURCES.includes(known), `known source: ${known}`)
  const isSpiffe = known === 'SPIFFE'
  judge(
    isSpiffe === (protocol === 'spiffe') && (isSpiffe || protocol === 'oidc'),
    `source and settings agree: ${known} ${protocol}`,
  )
  judge(isSpiffe === (issuer?.startsWith('spiffe://') === true), `source and issuer agree: ${known} ${issuer}`)
  judge(isSpiffe || issuer?.startsWith('https://') === true, `a workload issuer is https or spiffe: ${issuer}`)
  const isGithub = /^https:\/\/token\.actions\.(githubusercontent\.com(\/[^/]+)?|[^./]+\.ghe\.com)$/.test(issuer ?? '')
  judge(known !== 'GITHUB_ACTIONS' || isGithub, `GitHub's issuer: ${issuer}`)
  judge(
    !['GITLAB_CI', 'HCP_TERRAFORM', 'AWS_IAM_OUTBOUND'].includes(known) || !isGithub,
    `another source's issuer: ${issuer}`,
  )
  const names = Object.keys(settings)
  judge(
    names.every((name) => (isSpiffe ? SPIFFE_SETTINGS : WORKLOAD_SETTINGS).includes(name)),
    `settings: ${names}`,
  )
  for (const name of ['mappers', 'domains', 'routingDomains', 'allowedScopes', 'examples'] as const) {
    judge(provider[name].length === 0, `workload providers have no ${name}`)
  }
  judge(
    Object.keys(provider.attributeMapping).length === 0 && provider.condition === null,
    'workload providers have no mapping and condition',
  )
  judge(
    provider.syncMode === null && provider.firstLogin === null && provider.expiresAt === null,
    'nor modes and expiry',
  )
  if (isSpiffe) {
    judge(
      /^https:\/\//i.test(String(settings.bundleEndpointUrl)) || typeof settings.bundleJson === 'string',
      'a bundle is at hand',
    )
    return
  }
  const { jwksJson, jwksUri, allowedAudiences = [], maxTokenAgeSeconds: age = 600 } = settings
  judge(
    typeof jwksJson === 'string' ? hasKeys(jwksJson) : /^https:\/\//.test(String(jwksUri)),
    'keys are uploaded or their place is known',
  )
  judge(
    Array.isArray(allowedAudiences) &&
      allowedAudiences.length <= 10 &&
      allowedAudiences.every((one) => one !== '' && isText(one, 256)),
    'audiences',
  )
  judge(typeof age === 'number' && Number.isInteger(age) && age >= 60 && age <= 172_800, `age: ${age}`)
  judge(['undefined', 'boolean'].includes(typeof settings.singleUse), 'singleUse is a switch')
}

function hasKeys(json: string): boolean {
  const { keys } = JSON.parse(json)
  return Array.isArray(keys) && keys.length > 0 && !keys.some((key) => 'd' in key || key.kty === 'oct')
}

const isClientId = (value: unknown) => typeof value === 'string' && /^[\x20-\x7e]{1,512}$/.test(value)

function judgeStepUp(
  { displayName, version, protocol, settings, known, domains, mappers }: Stored,
  judge: Judge,
): void {
  const { oauth2, microsoft } = settings
  judge(displayName !== null || version > 1, 'a step-up provider is made with a name')
  judge(protocol === 'oidc' && isClientId(settings.clientId), 'OpenID Connect with a client id')
  judge((oauth2 === undefined) !== (microsoft === undefined), 'exactly one block of settings')
  judge(known === (oauth2 === undefined ? 'MICROSOFT' : 'OAUTH2'), `kind by its block: ${known}`)
  judge(
    Object.keys(settings).every((name) => ['clientId', 'oauth2', 'microsoft', 'discovered'].includes(name)),
    `settings: ${Object.keys(settings)}`,
  )
  judge(domains.length === 0 && mappers.length === 0, 'nobody signs in with a step-up provider')
  const { acrValues = [] } = Object(oauth2)
  judge(
    acrValues.every((one: unknown) => typeof one === 'string' && /^\S+$/.test(one)) &&
      new Set(acrValues).size === acrValues.length,
    `acr values: ${acrValues}`,
  )
  if (microsoft === undefined) return
  const { tenant, conditionalAccessIds = [], validationMode } = Object(microsoft)
  judge(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/.test(tenant), `tenant: ${tenant}`)
  judge(['ACRS', 'OIDC'].includes(validationMode), `mode: ${validationMode}`)
  judge(validationMode === 'OIDC' || conditionalAccessIds.length > 0, 'ACRS needs contexts')
  judge(
    conditionalAccessIds.every((id: string) => /^C([1-9]|[1-9][0-9])$/.test(id)) &&
      new Set(conditionalAccessIds).size === conditionalAccessIds.length,
    `contexts: ${conditionalAccessIds}`,
  )
}

function judgeWorkforce({ protocol, settings, known, issuer }: Stored, judge: Judge): void {
  judge(['oidc', 'oauth2', 'saml'].includes(protocol), `protocol: ${protocol}`)
  for (const name of [
    'authorizationUrl',
    'tokenUrl',
    'userInfoUrl',
    'jwksUrl',
    'logoutUrl',
    'ssoUrl',
    'sloUrl',
    'metadataUrl',
    'discoveryUrl',
  ]) {
    for (const url of [settings[name], Object(settings.discovered)[name]]) {
      if (url === undefined || url === null) continue
      const plain = String(url).replaceAll(/[{}]/g, '')
      judge(/^https:\/\//i.test(plain) || /^http:\/\/127\.0\.0\.1/i.test(plain), `${name} is an https URL: ${url}`)
      judge(URL.canParse(plain) && new URL(plain).username === '', `${name} has no user: ${url}`)
    }
  }
  if (protocol === 'saml') judgeSaml(settings, judge)
  else judge(isClientId(settings.clientId), `client id: ${settings.clientId}`)
  if (protocol === 'oauth2') judge(known === 'GITHUB' && issuer === null, `OAuth 2.0 is GitHub: ${known} ${issuer}`)
  if (protocol === 'oidc') judge(/^https?:\/\//.test(issuer ?? ''), `issuer: ${issuer}`)
  const scope = settings.defaultScope ?? 'openid'
  judge(typeof scope === 'string' && areScopes(scope.split(' ')), `scope: ${scope}`)
  judge([undefined, 'S256', 'plain'].includes(settings.pkceMethod as string), `PKCE: ${settings.pkceMethod}`)
  const isTemplate = issuer?.includes('{tenantid}') === true
  judge(
    !isTemplate || (Array.isArray(settings.allowedTenants) && settings.allowedTenants.length > 0),
    'all tenants need a list of those let in',
  )
}

function judgeSaml(settings: JsonObject, judge: Judge): void {
  const { metadataXml, metadataUrl, ssoUrl, signingCertificate } = settings
  const isDescribed = typeof metadataXml === 'string' || typeof metadataUrl === 'string'
  judge(
    isDescribed || (typeof ssoUrl === 'string' && typeof signingCertificate === 'string'),
    'somewhere to go, and a key',
  )
  judge(
    metadataXml === undefined || (isText(metadataXml, 131_072) && /EntityDescriptor/.test(String(metadataXml))),
    'metadata',
  )
  for (const certificate of typeof signingCertificate === 'string' ? signingCertificate.split(',') : []) {
    judge(isCertificate(certificate), 'a certificate can be read')
  }
  const isTransient = String(settings.nameIdFormat).endsWith(':transient')
  const isBySubject = settings.principalType === undefined || settings.principalType === 'SUBJECT'
  judge(!(isTransient && isBySubject), 'a transient subject identifies nobody')
  judge(isBySubject || typeof settings.principalAttribute === 'string', 'the attribute of the principal is named')
}

function isCertificate(base64: string): boolean {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).raw.length > 0
  } catch {
    return false
  }
}

const GOOGLE = ['subject', 'groups', 'display_name', 'profile_photo', 'posix_username'].map((name) => `google.${name}`)

/** What every provider has room for, whatever its use. */
function judgePeople(provider: Stored, judge: Judge): void {
  const { domains, routingDomains, attributeMapping, condition, mappers, syncMode, firstLogin, protocol } = provider
  const isDomain = (text: string) =>
    text.length <= 253 && /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/.test(text)
  judge(
    domains.length <= 100 && domains.every(isDomain) && new Set(domains).size === domains.length,
    `domains: ${domains}`,
  )
  judge(
    routingDomains.every((domain) => domains.includes(domain)),
    `routing domains are domains: ${routingDomains}`,
  )
  const keys = Object.keys(attributeMapping)
  judge(keys.length === 0 || keys.includes('google.subject'), `google.subject is mapped: ${keys}`)
  judge(
    keys.every((key) => GOOGLE.includes(key) || /^attribute\.[a-z0-9_]{1,100}$/.test(key)),
    `mapped keys: ${keys}`,
  )
  judge(keys.filter((key) => key.startsWith('attribute.')).length <= 50, 'at most 50 attributes')
  for (const expression of Object.values(attributeMapping)) {
    judge(expression.length <= 2048 && isCel(expression), `a mapping compiles: ${expression}`)
  }
  judge(
    condition === null || (condition !== '' && condition.length <= 4096 && isCel(condition)),
    `condition compiles: ${condition}`,
  )
  judge(mappers.length <= 100, 'at most 100 mappers')
  judge(new Set(mappers.map(({ id }) => id)).size === mappers.length, 'mapper ids are unique')
  judge(new Set(mappers.map(({ name }) => name)).size === mappers.length, 'mapper names are unique')
  for (const { name, type, syncMode: mode, config } of mappers) {
    judge(name !== '' && isText(name, 255), `mapper name: ${name}`)
    judge(MAPPERS[protocol === 'saml' ? 'saml' : 'oidc']?.test(type) === true, `mapper type of ${protocol}: ${type}`)
    judge(isMode(mode), `mapper mode: ${mode}`)
    judge(typeof config === 'object' && config !== null && !Array.isArray(config), 'mapper configuration is an object')
  }
  judge(isMode(syncMode), `mode: ${syncMode}`)
  judge([null, 'create', 'link_verified_email', 'refuse'].includes(firstLogin), `first login: ${firstLogin}`)
  judge(areScopes(provider.allowedScopes), `scopes: ${provider.allowedScopes}`)
  judge(provider.expiresAt === null || !Number.isNaN(Date.parse(provider.expiresAt)), `expiry: ${provider.expiresAt}`)
  judge(
    provider.examples.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one)),
    'examples are objects',
  )
}

function isMode(mode: string | null): boolean {
  return [null, 'INHERIT', 'IMPORT', 'LEGACY', 'FORCE'].includes(mode)
}

/** No lone surrogate and no NUL in any text: not every database could hold it, and none would give it back. */
export function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string')
    return Buffer.from(value, 'utf8').toString('utf8') === value && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, member]) => isWellFormed(key) && isWellFormed(member))
}
