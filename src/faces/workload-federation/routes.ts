/** Hangs the face's operations onto the web framework: schema, caller, answer, errors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { clientAddress } from '../../http/client-address.ts'
import { actorOf, callerOf, type FaceDeps, faultOf, requireCaller } from '../face.ts'
import { toRpcError } from './errors.ts'
import type { Operation } from './operation.ts'

export function mountOperations(
  app: FastifyInstance,
  deps: FaceDeps,
  face: string,
  operations: readonly Operation[],
): void {
  app.setErrorHandler((error, request, reply) => answerFault(deps, error, request, reply))
  const roles = new Map(operations.map((operation) => [`${operation.method} ${operation.url}`, operation.role]))
  requireCaller(app, deps, ({ method, routeOptions }) => roles.get(`${method} ${routeOptions.url}`) ?? 'operator')
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.url,
      schema: schemaOf(face, operation),
      // Answers are made by translate.ts; a second serialiser would only hide what it left out.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
      handler: async (request, reply) => {
        const answer = await operation.handle(deps, {
          caller: callerOf(request),
          actor: actorOf(request),
          params: textsOf(request.params),
          query: recordOf(request.query),
          body: request.body,
          address: clientAddress(request),
        })
        return reply.code(200).header('cache-control', 'no-store').send(answer)
      },
    })
  }
}

function schemaOf(face: string, operation: Operation) {
  const page = { page_size: { type: 'string' }, page_token: { type: 'string' } }
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [face],
    security: [{ bearer: [] }],
    ...(operation.paged === true ? { querystring: { type: 'object', properties: page } } : {}),
    ...(operation.body === undefined ? {} : { body: operation.body }),
    response: { 200: operation.answer },
  }
}

function answerFault(deps: FaceDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error)
  if (fault.kind === 'internal') deps.onError(error, request)
  if (fault.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  const { status, body } = toRpcError(fault)
  return reply.code(status).type('application/json').serializer(JSON.stringify).send(body)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(recordOf(value)).map(([name, text]) => [name, String(text)]))
}
