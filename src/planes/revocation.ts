/** Token revocation. Source: RFC 7009 §2; who may revoke: CONTRACT.md section 6. Always 200, also for unknown tokens. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../fault.ts'
import { type Callers, presentedBy } from '../http/caller.ts'
import { type CallingClients, callingClient, isClientHeader } from './calling-client.ts'
import { answerPreflight, openToOrigins } from './cross-origin.ts'
import { readForm, takeBodiesAsText } from './form-body.ts'
import type { Form } from './grant.ts'
import type { LiveToken, LiveTokens } from './live-token.ts'
import { malformed, type OAuthError, refusedClient, unavailable } from './oauth-error.ts'
import type { RevokedTokenStore } from './one-time-store.ts'
import type { RefreshTokens } from './openid-provider/refresh-tokens.ts'

export interface RevocationOptions extends CallingClients {
  readonly liveTokens: LiveTokens
  readonly refreshTokens: RefreshTokens
  readonly revokedTokens: RevokedTokenStore
  readonly callers: Callers
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

export function revocation(path: string, options: RevocationOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    takeBodiesAsText(app)
    answerPreflight(app, path, ['POST'])
    app.addHook('onRequest', async (_request, reply) => void openToOrigins(reply))
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
      const refresh = live === null ? await options.refreshTokens.read(token) : null
      const found = live ?? refresh
      if (found !== null && (await mayRevoke(options, request, form, found))) {
        if (live !== null) await options.revokedTokens.revoke(live.jti, live.expiresAt)
        else await options.refreshTokens.end(token)
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
  token: Pick<LiveToken, 'clientId' | 'organisation'>,
): Promise<boolean> {
  const { clientId, organisation } = token
  if (!isClientHeader(request.headers.authorization)) {
    const asked = { presented: presentedBy(request), organisationHeader: undefined, requestId: request.id }
    const caller = await options.callers(asked)
    return caller.operator || (caller.home === organisation && caller.roles.includes('admin'))
  }
  // A trust is a public client (RFC 6749 §2.1), and so is whoever came by a provider of people: who holds the token and
  // names what it was issued to may end it.
  if (clientId.endsWith('/wfe') || clientId.startsWith('//')) return form.one('client_id') === clientId
  const client = await callingClient(options, request, form)
  if ('error' in client) return false
  return client.kind === 'app' ? client.clientId === clientId : clientId.startsWith(`${client.credential}@`)
}

function send(reply: FastifyReply, { status, error, description }: OAuthError): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ error, error_description: description })
}
