/** `POST …/apply`: reads many documents, finds out who may write each, and applies them together. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { FieldFault } from '../../../fault.ts'
import { type Caller, presentedBy, requireAdmin } from '../../../http/caller.ts'
import { registryFault } from '../../../registry/faults.ts'
import { isId } from '../../../registry/names.ts'
import { described } from '../../described.ts'
import { callerOf, type FaceDeps, refusalOf, takeJson, tellLog, WireFaults } from '../../face.ts'
import { faceFault } from '../../faults.ts'
import { YAML, YAML_TYPES } from '../document.ts'
import { API_VERSION, type Kind, type KindAsk } from '../kind.ts'
import type { Manifest } from '../manifest.ts'
import { readYamlDocuments } from '../read-yaml.ts'
import { Cause, Status } from '../status.ts'
import { applyAll, type Prepared } from './apply.ts'

export interface ApplyMount {
  readonly face: string
  readonly path: string
  readonly kinds: readonly Kind[]
  readonly send: (request: FastifyRequest, reply: FastifyReply, status: number, body: object) => FastifyReply
}

/** All of them lie in one transaction, which holds up other writers. */
const MOST_DOCUMENTS = 500

const Answer = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        kind: Type.String(),
        namespace: Type.String(),
        name: Type.String(),
        result: Type.String({ enum: ['created', 'configured', 'unchanged', 'failed'] }),
        diff: Type.Array(
          Type.Object({ path: Type.String(), from: Type.Optional(Type.Unknown()), to: Type.Optional(Type.Unknown()) }),
        ),
        lint: Type.Optional(
          Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: 'Where it was asked for.' }),
        ),
        status: Type.Optional(
          Type.Object(
            { clientId: Type.String(), clientSecret: Type.String() },
            { description: 'Of an App that was made without a secret: the one that was made for it, shown this once.' },
          ),
        ),
        error: Type.Optional(
          Type.Object({ message: Type.String(), reason: Type.String(), causes: Type.Array(Cause, { minItems: 1 }) }),
        ),
      }),
    ),
  },
  { title: 'Results' },
)

/** Documents in one: a `List` of kubectl's, or of one kind as our own lists answer. */
const listOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    kind: Type.String({ pattern: 'List$' }),
    items: Type.Array(item),
    apiVersion: Type.Optional(Type.String({ enum: ['v1', API_VERSION] })),
    metadata: Type.Optional(Type.Object({})),
  })

const AnyList = listOf(Type.Unknown())

/** What a request may hold. The handler judges each document by itself, so that every one has its result. */
function bodyOf(kinds: readonly Kind[]) {
  const documents = kinds.filter(({ write }) => write !== undefined).map(({ document }) => document)
  const one = [...documents, listOf(Type.Unsafe({ anyOf: documents }))]
  return { title: 'Documents', anyOf: [...one, { type: 'array', items: { anyOf: one } }] }
}

export function mountApply(app: FastifyInstance, deps: FaceDeps, { face, path, kinds, send }: ApplyMount): void {
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]))
  const schema = {
    ...described({
      face,
      id: 'applyManifests',
      summary: 'Create or replace many documents at once: all of them, or none',
      url: path,
      refusal: Status,
    }),
    description: 'One or many documents: YAML separated by ---, a JSON list (Lists in it, too), a List, or one alone.',
    alsoAs: [YAML],
    bodyAs: YAML_TYPES,
    judgedBody: bodyOf(kinds),
    querystring: {
      type: 'object',
      properties: {
        dryRun: { type: 'string', description: '`All`: judge and compare, write nothing.' },
        namespace: { type: 'string', description: 'Organisation of documents that name none.' },
        lint: { type: 'string', description: '`true`: the results have what lint says.' },
      },
    },
    response: { 200: Answer, 400: Answer },
  }
  // A scope of its own: a body of many documents is no body elsewhere.
  app.register(async (scope) => {
    takeJson(scope)
    scope.addContentTypeParser(
      YAML_TYPES,
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string | Buffer) => readYamlDocuments(String(body), MOST_DOCUMENTS),
    )
    scope.post(path, { schema }, async (request, reply) => {
      const { dryRun, namespace, withLint } = queryOf(request.query)
      const documents = documentsOf(request)
      const callers = createCallerOf(request, deps, documents)
      const prepared: Prepared[] = []
      for (const document of documents) {
        prepared.push(await prepare(request, byKind, document, namespace, callers))
      }
      const results = await applyAll(deps.registry, withoutTwins(prepared), dryRun, (refusal, error) =>
        tellLog(deps, refusal, error, request),
      )
      const isFailed = results.some(({ result }) => result === 'failed')
      const shown = results.map(({ lint, ...result }) =>
        withLint && lint !== undefined ? { ...result, lint } : result,
      )
      return send(request, reply, isFailed ? 400 : 200, { results: shown })
    })
  })
}

interface Query {
  readonly dryRun: boolean
  readonly namespace: string | undefined
  readonly withLint: boolean
}

