/** What every face is given and does alike: callers, roles, faults. The rest, wire form and error shape, is the face's own. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Rung } from '../decisions/decision.ts'
import type { DecisionStore } from '../decisions/decision-store.ts'
import { Fault, invalidFields } from '../fault.ts'
import { type Caller, type Callers, requireAdmin, requireOperator, requireViewer } from '../http/caller.ts'
import type { PageTokens } from '../http/page-token.ts'
import { schemaFaults } from '../http/schema-faults.ts'
import type { JsonObject } from '../json.ts'
import type { Registry } from '../registry/registry.ts'
import type { Actor } from '../registry/stores.ts'
import type { Trust } from '../registry/trust.ts'

/** What TestToken found, in the ladder's words; the token plane makes it. */
export interface TestTokenReport {
  readonly decisionId: string
  readonly passed: boolean
  readonly rungs: readonly Rung[]
  /** Best effort, also when the signature failed. */
  readonly claims: JsonObject | null
}

export interface FaceDeps {
  readonly registry: Registry
  readonly callers: Callers
  readonly pageTokens: PageTokens
  readonly decisions: DecisionStore
  /** `address` null means the caller's own. */
  readonly testToken: (ask: { trust: Trust; subjectToken: string; address: string }) => Promise<TestTokenReport>
  readonly testCondition: (expression: string, claimsJson: string) => { matched: boolean; error: string | null }
  /** Told of every fault of kind `internal`, with its cause. */
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

export interface Face {
  /** Folder and OpenAPI tag. */
  readonly name: string
  mount(deps: FaceDeps): (app: FastifyInstance) => Promise<void>
}

export type Role = 'viewer' | 'admin' | 'operator'

const callers = new WeakMap<FastifyRequest, Caller>()

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
      authorization: request.headers.authorization,
      organisationHeader: typeof header === 'string' ? header : undefined,
      requestId: request.id,
      ...(named === undefined ? {} : { organisationNamed: named }),
    })
    const role = roleOf(request)
    if (role === 'viewer') requireViewer(caller)
    else if (role === 'admin') requireAdmin(caller)
    else requireOperator(caller)
    callers.set(request, caller)
  })
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

/** Any error as a fault: Fastify's refusals are invalid requests, everything unforeseen is internal with a private cause. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (!(error instanceof Error)) return internal(error)
  if ('validation' in error && Array.isArray(error.validation)) return invalidFields(schemaFaults(error))
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) return new Fault('invalid', 'request.invalid', error.message, { cause: error })
  return internal(error)
}

function internal(cause: unknown): Fault {
  return new Fault('internal', 'internal', 'The server failed to answer; the request id leads to the reason.', {
    cause,
  })
}
