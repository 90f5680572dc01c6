/**
 * Endpoints that pages of other origins may ask: apps that run in a browser, and resource servers that do. None of these
 * endpoints looks at a cookie; whoever shows a token or knows a code shows it in the request.
 *
 * Source: Fetch §3.3 (the CORS protocol); the OpenID Provider library says the same of the endpoints that are its own.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'

/** An hour: what is allowed here changes with a release, if ever. */
const MAX_AGE_SECONDS = 3600

/** Answers the question that a browser asks before it sends `authorization`, `dpop` or a content type of its own. */
export function answerPreflight(app: FastifyInstance, url: string, methods: readonly ('GET' | 'POST')[]): void {
  app.options(url, { schema: { hide: true } }, (_request, reply) =>
    openToOrigins(reply)
      .header('access-control-allow-methods', methods.join(', '))
      .header('access-control-allow-headers', 'authorization, content-type, dpop')
      .header('access-control-max-age', MAX_AGE_SECONDS)
      .code(204)
      .send(),
  )
}

/** Lets scripts of any origin read the answer, its challenge and the id of its decision. */
export function openToOrigins(reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('access-control-expose-headers', 'www-authenticate, entente-decision')
}
