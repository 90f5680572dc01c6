/** What every face is given and does alike: bodies, callers, roles, faults. Wire form and error shape are the face's own. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ExplainedPart, Rung } from '../decisions/decision.ts'
import type { AuditStore, DecisionStore } from '../decisions/decision-store.ts'
import { Fault, type FieldFault, invalidFields } from '../fault.ts'
import { type Caller, type Callers, presentedBy, requireAdmin, requireOperator, requireViewer } from '../http/caller.ts'
import type { PageTokens } from '../http/page-token.ts'
import { requestNote } from '../http/request-note.ts'
import { schemaFaults } from '../http/schema-faults.ts'
import type { JsonObject } from '../json.ts'
import { isId } from '../registry/names.ts'
import type { Person } from '../registry/person.ts'
import type { ImportedSettings } from '../registry/protocol.ts'
import type { Provider } from '../registry/provider.ts'
import type { Registry } from '../registry/registry.ts'
import type { Actor } from '../registry/stores.ts'
import type { Trust } from '../registry/trust.ts'
import { faceFault } from './faults.ts'
import { isCrowded, LARGEST_BYTES } from './large-body.ts'
import { requireStepUp, type StepUpAction } from './step-up-for.ts'

/** What TestToken found, in the ladder's words; the token plane makes it. */
export interface TestTokenReport {
  readonly decisionId: string
  readonly passed: boolean
  readonly rungs: readonly Rung[]
  /** Best effort, also when the signature failed. */
  readonly claims: JsonObject | null
  /** Of the trust's condition; null where it has none or nothing was decoded. */
  readonly conditionParts: readonly ExplainedPart[] | null
}

/** What is tested: a token, or claims that are taken for those of a genuine one. */
export type TestEvidence = { readonly subjectToken: string } | { readonly claims: JsonObject }

export interface PublishedKey {
  readonly kid: string
  readonly algorithm: string
  readonly state: 'next' | 'active' | 'retired'
  readonly createdAt: Date
  readonly activeAt: Date
  readonly removeAfter: Date | null
  readonly jwk: JsonObject
}

/** What TestCEL found. */
export interface TestedCondition {
  readonly matched: boolean
  readonly error: string | null
  /** Empty where the expression is not valid, or the claims are none. */
  readonly parts: readonly ExplainedPart[]
}

/** A living session of a person, as administrators see it. */
export interface PersonSession {
  readonly uid: string
  /** Registry id; null where the provider is gone. */
  readonly provider: string | null
  readonly createdAt: Date
  readonly authTime: Date
  readonly acr: string | null
  readonly amr: readonly string[]
  readonly lastSeenAt: Date
  /** Of idleness. */
  readonly expiresAt: Date
  /** In any case. */
  readonly endsAt: Date
}

/** Sessions of people; the sign-in plane has them. */
export interface PersonSessions {
  /** Youngest first, at most a hundred. */
  list(person: Pick<Person, 'uid' | 'organisation'>): Promise<readonly PersonSession[]>
  /** Ends one, or all where no uid is given, and tells their apps; answers how many there were. */
  revoke(actor: Actor, person: Pick<Person, 'uid' | 'organisation'>, which: { readonly uid?: string }): Promise<number>
}

