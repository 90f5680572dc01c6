/** Hangs the operations onto the web framework: caller, schemas, media types both ways, errors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { challengeOf } from '../../http/caller.ts'
import { contentTypeOf } from '../../http/content-type.ts'
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
import { mountApply } from './apply/routes.ts'
import { isDeepValue } from './depth.ts'
import { prefersYaml, writeYaml, YAML, YAML_TYPES } from './document.ts'
import type { Kind } from './kind.ts'
import type { Ask, Operation } from './operation.ts'
import { readYaml } from './read-yaml.ts'
import { ROOT, readOperations, requireKnownParameters } from './reading.ts'
import { Status, toStatus } from './status.ts'
import { beginOperations, MERGE_PATCH, writeOperations } from './writing.ts'

const APPLY = `${ROOT}/apply`

export function mountKinds(app: FastifyInstance, deps: FaceDeps, face: string, kinds: readonly Kind[]): void {
  const operations = kinds.flatMap((kind) => [
    ...readOperations(kind),
    ...(kind.write === undefined ? [] : writeOperations(kind, kind.write)),
    ...(kind.begin === undefined ? [] : beginOperations(kind, kind.begin)),
    ...(kind.more?.(kind) ?? []),
  ])
  const byRoute = new Map(operations.map((operation) => [`${operation.method} ${operation.url}`, operation]))
  const operationOf = ({ method, routeOptions }: FastifyRequest) =>
    byRoute.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`)
  takeDocuments(app)
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    tellLog(deps, refusal, error, request)
    if (refusal.fault.kind === 'unauthenticated')
      reply.header('www-authenticate', challengeOf(refusal.fault, request.headers.authorization))
    const { status, body } = toStatus(refusal, operationOf(request)?.placeOf)
    return send(request, reply, status, body)
  })
  requireCaller(
    app,
    deps,
    (request) => operationOf(request)?.role ?? (request.routeOptions.url === APPLY ? 'admin' : 'self'),
    (request) => textsOf(request.params).organisation,
  )
  app.addHook('onRequest', async (request) => {
    operationOf(request)?.admit?.(callerOf(request), textsOf(request.params).name)
  })
  for (const operation of operations) mountOperation(app, deps, face, operation)
  mountApply(app, deps, { face, path: APPLY, kinds, send })
  refuseOtherPaths(app, [ROOT])
}

/** JSON and YAML, no deeper than they may nest. */
function takeDocuments(app: FastifyInstance): void {
  takeJson(app)
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser(MERGE_PATCH, { parseAs: 'string' }, parseJson)
  const parseYaml = async (_request: FastifyRequest, body: string | Buffer) =>
    body === '' ? undefined : await readYaml(String(body))
  app.addContentTypeParser(YAML_TYPES, { parseAs: 'string' }, parseYaml)
  app.removeContentTypeParser('*')
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') done(null, undefined)
    else
      done(faceFault('request.media_type', { message: 'The body must be JSON or YAML, and its Content-Type say so.' }))
  })
  app.addHook('preValidation', async (request) => {
    // Taken for a document, a patch would take away whatever it does not name.
    if (request.method !== 'PATCH' && contentTypeOf(request) === MERGE_PATCH) {
      throw faceFault('request.media_type', { message: `${MERGE_PATCH} is for PATCH.` })
    }
    if (!isDeepValue(request.body)) return
    throw faceFault('request.invalid', { message: 'The body is nested too deeply.' })
  })
}

function mountOperation(app: FastifyInstance, deps: FaceDeps, face: string, operation: Operation): void {
  const { method, url, query, body, takes, answers } = operation
  const texts = Object.entries(query).map(([name, description]) => [name, { type: 'string', description }])
  const responses = Object.entries(answers).map(([status, answer]) => [status, answer ?? { type: 'null' }])
  const schema = {
    ...described({ ...operation, face, refusal: Status }),
    alsoAs: [YAML],
    bodyAs: takes,
    querystring: { type: 'object', properties: Object.fromEntries(texts) },
    ...(body === null ? {} : { body }),
    response: Object.fromEntries(responses),
  }
  app.route({
    method,
    url,
    schema,
    handler: async (request, reply) => {
      const { status, body } = await operation.handle(deps, askOf(request, Object.keys(query)))
      if (body !== null) return send(request, reply, status, body)
      return reply.code(status).header('cache-control', 'no-store').send()
    },
  })
}

function askOf(request: FastifyRequest, parameters: readonly string[]): Ask {
  const { name, item, organisation } = textsOf(request.params)
  const query = textsOf(request.query)
  requireKnownParameters(query, parameters)
  return {
    caller: callerOf(request),
    actor: actorOf(request),
    query,
    name,
    item,
    namespace: organisation,
    body: request.body,
    validate(schema, value) {
      const validate = request.compileValidationSchema(Object(schema))
      return validate(value) ? [] : (validate.errors ?? [])
    },
  }
}

/** The answer in the form the caller would rather have; schemas do not serialise, they would only hide what they left out. */
function send(request: FastifyRequest, reply: FastifyReply, status: number, body: object): FastifyReply {
  const yaml = prefersYaml(request.headers.accept)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('vary', 'accept')
    .type(yaml ? YAML : 'application/json; charset=utf-8')
    .serializer((document: object) => (yaml ? writeYaml(document) : JSON.stringify(document)))
    .send(body)
}

/** The schema refused repeated parameters. */
function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(value)).map(([name, text]) => [name, String(text)]))
}
