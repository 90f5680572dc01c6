/** Hangs the kinds onto the web framework: the same paths, statuses and errors for all of them, JSON or YAML both ways. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { Type } from 'typebox'
import { Fault, type FieldFault, throwFields } from '../../fault.ts'
import { challengeOf } from '../../http/caller.ts'
import type { Json } from '../../json.ts'
import {
  actorOf,
  callerOf,
  type FaceDeps,
  refusalOf,
  refuseOtherPaths,
  requireCaller,
  takeJson,
  WireFaults,
} from '../face.ts'
import { mountApply } from './apply/routes.ts'
import { prefersYaml, readYaml, writeYaml, YAML_TYPES } from './document.ts'
import { API_VERSION, type Kind, type KindAsk, type KindWrite } from './kind.ts'
import type { Manifest } from './manifest.ts'
import { mergePatch } from './merge-patch.ts'
import { toStatus } from './status.ts'

const ROOT = `/apis/${API_VERSION}`

export function mountKinds(app: FastifyInstance, deps: FaceDeps, face: string, kinds: readonly Kind[]): void {
  takeJson(app)
  const yaml = async (_request: FastifyRequest, body: string | Buffer) =>
    body === '' ? undefined : readYaml(String(body))
  app.addContentTypeParser(YAML_TYPES, { parseAs: 'string' }, yaml)
  app.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  )
  const byPath = new Map(kinds.flatMap((kind) => pathsOf(kind).map((path) => [path, kind])))
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal.fault.kind === 'internal') deps.onError(error, request)
    if (refusal.fault.kind === 'unauthenticated') reply.header('www-authenticate', challengeOf(refusal.fault))
    const words = byPath.get(request.routeOptions.url ?? '')?.words
    const { status, body } = toStatus(refusal, request.method === 'GET' ? 'query' : 'document', words)
    return send(request, reply, status, body)
  })
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
  mountApply(app, deps, { face, path: `${ROOT}/apply`, kinds, send })
  refuseOtherPaths(app, [ROOT])
}

/** Every path of a kind, for its roles and its words. */
function pathsOf(kind: Kind): string[] {
  const path = pathOf(kind)
  return [path, `${path}/:name`, `${path}/:name/secret`, `${path}/:name/test`]
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
    send(request, reply, 200, await kind.get(deps, askOf(request, []), nameOf(request))),
  )
  if (kind.write !== undefined) mountWrites(app, deps, base, kind, kind.write)
}

