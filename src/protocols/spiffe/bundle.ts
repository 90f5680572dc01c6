/**
 * The bundle of a trust domain: the keys its JWT-SVIDs are signed with, asked for at registration and after.
 *
 * Source: SPIFFE Trust Domain and Bundle §4; JWT-SVID §6.2; SPIFFE Federation §4.1 (polling), §5.2.1 (https_web).
 */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import type { ProbeRequest, ProbeResult } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { protocolFault, settingFault } from '../faults.ts'
import { fetchDocument } from '../jose/fetch-document.ts'
import type { FetchedKeys, KeyPlace } from '../jose/fetched-keys.ts'
import { type KeySet, NO_KEYS, parseKeySet } from '../jose/key-set.ts'
import { parseSpiffeId } from './spiffe-id.ts'

export interface Bundle {
  /** NO_KEYS when the trust domain vouches for no JWT-SVID, and nothing in the bundle is wrong. */
  readonly keys: KeySet
  /** Null when the bundle has none. */
  readonly sequence: number | null
  /** Seconds; the recommended five minutes when the bundle does not say. */
  readonly refreshSeconds: number
}

/** More keys than any trust domain has, and few enough to read at once. */
const MOST_KEYS = 500
/** Source: SPIFFE Federation §4.1. */
const REFRESH_SECONDS = 300

/** What the bundle says; a string is the reason why it is none. */
export function parseBundle(document: JsonObject): Bundle | string {
  const parsed = parseKeySet(document, 'jwt-svid', MOST_KEYS)
  if (parsed === null) return `no list of at most ${MOST_KEYS} keys`
  const wrong = parsed.problems.find(({ kind }) => kind === 'wrong')
  if (parsed.set === null && wrong !== undefined) return `no usable key: keys[${wrong.index}] ${wrong.message}`
  const { spiffe_sequence: sequence = null, spiffe_refresh_hint: hint } = document
  if (sequence !== null && !isCount(sequence)) return 'spiffe_sequence is not a whole number'
  return { keys: parsed.set ?? NO_KEYS, sequence, refreshSeconds: isCount(hint) && hint > 0 ? hint : REFRESH_SECONDS }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

/**
 * Fetches the bundle before anything is stored; an uploaded one is for endpoints that cannot be reached.
 *
 * Faults: provider.bundle_invalid
 */
export async function probeBundle(fetch: OutboundFetch, { issuer, settings }: ProbeRequest): Promise<ProbeResult> {
  const { bundleEndpointUrl, bundleJson } = settings
  // Scheme and host of a URL may be typed in any case; a trust domain has one spelling.
  const expectedIssuer = issuer.toLowerCase().replace(/\/$/, '')
  if (parseSpiffeId(expectedIssuer)?.path !== '') throw unusable(new Error('the issuer is not a trust domain'))
  if (typeof bundleJson === 'string') return { expectedIssuer, settings }
  const { document } = await fetchDocument(fetch, { url: urlOf(bundleEndpointUrl) }).catch((cause: unknown) => {
    throw unusable(cause)
  })
  const bundle = parseBundle(document)
  if (typeof bundle === 'string') throw unusable(new Error(bundle))
  if (bundle.keys === NO_KEYS) throw isForX509(document) ? x509Only() : unusable(new Error('no key for JWT-SVIDs'))
  return { expectedIssuer, settings }
}

/** True when the trust domain issues X.509-SVIDs. */
export function isForX509({ keys }: JsonObject): boolean {
  if (!Array.isArray(keys)) return false
  return keys.some((key) => typeof key === 'object' && key !== null && !Array.isArray(key) && key.use === 'x509-svid')
}

/** One sentence outside; what went wrong stays private, since it would tell about networks behind us. */
function unusable(cause: unknown) {
  const message = 'does not answer with a usable SPIFFE bundle'
  return protocolFault('provider.bundle_invalid', {
    fields: [settingFault('provider.bundle_invalid', 'spiffe.bundleEndpointUrl', message)],
    cause,
  })
}

/** A trust domain that does all that it should and is of no use here deserves to be told. */
function x509Only() {
  const message = 'answers with keys for X.509-SVIDs only, which are not supported: JWT-SVIDs are'
  return protocolFault('provider.bundle_invalid', {
    fields: [settingFault('spiffe.x509_unsupported', 'spiffe.bundleEndpointUrl', message)],
  })
}

/** Two requests in a row must end before the patience of those who wait. */
const TIMEOUT_MS = 4_000

/** Fetches the keys of a provider's trust domain from its bundle endpoint. */
export function createBundleFetch(fetch: OutboundFetch, now: () => Date) {
  return async ({ settings }: Provider, known: KeyPlace | null): Promise<FetchedKeys> => {
    const url = urlOf(settings.bundleEndpointUrl)
    const { document, maxAgeSeconds } = await fetchDocument(fetch, { url, timeoutMs: TIMEOUT_MS })
    const bundle = parseBundle(document)
    if (typeof bundle === 'string') throw new Error(bundle)
    return { ...bundle, maxAgeSeconds, place: known ?? { uri: url, namedAt: now().getTime() } }
  }
}

function urlOf(setting: unknown): string {
  if (typeof setting === 'string' && /^https:\/\//i.test(setting)) return setting
  throw new Error('the bundle is not at an https URL')
}
