/** What tests of workload sources start from: all of them simulated over TLS, and a server of ours that reaches them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStage, type Stage, type StageOptions } from '../../simulators/stage.ts'
import { workloadSources } from '../../simulators/workloads/catalogue.ts'
import type { Registration } from '../../simulators/workloads/source.ts'
import { type Answer, type Api, at, createApi, textAt } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import { audienceOf } from '../../src/cli/demo/registration.ts'
import { type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { program } from './world.ts'

export const PROVIDERS = '/api/v1/workload_federation/providers'

export interface SourcesWorld {
  readonly stage: Stage
  readonly server: ServerProcess
  readonly operator: Api
  close(): Promise<void>
}

export interface WorldOptions extends StageOptions {
  /** False: the server does not know the authority of the sources. Default true. */
  readonly trustsAuthority?: boolean
  /** Besides the sources'. */
  readonly connectTo?: readonly string[]
  /** Settings of the server beside those. */
  readonly env?: Readonly<Record<string, string>>
}

export async function openSourcesWorld(options: WorldOptions = {}): Promise<SourcesWorld> {
  const data = mkdtempSync(join(tmpdir(), 'entente-sources-'))
  const stage = await openStage(workloadSources, options)
  const caFile = join(data, 'simulators.pem')
  writeFileSync(caFile, stage.caPem)
  const server = await startServerProcess({
    data,
    program: program(),
    env: {
      ENTENTE_UPSTREAM_CONNECT_TO: [stage.connectTo, ...(options.connectTo ?? [])].join(','),
      ...(options.trustsAuthority === false ? {} : { ENTENTE_UPSTREAM_CA: caFile }),
      ENTENTE_REFUSALS_PER_MINUTE: '100000',
      ...options.env,
    },
  })
  return {
    stage,
    server,
    operator: createApi(server.url, server.operatorToken()),
    async close() {
      await Promise.all([stage.stop(), server.kill()])
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export interface Trusted {
  readonly providerId: string
  readonly servicePrincipalId: string
  /** `{cutename}@{audience}/wfe` */
  readonly clientId: string
  readonly audience: string
}

/** Body of a create: what a source says of itself, and settings beside it. */
export type ProviderBody = Registration & { readonly oidc?: object }

/** Provider, service principal and trust, as an operator makes them. */
export async function trustSource(operator: Api, body: ProviderBody, condition: string): Promise<Trusted> {
  const providerId = textAt(await must(operator, 'POST', PROVIDERS, body), 'provider', 'id')
  const bot = { displayName: `${body.displayName} bot`, roleIds: ['viewer'] }
  const principal = await must(operator, 'POST', '/api/v1/service_principals', bot)
  const servicePrincipalId = textAt(principal, 'servicePrincipal', 'id')
  const trust = await must(operator, 'POST', `/api/v1/service_principals/${servicePrincipalId}/trusts`, {
    providerId,
    displayName: `${body.displayName} jobs`,
    conditionExpression: condition,
  })
  const clientId = textAt(trust, 'trust', 'clientId')
  return { providerId, servicePrincipalId, clientId, audience: audienceOf(clientId) }
}

/** The operator of the world, acting in another organisation. */
export function inOrganisation({ server, operator }: SourcesWorld, organisation: string): Api {
  const headers = { authorization: `Bearer ${server.operatorToken()}`, 'entente-organization': organisation }
  return {
    ...operator,
    async call(method, path, body) {
      const response = await fetch(server.url + path, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, headers: response.headers, body: await response.json() }
    },
  }
}

/** A call that has to succeed; an error quotes what was answered. */
export async function must(api: Api, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await api.call(method, path, body)
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}

/** `granted`, or the code that the decision gives for the refusal; the answer outside says no more than it may. */
export async function verdictOf({ server, operator }: SourcesWorld, trusted: Trusted, token: string): Promise<string> {
  const answer = await exchange(server.url, trusted.clientId, token)
  const id = answer.headers.get('entente-decision')
  const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
  const outcome = at(decision.body, 'spec', 'outcome')
  const isGranted = answer.status === 200 && typeof at(answer.body, 'access_token') === 'string'
  if (isGranted !== (outcome === 'granted')) throw new Error(`${answer.status}, but the decision says ${outcome}`)
  if (isGranted) return 'granted'
  if (answer.status !== 400 || at(answer.body, 'error') !== 'invalid_request') {
    throw new Error(`refused by ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return String(at(decision.body, 'spec', 'code'))
}