function mountWrites(app: FastifyInstance, deps: FaceDeps, base: object, kind: Kind, write: KindWrite): void {
  const { registry } = deps
  const path = pathOf(kind)
  const documented = (verb: string, summary: string, statuses: readonly number[], body?: object) => ({
    schema: {
      ...base,
      operationId: `${verb}${kind.kind}`,
      summary: `${summary} one ${kind.kind}`,
      ...(body === undefined ? {} : { body }),
      response: Object.fromEntries(statuses.map((status) => [status, kind.document])),
    },
  })
  app.post(path, documented('create', 'Create', [201], kind.document), async (request, reply) => {
    const document = documentOf(request)
    return send(request, reply, 201, await write.create(registry, askOf(request, []), document))
  })
  app.put(
    `${path}/:name`,
    documented('put', 'Create or replace', [200, 201], kind.document),
    async (request, reply) => {
      const [ask, name, document] = [askOf(request, []), nameOf(request), documentOf(request)]
      const before = await write.find(registry, ask, name)
      if (before !== null) return send(request, reply, 200, await write.replace(registry, ask, name, document))
      return send(request, reply, 201, await write.create(registry, ask, document))
    },
  )
  const patch = { type: 'object', description: 'JSON merge patch. Source: RFC 7396.' }
  app.patch(`${path}/:name`, documented('patch', 'Change', [200], patch), async (request, reply) =>
    send(request, reply, 200, await patched(deps, kind, write, request)),
  )
  const removing = {
    ...base,
    operationId: `delete${kind.kind}`,
    summary: `Delete one ${kind.kind}`,
    response: { 200: Type.Object({ kind: Type.Literal('Status') }) },
  }
  app.delete(`${path}/:name`, { schema: removing }, async (request, reply) => {
    const [ask, name] = [askOf(request, []), nameOf(request)]
    await write.remove(registry, ask, name)
    const details = { name, kind: kind.plural }
    return send(request, reply, 200, { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Success', details })
  })
  const { putSecret, test } = write
  if (putSecret !== undefined) {
    const body = Type.Object(
      { clientSecret: Type.String({ description: 'Written, never shown.' }) },
      { additionalProperties: false },
    )
    const schema = {
      ...base,
      operationId: `put${kind.kind}Secret`,
      summary: `Store the client secret of one ${kind.kind}`,
      body,
      response: { 204: { type: 'null' } },
    }
    app.put(`${path}/:name/secret`, { schema }, async (request, reply) => {
      const { clientSecret } = Object(request.body)
      await putSecret(registry, askOf(request, []), nameOf(request), String(clientSecret))
      return reply.code(204).header('cache-control', 'no-store').send()
    })
  }
  if (test === undefined) return
  const schema = {
    ...base,
    operationId: `test${kind.kind}`,
    summary: `Begin a test sign-in with one ${kind.kind}`,
    response: { 200: Type.Object({ redirectUrl: Type.String() }) },
  }
  app.post(`${path}/:name/test`, { schema }, async (request, reply) =>
    send(request, reply, 200, await test(registry, askOf(request, []), nameOf(request))),
  )
}

/** As often as somebody else may write in between before it is no accident any more. */
const TRIES = 8

/** Merges the patch into the document as it is read, and again into the next one if another write was first. */
async function patched(deps: FaceDeps, kind: Kind, write: KindWrite, request: FastifyRequest): Promise<Manifest> {
  const [ask, name] = [askOf(request, []), nameOf(request)]
  // The schema has let only an object through.
  const patch = request.body as Json
  const insists = Object(Object(patch).metadata).resourceVersion !== undefined
  for (let tries = 1; ; tries++) {
    const before = await write.find(deps.registry, ask, name)
    // Its own fault for what is not there.
    if (before === null) return (await kind.get(deps, ask, name)) as Manifest
    // A document is JSON all through.
    const { status: _, ...merged } = Object(mergePatch(before as unknown as Json, patch))
    const document = validated(request, kind, merged)
    try {
      return await write.replace(deps.registry, ask, name, document)
    } catch (error) {
      const isRace = error instanceof Fault && error.code.endsWith('.changed') && !insists
      if (!isRace || tries >= TRIES) throw error
    }
  }
}

/** The document, if the kind's schema lets it through. */
function validated(request: FastifyRequest, kind: Kind, document: unknown): Manifest {
  const validate = request.compileValidationSchema(Object(kind.document))
  if (validate(document)) return named(request, document)
  throw Object.assign(new Error('the merged document is invalid'), { validation: validate.errors ?? [] })
}

/** The body, which the schema let through, named as its path says. */
function documentOf(request: FastifyRequest): Manifest {
  return named(request, request.body)
}

function named(request: FastifyRequest, body: unknown): Manifest {
  const document = body as Manifest // by the schema
  const { name, organisation } = textsOf(request.params)
  const faults: FieldFault[] = []
  const judge = (member: 'name' | 'namespace', wanted: string | undefined) => {
    const given = document.metadata[member]
    if (given === undefined || wanted === undefined || given === wanted) return
    faults.push({ path: `metadata.${member}`, code: 'field.invalid', message: 'must be what the path says' })
  }
  judge('name', name)
  judge('namespace', organisation)
  if (faults.length > 0) throw new WireFaults(faults)
  return name === undefined ? document : { ...document, metadata: { ...document.metadata, name } }
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

function nameOf(request: FastifyRequest): string {
  return textsOf(request.params).name ?? ''
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
