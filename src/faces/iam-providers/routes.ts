/** Hangs the operations onto the web framework: schemas, caller, organisation named, answer, errors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, challengeOf, presentedBy } from '../../http/caller.ts'
import { requestNote } from '../../http/request-note.ts'
import { described } from '../described.ts'
import { callerOf, type FaceDeps, refusalOf, refuseOtherPaths, requireCaller, takeJson, tellLog } from '../face.ts'
import { toIamError } from './errors.ts'
import { callerNamed, namedInQuery } from './named-organisation.ts'
import type { Operation } from './operation.ts'
import { Failure } from './wire.ts'

export interface Mounted {
  /** Tag in the OpenAPI document. */
  readonly face: string
  readonly operations: readonly Operation[]
  readonly roots: readonly string[]
}

export function mountOperations(app: FastifyInstance, deps: FaceDeps, { face, operations, roots }: Mounted): void {
  const byRoute = new Map(operations.map((operation) => [`${operation.method} ${operation.url}`, operation]))
  const operationOf = ({ method, routeOptions }: FastifyRequest) =>
    byRoute.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`)
  const isScoped = (request: FastifyRequest) => operationOf(request)?.scoped === true
  takeJson(app)
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    tellLog(deps, refusal, error, request)
    if (refusal.fault.kind === 'unauthenticated')
      reply.header('www-authenticate', challengeOf(refusal.fault, request.headers.authorization))
    const { status, body } = toIamError(refusal)
    return send(reply, status, body)
  })
  requireCaller(
    app,
    deps,
    (request) => operationOf(request)?.role ?? 'self',
    (request) => (isScoped(request) ? namedInQuery(request.query) : undefined),
  )
  const callers = requestNote<Caller>()
  // Before the body is judged: who names a foreign organisation learns nothing about its validity.
  app.addHook('preValidation', async (request) => {
    if (!isScoped(request)) return
    const header = request.headers['entente-organization']
    const named = await callerNamed(deps.callers, callerOf(request), {
      presented: presentedBy(request),
      header: typeof header === 'string' ? header : undefined,
      query: request.query,
      body: request.body,
    })
    callers.set(request, named)
  })
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.url,
      schema: schemaOf(face, operation),
      handler: async (request, reply) => {
        const caller = callers.get(request) ?? callerOf(request)
        const { organisation, subject, requestId } = caller
        const answer = await operation.handle(deps, {
          caller,
          actor: { organisation, subject, requestId },
          id: String(Object(request.params).id ?? ''),
          query: request.query,
          body: request.body,
        })
        if (answer === null) return reply.code(operation.status).header('cache-control', 'no-store').send()
        if (operation.status === 201) reply.header('location', String(Object(answer).selfLink))
        return send(reply, operation.status, answer)
      },
    })
  }
  refuseOtherPaths(app, roots)
}

/** Answers are made by translate.ts; a serialiser made of the schema would only hide what it left out. */
function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  const type = 'application/json; charset=utf-8'
  return reply.code(status).header('cache-control', 'no-store').type(type).serializer(JSON.stringify).send(body)
}

function schemaOf(face: string, operation: Operation) {
  const { query, body, status, answer } = operation
  return {
    ...described({ ...operation, face, refusal: Failure }),
    located: true,
    querystring: query,
    ...(body === null ? {} : { body }),
    response: { [status]: answer ?? { type: 'null' } },
  }
}
