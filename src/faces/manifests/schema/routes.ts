/** `GET …/schema.json`: the JSON Schema, for editors, which have no token; nothing of anybody's is in it. */
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { manifestsSchema } from './json-schema.ts'

/** A server that is updated has another one. */
const FRESH_SECONDS = 300

export function mountSchema(app: FastifyInstance, face: string, path: string): void {
  const text = JSON.stringify(manifestsSchema())
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`
  const schema = {
    operationId: 'schema',
    summary: 'JSON Schema of all documents, for editors',
    tags: [face],
    security: [],
    response: { 200: { type: 'object' }, 304: { type: 'null', description: 'As it was.' } },
  }
  app.get(path, { schema }, async (request, reply) => {
    reply.header('etag', tag).header('cache-control', `public, max-age=${FRESH_SECONDS}`)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    // Text already: a serialiser made of the schema above would leave everything out.
    return reply.type('application/schema+json; charset=utf-8').serializer(String).send(text)
  })
}
