/**
 * THE CALLER'S SIDE
 *
 * Owns: the typed TypeScript client of every face and endpoint, published as `entente/client`.
 * Does not own: what is asked or answered (faces/, planes/). `api.ts` is generated from the document that they make of
 * themselves (`npm run docs`), so the client cannot know what the server does not.
 * Imports nothing of the house: it runs wherever there is `fetch`.
 */
import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { paths } from './api.ts'
import { EntenteRefusal } from './refusal.ts'

export type { components, operations, paths } from './api.ts'
export { EntenteRefusal } from './refusal.ts'

/** `GET`, `POST`, `PUT`, `PATCH` and `DELETE`, each typed by the path it is given. */
export type EntenteClient = Client<paths>

export interface EntenteClientOptions {
  /** `ENTENTE_URL` of the server. */
  readonly baseUrl: string
  /** Bearer token, or what gets one: asked before every call, so that a short-lived one can be renewed. */
  readonly token?: string | (() => string | Promise<string>)
  /** Id of the organisation to act in: only operators name another one than their own. Source: CONTRACT.md section 2. */
  readonly organization?: string
  /** Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>
}

/** A client of one server. Calls never throw for a refusal: `error` has the body in the face's own words, or see `dataOf`. */
export function createEntenteClient({ baseUrl, token, organization, fetch }: EntenteClientOptions): EntenteClient {
  const client = createClient<paths>({
    baseUrl,
    ...(fetch === undefined ? {} : { fetch }),
    headers: organization === undefined ? {} : { 'Entente-Organization': organization },
  })
  if (token !== undefined) client.use(bearer(token))
  return client
}

/** The data of an answer. Faults: EntenteRefusal with the status, the body and the decision's id. */
export async function dataOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) {
    // Of a 204 there is none, and its type says so.
    return data as T
  }
  throw new EntenteRefusal(response, error)
}

function bearer(token: string | (() => string | Promise<string>)): Middleware {
  return {
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
      return request
    },
  }
}
