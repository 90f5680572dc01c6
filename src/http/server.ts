/** The server: limits, request ids, headers, and errors for paths that belong to nobody. */
import { randomUUID } from 'node:crypto'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import { Fault } from '../fault.ts'
import { createLog, logRequests } from './log.ts'
import { readPair, reloadOnChange, type TlsFiles } from './tls.ts'

export interface ServerOptions {
  readonly tls: TlsFiles | null
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  /** The answer to a path that cannot even be decoded, in the words of whose path it is; null leaves it to the server. */
  readonly refuseBeforeRouting?: (
    path: string,
    error: Error,
  ) => { readonly status: number; readonly body: object } | null
}

/** Management bodies are small; token endpoints set their own. */
const BODY_BYTES = 1024 * 1024
/** Full client ids reach 300 characters once percent-encoded. */
const PARAMETER_CHARACTERS = 512
/** Slow senders give way; exchanges that wait for an issuer take 5 s at most. */
const REQUEST_MS = 30_000

export async function createServer(server: ServerOptions): Promise<FastifyInstance> {
  const { tls, trustedProxies, logLevel } = server
  const options: FastifyServerOptions = {
    frameworkErrors: (error, request, untyped) => {
      // Fastify types this reply by routes it cannot know; it is an ordinary one.
      const reply: FastifyReply = untyped as unknown as FastifyReply
      const path = request.url.split('?', 1)[0] ?? ''
      const refusal = server.refuseBeforeRouting?.(path, error) ?? null
      const plain = { error: 'bad_request', message: 'The path cannot be read.', request_id: request.id }
      reply.code(refusal?.status ?? 400).send(refusal?.body ?? plain)
    },
    loggerInstance: createLog(logLevel),
    logController: new LogController({ disableRequestLogging: true }),
    // One logger for all: a child for each request would cost more than its one line. Lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: 72_000, // above the 60 s of common load balancers, so that they close first
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        useDefaults: false,
        allErrors: true,
        strict: false,
      },
    },
  }
  // Fastify's types differ by server kind; the instance is used through what both have.
  const withTls = tls === null ? options : ({ ...options, https: readPair(tls) } as FastifyServerOptions)
  const app: FastifyInstance = Fastify(withTls)
  if (tls !== null) reloadOnChange(app, tls)
  endConnections(app)
  logRequests(app)
  readEmptyJson(app)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('content-security-policy', "frame-ancestors 'none'")
    done()
  })
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: 'not_found', message: 'There is nothing at this path.', request_id: request.id }),
  )
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error instanceof Fault ? 503 : (error.statusCode ?? 500)
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'a request failed')
    const message = status >= 500 ? 'The server failed to answer.' : error.message
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'internal' : 'bad_request', message, request_id: request.id })
  })
  return app
}

/** Clients send `content-type: application/json` with an empty body on DELETE and on calls that need none. */
function readEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, String(body), done)
  })
}

/** Running requests get this long once a stop began; connections that only stand open must not hold it up. */
const GRACE_MS = 3_000

function endConnections(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref()
  })
}
