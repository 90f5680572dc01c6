/**
 * Asks the OpenID Provider of people before anything is stored: the document is its own, its endpoints are there, its keys
 * usable. Source: OpenID Connect Discovery 1.0 §4.3; when it is not asked, and whose issuers may differ: CONTRACT.md section 4.
 */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import type { ImportedSettings, ProbeRequest, ProbeResult } from '../../registry/protocol.ts'
import { protocolFault, settingFault } from '../faults.ts'
import { fetchDocument, fetchKeySet } from '../jose/fetch-document.ts'
import { parseStrictJson } from '../jose/strict-json.ts'
import { assertionAlgorithm } from '../oauth2/own-key.ts'
import { discoveryFailed, isSameIssuer, issuerDiffers, lowerCaseOrigin, withoutSlash } from './discovery.ts'
import {
  discoverable,
  isMicrosoft,
  namesTenants,
  ownTenant,
  relationOf,
  TENANT_TEMPLATE,
  tenantRelation,
} from './microsoft.ts'
import type { UrlRules } from './setting-checks.ts'
import { endpointsOf, unknownMembers } from './upstream-endpoints.ts'
import { DISCOVERY_PATH } from './workforce-settings.ts'

export interface SignInProbe extends UrlRules {
  readonly fetch: OutboundFetch
}

/** Faults: provider.discovery_failed, provider.issuer_differs, provider.client_key_unfit, oidc.tenants_missing, oidc.tenant_differs */
export async function probeSignIn(at: SignInProbe, request: ProbeRequest): Promise<ProbeResult> {
  const { settings, issuer, template = {} } = request
  const { discovered: _, ...given } = settings
  const filled: JsonObject = { ...template, ...given }
  const hasKeys = typeof given.jwksJson === 'string' || typeof given.jwksUrl === 'string'
  const used = given.responseType === 'ID_TOKEN' ? ['authorizationUrl'] : ['authorizationUrl', 'tokenUrl']
  if (request.use === 'workforce' && hasKeys && used.every((name) => typeof filled[name] === 'string')) {
    if (issuer.includes(TENANT_TEMPLATE)) requireTenants(given)
    return { expectedIssuer: issuer, settings: withDiscovered(given, { ...template }) }
  }
  let document: JsonObject
  try {
    document = (await fetchDocument(at.fetch, { url: discoveryUrlOf(issuer), ...plainHttp(at, issuer) })).document
  } catch (cause) {
    if (request.isTemplateFixed !== true) throw discoveryFailed(cause)
    // Its endpoints are the same for everybody and known: that it cannot be reached from here says nothing against it.
    return { expectedIssuer: issuer, settings: withDiscovered(given, { ...template }) }
  }
  const expectedIssuer = expectedOf(document, request)
  await requireOwnTenant(at, request, expectedIssuer)
  const discovered = endpointsOf(document, at)
  requireAlgorithm(given, discovered)
  for (const name of used) {
    if (typeof given[name] !== 'string' && typeof discovered[name] !== 'string') {
      throw discoveryFailed(new Error(`the document names no usable ${name}`))
    }
  }
  if (typeof given.jwksJson !== 'string') {
    const url = given.jwksUrl ?? discovered.jwksUrl
    if (typeof url !== 'string') throw discoveryFailed(new Error('the document names no usable jwks_uri'))
    await fetchKeySet(at.fetch, 'sig', { url, ...plainHttp(at, url) }).catch((cause: unknown) => {
      throw discoveryFailed(cause)
    })
  }
  return { expectedIssuer, settings: withDiscovered(given, discovered) }
}

/** Reads a discovery document as settings. Faults: provider.discovery_failed */
export async function importDiscovery(
  at: SignInProbe,
  source: { readonly url: string } | { readonly text: string },
): Promise<ImportedSettings> {
  let document: JsonObject
  try {
    document =
      'text' in source
        ? parsed(source.text)
        : (await fetchDocument(at.fetch, { url: source.url, ...plainHttp(at, source.url) })).document
  } catch (cause) {
    throw protocolFault('provider.discovery_failed', {
      fields: [
        settingFault('provider.discovery_failed', 'source', 'is no discovery document that could be fetched and read'),
      ],
      cause,
    })
  }
  const { authorizationUrl, tokenUrl, userInfoUrl, jwksUrl, logoutUrl } = endpointsOf(document, at)
  const endpoints = Object.entries({ authorizationUrl, tokenUrl, userInfoUrl, jwksUrl, logoutUrl })
  const settings: JsonObject = Object.fromEntries(endpoints.filter(([, value]) => value !== undefined)) as JsonObject // defined ones only
  const hasKeys = jwksUrl !== undefined
  return {
    issuer: typeof document.issuer === 'string' ? document.issuer : null,
    settings: hasKeys ? { ...settings, validateSignature: true, useJwksUrl: true } : settings,
    unknown: unknownMembers(document),
  }
}

