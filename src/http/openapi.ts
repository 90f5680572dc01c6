/** OpenAPI 3.1 from the schemas that validate, for all faces and for each, and a page that shows them. */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { ofTag, withComponents } from './openapi-components.ts'
import { completeOperation } from './openapi-operation.ts'
import { mountOpenApiPage } from './openapi-page.ts'

/** As in package.json; a test holds them together. */
export const VERSION = '0.1.0'

/** Paths that describe themselves, because the server validates none of their bodies. */
export type OpenApiPaths = Readonly<Record<string, object>>

/** A group of operations, each of which names it as its first tag. */
export interface OpenApiTag {
  readonly name: string
  readonly description: string
}

/** Must be registered before the routes it describes. */
export async function describeRoutes(
  app: FastifyInstance,
  publicUrl: string,
  { paths = {}, tags = [] }: { readonly paths?: OpenApiPaths; readonly tags?: readonly OpenApiTag[] } = {},
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Entente',
        version: VERSION,
        description: 'Identity federation: one registry of trust, several faces.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: [...tags],
      paths,
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'The operator token, or an access token that this server has issued.',
          },
          oauth: {
            type: 'oauth2',
            description: 'Credentials go into the body. Source: RFC 6749 §2.3.1, RFC 7523 §2.2.',
            flows: { clientCredentials: { tokenUrl: `${publicUrl}/auth/v1/token`, scopes: {} } },
          },
        },
      },
    },
    transform: ({ schema, url, route }) => ({ url, schema: completeOperation({ ...schema }, String(route.method)) }),
    // The plugin's type has its other form, too, for older versions of OpenAPI.
    transformObject: (made) => ('openapiObject' in made ? withComponents(made.openapiObject) : made.swaggerObject),
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
  for (const face of faces) serve(`/openapi/${face}.json`, () => ofTag(app.swagger(), face))
  const sources = [
    { title: 'All faces', url: '/openapi.json' },
    ...faces.map((face) => ({ title: face, url: `/openapi/${face}.json` })),
  ]
  mountOpenApiPage(app, sources)
}
