/** Asks a resource of the person's own with their access token. Source: RFC 6750 §2.1; OpenID Connect Core §5.3. */
import { fetchProtectedResource } from 'openid-client'
import type { WebFetch } from '../../http/outbound-web-fetch.ts'
import type { JsonObject } from '../../json.ts'
import { parseStrictJson } from '../jose/strict-json.ts'
import type { Upstream } from './client.ts'

/** A user object has some hundred members at most; a page of a thousand groups has two each. */
const MEMBERS = 5_000

export interface ResourceRequest {
  readonly url: string
  readonly accessToken: string
  /** Default `application/json`. */
  readonly accept?: string
}

export type Resource = { readonly document: JsonObject } | 'unavailable' | 'malformed'

/** Never rejects. `unavailable`: no answer, or not 200; `malformed`: not one JSON object that has one meaning. */
export async function askResource(fetch: WebFetch, upstream: Upstream, request: ResourceRequest): Promise<Resource> {
  const body = await bodyOf(fetch, upstream, request)
  if (body === null) return 'unavailable'
  const document = parseStrictJson(body, MEMBERS)
  return typeof document === 'string' ? 'malformed' : { document }
}

/** Likewise for an endpoint that answers with a list. */
export async function askList(
  fetch: WebFetch,
  upstream: Upstream,
  request: ResourceRequest,
): Promise<readonly JsonObject[string][] | 'unavailable' | 'malformed'> {
  const body = await bodyOf(fetch, upstream, request)
  if (body === null) return 'unavailable'
  const wrapped = parseStrictJson(Buffer.concat([Buffer.from('{"list":'), body, Buffer.from('}')]), MEMBERS)
  if (typeof wrapped === 'string' || Object.keys(wrapped).length !== 1) return 'malformed'
  return Array.isArray(wrapped.list) ? wrapped.list : 'malformed'
}

async function bodyOf(
  fetch: WebFetch,
  upstream: Upstream,
  { url, accessToken, accept = 'application/json' }: ResourceRequest,
): Promise<Buffer | null> {
  try {
    const headers = new Headers({ accept })
    const config = upstream.config(fetch)
    const answer = await fetchProtectedResource(config, accessToken, new URL(url), 'GET', null, headers)
    return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : null
  } catch {
    return null // no answer within the limits, or a challenge: to the person it is the same
  }
}
