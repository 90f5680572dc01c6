/**
 * The token endpoint: the form, the limits, the record and the answer, for every grant alike.
 *
 * Source: RFC 6749 §3.2, §5.1, §5.2. A grant cannot forget any of this, because it never sees the reply.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../decisions/ladder.ts'
import type { Recorder } from '../decisions/recorder.ts'
import { Fault } from '../fault.ts'
import { proofHeader } from '../http/caller.ts'
import { clientAddress, limitKey } from '../http/client-address.ts'
import type { RefusalLimit } from '../http/refusal-limit.ts'
import { type Attempt, createAttempt, decisionOf, refuse } from './attempt.ts'
import { answerPreflight, openToOrigins } from './cross-origin.ts'
import { readForm, takeBodiesAsText } from './form-body.ts'
import type { Form, Grant, TokenAnswer } from './grant.ts'
import { namedClient } from './named-client.ts'
import { limited, malformed, type OAuthError, refusedExchange, secretsInBody, unavailable } from './oauth-error.ts'
import { isPatience, type LibraryGrants } from './openid-provider/token-grants.ts'
import type { TokenSubjects } from './token-exchange/subjects.ts'

export interface TokenEndpointOptions {
  readonly grants: readonly Grant[]
  /** Grants that the OpenID Provider library answers, at `/oauth2/token`. */
  readonly libraryGrants: LibraryGrants
  readonly recorder: Recorder
  readonly limit: RefusalLimit
  /** Tells whether a client id names a trust or credential that exists: such requests have a wider limit. */
  readonly subjects: TokenSubjects
  readonly publicUrl: string
  readonly now: () => Date
  readonly newUid: () => string
  /** Told of every recorded decision, for the metrics. */
  readonly onDecision: (attempt: Attempt, code: string) => void
  /** Told of every request that was turned away unjudged. */
  readonly onLimited: () => void
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

/** What differs from one token endpoint to the next. */
export interface Dialect {
  readonly readForm: (request: FastifyRequest) => Form | OAuthError
  /** What a refused exchange is called. */
  readonly refusal: OAuthError
  /** True where apps get their tokens too. */
  readonly isForApps: boolean
}

/** RFC 8693 §2.2.2 calls a subject token that is not accepted an invalid request. */
export const standardDialect: Dialect = { readForm, refusal: refusedExchange, isForApps: false }

const NO_STORE = 'no-store'
/** Of the library's answer: what the browser of an app is to know. */
const PASSED_ON = ['access-control-allow-origin', 'access-control-expose-headers', 'vary', 'dpop-nonce']

