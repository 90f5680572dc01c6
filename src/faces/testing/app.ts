/** The faces on a real server, a real registry and a SQLite file; callers, protocols and the token test are fakes. */
import { randomBytes, randomFillSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { testCondition } from '../../claims/test-condition.ts'
import { openDecisions } from '../../decisions/index.ts'
import type { Recorder } from '../../decisions/recorder.ts'
import { type Callers, callerFault } from '../../http/caller.ts'
import { describeRoutes } from '../../http/openapi.ts'
import { createPageTokens } from '../../http/page-token.ts'
import { createServer } from '../../http/server.ts'
import type { Json } from '../../json.ts'
import { registryFault } from '../../registry/faults.ts'
import { organisationRecord } from '../../registry/testing/memory-stores.ts'
import { createTestRegistry, type TestRegistry } from '../../registry/testing/registry.ts'
import { openStorage } from '../../storage/index.ts'
import type { Storage } from '../../storage/storage.ts'
import { createUids } from '../../uid.ts'
import type { Face, FaceDeps, TestTokenReport } from '../face.ts'
import { refuseBeforeRouting } from '../index.ts'

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
  /** Every answer a face's route has given, for comparison with the OpenAPI document. */
  readonly given: { operation: string; status: number; body: Json }[]
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
  const onError = (error: unknown) => void internal.push(error)
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
    async signingKeys() {
      const dates = { createdAt: now(), activeAt: now(), removeAfter: null }
      return [{ kid: 'key-1', algorithm: 'ES256', state: 'active', ...dates, jwk: { kty: 'EC', kid: 'key-1' } }]
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
    onError,
  }
  const deps = await adjust(usual, storage)
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent', refuseBeforeRouting })
  await describeRoutes(app, registry.publicUrl)
  const given: TestApp['given'] = []
  app.addHook('onSend', async (request, reply, payload) => {
    const operation = request.routeOptions.schema?.operationId
    if (operation !== undefined) given.push({ operation, status: reply.statusCode, body: jsonOf(String(payload)) })
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
    given,
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
    },
  }
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
