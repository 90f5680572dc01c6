/** OpenAPI 3.1 from the schemas that validate, for all faces and for each, and a page that shows them. */
import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'

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
        version: '0.1.0',
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

/** `/openapi.json`, `/openapi/{face}.json`, `/docs`. Call it after the faces are mounted. */
export async function mountOpenApi(app: FastifyInstance, faces: readonly string[]): Promise<void> {
  const schema = { hide: true }
  app.get('/openapi.json', { schema }, async (_request, reply) => reply.send(app.swagger()))
  for (const face of faces) {
    app.get(`/openapi/${face}.json`, { schema }, async (_request, reply) => reply.send(onlyTag(app.swagger(), face)))
  }
  const sources = [
    { title: 'All faces', url: '/openapi.json' },
    ...faces.map((face) => ({ title: face, url: `/openapi/${face}.json` })),
  ]
  await app.register(reference, {
    routePrefix: '/docs',
    configuration: { sources, ...QUIET },
  })
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
