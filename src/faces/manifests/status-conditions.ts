/** `status.conditions`: what an operator should know of an object now. Source: Kubernetes API conventions, "Typical status properties". */
import { X509Certificate } from 'node:crypto'
import type { Provider } from '../../registry/provider.ts'

export interface StatusCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  /** RFC 3339. Where nobody has noted the moment, the last change of the object: it is no later than that. */
  readonly lastTransitionTime: string
}

export function condition(
  type: string,
  status: StatusCondition['status'],
  reason: string,
  message: string,
  since: Date,
): StatusCondition {
  return { type, status, reason, message, lastTransitionTime: since.toISOString() }
}

/** A month: long enough to get a new certificate from somebody else's IT. */
const EXPIRING_MS = 30 * 86_400_000
/** A day: they are asked for every hour. */
const EXPIRING_FETCHED_MS = 86_400_000

/** Whether people or tokens can come in through the provider, and what will stop them soon. */
export function conditionsOf(provider: Provider, now: Date): StatusCondition[] {
  const others = [
    ...discovered(provider),
    ...secret(provider),
    ...domains(provider),
    ...expiry(provider, now),
    ...certificates(provider, now),
    ...metadata(provider, now),
  ]
  return [ready(provider, others), ...others]
}

/** What each of them, being true, takes away from Ready. */
const STOPS: readonly string[] = ['Expired', 'CertificateExpired', 'MetadataExpired']

function ready({ enabled, updatedAt }: Provider, others: readonly StatusCondition[]): StatusCondition {
  if (!enabled) return condition('Ready', 'False', 'Disabled', 'The provider is disabled.', updatedAt)
  const stop = others.find(({ type, status }) => status === 'True' && STOPS.includes(type))
  if (stop !== undefined) return { ...stop, type: 'Ready', status: 'False', reason: stop.type }
  return condition('Ready', 'True', 'Usable', 'The provider may be used.', updatedAt)
}

/** Registration asks the upstream, so what is stored was found once. */
function discovered({ protocol, settings, expectedIssuer, updatedAt }: Provider): StatusCondition[] {
  if (protocol === 'oauth2') return []
  const failed = Object(Object(settings.discovered).refreshFailed)
  if (typeof failed.since === 'string') {
    const message = `The upstream was asked again, in vain (${failed.reason}): what it said before goes on to count.`
    return [condition('Discovered', 'False', 'RefreshFailed', message, new Date(failed.since))]
  }
  const asked = [settings.discovered, settings.jwksUri, settings.bundleEndpointUrl].some((one) => one !== undefined)
  if (asked) {
    const message = `The upstream confirmed itself as ${expectedIssuer ?? 'configured'} when it was registered.`
    return [condition('Discovered', 'True', 'Confirmed', message, updatedAt)]
  }
  const message = 'Everything was given at registration; nobody was asked.'
  return [condition('Discovered', 'Unknown', 'NotAsked', message, updatedAt)]
}

function secret({ protocol, use, secrets, settings, updatedAt }: Provider): StatusCondition[] {
  if (use === 'workload' || (protocol !== 'oidc' && protocol !== 'oauth2')) return []
  // Without a code there is nothing to redeem with it.
  if (settings.responseType === 'ID_TOKEN') return []
  if (settings.clientAuthMethod === 'private_key_jwt') {
    const message = 'No client secret is needed: the provider finds our key in our JWKS.'
    return [condition('SecretMissing', 'False', 'NotNeeded', message, updatedAt)]
  }
  if (Object.hasOwn(secrets, 'clientSecret')) {
    return [condition('SecretMissing', 'False', 'Stored', 'A client secret is stored.', updatedAt)]
  }
  const message = 'No client secret is stored: the provider is used as a public client with PKCE.'
  return [condition('SecretMissing', 'True', 'PublicClient', message, updatedAt)]
}

function domains({ domains, routingDomains, updatedAt }: Provider): StatusCondition[] {
  const pending = domains.filter((domain) => !routingDomains.includes(domain))
  if (pending.length === 0) return []
  const message = `Not proved yet, so they route nobody: ${pending.join(', ')}.`
  return [condition('DomainsPending', 'True', 'NotProved', message, updatedAt)]
}

function expiry(provider: Provider, now: Date): StatusCondition[] {
  const { expiresAt } = provider
  if (expiresAt === null) return []
  const at = expiresAt.toISOString()
  return [
    from(expiresAt, provider, now, {
      type: 'Expired',
      reason: 'ExpireTime',
      message: expiresAt <= now ? `The provider expired at ${at}.` : `The provider expires at ${at}.`,
    }),
  ]
}

function certificates(provider: Provider, now: Date): StatusCondition[] {
  if (provider.protocol !== 'saml') return []
  const ends = signingCertificates(provider.settings).map((certificate) => new Date(certificate.validTo))
  const last = ends.sort((a, b) => b.getTime() - a.getTime())[0]
  if (last === undefined) return []
  const at = last.toISOString()
  const named = { reason: 'NotAfter', message: `The last signing certificate ends at ${at}.` }
  const expiring = from(new Date(last.getTime() - EXPIRING_MS), provider, now, {
    type: 'CertificateExpiring',
    ...named,
  })
  if (last > now) return [expiring]
  const message = `The last signing certificate expired at ${at}.`
  return [expiring, from(last, provider, now, { type: 'CertificateExpired', reason: 'NotAfter', message })]
}

/** Metadata that say how long they are good are not used for longer. Source: SAML 2.0 Metadata §2.3.2. */
function metadata(provider: Provider, now: Date): StatusCondition[] {
  const { validUntil } = Object(provider.settings.discovered)
  if (typeof validUntil !== 'string') return []
  const end = new Date(validUntil)
  const named = { reason: 'ValidUntil', message: `The metadata are valid until ${end.toISOString()}.` }
  // Those that are fetched are often good for days only, and fetched anew in time.
  const ahead = typeof provider.settings.metadataUrl === 'string' ? EXPIRING_FETCHED_MS : EXPIRING_MS
  const expiring = from(new Date(end.getTime() - ahead), provider, now, { type: 'MetadataExpiring', ...named })
  if (end > now) return [expiring]
  return [expiring, from(end, provider, now, { type: 'MetadataExpired', ...named })]
}

/** True from that moment on, and no earlier than the provider is there. */
function from(
  moment: Date,
  { createdAt, updatedAt }: Provider,
  now: Date,
  { type, reason, message }: Pick<StatusCondition, 'type' | 'reason' | 'message'>,
): StatusCondition {
  if (moment > now) return condition(type, 'False', reason, message, updatedAt)
  return condition(type, 'True', reason, message, moment > createdAt ? moment : createdAt)
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

interface LintFinding {
  readonly rule: string
  readonly severity: string
  readonly acknowledged?: boolean
}

/** What lint found and nobody has acknowledged; remarks are no condition. */
export function lintCondition(findings: readonly LintFinding[], since: Date): StatusCondition[] {
  const open = findings.filter(({ severity, acknowledged }) => severity !== 'info' && acknowledged !== true)
  const [gravest] = open
  if (gravest === undefined) return []
  const message = `Lint found ${open.map(({ rule }) => rule).join(', ')}; status.lint says what and why.`
  return [condition('LintFindings', 'True', gravest.severity === 'error' ? 'Errors' : 'Warnings', message, since)]
}