function queryOf(value: unknown): Query {
  const { dryRun, namespace, lint, ...unknown } = Object(value)
  const faults: FieldFault[] = Object.keys(unknown).map((name) => ({
    path: name.slice(0, 80),
    code: 'field.unknown',
    message: 'is not one of dryRun, namespace, lint',
  }))
  if (dryRun !== undefined && dryRun !== 'All' && dryRun !== '') {
    faults.push({ path: 'dryRun', code: 'field.invalid', message: 'must be All' })
  }
  if (lint !== undefined && lint !== 'true' && lint !== 'false' && lint !== '') {
    faults.push({ path: 'lint', code: 'field.invalid', message: 'must be true or false' })
  }
  if (faults.length > 0) throw new WireFaults(faults)
  return {
    dryRun: dryRun === 'All',
    namespace: typeof namespace === 'string' ? namespace : undefined,
    withLint: lint === 'true',
  }
}

/** A list, a `List` of any kind, or one document alone. */
function documentsOf(request: FastifyRequest): unknown[] {
  const { body } = request
  const all = Array.isArray(body) ? body : [body]
  const validate = request.compileValidationSchema(AnyList)
  const documents = all.flatMap((one) => {
    const { kind, items } = Object(one)
    if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [one]
    if (!validate(one)) throw Object.assign(new Error('invalid'), { validation: validate.errors ?? [] })
    return items
  })
  if (documents.length === 0 || body === undefined || body === null) {
    throw faceFault('request.invalid', { message: 'The body has no documents.' })
  }
  if (documents.length > MOST_DOCUMENTS) {
    throw faceFault('request.invalid', { message: `The body has more than ${MOST_DOCUMENTS} documents.` })
  }
  return documents
}

type CallerIn = (namespace: string | undefined) => Promise<Caller>

/** The caller as they act in an organisation; one that the same request makes is there for its maker. */
function createCallerOf(request: FastifyRequest, deps: FaceDeps, documents: readonly unknown[]): CallerIn {
  const own = callerOf(request)
  const made = new Set(
    documents.filter((one) => Object(one).kind === 'Organization').map((one) => Object(Object(one).metadata).name),
  )
  const known = new Map<string, Promise<Caller>>()
  const header = request.headers['entente-organization']
  const ask = async (namespace: string): Promise<Caller> => {
    if (!isId(namespace)) throw registryFault('organisation.unknown')
    if (own.operator && made.has(namespace)) return { ...own, organisation: namespace }
    return await deps.callers({
      presented: presentedBy(request),
      organisationHeader: typeof header === 'string' ? header : undefined,
      organisationNamed: namespace,
      requestId: request.id,
    })
  }
  return async (namespace) => {
    if (namespace === undefined || namespace === own.organisation) return own
    const caller = known.get(namespace) ?? ask(namespace)
    known.set(namespace, caller)
    return await caller
  }
}

async function prepare(
  request: FastifyRequest,
  byKind: ReadonlyMap<string, Kind>,
  given: unknown,
  fallback: string | undefined,
  callerIn: CallerIn,
): Promise<Prepared> {
  const kind = byKind.get(Object(given).kind) ?? null
  try {
    if (kind?.write === undefined) {
      const names = [...byKind.values()].filter(({ write }) => write !== undefined).map(({ kind }) => kind)
      throw new WireFaults([{ path: 'kind', code: 'field.invalid', message: `must be one of ${names.join(', ')}` }])
    }
    const validate = request.compileValidationSchema(Object(kind.document))
    if (!validate(given)) throw Object.assign(new Error('invalid'), { validation: validate.errors ?? [] })
    const { namespace, name } = (given as Manifest).metadata // by the schema
    if (name === undefined)
      throw new WireFaults([{ path: 'metadata.name', code: 'field.missing', message: 'is required' }])
    if (!kind.namespaced && namespace !== undefined) {
      const message = 'does not go with this kind'
      throw new WireFaults([{ path: 'metadata.namespace', code: 'field.invalid', message }])
    }
    const caller = await callerIn(kind.namespaced ? (namespace ?? fallback) : undefined)
    requireAdmin(caller)
    kind.admit?.(caller, 'write', name)
    const { organisation, subject, requestId } = caller
    const ask: KindAsk = { caller, actor: { organisation, subject, requestId }, query: {} }
    return { kind, ask, document: given as Manifest } // as above
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.fault.kind === 'internal' || refusal.fault.kind === 'unavailable') throw error
    return {
      refusal,
      kind,
      namespace: kind?.namespaced === false ? '' : namespaceOf(given, fallback, request),
      document: given,
    }
  }
}

/** Where the document was meant for, whether or not there is such an organisation. */
function namespaceOf(given: unknown, fallback: string | undefined, request: FastifyRequest): string {
  const { namespace } = Object(Object(given).metadata)
  return typeof namespace === 'string' ? namespace : (fallback ?? callerOf(request).organisation)
}

/** Two documents of one object contradict each other, or one is too many: nobody is asked to guess which. */
function withoutTwins(prepared: readonly Prepared[]): Prepared[] {
  const seen = new Map<string, number>()
  return prepared.map((one, index) => {
    if ('refusal' in one) return one
    const { kind, ask, document } = one
    const namespace = kind.namespaced ? ask.caller.organisation : ''
    const key = JSON.stringify([kind.kind, namespace, document.metadata.name])
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, index)
      return one
    }
    const message = `is the name of document ${first + 1} of the request, too`
    const refusal = refusalOf(new WireFaults([{ path: 'metadata.name', code: 'field.invalid', message }]))
    return { refusal, kind, namespace, document }
  })
}