export interface FaceDeps {
  readonly registry: Registry
  readonly callers: Callers
  readonly pageTokens: PageTokens
  readonly decisions: DecisionStore
  readonly auditRows: AuditStore
  readonly sessions: PersonSessions
  /** Our published keys, without their private halves. */
  readonly signingKeys: () => Promise<readonly PublishedKey[]>
  /** Publishes the one that takes over from it in a day; answers its kid. Faults: keys.unknown, keys.not_signing, keys.rotation_under_way */
  readonly rotateSigningKey: (kid: string) => Promise<string>
  /** Reads somebody's discovery document or metadata as settings; stores nothing. */
  readonly importConfig: (
    source: { readonly protocol: 'oidc' | 'saml' } & ({ readonly url: string } | { readonly text: string }),
  ) => Promise<ImportedSettings>
  /** TXT records of a DNS name, for the proof of domains. Faults: dns.unavailable */
  readonly txt: (name: string) => Promise<readonly string[]>
  /** Our SAML metadata for a provider. */
  readonly samlMetadata: (provider: Provider) => Promise<string>
  /** `address` is canonical: the caller's own, or the one to judge instead. */
  readonly testToken: (ask: { trust: Trust; evidence: TestEvidence; address: string }) => Promise<TestTokenReport>
  /** Where a browser begins a test sign-in with the provider, once. Faults: test.journey_unavailable */
  readonly beginTest: (provider: Provider) => string
  readonly testCondition: (expression: string, claimsJson: string) => TestedCondition
  /** Told of what callers are not: every fault of kind `internal`, and why an upstream could not be used. */
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

export interface Face {
  /** Folder and OpenAPI tag. */
  readonly name: string
  /** One sentence: what it manages, in whose wire form. */
  readonly about: string
  /** Where its paths begin: what is refused there before a route is found is refused in the face's shape. */
  readonly roots: readonly string[]
  readonly refuse: (refusal: Refusal) => ShapedRefusal
  mount(deps: FaceDeps): (app: FastifyInstance) => Promise<void>
}

/** `self`: any caller, about themselves. */
export type Role = 'self' | 'viewer' | 'admin' | 'operator'

/** Why a request is refused, before it has a face's shape. */
export interface Refusal {
  readonly fault: Fault
  /** Whose words the paths of the fields are: the registry's, or already the face's own (its schema found them). */
  readonly spelling: 'core' | 'wire'
  /** Where HTTP has a status of its own for it (413, 415); else the kind decides. */
  readonly status: number | null
}

export interface ShapedRefusal {
  readonly status: number
  readonly body: object
}

const callers = requestNote<Caller>()

/** Tells who calls and whether they may, before the body is read: a stranger learns nothing about its validity. */
export function requireCaller(
  app: FastifyInstance,
  deps: FaceDeps,
  roleOf: (request: FastifyRequest) => Role,
  namedBy: (request: FastifyRequest) => string | undefined = () => undefined,
): void {
  app.addHook('onRequest', async (request) => {
    const header = request.headers['entente-organization']
    const named = namedBy(request)
    const caller = await deps.callers({
      presented: presentedBy(request),
      organisationHeader: typeof header === 'string' ? organisationOf(header) : undefined,
      requestId: request.id,
      ...(named === undefined ? {} : { organisationNamed: organisationOf(named) }),
    })
    const role = roleOf(request)
    if (role === 'viewer') requireViewer(caller)
    else if (role === 'admin') requireAdmin(caller)
    else if (role !== 'self') requireOperator(caller)
    const action = actionOf(request)
    if (action !== null) await requireStepUp(deps.registry, caller, action)
    callers.set(request, caller)
  })
}

/** What an organisation's `stepUpFor` may name. A provider is the last segment of its path in every face. */
function actionOf({ method, routeOptions: { url = '' } }: FastifyRequest): StepUpAction | null {
  if (method === 'DELETE' && /providers\/:\w+$/.test(url)) return 'provider.delete'
  return method === 'POST' && url.endsWith('/signingkeys/:name/rotate') ? 'signing_key.rotate' : null
}

/** What is no id names no organisation; not every database takes any text in a question. */
function organisationOf(text: string): string {
  return isId(text) ? text : '-'
}

/** The caller that the hook found. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new TypeError('the route asks for a caller before one was required')
  return caller
}

/** The caller as the audit names them. */
export function actorOf(request: FastifyRequest): Actor {
  const { organisation, subject, requestId } = callerOf(request)
  return { organisation, subject, requestId }
}

/** JSON is all that a face reads unless it says more; an empty body is none, whatever its content type. */
export function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: LARGEST_BYTES },
    (request, body, done) => {
      const text = String(body)
      if (text === '') done(null, undefined)
      else if (isCrowded(text)) done(Object.assign(new Error('too many values'), { statusCode: 413 }))
      else parse(request, text, done)
    },
  )
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') done(null, undefined)
    else done(faceFault('request.media_type'))
  })
}

/** Paths under the face's roots that are none of its routes; only known callers are told so. */
export function refuseOtherPaths(app: FastifyInstance, roots: readonly string[]): void {
  for (const root of roots) {
    for (const url of [root, `${root}/*`]) {
      // HEAD comes with GET.
      const method = app.supportedMethods.filter((method) => method !== 'HEAD' && !app.hasRoute({ method, url }))
      app.route({
        method,
        url,
        schema: { hide: true },
        handler: () => Promise.reject(faceFault('request.path_unknown')),
      })
    }
  }
}

/** Bad fields as the caller spelt them, found by the face itself. */
export class WireFaults extends Error {
  override readonly name = 'WireFaults'
  readonly fields: readonly FieldFault[]
  constructor(fields: readonly FieldFault[]) {
    super('fields of the request are invalid')
    this.fields = fields
  }
}

/** Tells the log what the refusal keeps from its caller. */
export function tellLog(deps: FaceDeps, { fault }: Refusal, error: unknown, request: FastifyRequest): void {
  const isUpstream = fault.kind === 'upstream' && fault.cause !== undefined
  if (fault.kind === 'internal' || isUpstream) deps.onError(error, request)
}

/** Any error as a refusal: the framework's own are invalid requests, everything unforeseen is internal with a private cause. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Fault) return { fault: error, spelling: 'core', status: statusOf(error) }
  if (!(error instanceof Error))
    return { fault: faceFault('internal', { cause: error }), spelling: 'core', status: null }
  if (error instanceof WireFaults) return { fault: invalidFields(error.fields), spelling: 'wire', status: null }
  if ('validation' in error && Array.isArray(error.validation)) {
    return { fault: invalidFields(schemaFaults(error)), spelling: 'wire', status: null }
  }
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (status < 400 || status >= 500)
    return { fault: faceFault('internal', { cause: error }), spelling: 'core', status: null }
  // Not the framework's message: it may quote the body.
  const message = SENTENCES[status] ?? 'The request cannot be read.'
  const code = status === 415 ? 'request.media_type' : 'request.invalid'
  return { fault: faceFault(code, { message, cause: error }), spelling: 'core', status }
}

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: its address or its body is malformed.',
  413: 'The body is too large.',
  414: 'The address is too long.',
  415: 'The body must be of type application/json.',
}

function statusOf({ code }: Fault): number | null {
  return code === 'request.media_type' ? 415 : null
}
