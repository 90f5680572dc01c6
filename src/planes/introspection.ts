/** Token introspection. Source: RFC 7662 §2; who may ask: CONTRACT.md section 6. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../fault.ts'
import { type Callers, challengeOf, presentedBy, requireViewer } from '../http/caller.ts'
import { type CallingClients, callingClient, isClientHeader } from './calling-client.ts'
import { readForm, takeBodiesAsText } from './form-body.ts'
import type { Form } from './grant.ts'
import type { LiveToken, LiveTokens } from './live-token.ts'
import { malformed, type OAuthError, refusedClient, unavailable } from './oauth-error.ts'
import type { RefreshTokens } from './openid-provider/refresh-tokens.ts'

export interface IntrospectionOptions extends CallingClients {
  readonly liveTokens: LiveTokens
  readonly refreshTokens: RefreshTokens
  readonly callers: Callers
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

/** Who asks: the organisation whose tokens they may see, or every one for an operator. */
interface Asker {
  readonly organisation: string
  readonly everywhere: boolean
  /** Of an app, which also may ask about its own tokens of people of other organisations. */
  readonly clientId: string | null
}

/** Mounts introspection at `path`; several paths may share the options. */
export function introspection(path: string, options: IntrospectionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    takeBodiesAsText(app)
    app.setErrorHandler((error, request, reply) => answerFailure(options, error, request, reply))
    app.post(path, { schema: { hide: true } }, async (request, reply) => {
      const form = readForm(request)
      if ('error' in form) return send(reply, form)
      const asker = await identifyAsker(options, request, form)
      if ('error' in asker) {
        if (asker.status === 401 && request.headers.authorization !== undefined)
          reply.header('www-authenticate', 'Basic realm="entente"')
        return send(reply, asker)
      }
      const token = form.one('token')
      if (token === undefined) return send(reply, malformed('token is missing.'))
      return reply.header('cache-control', 'no-store').send(await answerAbout(options, asker, token))
    })
  }
}

async function answerAbout(
  { liveTokens, refreshTokens }: IntrospectionOptions,
  { everywhere, organisation, clientId }: Asker,
  token: string,
): Promise<object> {
  const live = await liveTokens.read(token)
  if (live !== null) {
    const isVisible = everywhere || live.organisation === organisation || live.clientId === clientId
    return isVisible ? activeAnswer(live) : { active: false }
  }
  // Nobody but the app has any use for its refresh tokens.
  const refresh = clientId === null ? null : await refreshTokens.read(token)
  return refresh === null || refresh.clientId !== clientId ? { active: false } : { active: true, ...refresh.claims }
}

function activeAnswer(live: LiveToken) {
  // The claims as signed, with the roles as they are now. RFC 7662 §2.2 names `token_type` and `active`.
  const tokenType = live.thumbprint === null ? 'Bearer' : 'DPoP'
  return { active: true, token_type: tokenType, ...live.claims, roles: live.roles }
}

async function identifyAsker(
  options: IntrospectionOptions,
  request: FastifyRequest,
  form: Form,
): Promise<Asker | OAuthError> {
  if (!isClientHeader(request.headers.authorization)) {
    const header = request.headers['entente-organization']
    const organisationHeader = typeof header === 'string' ? header : undefined
    const caller = await options.callers({ presented: presentedBy(request), organisationHeader, requestId: request.id })
    requireViewer(caller)
    return { organisation: caller.organisation, everywhere: caller.operator, clientId: null }
  }
  const client = await callingClient(options, request, form)
  if ('error' in client) return client
  const isApp = client.kind === 'app'
  // Whoever knows the name of a public app could say it.
  if (isApp && client.app.tokenEndpointAuthMethod === 'none') return refusedClient
  return { organisation: client.organisation, everywhere: false, clientId: isApp ? client.clientId : null }
}

function answerFailure(
  options: IntrospectionOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Fault && (error.kind === 'unauthenticated' || error.kind === 'missing')) {
    const challenge = challengeOf(error)
    const said = challenge === 'Bearer' ? 'Bearer error="invalid_token"' : challenge
    return send(reply.header('www-authenticate', said), refusedClient)
  }
  if (error instanceof Fault && error.kind === 'denied') return reply.code(403).send({ error: 'insufficient_scope' })
  if (error instanceof Fault && error.kind === 'invalid') return send(reply, malformed(error.message))
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) return send(reply, malformed('The request body could not be read.'))
  options.onError(error, request)
  return send(reply, { ...unavailable, description: 'The server cannot answer at the moment; try again.' })
}

function send(reply: FastifyReply, { status, error, description }: OAuthError): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ error, error_description: description })
}
