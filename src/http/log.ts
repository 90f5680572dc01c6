/** The log: JSON lines without bodies, tokens or query strings; one line for each request. */
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import pino from 'pino'

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
