/** Token introspection. Source: RFC 7662 §2; who may ask: CONTRACT.md section 6. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../decisions/ladder.ts'
import { Fault } from '../fault.ts'
import { type Callers, challengeOf, presentedBy, requireViewer } from '../http/caller.ts'
import { clientAddress, limitKey } from '../http/client-address.ts'
import type { RefusalLimit } from '../http/refusal-limit.ts'
import { createAttempt } from './attempt.ts'
import { authenticateClient, type ClientAuthentication } from './client-credentials/authenticate.ts'
import { readForm, takeBodiesAsText } from './form-body.ts'
import type { Form } from './grant.ts'
import type { LiveToken, LiveTokens } from './live-token.ts'
import { limited, malformed, type OAuthError, refusedClient, unavailable } from './oauth-error.ts'

export interface IntrospectionOptions extends ClientAuthentication {
  readonly liveTokens: LiveTokens
  readonly callers: Callers
  readonly limit: RefusalLimit
  readonly now: () => Date
  readonly newUid: () => string
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

/** Who asks: the organisation whose tokens they may see, or every one for an operator. */
interface Asker {
  readonly organisation: string
  readonly everywhere: boolean
}

/** Mounts introspection at `path`; several paths may share the options. */
export function introspection(path: string, options: IntrospectionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    takeBodiesAsText(app)
    app.setErrorHandler((error, request, reply) => answerFailure(options, error, request, reply))
    app.post(path, { schema: { hide: true } }, async (request, reply) => {
      const form = readForm(request)
      if ('error' in form) return send(reply, form)
      const asker = await identifyAsker(options, request, form, options.publicUrl + path)
      if ('error' in asker) return send(reply, asker)
      const token = form.one('token')
      if (token === undefined) return send(reply, malformed('token is missing.'))
      const live = await options.liveTokens.read(token)
      const visible = live !== null && (asker.everywhere || live.organisation === asker.organisation)
      return reply.header('cache-control', 'no-store').send(visible ? activeAnswer(live) : { active: false })
    })
  }
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
  endpoint: string,
): Promise<Asker | OAuthError> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const header = request.headers['entente-organization']
    const organisationHeader = typeof header === 'string' ? header : undefined
    const caller = await options.callers({ presented: presentedBy(request), organisationHeader, requestId: request.id })
    requireViewer(caller)
    return { organisation: caller.organisation, everywhere: caller.operator }
  }
  if (form.one('client_id') === undefined && form.one('client_assertion') === undefined) return refusedClient
  const address = clientAddress(request)
  const key = limitKey(address)
  if (!options.limit.judge(key, false).allowed) return limited
  const base = { id: options.newUid(), at: options.now(), address }
  const attempt = createAttempt({ ...base, plane: 'client-credentials', mode: 'strict', refusal: refusedClient })
  try {
    const { organisation } = await authenticateClient(options, attempt, form, endpoint)
    return { organisation: organisation.id, everywhere: false }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    options.limit.refused(key)
    return attempt.refusal
  }
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
