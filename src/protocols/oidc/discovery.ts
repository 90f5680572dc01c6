/** OpenID Connect discovery, at registration and after. Source: OpenID Connect Discovery 1.0 §4; issuer rules: CONTRACT.md section 4. */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import type { ProbeRequest, ProbeResult } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { protocolFault, settingFault } from '../faults.ts'
import { fetchDocument, fetchKeySet } from '../jose/fetch-document.ts'
import type { FetchedKeys, KeyPlace } from '../jose/fetched-keys.ts'
import { settledPlaceOf } from '../jose/key-place.ts'
import { discoverable } from './microsoft.ts'

const WELL_KNOWN = '/.well-known/openid-configuration'

/** Longest text of a foreign document that is shown in an error. */
const SHOWN_CHARACTERS = 256

/**
 * Asks the issuer before anything is stored: the document must be its own, and its keys usable.
 *
 * Faults: provider.discovery_failed, provider.issuer_differs
 */
export async function probeOidc(fetch: OutboundFetch, { issuer, settings }: ProbeRequest): Promise<ProbeResult> {
  // Uploaded keys are for issuers that cannot be reached.
  if (typeof settings.jwksJson === 'string') return { expectedIssuer: issuer, settings }
  const ca = caOf(settings)
  const found = await discover(fetch, issuer, ca).catch((cause: unknown) => {
    throw discoveryFailed(cause)
  })
  if (typeof found.issuer !== 'string') throw discoveryFailed(new Error('the document names no issuer'))
  if (!isSameIssuer(found.issuer, issuer)) throw issuerDiffers(found.issuer, issuer)
  const url = found.jwksUri
  if (url === null) throw discoveryFailed(new Error('the document names no https jwks_uri'))
  await fetchKeySet(fetch, 'sig', { url, ...ca }).catch((cause: unknown) => {
    throw discoveryFailed(cause)
  })
  return { expectedIssuer: found.issuer, settings: { ...settings, jwksUri: url } }
}

interface Discovered {
  readonly issuer: unknown
  readonly jwksUri: string | null
}

type AllowsHttp = (url: string) => boolean

async function discover(
  fetch: OutboundFetch,
  issuer: string,
  options: { readonly caPem?: string; readonly timeoutMs?: number },
  allowsHttp: AllowsHttp = () => false,
): Promise<Discovered> {
  const url = `${withoutSlash(lowerCaseOrigin(discoverable(issuer)))}${WELL_KNOWN}`
  const { document } = await fetchDocument(fetch, { url, ...options, ...plainHttp(allowsHttp, url) })
  const { issuer: spelt, jwks_uri: jwksUri } = document
  const isUsable = typeof jwksUri === 'string' && (jwksUri.startsWith('https://') || allowsHttp(jwksUri))
  return { issuer: spelt, jwksUri: isUsable ? jwksUri : null }
}

function plainHttp(allowsHttp: AllowsHttp, url: string): { readonly allowPlainHttp?: true } {
  return allowsHttp(url) ? { allowPlainHttp: true } : {}
}

/** Auth0 and Entra v1 end in a slash; more than that, and the case of scheme and host as typed, is another issuer. */
export function isSameIssuer(spelt: string, typed: string): boolean {
  const given = withoutSlash(spelt)
  return given === withoutSlash(typed) || given === withoutSlash(lowerCaseOrigin(typed))
}

export function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}

/** Scheme and host in lower case and without the default port, as the registry normalises them; the path as it is. */
export function lowerCaseOrigin(issuer: string): string {
  return issuer.replace(/^[^:]+:\/\/[^/]+/, (origin) => origin.toLowerCase().replace(/^(https:.*):443$/, '$1'))
}

function caOf({ caPem }: JsonObject): { readonly caPem?: string } {
  return typeof caPem === 'string' ? { caPem } : {}
}

/** One sentence outside; which step failed stays private, since it would tell about networks behind us. */
export function discoveryFailed(cause: unknown) {
  const message =
    'could not be confirmed by discovery: its document or its keys could not be fetched or used; the server’s log says why'
  return protocolFault('provider.discovery_failed', {
    fields: [settingFault('provider.discovery_failed', 'issuer', message)],
    cause,
  })
}

export function issuerDiffers(spelt: string, typed: string) {
  const says = JSON.stringify(spelt.slice(0, SHOWN_CHARACTERS))
  const given = JSON.stringify(typed.slice(0, SHOWN_CHARACTERS))
  return protocolFault('provider.issuer_differs', {
    message: `The discovery document is about another issuer: it says ${says}, given was ${given}.`,
    fields: [settingFault('provider.issuer_differs', 'issuer', `differs from ${says}, which its own document says`)],
  })
}

/** Two requests in a row must end before the patience of those who wait. */
const TIMEOUT_MS = 4_000
/** An issuer is asked anew where its keys are after this. */
const PLACE_MS = 3_600_000
/** And at the first of so many failed fetches in a row: an outage must not double what we ask. */
const PLACE_IN_TROUBLE_FETCHES = 16

/**
 * Fetches a provider's keys, from where its issuer says they are. A document that names another issuer, or no usable
 * address, is not believed: the keys stay where they were, and for good where somebody typed the place. Plain http is
 * for issuers of people, at addresses that `allowsPlainHttp` names.
 */
export function createKeyFetch(fetch: OutboundFetch, now: () => Date, allowsPlainHttp: AllowsHttp = () => false) {
  const allowsHttp =
    ({ use }: Provider): AllowsHttp =>
    (url) =>
      use !== 'workload' && allowsPlainHttp(url)

  /** Null when the issuer names the same place, or cannot be asked. */
  async function newPlaceOf(provider: Provider, place: KeyPlace | null): Promise<KeyPlace | null> {
    const issuer = provider.expectedIssuer
    if (issuer === null) return null
    try {
      const request = { timeoutMs: TIMEOUT_MS, ...caOf(provider.settings) }
      const found = await discover(fetch, issuer, request, allowsHttp(provider))
      if (found.issuer !== issuer || found.jwksUri === null) return null
      return found.jwksUri === place?.uri ? null : { uri: found.jwksUri, namedAt: now().getTime() }
    } catch {
      return null // the place we know is tried all the same
    }
  }

  async function fetchFrom(provider: Provider, place: KeyPlace): Promise<FetchedKeys> {
    const { uri: url } = place
    const plain = plainHttp(allowsHttp(provider), url)
    const request = { url, timeoutMs: TIMEOUT_MS, ...plain, ...caOf(provider.settings) }
    return { ...(await fetchKeySet(fetch, 'sig', request)), place }
  }

  return async (provider: Provider, known: KeyPlace | null, failures: number): Promise<FetchedKeys> => {
    const at = now().getTime()
    const settled = settledPlaceOf(provider)
    if (settled?.isTyped === true) return await fetchFrom(provider, { uri: settled.uri, namedAt: at })
    const first = known ?? (settled === null ? null : { uri: settled.uri, namedAt: at })
    let place = first
    if (first === null || at - first.namedAt >= PLACE_MS) {
      place = (await newPlaceOf(provider, first)) ?? (first === null ? null : { ...first, namedAt: at })
    }
    if (place === null) throw new Error('nobody says where the keys are')
    try {
      return await fetchFrom(provider, place)
    } catch (error) {
      const moved = failures % PLACE_IN_TROUBLE_FETCHES === 0 ? await newPlaceOf(provider, place) : null
      if (moved === null) throw error
      return await fetchFrom(provider, moved)
    }
  }
}
