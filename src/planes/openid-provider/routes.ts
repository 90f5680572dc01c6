/** Hangs the OpenID Provider library into the server: our limits and headers, its answers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../sign-in/session.ts'
import { answerOf } from './answer.ts'
import type { OpenIdLibrary } from './library.ts'
import { ROUTES } from './paths.ts'

/** Larger than any request that means well: a request object or a form of some kilobytes. */
const BODY_BYTES = 65_536

const LOGOUT_CONFIRMED = `${ROUTES.end_session}/confirm`

/** Paths that are the library's whole; token, userinfo, introspection, revocation and keys have routes of their own. */
const PATHS = [
  ROUTES.authorization,
  `${ROUTES.authorization}/:uid`,
  ROUTES.pushed_authorization_request,
  ROUTES.device_authorization,
  ROUTES.code_verification,
  `${ROUTES.code_verification}/:uid`,
  ROUTES.end_session,
  LOGOUT_CONFIRMED,
  `${ROUTES.end_session}/success`,
] as const

/** A logout that the person has confirmed, before the browser is told where it goes on. */
export interface ConfirmedLogout {
  readonly location: string
  /** Our sessions that it ended. */
  readonly ended: readonly Session[]
}

export type AfterLogout = (
  request: FastifyRequest,
  reply: FastifyReply,
  logout: ConfirmedLogout,
) => Promise<FastifyReply>

/** Without `afterLogout`, the browser goes on as the library says. */
export function openIdRoutes(library: OpenIdLibrary, afterLogout?: AfterLogout) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    // Left in the socket: the library reads it by itself.
    app.addContentTypeParser('*', { bodyLimit: BODY_BYTES }, (_request, _payload, done) => done(null))
    for (const url of PATHS) {
      const isLogout = url === LOGOUT_CONFIRMED && afterLogout !== undefined
      app.route({
        method: isLogout ? ['GET', 'OPTIONS'] : ['GET', 'POST', 'OPTIONS'],
        url,
        schema: { hide: true },
        // Codes are given out and logins taken up here: a HEAD, which nobody reads, would use them up.
        exposeHeadRoute: false,
        handler: (request, reply) => handOver(library, request, reply),
      })
    }
    if (afterLogout !== undefined)
      app.post(LOGOUT_CONFIRMED, { schema: { hide: true } }, (request, reply) =>
        confirmLogout(library, afterLogout, request, reply),
      )
  }
}

/** The library's answer is kept back until our own sessions are gone, and those who have to know the way on are asked. */
async function confirmLogout(
  library: OpenIdLibrary,
  afterLogout: AfterLogout,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { status, headers, text } = await answerOf(library, request.raw, null)
  const ended = await library.endedBy(request.raw)
  const { location, 'set-cookie': cookies, ...others } = headers
  if (cookies !== undefined) reply.header('set-cookie', cookies)
  if (status === 303 && typeof location === 'string') return await afterLogout(request, reply, { location, ended })
  return reply
    .code(status)
    .headers({ 'content-security-policy': PAGE_POLICY, ...others })
    .send(text)
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
