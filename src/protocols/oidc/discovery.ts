/** OpenID Connect discovery, and the keys behind it. Source: OpenID Connect Discovery 1.0 §4; issuer rules: CONTRACT.md section 4. */
import type { OutboundFetch } from '../../http/outbound-port.ts'
import type { JsonObject } from '../../json.ts'
import type { ProbeRequest, ProbeResult } from '../../registry/protocol.ts'
import { protocolFault } from '../faults.ts'
import { type KeySet, parseKeySet } from '../jose/key-set.ts'
import type { Fetched } from '../jose/key-source.ts'

const WELL_KNOWN = '/.well-known/openid-configuration'

/** Asks the issuer before anything is stored: the document must be its own, and its keys usable. */
export async function probeOidc(fetch: OutboundFetch, { issuer, settings }: ProbeRequest): Promise<ProbeResult> {
  // Uploaded keys are for issuers that cannot be reached.
  if (typeof settings.jwksJson === 'string') return { expectedIssuer: issuer, settings }
  const caPem = typeof settings.caPem === 'string' ? settings.caPem : undefined
  const document = await fetchJson(fetch, issuer.replace(/\/$/, '') + WELL_KNOWN, caPem)
  const { issuer: spelt, jwks_uri: jwksUri } = document.body
  if (typeof spelt !== 'string') throw failed('the discovery document names no issuer')
  // Auth0 and Entra v1 end in a slash; more than that is another issuer.
  if (spelt.replace(/\/$/, '') !== issuer.replace(/\/$/, '')) {
    const message = `The discovery document is about another issuer: it says ${spelt.slice(0, 256)}.`
    throw protocolFault('provider.issuer_differs', {
      message,
      fields: [
        {
          path: 'issuer',
          code: 'provider.issuer_differs',
          message: `differs from the document’s ${spelt.slice(0, 256)}`,
        },
      ],
    })
  }
  if (typeof jwksUri !== 'string') throw failed('the discovery document names no jwks_uri')
  await fetchKeys(fetch, jwksUri, caPem)
  return { expectedIssuer: spelt, settings: { ...settings, jwksUri } }
}

/** The keys at a jwks_uri; rejects with provider.discovery_failed when there is none to use. */
export async function fetchKeys(fetch: OutboundFetch, url: string, caPem: string | undefined): Promise<Fetched> {
  const { body, headers } = await fetchJson(fetch, url, caPem)
  const keys: KeySet | null = parseKeySet(body)
  if (keys === null) throw failed('the document at jwks_uri is not a JSON Web Key Set')
  if (keys.keys.length === 0) throw failed('the key set holds no usable signing key')
  return { keys, maxAgeSeconds: maxAgeOf(headers['cache-control']) }
}

/** Source: RFC 9111 §5.2.2.1; `no-store` and `no-cache` count as no time at all. */
function maxAgeOf(header: string | undefined): number | null {
  if (header === undefined) return null
  if (/\bno-(store|cache)\b/i.test(header)) return 0
  const seconds = /\bmax-age=(\d{1,9})\b/i.exec(header)?.[1]
  return seconds === undefined ? null : Number(seconds)
}

async function fetchJson(
  fetch: OutboundFetch,
  url: string,
  caPem: string | undefined,
): Promise<{ body: JsonObject; headers: Readonly<Record<string, string>> }> {
  let answer: Awaited<ReturnType<OutboundFetch>>
  try {
    answer = await fetch({ url, accept: 'application/json', ...(caPem === undefined ? {} : { caPem }) })
  } catch (cause) {
    throw failed('the issuer could not be reached', cause)
  }
  if (answer.status !== 200) throw failed(`the issuer answered ${answer.status}`)
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body))
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return { body: body as JsonObject, headers: answer.headers } // just parsed: JSON
    }
  } catch (cause) {
    throw failed('the issuer’s answer is not JSON', cause)
  }
  throw failed('the issuer’s answer is not a JSON object')
}

/** One sentence outside; which step failed stays private, since it would tell about networks behind us. */
function failed(reason: string, cause?: unknown) {
  const code = 'provider.discovery_failed'
  const message = 'could not be confirmed by discovery: the document or its keys could not be fetched or used'
  return protocolFault(code, { fields: [{ path: 'issuer', code, message }], cause: cause ?? new Error(reason) })
}
