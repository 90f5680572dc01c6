/** The faces on a real server, a real registry and a SQLite file; callers, protocols and the token test are fakes. */
import { randomBytes, randomFillSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { testCondition } from '../../claims/test-condition.ts'
import { openDecisions } from '../../decisions/index.ts'
import type { Recorder } from '../../decisions/recorder.ts'
import { Fault } from '../../fault.ts'
import { type Callers, callerFault } from '../../http/caller.ts'
import { describeRoutes } from '../../http/openapi.ts'
import { createPageTokens } from '../../http/page-token.ts'
import { createServer } from '../../http/server.ts'
import type { Json } from '../../json.ts'
import { keyFault } from '../../keys/faults.ts'
import { registryFault } from '../../registry/faults.ts'
import { organisationRecord } from '../../registry/testing/memory-stores.ts'
import { createTestRegistry, type TestRegistry } from '../../registry/testing/registry.ts'
import { openStorage } from '../../storage/index.ts'
import type { Storage } from '../../storage/storage.ts'
import { createUids } from '../../uid.ts'
import type { Face, FaceDeps, TestTokenReport } from '../face.ts'

import { refuseBeforeRouting } from '../index.ts'

import { documentedExchanges } from './documented-exchanges.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** Null where the text is no JSON. */
  readonly body: Json
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly registry: TestRegistry
  readonly storage: Storage
  readonly recorder: Recorder
  /** Faults of kind `internal`, which no request may cause. */
  readonly internal: unknown[]
  /** Operations that were called. */
  readonly called: ReadonlySet<string>
  /** What was asked or answered otherwise than the OpenAPI document says; `close` throws if there is any. */
  readonly undocumented: readonly string[]
  /** What TestToken was asked, and what it answers next. */
  readonly tested: { asks: Parameters<FaceDeps['testToken']>[0][]; report: TestTokenReport }
  /** TXT records by name. */
  readonly dns: Map<string, readonly string[]>
  /** What was asked to be imported. */
  readonly imported: readonly Parameters<FaceDeps['importConfig']>[0][]
  /** A JSON request as `who` (`operator` unless told): `role@organisation`, or null for nobody. */
  send(method: string, url: string, body?: unknown, who?: string | null): Promise<Answer>
  inject(options: InjectOptions): Promise<Answer>
  close(): Promise<void>
}

export const ORGANISATIONS = ['default', 'acme', 'rival'] as const

/** `operator` acts everywhere; `admin@acme` and `viewer@acme` in acme. */
export function tokenOf(who: string): string {
  return `Bearer ${who}`
}

const isOfUpstream = (error: unknown) => error instanceof Fault && error.kind === 'upstream'

