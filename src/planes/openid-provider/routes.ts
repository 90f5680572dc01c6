/** Hangs the OpenID Provider library into the server: our limits and headers, its answers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ROUTES } from './configuration.ts'
import type { OpenIdLibrary } from './library.ts'

/** Larger than any request that means well: a request object or a form of some kilobytes. */
const BODY_BYTES = 65_536

/** Paths that are the library's whole; token, userinfo, introspection, revocation and keys have routes of their own. */
const PATHS = [
  ROUTES.authorization,
  `${ROUTES.authorization}/:uid`,
  ROUTES.pushed_authorization_request,
  ROUTES.device_authorization,
  ROUTES.code_verification,
  `${ROUTES.code_verification}/:uid`,
  ROUTES.end_session,
  `${ROUTES.end_session}/confirm`,
  `${ROUTES.end_session}/success`,
] as const

export function openIdRoutes(library: OpenIdLibrary) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    // Left in the socket: the library reads it by itself.
    app.addContentTypeParser('*', { bodyLimit: BODY_BYTES }, (_request, _payload, done) => done(null))
    for (const url of PATHS) {
      app.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url,
        schema: { hide: true },
        handler: (request, reply) => handOver(library, request, reply),
      })
    }
  }
}

/**
 * Of pages that the library writes itself: one that posts by itself, whose script it adds to `script-src` by its hash (empty, the
 * directive allows none). Pages of ours bring their own policy. Where forms lead is what apps registered.
 */
const PAGE_POLICY = "default-src 'none'; script-src; frame-ancestors 'none'; base-uri 'none'"

/** The library's turn, with the headers of the house. A body that was read already goes along as `body`. */
export async function handOver(
  library: OpenIdLibrary,
  request: FastifyRequest,
  reply: FastifyReply,
  body?: Readonly<Record<string, unknown>>,
): Promise<void> {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  reply.raw.setHeader('content-security-policy', PAGE_POLICY)
  if (body !== undefined) Object.assign(request.raw, { body })
  await library.handle(request.raw, reply.raw)
}
