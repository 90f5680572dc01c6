/** The guarded outbound fetch in the shape of the web's own, for libraries that take one. Source: fetch.spec.whatwg.org. */
import type { OutboundFetch, OutboundRequest } from './outbound-port.ts'

export interface WebRequest {
  readonly method?: string | undefined
  readonly headers?: RequestInit['headers'] | undefined
  readonly body?: unknown
}

export type WebFetch = (url: string, init: WebRequest) => Promise<Response>

/** What may be sent: everything else that a library adds is its own business. */
const PASSED_ON = ['accept', 'authorization', 'content-type', 'dpop']

/**
 * A fetch that reaches what the guarded one reaches, and nothing else: no redirect is followed, no cookie kept.
 *
 * Faults: outbound.failed; TypeError for a method or body that no login needs.
 */
export function createWebFetch(
  fetch: OutboundFetch,
  limits: (
    url: string,
  ) => Pick<OutboundRequest, 'allowPlainHttp' | 'timeoutMs' | 'maxBytes' | 'caPem' | 'reuse'> = () => ({}),
): WebFetch {
  return async (url, init) => {
    const method = init.method?.toUpperCase() ?? 'GET'
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`the method ${method} is not sent out`)
    const given = new Headers(init.headers)
    const names = PASSED_ON.filter((name) => given.has(name))
    const body = bodyOf(init.body)
    const type = init.body instanceof URLSearchParams ? FORM : {}
    const headers = { ...type, ...Object.fromEntries(names.map((name) => [name, given.get(name) ?? ''])) }
    const answer = await fetch({ url, method, headers, ...limits(url), ...(body === null ? {} : { body }) })
    const shown = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      if (!/[^\x20-\x7e\t]/.test(value)) shown.set(name, value)
    // A response of these statuses may have no body: it would throw.
    const isBare = [101, 103, 204, 205, 304].includes(answer.status)
    return new Response(isBare ? null : Buffer.from(answer.body), { status: answer.status, headers: shown })
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }

function bodyOf(body: unknown): Uint8Array | null {
  if (body === undefined || body === null) return null
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.from(body.toString())
  if (body instanceof Uint8Array) return body
  throw new TypeError('only texts and forms are sent out')
}
