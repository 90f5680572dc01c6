/** The server: limits, request ids, headers. What faces and planes do not answer themselves is answered in `refusals.ts`. */
import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions, LogController } from 'fastify'
import { compileSchemasLate } from './late-schemas.ts'
import { createLog, type LogSink, logRequests } from './log.ts'
import { refuseTheRest } from './refusals.ts'
import { readPair, reloadOnChange, type TlsFiles } from './tls.ts'

export interface ServerOptions {
  readonly tls: TlsFiles | null
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  readonly logTo?: LogSink
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
/** Slow senders give way: to send a request whole, and its headers alone, which are one packet or two. */
const REQUEST_MS = 30_000
const HEADERS_MS = 10_000
/** How often the two are looked at; what is late is found this much later at most. */
const CHECK_MS = 5_000
/** Node's own is two minutes, for a handshake of two round trips. */
const HANDSHAKE_MS = 10_000

export async function createServer(server: ServerOptions): Promise<FastifyInstance> {
  const { tls, trustedProxies, logLevel } = server
  const options: FastifyServerOptions = {
    frameworkErrors: (error, request, untyped) => {
      // Fastify types this reply by routes it cannot know; it is an ordinary one.
      const reply: FastifyReply = untyped as unknown as FastifyReply
      const path = request.url.split('?', 1)[0] ?? ''
      const refusal = server.refuseBeforeRouting?.(path, error) ?? null
      const plain = { error: 'bad_request', message: 'The path cannot be read.', request_id: request.id }
      // Hooks have not run for it.
      sayHouseHeaders(reply, request.id)
      reply.code(refusal?.status ?? 400).send(refusal?.body ?? plain)
    },
    loggerInstance: createLog(logLevel, server.logTo),
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
  }
  // Fastify's types differ by server kind; the instance is used through what both have.
  const limits = { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS }
  const transport =
    tls === null ? { http: limits } : { https: { ...limits, handshakeTimeout: HANDSHAKE_MS, ...readPair(tls) } }
  const app: FastifyInstance = Fastify({ ...options, ...transport } as FastifyServerOptions)
  if (tls !== null) reloadOnChange(app, tls)
  compileSchemasLate(app)
  endConnections(app)
  logRequests(app)
  readEmptyJson(app)
  app.addHook('onRequest', (request, reply, done) => {
    sayHouseHeaders(reply, request.id)
    done()
  })
  refuseTheRest(app)
  return app
}

/** On every answer; a route that may be cached or framed says so itself, later. */
function sayHouseHeaders(reply: FastifyReply, requestId: string): void {
  reply.header('x-request-id', requestId)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('content-security-policy', "frame-ancestors 'none'")
  // For browsers that do not know frame-ancestors.
  reply.header('x-frame-options', 'DENY')
  reply.header('cache-control', 'no-store')
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

/**
 * Running requests get this long once a stop began: an exchange waits up to 5 s for its issuer, and the command line leaves
 * after 10 s.
 */
const GRACE_MS = 7_000
/** Connections that stand open without a request, or have not sent its headers, get only this long. */
const SENDING_MS = 500
const STEP_MS = 100

function endConnections(app: FastifyInstance): void {
  let running = 0
  app.addHook('onRequest', (_request, _reply, done) => {
    running += 1
    done()
  })
  app.addHook('onResponse', (_request, _reply, done) => {
    running -= 1
    done()
  })
  app.addHook('preClose', async () => {
    let waited = 0
    const timer = setInterval(() => {
      waited += STEP_MS
      if (waited < (running > 0 ? GRACE_MS : SENDING_MS)) return
      clearInterval(timer)
      app.server.closeAllConnections()
    }, STEP_MS)
    timer.unref()
  })
}
