/** OpenAPI 3.1 from the schemas that validate, for all faces and for each, and a page that shows them. */
import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** As in package.json; a test holds them together. */
const VERSION = '0.1.0'

/** Paths that describe themselves, because the server validates none of their bodies. */
export type OpenApiPaths = Readonly<Record<string, object>>

/** Must be registered before the routes it describes. */
export async function describeRoutes(
  app: FastifyInstance,
  publicUrl: string,
  described: OpenApiPaths = {},
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Entente',
        version: VERSION,
        description: 'Identity federation: one registry of trust, several faces.',
      },
      servers: [{ url: publicUrl }],
      paths: described,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          oauth: {
            type: 'oauth2',
            flows: { clientCredentials: { tokenUrl: `${publicUrl}/auth/v1/token`, scopes: {} } },
          },
        },
      },
    },
  })
}

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

/** `/openapi.json`, `/openapi/{face}.json`, `/docs`. Call it after the faces are mounted. */
export async function mountOpenApi(app: FastifyInstance, faces: readonly string[]): Promise<void> {
  const serve = (path: string, make: () => object) => {
    // Routes are fixed once the server listens, so each document is written once.
    let text: string | null = null
    app.get(path, { schema: { hide: true } }, async (_request, reply) => {
      text ??= JSON.stringify(make())
      return reply.type('application/json; charset=utf-8').send(text)
    })
  }
  serve('/openapi.json', () => app.swagger())
  for (const face of faces) serve(`/openapi/${face}.json`, () => onlyTag(app.swagger(), face))
  const sources = [
    { title: 'All faces', url: '/openapi.json' },
    ...faces.map((face) => ({ title: face, url: `/openapi/${face}.json` })),
  ]
  await app.register(reference, {
    routePrefix: '/docs',
    // `url`: or the plugin serves a third copy, made anew for each request.
    configuration: { pageTitle: 'Entente API', sources, url: '/openapi.json', ...QUIET },
    hooks: { onRequest: guardPage },
  })
}

function guardPage(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.header('content-security-policy', PAGE_POLICY)
  // Three megabytes that change with our version only.
  if (request.routeOptions.url?.endsWith('.js')) reply.header('cache-control', 'public, max-age=3600')
  // The plugin makes a URL of these and would throw.
  const { url, protocol, hostname } = request
  if (URL.canParse(url, `${protocol}://${hostname}`)) done()
  else reply.code(400).send({ error: 'bad_request', message: 'The Host header names no host.', request_id: request.id })
}

/** The document with the operations of one tag only. */
function onlyTag(document: object, tag: string): object {
  const paths: [string, object][] = []
  for (const [path, item] of Object.entries('paths' in document ? Object(document.paths) : {})) {
    const kept = Object.entries(Object(item)).filter(([, operation]) => Object(operation).tags?.includes(tag))
    if (kept.length > 0) paths.push([path, Object.fromEntries(kept)])
  }
  return { ...document, paths: Object.fromEntries(paths) }
}
