/** The log: JSON lines without bodies, tokens or query strings; one line for each request. */
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import pino from 'pino'
import { Fault } from '../fault.ts'

/** Members that hold secrets wherever they turn up in what is logged. */
const SECRET_PATHS = [
  'authorization',
  'cookie',
  'token',
  'subject_token',
  'subjectToken',
  'assertion',
  'dpop',
  'proof',
  'client_secret',
  'clientSecret',
  'client_assertion',
]

/** Where lines go: standard output, unless a test wants to read them. */
export interface LogSink {
  write(line: string): void
}

export function createLog(level: string, sink?: LogSink): FastifyBaseLogger {
  const paths = SECRET_PATHS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const options: pino.LoggerOptions = {
    level,
    redact: { paths, censor: '[secret]' },
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return sink === undefined ? pino(options) : pino(options, sink)
}

/** One line at level info when an answer is out: the route's template, never the URL, which may hold what somebody pasted. */
export function logRequests(app: FastifyInstance): void {
  if (app.log.level !== 'info' && app.log.level !== 'debug') return
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ requestId: request.id, method: request.method, route, status: reply.statusCode, ms }, 'answered')
    done()
  })
}

/** Why a request failed: our own failures whole, and why an upstream could not be used, which its caller is not told. */
export function logFailure(request: FastifyRequest, error: unknown): void {
  const { id: requestId } = request
  if (error instanceof Fault && error.kind === 'upstream')
    request.log.warn({ requestId, code: error.code, reason: reasonOf(error.cause) }, 'an upstream cannot be used')
  else request.log.error({ err: error, requestId }, 'a request failed')
}

/** A cause has a cause, few of them; nothing keeps one from being its own. */
const MOST_CAUSES = 5
/** Reasons may quote what an upstream said. */
const REASON_CHARACTERS = 500

/** The sentences of a cause and of its causes, outermost first; of one without a sentence its system code. */
function reasonOf(cause: unknown): string {
  const said: string[] = []
  for (let one = cause, left = MOST_CAUSES; one instanceof Error && left > 0; one = one.cause, left--) {
    const code = 'code' in one && typeof one.code === 'string' ? one.code : one.name
    said.push(one.message === '' ? code : one.message)
  }
  return said.join(' ').slice(0, REASON_CHARACTERS)
}
