/** Answers that belong to no face and no plane: unknown paths, and errors nobody caught. Never the error's own words. */
import type { FastifyError, FastifyInstance } from 'fastify'
import { Fault, type FaultKind } from '../fault.ts'

const STATUS: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  upstream: 502,
  limited: 429,
  unavailable: 503,
  internal: 500,
}

/** The framework's own messages may quote the body, so each status has one sentence. */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  404: 'There is nothing at this path. People go to /console/, programs find the APIs described at /docs.',
  413: 'The body is too large.',
  414: 'The address is too long.',
  415: 'The content type is not supported here.',
}

/** Sets the handlers of last resort; rooms with a wire form of their own set theirs in their scope. */
export function refuseTheRest(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: 'not_found', message: SENTENCES[404], request_id: request.id }),
  )
  app.setErrorHandler<FastifyError | Fault>((error, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'a request failed')
    return reply.code(status).send({
      error: error instanceof Fault ? error.code : status >= 500 ? 'internal' : 'bad_request',
      message: messageOf(error, status),
      request_id: request.id,
    })
  })
}

function statusOf(error: FastifyError | Fault): number {
  if (error instanceof Fault) return STATUS[error.kind]
  const { statusCode = 500 } = error
  return statusCode >= 400 && statusCode < 500 ? statusCode : 500
}

function messageOf(error: FastifyError | Fault, status: number): string {
  // A fault's sentence is written for callers; an internal one tells them only where to look.
  if (error instanceof Fault && error.kind !== 'internal') return error.message
  if (status >= 500) return 'The server failed to answer. Its log has the cause under the request id.'
  return SENTENCES[status] ?? 'The request cannot be answered.'
}
