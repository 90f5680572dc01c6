/** Fetches JSON documents of an upstream, and the key sets among them, through the guarded fetch. */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import { type KeySet, type KeyUse, parseKeySet } from './key-set.ts'

export interface DocumentRequest {
  readonly url: string
  readonly caPem?: string
  /** Units: milliseconds, connect to last byte. Default: the guarded fetch's own. */
  readonly timeoutMs?: number
  /** True lets plain http through where the operator has allowed the address. */
  readonly allowPlainHttp?: boolean
}

export interface FetchedDocument {
  readonly document: JsonObject
  readonly maxAgeSeconds: number | null
}

/** More keys than any issuer has, and few enough to read at once. */
const MOST_KEYS = 500

/** The JSON object at the URL; rejects with a private reason for anything but a plain 200 with one. */
export async function fetchDocument(fetch: OutboundFetch, request: DocumentRequest): Promise<FetchedDocument> {
  const { status, headers, body } = await fetch({ ...request, accept: 'application/json' })
  // A redirect is an answer like any other here: not the document.
  if (status !== 200) throw new Error(`status ${status}`)
  const document: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw new Error('not a JSON object')
  return { document: document as JsonObject, maxAgeSeconds: maxAgeOf(headers['cache-control']) } // just parsed: JSON
}

/** The keys at the URL, at least one of them usable; rejects otherwise, with a private reason. */
export async function fetchKeySet(
  fetch: OutboundFetch,
  use: KeyUse,
  request: DocumentRequest,
): Promise<{ readonly keys: KeySet; readonly maxAgeSeconds: number | null }> {
  if (!/^https:\/\//i.test(request.url) && request.allowPlainHttp !== true)
    throw new Error('the keys are not at an https URL')
  const { document, maxAgeSeconds } = await fetchDocument(fetch, request)
  const parsed = parseKeySet(document, use, MOST_KEYS)
  if (parsed === null) throw new Error(`no list of at most ${MOST_KEYS} keys`)
  if (parsed.set === null) throw new Error('no usable key in the set')
  return { keys: parsed.set, maxAgeSeconds }
}

/** Source: RFC 9111 §5.2.2. A document that must not be kept at all is kept as short as we can. */
function maxAgeOf(header: string | undefined): number | null {
  if (header === undefined) return null
  if (/(?:^|[\s,])no-(?:store|cache)\b/i.test(header)) return 0
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(header)?.[1]
  return seconds === undefined ? null : Number(seconds)
}
