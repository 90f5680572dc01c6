/** One function for each method, typed by the path: what goes in, what comes out, and which refusals there are. */
import createClient, {
  type Client,
  type ClientPathsWithMethod,
  defaultPathSerializer,
  type FetchResponse,
  type MaybeOptionalInit,
  type Middleware,
} from 'openapi-fetch'
import { FORM_PATHS, OPEN_PATHS, type paths } from './api.ts'

export interface EntenteClientOptions {
  /** Where the server is: its `ENTENTE_URL`. */
  readonly baseUrl: string
  /**
   * The operator token or an access token; a function is asked before every request, so that it can hand out a fresh one.
   * Without it only what is open to everybody can be called.
   */
  readonly token?: string | (() => string | Promise<string>)
  /** The organisation to act in, for operators; a request may name another one by the same header. Default: the token's. */
  readonly organization?: string
  /** Default: the platform's. */
  readonly fetch?: (request: Request) => Promise<Response>
}

/** What a call takes besides its path: nothing may be left out that the operation needs, and nothing be there that it does not know. */
type Arguments<Init> = undefined extends Init ? [init?: NonNullable<Init>] : [init: Init]

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

type OperationOf<Path extends keyof paths, M extends Method> = Extract<paths[Path][M], object>

type Call<M extends Method> = <Path extends ClientPathsWithMethod<Client<paths>, M>>(
  path: Path,
  ...init: Arguments<MaybeOptionalInit<paths[Path], M>>
) => Promise<FetchResponse<OperationOf<Path, M>, Record<never, never>, `${string}/${string}`>>

/** One call for each method, typed by the path that it is given. */
export interface EntenteClient {
  readonly GET: Call<'get'>
  readonly POST: Call<'post'>
  readonly PUT: Call<'put'>
  readonly PATCH: Call<'patch'>
  readonly DELETE: Call<'delete'>
}

const ORGANISATION = 'Entente-Organization'
const JSON_TYPE = 'application/json'
const CONTENT_TYPE = 'content-type'

/**
 * A client of one server. Each call answers `data`, or `error` as the face words it, with the `response`; it throws only if
 * there is no answer. Bodies are plain objects, also where the wire has a form or an upload (then with a `Blob`).
 *
 * The token goes to `baseUrl` and nowhere else: not to another host that a call names, and redirects are not followed.
 * Throws a TypeError for an address that is none, and for a path parameter that would lead to another path.
 */
export function createEntenteClient(options: EntenteClientOptions): EntenteClient {
  const { baseUrl, fetch } = options
  const home = homeOf(baseUrl)
  const client = createClient<paths>({
    baseUrl: home,
    redirect: 'manual',
    bodySerializer: serializeBody,
    pathSerializer: serializePath,
    ...(fetch === undefined ? {} : { fetch }),
  })
  client.use(introduce(options, home), sendForms, readTexts)
  // The same functions, typed more strictly: the library lets every call have members that nobody knows.
  return client as EntenteClient
}

function homeOf(baseUrl: string): string {
  const { protocol, search, hash, href } = new URL(baseUrl)
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError('baseUrl must be an http or https address')
  if (search !== '' || hash !== '') throw new TypeError('baseUrl must have neither query nor fragment')
  return href.replace(/\/+$/, '')
}

/** Who calls, and where they act. */
function introduce({ token, organization }: EntenteClientOptions, home: string): Middleware {
  return {
    async onRequest({ request, schemaPath }) {
      if (!request.url.startsWith(`${home}/`)) return
      const { headers } = request
      if (organization !== undefined && !headers.has(ORGANISATION)) headers.set(ORGANISATION, organization)
      if (token === undefined || OPEN_PATHS.includes(schemaPath) || headers.has('authorization')) return
      headers.set('authorization', `Bearer ${typeof token === 'function' ? await token() : token}`)
    },
  }
}

/** The token endpoints take forms: what was written as JSON is sent as one; a list becomes a repeated parameter. */
const sendForms: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (!FORM_PATHS.includes(schemaPath) || request.headers.get(CONTENT_TYPE) !== JSON_TYPE) return
    const form = new URLSearchParams()
    for (const [name, value] of membersOf(await request.clone().json())) {
      for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one))
    }
    const headers = new Headers(request.headers)
    headers.delete(CONTENT_TYPE)
    return new Request(request, { headers, body: form })
  },
}

/** What is no JSON, such as metadata of SAML, comes as the text that it is. */
const readTexts: Middleware = {
  async onResponse({ response, options }) {
    const type = response.headers.get(CONTENT_TYPE)
    if (!response.ok || type === null || /\bjson\b/.test(type) || options.parseAs !== 'json') return
    const { status, headers } = response
    return new Response(JSON.stringify(await response.text()), { status, headers })
  },
}

function serializeBody(body: unknown): string | FormData {
  if (body instanceof FormData) return body
  const members = membersOf(body)
  if (!members.some(([, value]) => value instanceof Blob)) return JSON.stringify(body)
  const form = new FormData()
  for (const [name, value] of members) {
    if (value instanceof Blob) form.append(name, value)
    else if (value !== undefined) form.append(name, String(value))
  }
  return form
}

function membersOf(body: unknown): [string, unknown][] {
  return Object.entries(Object(body))
}

/** An address drops these: `DELETE /providers/..` would be another request altogether. */
const ELSEWHERE: readonly unknown[] = ['', '.', '..']

function serializePath(path: string, parameters: Record<string, unknown>): string {
  for (const [name, value] of Object.entries(parameters)) {
    if (ELSEWHERE.includes(value)) throw new TypeError(`${name} may not be ${JSON.stringify(value)}`)
  }
  return defaultPathSerializer(path, parameters)
}
