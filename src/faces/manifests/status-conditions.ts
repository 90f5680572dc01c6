/** `status.conditions`: what an operator should know of an object now. Source: Kubernetes API conventions, "Typical status properties". */
import { X509Certificate } from 'node:crypto'
import type { Provider } from '../../registry/provider.ts'

export interface StatusCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

/** A month: long enough to get a new certificate from somebody else's IT. */
const EXPIRING_DAYS = 30
const DAY_MS = 86_400_000

/** Whether people or tokens can come in through the provider, and what will stop them soon. */
export function conditionsOf(provider: Provider, now: Date): StatusCondition[] {
  const conditions = [
    ...discovered(provider),
    ...certificates(provider, now),
    ...secret(provider),
    ...domains(provider),
    ...expiry(provider, now),
  ]
  return [ready(provider, conditions, now), ...conditions]
}

function ready(provider: Provider, others: readonly StatusCondition[], now: Date): StatusCondition {
  if (!provider.enabled) return no('Ready', 'Disabled', 'The provider is disabled.')
  if (provider.expiresAt !== null && provider.expiresAt <= now)
    return no('Ready', 'Expired', 'The provider has expired.')
  const stop = others.find(({ type, status }) => type === 'CertificateExpired' && status === 'True')
  if (stop !== undefined) return no('Ready', stop.reason, stop.message)
  return { type: 'Ready', status: 'True', reason: 'Usable', message: 'The provider may be used.' }
}

/** Registration asks the upstream, so what is stored was found once. */
function discovered({ protocol, settings, expectedIssuer }: Provider): StatusCondition[] {
  if (protocol === 'oauth2' || protocol === 'spiffe') return []
  const asked = settings.discovered !== undefined || settings.jwksUri !== undefined
  if (asked) {
    const message = `The upstream confirmed itself as ${expectedIssuer ?? 'configured'} when it was registered.`
    return [{ type: 'Discovered', status: 'True', reason: 'Confirmed', message }]
  }
  const message = 'Everything was given at registration; nobody was asked.'
  return [{ type: 'Discovered', status: 'Unknown', reason: 'NotAsked', message }]
}

function secret({ protocol, use, secrets, settings }: Provider): StatusCondition[] {
  if (use === 'workload' || (protocol !== 'oidc' && protocol !== 'oauth2')) return []
  if (settings.responseType === 'ID_TOKEN' || Object.hasOwn(secrets, 'clientSecret')) return []
  const message = 'No client secret is stored: the provider is used as a public client with PKCE.'
  return [{ type: 'SecretMissing', status: 'True', reason: 'PublicClient', message }]
}

function domains({ domains, routingDomains }: Provider): StatusCondition[] {
  const pending = domains.filter((domain) => !routingDomains.includes(domain))
  if (pending.length === 0) return []
  const message = `Not proved yet, so they route nobody: ${pending.join(', ')}.`
  return [{ type: 'DomainsPending', status: 'True', reason: 'NotProved', message }]
}

function expiry({ expiresAt }: Provider, now: Date): StatusCondition[] {
  if (expiresAt === null || expiresAt <= now || expiresAt.getTime() - now.getTime() > EXPIRING_DAYS * DAY_MS) return []
  const message = `The provider expires at ${expiresAt.toISOString()}.`
  return [{ type: 'Expiring', status: 'True', reason: 'ExpireTime', message }]
}

function certificates({ protocol, settings }: Provider, now: Date): StatusCondition[] {
  if (protocol !== 'saml') return []
  const ends = signingCertificates(settings).map((certificate) => new Date(certificate.validTo))
  const last = ends.sort((a, b) => b.getTime() - a.getTime())[0]
  if (last === undefined) return []
  if (last <= now) {
    const message = `The last signing certificate expired at ${last.toISOString()}.`
    return [{ type: 'CertificateExpired', status: 'True', reason: 'NotAfter', message }]
  }
  const isSoon = last.getTime() - now.getTime() <= EXPIRING_DAYS * DAY_MS
  const message = `The last signing certificate ends at ${last.toISOString()}.`
  return [{ type: 'CertificateExpiring', status: isSoon ? 'True' : 'False', reason: 'NotAfter', message }]
}

/** As stored: base64 DER joined by commas, given or discovered. */
function signingCertificates(settings: Provider['settings']): X509Certificate[] {
  const found = Object(settings.discovered).signingCertificate
  const text = settings.signingCertificate ?? found
  if (typeof text !== 'string') return []
  return text.split(',').flatMap((one) => {
    try {
      return [new X509Certificate(Buffer.from(one, 'base64'))]
    } catch {
      return [] // judged when it was written; a store made by hand must not break a list
    }
  })
}

function no(type: string, reason: string, message: string): StatusCondition {
  return { type, status: 'False', reason, message }
}
