/** Hangs the kinds onto the web framework: the same paths, statuses and errors for all of them, JSON or YAML both ways. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { Type } from 'typebox'
import { type FieldFault, throwFields } from '../../fault.ts'
import { actorOf, callerOf, type FaceDeps, refusalOf, refuseOtherPaths, requireCaller, takeJson } from '../face.ts'
import { prefersYaml, readYaml, writeYaml, YAML_TYPES } from './document.ts'
import { API_VERSION, type Kind, type KindAsk } from './kind.ts'
import { toStatus } from './status.ts'

const ROOT = `/apis/${API_VERSION}`

export function mountKinds(app: FastifyInstance, deps: FaceDeps, face: string, kinds: readonly Kind[]): void {
  takeJson(app)
  app.addContentTypeParser(
    YAML_TYPES,
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string | Buffer) => (body === '' ? undefined : readYaml(String(body))),
  )
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal.fault.kind === 'internal') deps.onError(error, request)
    if (refusal.fault.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
    const { status, body } = toStatus(refusal, request.method === 'GET' ? 'query' : 'document')
    return send(request, reply, status, body)
  })
  const byPath = new Map(kinds.flatMap((kind) => [pathOf(kind), `${pathOf(kind)}/:name`].map((path) => [path, kind])))
  requireCaller(
    app,
    deps,
    ({ method, routeOptions }) => {
      const roles = byPath.get(routeOptions.url ?? '')?.roles
      if (roles === undefined) return 'self'
      return method === 'GET' || method === 'HEAD' ? roles.read : roles.write
    },
    (request) => textsOf(request.params).organisation,
  )
  for (const kind of kinds) mountKind(app, deps, face, kind)
  refuseOtherPaths(app, [ROOT])
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
  const names = ['limit', 'continue', ...Object.keys(kind.filters)]
  const listing: RouteShorthandOptions = {
    schema: {
      ...base,
      operationId: `list${kind.kind}`,
      summary: kind.summary,
      querystring: { type: 'object', properties: { ...PAGE_QUERY, ...describedTexts(kind.filters) } },
      response: { 200: list },
    },
  }
  app.get(path, listing, async (request, reply) => {
    const { items, next } = await kind.list(deps, askOf(request, names))
    const metadata = next === null ? {} : { continue: next }
    return send(request, reply, 200, { apiVersion: API_VERSION, kind: `${kind.kind}List`, metadata, items })
  })
  const one: RouteShorthandOptions = {
    schema: {
      ...base,
      operationId: `get${kind.kind}`,
      summary: `Get one ${kind.kind}`,
      response: { 200: kind.document },
    },
  }
  app.get(`${path}/:name`, one, async (request, reply) =>
    send(request, reply, 200, await kind.get(deps, askOf(request, []), textsOf(request.params).name ?? '')),
  )
  const { create } = kind
  if (create === undefined) return
  const creating: RouteShorthandOptions = {
    schema: {
      ...base,
      operationId: `create${kind.kind}`,
      summary: `Create one ${kind.kind}`,
      body: kind.document,
      response: { 201: kind.document },
    },
  }
  app.post(path, creating, async (request, reply) =>
    send(request, reply, 201, await create(deps, askOf(request, []), request.body)),
  )
}

const PAGE_QUERY = describedTexts({
  limit: '1 to 500, default 100.',
  continue: 'metadata.continue of the page before.',
})

function describedTexts(texts: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(texts).map(([name, description]) => [name, { type: 'string', description }]))
}

function pathOf(kind: Kind): string {
  return kind.namespaced ? `${ROOT}/namespaces/:organisation/${kind.plural}` : `${ROOT}/${kind.plural}`
}

function askOf(request: FastifyRequest, names: readonly string[]): KindAsk {
  return { caller: callerOf(request), actor: actorOf(request), query: queryOf(request.query, names) }
}

/** The answer in the form the caller would rather have; schemas do not serialise, they would only hide what they left out. */
function send(request: FastifyRequest, reply: FastifyReply, status: number, body: object): FastifyReply {
  const yaml = prefersYaml(request.headers.accept)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('vary', 'accept')
    .type(yaml ? 'application/yaml' : 'application/json; charset=utf-8')
    .serializer((document: object) => (yaml ? writeYaml(document) : JSON.stringify(document)))
    .send(body)
}

/** Only parameters that mean something here: a misspelt filter would show what it was to hide. The schema refused repeated ones. */
function queryOf(value: unknown, names: readonly string[]): Readonly<Record<string, string>> {
  const query = textsOf(value)
  const unknown = Object.keys(query).filter((name) => !names.includes(name))
  const message = names.length === 0 ? 'is not a parameter here' : `is not one of ${names.join(', ')}`
  throwFields(unknown.map((path): FieldFault => ({ path: path.slice(0, 80), code: 'field.unknown', message })))
  return query
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(value)).map(([name, text]) => [name, String(text)]))
}
