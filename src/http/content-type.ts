import type { FastifyRequest } from 'fastify'

/** Media type of the body, in lower case and without its parameters. Source: RFC 9110, section 8.3.1. */
export function contentTypeOf(request: FastifyRequest): string | undefined {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
}
