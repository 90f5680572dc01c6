/** `GET …/schema.json`: the JSON Schema, for editors, which have no token; nothing of anybody's is in it. */
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type FaceDeps, refusalOf } from '../../face.ts'
import { Status, toStatus } from '../status.ts'
import { manifestsSchema } from './json-schema.ts'

/** A server that is updated has another one. */
const FRESH_SECONDS = 300

/** Source: JSON Schema 2020-12 core, section 14. */
const SCHEMA = 'application/schema+json'

export function mountSchema(app: FastifyInstance, deps: FaceDeps, face: string, path: string): void {
  const text = JSON.stringify(manifestsSchema())
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`
  const schema = {
    operationId: 'getManifestSchema',
    summary: 'JSON Schema of all documents, for editors',
    tags: [face],
    security: [],
    refusal: Status,
    querystring: { type: 'object', properties: {}, additionalProperties: false },
    response: {
      200: { description: 'JSON Schema 2020-12', content: { [SCHEMA]: { schema: { type: 'object' } } } },
      304: { type: 'null', description: 'As it was' },
    },
  }
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal.fault.kind === 'internal') deps.onError(error, request)
    const { status, body } = toStatus(refusal)
    return reply
      .code(status)
      .type('application/json; charset=utf-8')
      .serializer((document: object) => JSON.stringify(document))
      .send(body)
  })
  app.get(path, { schema }, async (request, reply) => {
    reply.header('etag', tag).header('cache-control', `public, max-age=${FRESH_SECONDS}`)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    // Text already: a serialiser made of the schema above would leave everything out.
    return reply.type(`${SCHEMA}; charset=utf-8`).serializer(String).send(text)
  })
}
