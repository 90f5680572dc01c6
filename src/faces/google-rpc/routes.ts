/** Hangs a face's operations onto the web framework: schema, caller, answer, errors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { challengeOf } from '../../http/caller.ts'
import { clientAddress } from '../../http/client-address.ts'
import { BODY_OPTIONAL } from '../../http/openapi-components.ts'
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
import { toRpcError, type Words } from './errors.ts'
import type { Operation } from './operation.ts'
import { Status } from './schema.ts'

export interface Mounted {
  /** Tag in the OpenAPI document. */
  readonly face: string
  readonly operations: readonly Operation[]
  readonly roots: readonly string[]
  /** The face's spelling of the registry's words; an operation may have further ones. */
  readonly words: Words
}

/** Mounts the operations below the roots: every answer is 200 or a google.rpc.Status. */
export function mountOperations(app: FastifyInstance, deps: FaceDeps, mounted: Mounted): void {
  const { face, operations, roots, words } = mounted
  const byRoute = new Map(operations.map((operation) => [`${operation.method} ${operation.url}`, operation]))
  const operationOf = ({ method, routeOptions }: FastifyRequest) =>
    byRoute.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`)
  takeJson(app)
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    tellLog(deps, refusal, error, request)
    if (refusal.fault.kind === 'unauthenticated')
      reply.header('www-authenticate', challengeOf(refusal.fault, request.headers.authorization))
    const spelling = operationOf(request)?.spelling
    const { status, body } = toRpcError(refusal, { ...spelling, words: { ...words, ...spelling?.words } })
    return send(reply, status, body)
  })
  requireCaller(app, deps, (request) => operationOf(request)?.role ?? 'self')
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.url,
      schema: schemaOf(face, operation),
      ...(operation.body === undefined ? {} : { preValidation: takeNoBody }),
      handler: async (request, reply) => {
        const answer = await operation.handle(deps, {
          caller: callerOf(request),
          actor: actorOf(request),
          // Path parameters are texts.
          params: request.params as Readonly<Record<string, string>>,
          query: recordOf(request.query),
          body: request.body,
          address: clientAddress(request),
        })
        // Existing clients take no other success.
        return send(reply, 200, answer)
      },
    })
  }
  refuseOtherPaths(app, roots)
}

/** Every field is optional in this API, and a message without any may be left out: existing clients do, and protobuf means it so. */
async function takeNoBody(request: FastifyRequest): Promise<void> {
  if (request.body === undefined) request.body = {}
}

/** Answers are made by translate.ts; a serialiser made of the schema would only hide what it left out. */
function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  const type = 'application/json; charset=utf-8'
  return reply.code(status).header('cache-control', 'no-store').type(type).serializer(JSON.stringify).send(body)
}

/** A misspelt parameter is a fault, not a wish that is silently ignored. */
const NO_QUERY = { type: 'object', properties: {}, additionalProperties: false }
const PAGE_QUERY = {
  ...NO_QUERY,
  properties: {
    page_size: { type: 'string', description: '10 to 100, default 25.' },
    page_token: { type: 'string', description: 'nextPageToken of the page before.' },
    pageSize: { type: 'string', description: 'The same as page_size.' },
    pageToken: { type: 'string', description: 'The same as page_token.' },
  },
}

function schemaOf(face: string, operation: Operation) {
  return {
    ...described({ ...operation, face, refusal: Status }),
    querystring: operation.paged === true ? PAGE_QUERY : NO_QUERY,
    ...(operation.body === undefined ? {} : { body: operation.body }),
    ...(operation.isBodyOptional === true ? { [BODY_OPTIONAL]: true } : {}),
    response: { 200: operation.answer },
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
