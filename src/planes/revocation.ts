/** Token revocation. Source: RFC 7009 §2; who may revoke: CONTRACT.md section 6. Always 200, also for unknown tokens. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../decisions/ladder.ts'
import { Fault } from '../fault.ts'
import { type Callers, presentedBy } from '../http/caller.ts'
import { clientAddress, limitKey } from '../http/client-address.ts'
import type { RefusalLimit } from '../http/refusal-limit.ts'
import { createAttempt } from './attempt.ts'
import { authenticateClient, type ClientAuthentication } from './client-credentials/authenticate.ts'
import { readForm, takeBodiesAsText } from './form-body.ts'
import type { Form } from './grant.ts'
import type { LiveToken, LiveTokens } from './live-token.ts'
import { malformed, type OAuthError, refusedClient, unavailable } from './oauth-error.ts'
import type { RevokedTokenStore } from './one-time-store.ts'

export interface RevocationOptions extends ClientAuthentication {
  readonly liveTokens: LiveTokens
  readonly revokedTokens: RevokedTokenStore
  readonly callers: Callers
  readonly limit: RefusalLimit
  readonly now: () => Date
  readonly newUid: () => string
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

export function revocation(path: string, options: RevocationOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    takeBodiesAsText(app)
    app.setErrorHandler((error, request, reply) => {
      if (error instanceof Fault && error.kind === 'unauthenticated') return send(reply, refusedClient)
      const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
      if (status >= 400 && status < 500) return send(reply, malformed('The request body could not be read.'))
      options.onError(error, request)
      return send(reply, { ...unavailable, description: 'The token could not be revoked; try again.' })
    })
    app.post(path, { schema: { hide: true } }, async (request, reply) => {
      const form = readForm(request)
      if ('error' in form) return send(reply, form)
      const token = form.one('token')
      if (token === undefined) return send(reply, malformed('token is missing.'))
      const live = await options.liveTokens.read(token)
      if (live !== null && (await mayRevoke(options, request, form, live))) {
        await options.revokedTokens.revoke(live.jti, live.expiresAt)
      }
      return reply.code(200).header('cache-control', 'no-store').send({})
    })
  }
}

/** The client it was issued to, or an admin of its organisation. Nobody else is told that they may not: RFC 7009 §2.2. */
async function mayRevoke(
  options: RevocationOptions,
  request: FastifyRequest,
  form: Form,
  live: LiveToken,
): Promise<boolean> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const asked = { presented: presentedBy(request), organisationHeader: undefined, requestId: request.id }
    const caller = await options.callers(asked)
    return caller.operator || (caller.home === live.organisation && caller.roles.includes('admin'))
  }
  // A trust is a public client (RFC 6749 §2.1), and so is whoever came by a provider of people: who holds the token and
  // names what it was issued to may end it.
  if (live.clientId.endsWith('/wfe') || live.clientId.startsWith('//')) return form.one('client_id') === live.clientId
  return await isItsCredential(options, request, form, live)
}

async function isItsCredential(
  options: RevocationOptions,
  request: FastifyRequest,
  form: Form,
  live: LiveToken,
): Promise<boolean> {
  const address = clientAddress(request)
  if (!options.limit.judge(limitKey(address), false).allowed) return false
  const base = { id: options.newUid(), at: options.now(), address }
  const attempt = createAttempt({ ...base, plane: 'client-credentials', mode: 'strict', refusal: refusedClient })
  try {
    await authenticateClient(options, attempt, form, options.publicUrl + request.routeOptions.url)
    return attempt.trust !== null && live.clientId.startsWith(`${attempt.trust}@`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    options.limit.refused(limitKey(address))
    return false
  }
}

function send(reply: FastifyReply, { status, error, description }: OAuthError): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ error, error_description: description })
}