/** Mounts one token endpoint at `path`; several may share the grants. */
export function tokenEndpoint(path: string, options: TokenEndpointOptions, dialect: Dialect = standardDialect) {
  const grants = new Map(options.grants.map((grant) => [grant.grantType, grant]))
  const endpoint = options.publicUrl + path

  return async (app: FastifyInstance): Promise<void> => {
    takeBodiesAsText(app)
    app.setErrorHandler(async (error, request, reply) => {
      const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
      // Fastify's own refusals of the body (too large, cut short) are faults of the form.
      const answer = status >= 400 && status < 500 ? malformed('The request body could not be read.') : unavailable
      if (answer === unavailable) options.onError(error, request)
      return await answerRefusedForm(request, reply, answer)
    })
    if (dialect.isForApps) answerPreflight(app, path, ['POST'])
    const hide = { hide: true }
    app.route({
      method: ['GET', 'PUT', 'DELETE', 'PATCH'],
      url: path,
      schema: hide,
      handler: async (request, reply) => {
        return await answerRefusedForm(request, reply, malformed('The token endpoint takes POST requests only.'))
      },
    })
    app.post(path, { schema: hide }, async (request, reply) => {
      const attempt = attemptOf(request)
      let answer: TokenAnswer
      try {
        const form = dialect.readForm(request)
        if ('error' in form) refuse(attempt, 'request', 'request.invalid', { error: form, actual: form.description })
        if (!isWithinLimit(attempt) && !(await isKnownWithinLimit(form, request, attempt))) return answerLimited(reply)
        if (isOfLibrary(form)) return await answerByLibrary(attempt, form, request, reply)
        answer = await climb(attempt, form, request)
      } catch (error) {
        return await answerRefusal(request, reply, attempt, error)
      }
      try {
        // Not a token leaves before its decision is durable.
        await options.recorder.record(decisionOf(attempt))
      } catch (error) {
        options.onError(error, request)
        return send(reply, unavailable)
      }
      options.onDecision(attempt, 'granted')
      return reply.header('cache-control', NO_STORE).header('entente-decision', attempt.id).send(answer)
    })
  }

  function isOfLibrary(form: Form): boolean {
    return dialect.isForApps && options.libraryGrants.grantTypes.includes(form.one('grant_type') ?? '')
  }

  /** The library judges; the record and the words are those of every other grant. */
  async function answerByLibrary(attempt: Attempt, form: Form, request: FastifyRequest, reply: FastifyReply) {
    attempt.plane = 'sign-in'
    const { status, headers, text } = await options.libraryGrants.answer(attempt, form, request.raw)
    for (const name of PASSED_ON) if (headers[name] !== undefined) reply.header(name, headers[name])
    if (!isPatience({ status, text })) {
      await options.recorder.record(decisionOf(attempt))
      options.onDecision(attempt, 'granted')
      reply.header('entente-decision', attempt.id)
    }
    return reply.code(status).header('cache-control', NO_STORE).type('application/json; charset=utf-8').send(text)
  }

  function attemptOf(request: FastifyRequest): Attempt {
    const [id, at, address] = [options.newUid(), options.now(), clientAddress(request)]
    return createAttempt({ id, at, address, plane: 'token-exchange', mode: 'strict', refusal: dialect.refusal })
  }

  function isWithinLimit({ address }: Attempt): boolean {
    return options.limit.judge(limitKey(address), false).allowed
  }

  /** A request that names a trust, credential or app is judged for longer: its neighbours must not shut it out. */
  async function isKnownWithinLimit(form: Form, { headers }: FastifyRequest, { address }: Attempt): Promise<boolean> {
    const clientId = namedClient(form, headers.authorization)
    if (clientId === undefined || !(await isKnownClient(clientId))) return false
    return options.limit.judge(limitKey(address), true).allowed
  }

  async function isKnownClient(clientId: string): Promise<boolean> {
    const { trusts, credentials } = options.subjects
    if ((await trusts.get(clientId)) !== null || (await credentials.get(clientId)) !== null) return true
    return (await options.libraryGrants.findApp(clientId)) !== null
  }

  async function climb(attempt: Attempt, form: Form, request: FastifyRequest): Promise<TokenAnswer> {
    const grantType = form.one('grant_type')
    const wrong = (error: OAuthError) =>
      refuse(attempt, 'request', 'request.invalid', { error, actual: error.description })
    if (grantType === undefined) return wrong(malformed('grant_type is missing.'))
    const grant = grants.get(grantType)
    if (grant === undefined) return wrong(malformed('The grant type is not supported.', 'unsupported_grant_type'))
    attempt.plane = grant.plane
    if (request.headers.authorization !== undefined && grant.isForApps !== true) return wrong(secretsInBody)
    return await grant.handle({ form, endpoint, dpop: proofHeader(request), request: request.raw, attempt })
  }

  /** A request whose form never became one: recorded like any other refusal. */
  async function answerRefusedForm(
    request: FastifyRequest,
    reply: FastifyReply,
    error: OAuthError,
  ): Promise<FastifyReply> {
    const attempt = attemptOf(request)
    try {
      refuse(attempt, 'request', 'request.invalid', { error, actual: error.description })
    } catch (refused) {
      return await answerRefusal(request, reply, attempt, refused)
    }
  }

  async function answerRefusal(
    request: FastifyRequest,
    reply: FastifyReply,
    attempt: Attempt,
    error: unknown,
  ): Promise<FastifyReply> {
    if (!(error instanceof Refused)) {
      options.onError(error, request)
      const passing = error instanceof Fault && (error.kind === 'unavailable' || error.kind === 'upstream')
      return send(
        reply,
        passing ? unavailable : { ...unavailable, description: 'The server failed; nothing was issued.' },
      )
    }
    const key = limitKey(attempt.address)
    // A flood of refused requests is counted, not stored singly: it must not fill the disk.
    const isOver = !options.limit.judge(key, false).allowed
    // Counted in either case: who guesses an app's secret comes to the end of the wider limit, too.
    options.limit.refused(key)
    if (isOver && attempt.trust === null) return answerLimited(reply)
    try {
      await options.recorder.record(decisionOf(attempt))
    } catch (failure) {
      options.onError(failure, request)
      return send(reply, unavailable)
    }
    options.onDecision(attempt, error.code)
    // Source: RFC 6749 §5.2; which of the two schemes was meant, the text says.
    if (attempt.refusal.status === 401 && request.headers.authorization !== undefined)
      reply.header('www-authenticate', 'Basic realm="entente"')
    return send(reply.header('entente-decision', attempt.id), attempt.refusal, attempt.id)
  }

  function answerLimited(reply: FastifyReply): FastifyReply {
    options.limit.limited()
    options.onLimited()
    return send(reply.header('retry-after', options.limit.retryAfterSeconds()), limited)
  }
}

function send(reply: FastifyReply, { status, error, description }: OAuthError, decisionId?: string): FastifyReply {
  const body = {
    error,
    error_description: description,
    ...(decisionId === undefined ? {} : { decision_id: decisionId }),
  }
  // A refusal is for everybody to read; who may read a token, the library asks the app's redirect addresses.
  return openToOrigins(reply).code(status).header('cache-control', NO_STORE).send(body)
}
