/** Hangs the kinds onto the web framework: the same paths, statuses and errors for all of them, JSON or YAML both ways. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { parse, stringify } from 'yaml'
import { Fault, invalidFields } from '../../fault.ts'
import { actorOf, callerOf, type FaceDeps, faultOf, requireCaller } from '../face.ts'
import { API_VERSION, type Kind, type KindAsk } from './kind.ts'
import { toStatus } from './status.ts'

const ROOT = `/apis/${API_VERSION}`

export function mountKinds(app: FastifyInstance, deps: FaceDeps, face: string, kinds: readonly Kind[]): void {
  app.setErrorHandler((error, request, reply) => answerFault(deps, error, request, reply))
  app.addContentTypeParser(
    ['application/yaml', 'application/x-yaml', 'text/yaml'],
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        // Without aliases a small document cannot grow into a large one.
        done(null, parse(String(body), { maxAliasCount: 0 }))
      } catch (error) {
        done(new Fault('invalid', 'request.invalid', 'The body is not a YAML document.', { cause: error }))
      }
    },
  )
  const paths = new Map(kinds.flatMap((kind) => [pathOf(kind), `${pathOf(kind)}/:name`].map((path) => [path, kind])))
  const roleOf = ({ method, routeOptions }: FastifyRequest) => {
    const roles = paths.get(routeOptions.url ?? '')?.roles
    return (method === 'GET' || method === 'HEAD' ? roles?.read : roles?.write) ?? 'operator'
  }
  requireCaller(app, deps, roleOf, (request) => textsOf(request.params).organisation)
  for (const kind of kinds) mountKind(app, deps, face, kind)
}

function mountKind(app: FastifyInstance, deps: FaceDeps, face: string, kind: Kind): void {
  const path = pathOf(kind)
  const base = { tags: [face], security: [{ bearer: [] }] }
  const list = Type.Object({
    apiVersion: Type.Literal(API_VERSION),
    kind: Type.Literal(`${kind.kind}List`),
    metadata: Type.Object({ continue: Type.Optional(Type.String()) }),
    items: Type.Array(kind.document),
  })
  // Answers are made by the kinds; a second serialiser would only hide what it left out.
  const serializerCompiler = () => (answer: unknown) => JSON.stringify(answer)
  app.get(
    path,
    {
      schema: { ...base, operationId: `list${kind.kind}`, summary: kind.summary, response: { 200: list } },
      serializerCompiler,
    },
    async (request, reply) => {
      const { items, next } = await kind.list(deps, askOf(request))
      const metadata = next === null ? {} : { continue: next }
      return answer(request, reply, 200, { apiVersion: API_VERSION, kind: `${kind.kind}List`, metadata, items })
    },
  )
  app.get(
    `${path}/:name`,
    {
      schema: {
        ...base,
        operationId: `get${kind.kind}`,
        summary: `Get one ${kind.kind}`,
        response: { 200: kind.document },
      },
      serializerCompiler,
    },
    async (request, reply) =>
      answer(request, reply, 200, await kind.get(deps, askOf(request), textsOf(request.params).name ?? '')),
  )
  const { create } = kind
  if (create === undefined) return
  const schema = {
    ...base,
    operationId: `create${kind.kind}`,
    summary: `Create one ${kind.kind}`,
    body: kind.document,
    response: { 201: kind.document },
  }
  app.post(path, { schema, serializerCompiler }, async (request, reply) =>
    answer(request, reply, 201, await create(deps, askOf(request), request.body)),
  )
}

function pathOf(kind: Kind): string {
  return kind.namespaced ? `${ROOT}/namespaces/:organisation/${kind.plural}` : `${ROOT}/${kind.plural}`
}

function askOf(request: FastifyRequest): KindAsk {
  return { caller: callerOf(request), actor: actorOf(request), query: queryOf(request.query) }
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, body: object): FastifyReply {
  reply.code(status).header('cache-control', 'no-store')
  const wantsYaml = /\b(application|text)\/(x-)?yaml\b/.test(request.headers.accept ?? '')
  if (!wantsYaml) return reply.send(body)
  return reply.type('application/yaml').serializer(String).send(stringify(body))
}

function answerFault(deps: FaceDeps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error)
  if (fault.kind === 'internal') deps.onError(error, request)
  if (fault.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  const { status, body } = toStatus(fault)
  return reply.code(status).type('application/json').serializer(JSON.stringify).send(body)
}

/** A repeated parameter has no one meaning. */
function queryOf(value: unknown): Readonly<Record<string, string>> {
  for (const [name, text] of Object.entries(Object(value))) {
    if (typeof text !== 'string') throw invalidFields([{ path: name, code: 'request.invalid', message: 'is repeated' }])
  }
  return textsOf(value)
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(value)).map(([name, text]) => [name, String(text)]))
}
