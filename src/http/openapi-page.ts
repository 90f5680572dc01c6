/**
 * `/docs`: the page that shows our OpenAPI documents. Its library has four megabytes of script and readers of its own, thirty
 * megabytes in memory: it is loaded when somebody looks.
 */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'

const PREFIX = '/docs'

/** The page shows our APIs and nothing of its maker's: no telemetry, no outside fonts, no buttons to other services. */
const QUIET = {
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
} as const

/** The page is ours alone: its scripts call nobody else, whatever is typed or clicked. It sets styles and starts itself inline. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export interface PageSource {
  readonly title: string
  readonly url: string
}

/** The page at `/docs`, which lets a reader choose between the documents. */
export function mountOpenApiPage(app: FastifyInstance, sources: readonly PageSource[]): void {
  let opened: Promise<FastifyInstance> | null = null
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    opened ??= openPage(sources)
    const page = await opened
    const { statusCode, headers, rawPayload } = await page.inject({
      method: 'GET',
      url: request.url,
      headers: { host: request.host },
    })
    for (const name of ['content-type', 'location']) {
      const value = headers[name]
      if (value !== undefined) reply.header(name, value)
    }
    // Three megabytes that change with our version only.
    if (request.routeOptions.url?.endsWith('.js')) reply.header('cache-control', 'public, max-age=3600')
    return reply.code(statusCode).header('content-security-policy', PAGE_POLICY).send(rawPayload)
  }
  const options = { schema: { hide: true }, onRequest: refuseOddHosts }
  for (const path of [PREFIX, `${PREFIX}/`, `${PREFIX}/js/scalar.js`]) app.get(path, options, answer)
}

async function openPage(sources: readonly PageSource[]): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const page = Fastify()
  await page.register(reference, {
    routePrefix: PREFIX,
    // `url`: or the plugin serves a third copy, made anew for each request.
    configuration: { pageTitle: 'Entente API', sources: [...sources], url: '/openapi.json', ...QUIET },
  })
  await page.ready()
  return page
}

/** The plugin makes a URL of these and would throw. */
function refuseOddHosts(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { url, protocol, hostname } = request
  if (URL.canParse(url, `${protocol}://${hostname}`)) done()
  else reply.code(400).send({ error: 'bad_request', message: 'The Host header names no host.', request_id: request.id })
}