/** `adjust` puts other parts into what the faces are given. */
export async function openTestApp(
  faces: readonly Face[],
  adjust: (deps: FaceDeps, storage: Storage) => Promise<FaceDeps> = async (deps) => deps,
): Promise<TestApp> {
  const directory = mkdtempSync(join(tmpdir(), 'entente-faces-'))
  const fakes = await createTestRegistry()
  const newUid = createUids(Date.now, randomFillSync)
  const now = () => new Date()
  const internal: unknown[] = []
  // That an upstream could not be used is told as well, and is no failure of ours.
  const onError = (error: unknown) => void (isOfUpstream(error) || internal.push(error))
  const storage = await openStorage({ url: `sqlite:${join(directory, 'entente.db')}`, now, onError })
  const { recorder, auditChain } = await openDecisions({ stores: storage, now, newUid, onError })
  storage.useAuditChain(auditChain)
  for (const id of ORGANISATIONS.slice(1)) {
    await storage.write((tx) => tx.organisations.insert(organisationRecord({ uid: newUid(), id })))
  }
  let generation = 0
  const write: typeof storage.write = async (work) => {
    const done = await storage.write(work)
    generation += 1
    return done
  }
  const registry: TestRegistry = { ...fakes, stores: storage, write, generation: () => generation, now, newUid }
  const imported: Parameters<FaceDeps['importConfig']>[0][] = []
  const dns = new Map<string, readonly string[]>()
  const tested: TestApp['tested'] = {
    asks: [],
    report: {
      decisionId: '00000000-0000-7000-8000-000000000001',
      passed: true,
      rungs: [],
      claims: null,
      conditionParts: null,
    },
  }
  const usual: FaceDeps = {
    registry,
    callers: fakeCallers(storage),
    pageTokens: createPageTokens(randomBytes(32)),
    decisions: storage.decisions,
    auditRows: storage.auditRows,
    sessions: sessionsIn(storage, now),
    async signingKeys() {
      const dates = { createdAt: now(), activeAt: now(), removeAfter: null }
      return [{ kid: 'key-1', algorithm: 'ES256', state: 'active', ...dates, jwk: { kty: 'EC', kid: 'key-1' } }]
    },
    async rotateSigningKey(kid) {
      if (kid !== 'key-1') throw keyFault('keys.unknown')
      return 'key-1'
    },
    async importConfig(source) {
      imported.push(source)
      return {
        issuer: 'https://imported.example',
        settings: { tokenUrl: 'https://imported.example/token' },
        unknown: ['x'],
      }
    },
    txt: async (name) => dns.get(name) ?? [],
    samlMetadata: async ({ id }) => `<EntityDescriptor entityID="https://entente.example/saml/${id}"/>`,
    async testToken(ask) {
      tested.asks.push(ask)
      return tested.report
    },
    testCondition,
    beginTest(provider) {
      if (provider.protocol === 'saml') throw registryFault('test.journey_unavailable')
      return `https://entente.example/sign-in/test/ticket-of-${provider.organisation}-${provider.id}`
    },
    onError,
  }
  const deps = await adjust(usual, storage)
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent', refuseBeforeRouting })
  await describeRoutes(app, registry.publicUrl)
  const called = new Set<string>()
  const undocumented: string[] = []
  // Made of the routes, so not before they are all there.
  let judge: ReturnType<typeof documentedExchanges> | null = null
  app.addHook('onSend', async (request, reply, payload) => {
    const operation = request.routeOptions.schema?.operationId
    if (operation === undefined) return payload
    called.add(operation)
    judge ??= judgeOf(faces, app)
    const wrong = judge({
      operation,
      sent: request.body,
      sentType: typeOf(request.headers['content-type']),
      query: Object(request.query),
      status: reply.statusCode,
      type: typeOf(reply.getHeader('content-type')),
      text: typeof payload === 'string' ? payload : '',
    })
    if (undocumented.length < MOST_TOLD) undocumented.push(...wrong)
    return payload
  })
  for (const face of faces) await app.register(face.mount(deps))
  await app.ready()

  const inject = async (options: InjectOptions): Promise<Answer> => {
    const response = await app.inject(options)
    return { status: response.statusCode, headers: response.headers, text: response.body, body: jsonOf(response.body) }
  }
  return {
    app,
    registry,
    storage,
    recorder,
    internal,
    called,
    undocumented,
    tested,
    imported,
    dns,
    inject,
    send: (method, url, body, who = 'operator') =>
      inject({
        // Fastify's own type of methods is narrower than what arrives.
        method: method as 'GET',
        url,
        headers: {
          accept: 'application/json',
          ...(who === null ? {} : { authorization: tokenOf(who) }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async close() {
      await app.close()
      await recorder.drain()
      await storage.close()
      rmSync(directory, { recursive: true, force: true })
      if (undocumented.length > 0) throw new Error(`not as documented:\n${undocumented.join('\n')}`)
    },
  }
}

/** The stored ones, without apps to be told. */
function sessionsIn({ sessions, providers }: Storage, now: () => Date): FaceDeps['sessions'] {
  return {
    list: async ({ uid: person }) =>
      await Promise.all(
        (await sessions.list({ person }, now())).map(async (session) => ({
          ...session,
          provider: (await providers.getByUid(session.provider))?.id ?? null,
        })),
      ),
    revoke: async (_actor, { uid: person }, which) => (await sessions.end({ person, ...which })).length,
  }
}

/** The document depends on the faces alone; to make and compile it takes longer than most tests. */
const judges = new Map<string, ReturnType<typeof documentedExchanges>>()

function judgeOf(faces: readonly Face[], app: FastifyInstance) {
  const key = faces.map(({ name }) => name).join()
  const judge = judges.get(key) ?? documentedExchanges(app.swagger())
  judges.set(key, judge)
  return judge
}

/** Of what is undocumented: one is enough to fail, some help to see why. */
const MOST_TOLD = 10

/** Without its parameters. */
function typeOf(header: unknown): string {
  return (
    String(header ?? '')
      .split(';', 1)[0]
      ?.trim() ?? ''
  )
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The contract of the real one, by tokens that say what they are. */
function fakeCallers(storage: Storage): Callers {
  return async ({ presented: { authorization }, organisationHeader, organisationNamed, requestId }) => {
    const [, role, home = 'default'] =
      /^Bearer (operator|admin|viewer|nobody)(?:@([a-z]+))?$/.exec(authorization ?? '') ?? []
    if (role === undefined) throw callerFault('caller.unauthenticated')
    if (
      organisationHeader !== undefined &&
      organisationNamed !== undefined &&
      organisationHeader !== organisationNamed
    ) {
      throw callerFault('caller.organisations_disagree')
    }
    const organisation = organisationHeader ?? organisationNamed ?? home
    const operator = role === 'operator'
    if (organisation !== home && (!operator || (await storage.organisations.get(organisation)) === null)) {
      throw registryFault('organisation.unknown')
    }
    const roles = role === 'nobody' ? [] : [role]
    return { organisation, home, subject: 'operator-token', roles, operator, requestId }
  }
}