/** A discovery document is some kilobytes; a thousand members are ten times the richest one. */
const MEMBERS = 5_000

function parsed(text: string): JsonObject {
  const document = parseStrictJson(Buffer.from(text), MEMBERS)
  if (typeof document === 'string') throw new Error(document)
  return document
}

function discoveryUrlOf(issuer: string): string {
  return `${withoutSlash(lowerCaseOrigin(discoverable(issuer)))}${DISCOVERY_PATH}`
}

function plainHttp({ allowsPlainHttp }: SignInProbe, url: string): { allowPlainHttp?: boolean } {
  return allowsPlainHttp(url) ? { allowPlainHttp: true } : {}
}

function expectedOf({ issuer: spelt }: JsonObject, request: ProbeRequest): string {
  if (typeof spelt !== 'string') throw discoveryFailed(new Error('the document names no issuer'))
  if (isSameIssuer(spelt, request.issuer) && !spelt.includes(TENANT_TEMPLATE)) return spelt
  if (!isMicrosoft(request)) throw issuerDiffers(spelt, request.issuer)
  const relation = relationOf(spelt, request.issuer)
  if (relation === 'other') throw issuerDiffers(spelt, request.issuer)
  if (relation === 'template') requireTenants(request.settings)
  return spelt
}

function requireTenants(settings: JsonObject): void {
  if (namesTenants(settings)) return
  const [path, message] =
    ownTenant(settings) === null
      ? ['oidc.allowedTenants', 'is required: this issuer stands for all tenants']
      : ['oidc.microsoft.tenant', 'must be the GUID: this issuer stands for all tenants']
  throw protocolFault('oidc.tenants_missing', { fields: [settingFault('oidc.tenants_missing', path, message)] })
}

/** A step-up provider of Microsoft names its tenant: the issuer cannot be another one's. */
async function requireOwnTenant(at: SignInProbe, { settings, issuer: typed }: ProbeRequest, spelt: string) {
  const tenant = ownTenant(settings)
  const relation = tenant === null ? 'own' : tenantRelation(spelt, typed, tenant)
  const isOwn = typeof relation === 'string' ? relation === 'own' : (await issuerAt(at, relation.askAt)) === spelt
  if (isOwn) return
  const message = 'is not the tenant of the issuer; without issuerUrl the issuer follows from it'
  throw protocolFault('oidc.tenant_differs', {
    fields: [settingFault('oidc.tenant_differs', 'oidc.microsoft.tenant', message)],
  })
}

/** Null for whatever is no document: nobody has such a tenant. */
async function issuerAt(at: SignInProbe, issuer: string): Promise<unknown> {
  try {
    return (await fetchDocument(at.fetch, { url: discoveryUrlOf(issuer), ...plainHttp(at, issuer) })).document.issuer
  } catch {
    return null
  }
}

/** Else the first person to sign in would find out. */
function requireAlgorithm({ clientAuthMethod }: JsonObject, { clientAuthAlgorithms: offered }: JsonObject): void {
  if (clientAuthMethod !== 'private_key_jwt' || !Array.isArray(offered)) return
  if (assertionAlgorithm(offered.map(String)) !== null) return
  const message = 'cannot be private_key_jwt: the issuer takes assertions in no algorithm that we have a key of'
  throw protocolFault('provider.client_key_unfit', {
    fields: [settingFault('provider.client_key_unfit', 'oidc.clientAuthMethod', message)],
  })
}

function withDiscovered(given: JsonObject, discovered: JsonObject): JsonObject {
  return Object.keys(discovered).length === 0 ? given : { ...given, discovered }
}
