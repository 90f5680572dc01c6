/** OpenAPI 3.1 from the schemas that validate, for all faces and for each, and a page that shows them. */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { mountOpenApiPage } from './openapi-page.ts'

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
  mountOpenApiPage(app, sources)
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
