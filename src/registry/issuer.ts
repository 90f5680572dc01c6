/** The one spelling of an issuer that faces show and uniqueness uses. Source: CONTRACT.md section 4; SPIFFE-ID section 2. */
import type { FieldFault } from '../fault.ts'
import { fieldFault } from './faults.ts'
import { ISSUER_CHARACTERS } from './limits.ts'

export type NormalisedIssuer = { readonly issuer: string } | { readonly fault: FieldFault }

/** Scheme, authority, path; anything else (query, fragment, backslash, space, other than ASCII) does not match. */
const FORM = /^(https?|spiffe):\/\/([^/?#\\]+)((?:\/[-A-Za-z0-9._~!$&'()*+,;=:@%]*)*)$/i
const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
const AUTHORITY = new RegExp(`^(${LABEL}(?:\\.${LABEL})*|\\[[0-9a-f:.]+\\])(?::([1-9][0-9]{0,4}))?$`)
const HOST_CHARACTERS = 253
const TRUST_DOMAIN = /^[-a-z0-9._]{1,255}$/

/** Microsoft's issuers of all tenants name none. Source: CONTRACT.md section 4. */
export const TENANT_TEMPLATE = '{tenantid}'
/** Stands for the template while the rest is judged: a plain path segment that nobody has. */
const TEMPLATE_STAND_IN = 'entente-tenantid-template'

export interface IssuerOptions {
  /** Plain http is taken where this says so; never for workloads. */
  readonly allowsPlainHttp?: (url: string) => boolean
  /** True takes Microsoft's `{tenantid}` in the path. */
  readonly takesTemplate?: boolean
}

/**
 * Lower-case scheme and host, no default port, no trailing slash; every other spelling that a URL parser would read
 * differently than it looks is refused, so that one issuer has one spelling. Normalising twice changes nothing.
 *
 * Faults: provider.issuer_invalid, field.too_long, as a field of path `issuer`
 */
export function normaliseIssuer(text: string, options: IssuerOptions = {}): NormalisedIssuer {
  if (options.takesTemplate === true && text.includes(`/${TENANT_TEMPLATE}`)) {
    const plain = text.replace(TENANT_TEMPLATE, TEMPLATE_STAND_IN)
    const judged = normaliseIssuer(plain, { ...options, takesTemplate: false })
    return 'issuer' in judged ? { issuer: judged.issuer.replace(TEMPLATE_STAND_IN, TENANT_TEMPLATE) } : judged
  }
  if (text.length > ISSUER_CHARACTERS) {
    return { fault: fieldFault('field.too_long', 'issuer', `must have at most ${ISSUER_CHARACTERS} characters`) }
  }
  const [, scheme, authority, path] = FORM.exec(text) ?? []
  if (scheme === undefined || authority === undefined || path === undefined) {
    return invalid('must be https://host[:port][/path] or spiffe://trust-domain in ASCII, without query and fragment')
  }
  const host = authority.toLowerCase()
  if (scheme.toLowerCase() === 'spiffe') return normaliseSpiffe(host, path)
  if (scheme.toLowerCase() === 'https') return normaliseWeb('https', host, path)
  if (options.allowsPlainHttp?.(text) === true) return normaliseWeb('http', host, path)
  return invalid(
    options.allowsPlainHttp === undefined
      ? 'must begin with https:// or spiffe://'
      : 'must begin with https:// (plain http only at an address that ENTENTE_UPSTREAM_ALLOW names)',
  )
}

function normaliseSpiffe(trustDomain: string, path: string): NormalisedIssuer {
  if (!TRUST_DOMAIN.test(trustDomain)) {
    return invalid('must name a trust domain of a-z, 0-9, dot, hyphen and underscore, without user and port')
  }
  if (path !== '' && path !== '/') return invalid('must be a trust domain, not the id of a workload: it has no path')
  return { issuer: `spiffe://${trustDomain}` }
}

function normaliseWeb(scheme: 'https' | 'http', authority: string, path: string): NormalisedIssuer {
  const [, host, port] = AUTHORITY.exec(authority) ?? []
  if (host === undefined || host.length > HOST_CHARACTERS) {
    return invalid('must have a host name (international ones as xn--) and no user')
  }
  if (port !== undefined && Number(port) > 65_535) return invalid('must have a port up to 65535')
  if (path.includes('//') || /%(?![0-9A-Fa-f]{2})/.test(path)) {
    return invalid('must have a path without empty segments and broken escapes')
  }
  const usual = scheme === 'https' ? '443' : '80'
  const issuer = `${scheme}://${host}${port === undefined || port === usual ? '' : `:${port}`}${path.replace(/\/$/, '')}`
  // What a URL parser would rewrite (127.1, 0x7f.1, /../, a false xn--) looks like one issuer and is another.
  if (!URL.canParse(issuer) || new URL(issuer).href !== (path.replace(/\/$/, '') === '' ? `${issuer}/` : issuer)) {
    return invalid('must be spelled in its plain form, without dot segments and unusual addresses')
  }
  return { issuer }
}

function invalid(message: string): NormalisedIssuer {
  return { fault: fieldFault('provider.issuer_invalid', 'issuer', message) }
}
