/** Microsoft's issuers: one of a tenant named by domain, one template for all tenants. Source: CONTRACT.md section 4. */
import type { JsonObject } from '../../json.ts'
import type { ProbeRequest } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'

export const TENANT_TEMPLATE = '{tenantid}'
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const HOSTS = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'sts.windows.net',
])

/** By its host, by its known name, or because it is a step-up provider with Microsoft's settings. */
export function isMicrosoft({ issuer, known, settings }: Pick<ProbeRequest, 'issuer' | 'known' | 'settings'>): boolean {
  return known === 'ENTRA_ID' || settings.microsoft !== undefined || HOSTS.has(partsOf(issuer)?.host ?? '')
}

/** Likewise, of a stored record. */
export function isMicrosoftProvider({ expectedIssuer, issuer, known, settings }: Provider): boolean {
  return isMicrosoft({ issuer: expectedIssuer ?? issuer ?? '', known, settings })
}

/** Where a template's discovery document lies: that of all organisations. */
export function discoverable(issuer: string): string {
  return issuer.replace(TENANT_TEMPLATE, 'organizations')
}

/**
 * What the document's issuer is to the typed one: `same`, `tenant` (the GUID of what was named by a domain),
 * `template` (it stands for all tenants), or `other`.
 */
export function relationOf(spelt: string, typed: string): 'same' | 'tenant' | 'template' | 'other' {
  const [a, b] = [partsOf(spelt), partsOf(typed)]
  if (a === null || b === null) return 'other'
  const isSameHost = a.host === b.host || (HOSTS.has(a.host) && HOSTS.has(b.host))
  // v1 issuers lie on sts.windows.net and have no version; the rest of the path is the version.
  if (!isSameHost || (a.rest !== b.rest && a.host === b.host)) return 'other'
  if (a.tenant === TENANT_TEMPLATE) return 'template'
  if (a.tenant.toLowerCase() === b.tenant.toLowerCase()) return 'same'
  return GUID.test(a.tenant) && !GUID.test(b.tenant) && b.tenant !== TENANT_TEMPLATE ? 'tenant' : 'other'
}

/** True when the settings say which tenants may come in through a template. */
export function namesTenants(settings: JsonObject): boolean {
  const { allowedTenants } = settings
  if (Array.isArray(allowedTenants) && allowedTenants.length > 0) return true
  return GUID.test(ownTenant(settings) ?? '')
}

/**
 * The tenants, in lower case, whose people may come in: the one that the issuer names by its GUID, or those on the list
 * where it is the template of all. Null for issuers that are not Microsoft's, or name no tenant that a token could be
 * compared with.
 */
export function tenantsOf(provider: Provider): ReadonlySet<string> | null {
  const { expectedIssuer, known, settings } = provider
  if (expectedIssuer === null || !isMicrosoft({ issuer: expectedIssuer, known, settings })) return null
  const tenant = partsOf(expectedIssuer)?.tenant ?? ''
  // A domain is the issuer's own tenant, as it was registered: see `requireOwnTenant`.
  const own = [ownTenant(settings) ?? ''].filter((one) => GUID.test(one))
  if (tenant !== TENANT_TEMPLATE) {
    const named = GUID.test(tenant) ? [tenant.toLowerCase()] : own
    // Nobody is of two tenants.
    return named.length === 0 ? null : new Set(named.filter((one) => own.length === 0 || own.includes(one)))
  }
  const { allowedTenants } = settings
  const listed = Array.isArray(allowedTenants) ? allowedTenants : []
  // Whatever is no GUID names a tenant that no `tid` can equal.
  return new Set([...listed, ...own].map((one) => String(one).toLowerCase()).filter((one) => GUID.test(one)))
}

/** The tenant that a step-up provider's settings name, GUID or domain, in lower case; null where there are none of Microsoft. */
export function ownTenant({ microsoft }: JsonObject): string | null {
  const named = typeof microsoft === 'object' && microsoft !== null && 'tenant' in microsoft ? microsoft.tenant : null
  return typeof named === 'string' ? named.toLowerCase() : null
}

/**
 * Whether the issuer, as discovery spells it, is of that tenant: `unknown` where a domain is named and only the discovery
 * document of its own, at the issuer returned, can say so.
 */
export function tenantRelation(
  spelt: string,
  typed: string,
  tenant: string,
): 'own' | 'other' | { readonly askAt: string } {
  const [a, b] = [partsOf(spelt), partsOf(typed)]
  if (a === null || b === null || !GUID.test(a.tenant)) return 'own'
  if (GUID.test(tenant)) return a.tenant.toLowerCase() === tenant ? 'own' : 'other'
  if (b.tenant.toLowerCase() === tenant) return 'own'
  return { askAt: typed.replace(`/${b.tenant}`, () => `/${tenant}`) }
}

/** Every issuer that a token of the provider's people may carry, letter for letter. */
export function issuersOf(provider: Provider): readonly string[] {
  const { expectedIssuer } = provider
  if (expectedIssuer === null) return []
  if (!expectedIssuer.includes(TENANT_TEMPLATE)) return [expectedIssuer]
  return [...(tenantsOf(provider) ?? [])].map((tenant) => expectedIssuer.replace(TENANT_TEMPLATE, () => tenant))
}

function partsOf(issuer: string): { host: string; tenant: string; rest: string } | null {
  const [, host, tenant, rest = ''] = /^https?:\/\/([^/]+)\/([^/]+)((?:\/[^/]+)*)\/?$/i.exec(issuer) ?? []
  return host === undefined || tenant === undefined ? null : { host: host.toLowerCase(), tenant, rest }
}
