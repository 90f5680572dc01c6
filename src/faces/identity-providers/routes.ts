/** Hangs the operations onto the web framework: schemas, caller, answer, errors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { challengeOf } from '../../http/caller.ts'
import { described } from '../described.ts'
import {
  actorOf,
  callerOf,
  type FaceDeps,
  refusalOf,
  refuseOtherPaths,
  requireCaller,
  takeJson,
  tellLog,
} from '../face.ts'
import { faceFault } from '../faults.ts'
import { type RequestView, toDetail } from './errors.ts'
import type { Operation } from './operation.ts'
import { takeForms } from './upload/routes.ts'
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
  takeJson(app)
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    tellLog(deps, refusal, error, request)
    if (refusal.fault.kind === 'unauthenticated')
      reply.header('www-authenticate', challengeOf(refusal.fault, request.headers.authorization))
    const { status, body } = toDetail(refusal, viewOf(error, request, operationOf(request)))
    return send(reply, status, body)
  })
  requireCaller(app, deps, (request) => operationOf(request)?.role ?? 'self')
  // Before the body is judged: an empty name names nothing, and no route either.
  app.addHook('preValidation', async ({ params }) => {
    if (Object.values(Object(params)).includes('')) throw faceFault('request.path_unknown')
  })
  const mount = (scope: FastifyInstance, operation: Operation) =>
    scope.route({
      method: operation.method,
      url: operation.url,
      schema: schemaOf(face, operation),
      handler: async (request, reply) => {
        const { alias = '', id = '' } = Object(request.params)
        const answer = await operation.handle(deps, {
          caller: callerOf(request),
          actor: actorOf(request),
          alias: String(alias),
          id: String(id),
          query: request.query,
          body: request.body,
        })
        if (answer === null) return reply.code(operation.status).header('cache-control', 'no-store').send()
        if (typeof answer === 'string') {
          return reply
            .code(operation.status)
            .header('cache-control', 'no-store')
            .type(`${XML}; charset=utf-8`)
            .send(answer)
        }
        if (operation.status === 201) reply.header('location', locationOf(request, answer))
        return send(reply, operation.status, answer)
      },
    })
  for (const operation of operations) {
    if (operation.form === undefined) mount(app, operation)
    else
      app.register(async (scope) => {
        await takeForms(scope)
        mount(scope, operation)
      })
  }
  refuseOtherPaths(app, roots)
}

/** Source: SAML 2.0 Metadata appendix A. */
const XML = 'application/samlmetadata+xml'

function viewOf(error: unknown, { body }: FastifyRequest, operation: Operation | undefined): RequestView {
  const context = error instanceof Error && 'validationContext' in error ? error.validationContext : null
  const isSaml = (Object(body).saml_config ?? null) !== null
  return {
    where: context === 'querystring' ? 'query' : 'body',
    block: isSaml ? 'saml_config' : 'oidc_config',
    isMapper: operation?.isMapper === true,
    documentField: operation?.form === undefined ? null : Object.hasOwn(Object(body), 'file') ? 'file' : 'from_url',
  }
}

/** Answers are made by translate.ts; a serialiser made of the schema would only hide what it left out. */
function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  const type = 'application/json; charset=utf-8'
  return reply.code(status).header('cache-control', 'no-store').type(type).serializer(JSON.stringify).send(body)
}

function locationOf({ url }: FastifyRequest, answer: object): string {
  const list = url.split('?', 1)[0]
  return `${list}/${String(Object(answer).alias ?? Object(answer).id)}`
}

function schemaOf(face: string, operation: Operation) {
  const { query, body, status, answer } = operation
  return {
    ...described({ ...operation, face, refusal: Failure }),
    located: true,
    querystring: query,
    ...(body === null ? {} : { body: bodyOf(body, operation.form) }),
    response: { [status]: answerOf(answer) },
  }
}

function bodyOf(body: TSchema, form: TSchema | undefined): object {
  if (form === undefined) return body
  return { content: { 'application/json': { schema: body }, 'multipart/form-data': { schema: form } } }
}

function answerOf(answer: Operation['answer']): object {
  if (answer === null) return { type: 'null' }
  if (answer !== 'xml') return answer
  return { description: 'SAML 2.0 metadata.', content: { [XML]: { schema: { type: 'string' } } } }
}
