/**
 * Fuzzes one face: so many requests one after another against one house. Each must be answered with success or a refusal in
 * the face's own shape; a refusal stores nothing; whatever was stored keeps the rules, and can be read through every face.
 */
import fc from 'fast-check'
import type { Json } from '../../../json.ts'
import type { Provider } from '../../../registry/provider.ts'
import type { RegistryEvent } from '../../../registry/stores.ts'
import type { Answer } from '../app.ts'
import type { Specimen } from '../specimen.ts'
import { type FuzzOperation, operationsOf } from './operations.ts'
import { isWellFormed, providerRules } from './provider-rules.ts'
import { credentialRules, organisationRules, principalRules, trustRules } from './record-rules.ts'
import { type FuzzRequest, plans, requestOf } from './requests.ts'
import { SEEDS } from './seeds.ts'
import { CANARY } from './values.ts'
import { type FuzzWorld, type Known, openFuzzWorld } from './world.ts'

export interface FuzzReport {
  /** Successes and refusals by method and path. */
  readonly operations: ReadonlyMap<string, { ok: number; refused: number }>
  /** What breaks a rule at the end, seen over all records. */
  readonly broken: readonly string[]
}

export interface FuzzRun {
  readonly runs: number
  /** Of a run to be repeated. */
  readonly seed?: number
}

/** Throws at the first request that is answered or stored wrongly, with the request. */
export async function fuzzFace({ face, isError }: Specimen, { runs, seed }: FuzzRun): Promise<FuzzReport> {
  const world = await openFuzzWorld()
  try {
    const operations = operationsOf(world.app.app, face.name)
    const weighted = operations.flatMap((operation) => Array.from({ length: weightOf(operation) }, () => operation))
    const seen = new Map(operations.map(({ method, path }) => [`${method} ${path}`, { ok: 0, refused: 0 }]))
    let n = await furnish(world)
    const property = fc.asyncProperty(plans, async (plan) => {
      n += 1
      const request = await requestOf(world, weighted, plan, n)
      const before = world.events.length
      const { method, url, headers, written } = request
      const payload = written === null ? {} : { payload: written.payload }
      const answer = await world.app.inject({ method: method as 'GET', url, headers, ...payload }) // Fastify's type of methods is narrower
      const count = seen.get(`${method} ${request.operation.path}`)
      if (count !== undefined && answer.status < 300) count.ok += 1
      else if (count !== undefined) count.refused += 1
      const problems = problemsOf(world, answer, world.events.slice(before), isError)
      if (problems.length > 0) throw new Error(describe(request, answer, problems))
    })
    // Not shrunk: the house is no longer as it was.
    await fc.assert(property, { numRuns: runs, endOnFailure: true, ...(seed === undefined ? {} : { seed }) })
    return { operations: seen, broken: [...(await overall(world)), ...(await readThrough(world))] }
  } finally {
    await world.close()
  }
}

/** Makes some of everything, so that there is something to change from the first request on; tells how many were asked for. */
async function furnish(world: FuzzWorld): Promise<number> {
  const inAcme = {
    authorization: 'Bearer operator',
    'entente-organization': 'acme',
    'content-type': 'application/json',
  }
  let n = 0
  for (let round = 0; round < 2; round++) {
    for (const [route, seeds] of Object.entries(SEEDS)) {
      const [method = '', path = ''] = route.split(' ')
      for (const seed of method === 'POST' && !path.includes('apply') ? seeds : []) {
        n += 1
        const principal = world.names(n).principal
        const url = path.replace('{organisation}', 'acme').replace('{service_principal_id}', principal)
        const payload = JSON.stringify(seed(world.names(n)))
        await world.app.inject({ method: 'POST', url, headers: inAcme, payload })
      }
    }
  }
  return n
}

/** Writes matter most; removing often would leave nothing to change. */
function weightOf({ method, path }: FuzzOperation): number {
  if (method === 'GET' || method === 'DELETE') return 1
  const isMaking = method === 'POST' && !path.endsWith('}') && !/test|search|secret/.test(path)
  return isMaking ? 8 : /test|search|secret/.test(path) ? 2 : 5
}

function problemsOf(
  world: FuzzWorld,
  { status, body, text }: Answer,
  events: readonly RegistryEvent[],
  isError: Specimen['isError'],
): string[] {
  const problems: string[] = []
  if (!((status >= 200 && status < 300) || (status >= 400 && status < 500))) problems.push(`status ${status}`)
  for (const error of world.app.internal)
    problems.push(`failed by its own fault: ${error instanceof Error ? error.stack : String(error)}`)
  if (status >= 400 && !isError(status, body) && !isYaml(text) && !isFailedApply(body))
    problems.push('not the error shape of the face')
  if (status >= 400 && events.length > 0)
    problems.push(`refused, and yet stored: ${events.map(({ action }) => action)}`)
  if (text.includes(CANARY)) problems.push('shows a secret')
  if (JSON.stringify(events).includes(CANARY)) problems.push('records a secret')
  for (const { target, after } of events) {
    if (after !== null)
      problems.push(...rulesOf(target.kind, after).map((rule) => `${target.kind} ${target.id} breaks: ${rule}`))
  }
  return problems
}

/** Errors in YAML are the same bodies, written by the same function. */
function isYaml(text: string): boolean {
  return (
    text.startsWith('kind: Status') || text.startsWith('apiVersion: v1\nkind: Status') || text.startsWith('results:')
  )
}

/** What applying many documents answers when one of them fails. Source: CONTRACT.md section 3. */
function isFailedApply(body: Json): boolean {
  const { results } = Object(body)
  return (
    Array.isArray(results) &&
    results.some((one) => Object(one).result === 'failed' && typeof Object(Object(one).error).message === 'string')
  )
}

function rulesOf(kind: string, after: Readonly<Record<string, unknown>>): string[] {
  // Examples are claims of somebody else's making, whatever they may be.
  const { examples: _, ...own } = after
  const wellFormed = isWellFormed(own) ? [] : ['all its texts are well-formed']
  // What the registry stored, as its own types say: the rules look whether it is so.
  const record = after as never
  switch (kind) {
    case 'provider':
      return [...wellFormed, ...providerRules(record)]
    case 'trust':
      return [...wellFormed, ...trustRules(record)]
    case 'credential':
      return [...wellFormed, ...credentialRules(record)]
    case 'principal':
      return [...wellFormed, ...principalRules(record)]
    case 'organisation':
      return [...wellFormed, ...organisationRules(record)]
    default:
      return wellFormed
  }
}

/** Rules that hold between records, and what only the storage knows: sealed secrets. */
async function overall(world: FuzzWorld): Promise<string[]> {
  const broken: string[] = []
  const taken = new Set<string>()
  const once = (what: string) => {
    if (taken.has(what)) broken.push(`twice: ${what}`)
    taken.add(what)
  }
  for (const { kind, organisation, id, uid, after } of world.known.values()) {
    once(uid)
    once(
      kind === 'organisation'
        ? `organisation ${id}`
        : kind === 'credential'
          ? `credential ${id}`
          : `${kind} ${organisation}/${id}`,
    )
    if (kind === 'organisation' && after.host !== null) once(`host ${after.host}`)
    if (kind === 'trust') once(`cutename ${after.cutename}`)
    if (kind === 'provider' && after.use === 'workload') once(`issuer ${organisation} ${after.issuer}`)
    if (kind === 'trust' || kind === 'credential') broken.push(...references(world, organisation, after))
    if (kind !== 'provider') continue
    const stored = await world.app.storage.providers.getByUid(uid)
    if (stored === null) broken.push(`${id} was told to be there, and is not`)
    else broken.push(...secretsOf(world, stored))
  }
  return broken
}

function references({ known }: FuzzWorld, organisation: string, { id, principal, provider }: Known['after']): string[] {
  const owner = known.get(String(principal))
  const source = provider === undefined ? null : known.get(String(provider))
  const broken: string[] = []
  if (owner?.kind !== 'principal' || owner.organisation !== organisation) broken.push(`${id} belongs to no principal`)
  if (source === null) return broken
  if (source?.organisation !== organisation || source.after.use !== 'workload')
    broken.push(`${id} trusts no workload provider`)
  return broken
}

/** A secret of one character stands in any text by chance; eight of base64 do so once in 10^14. */
const TELLING_CHARACTERS = 8

function secretsOf({ sealing }: FuzzWorld, { id, uid, organisation, secrets, protocol }: Provider): string[] {
  return Object.entries(secrets).flatMap(([name, sealed]) => {
    const broken: string[] = []
    if (name !== 'clientSecret' || !['oidc', 'oauth2'].includes(protocol)) broken.push(`${id} has a secret ${name}`)
    const plain = sealing.open({ organisation, table: 'providers', id: uid, column: name }, sealed)
    if (plain.length >= TELLING_CHARACTERS && sealed.includes(plain))
      broken.push(`${id} has a secret that is not sealed`)
    if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(plain))
      broken.push(`${id} has a secret that no header can carry`)
    return broken
  })
}

/** Every list of every face, page after page: nothing that was stored may make one unreadable. */
async function readThrough(world: FuzzWorld): Promise<string[]> {
  const lists = Object.entries(Object(world.app.app.swagger()).paths).filter(
    ([path, item]) => 'get' in Object(item) && !/\{(?!organisation\})/.test(path),
  )
  const broken: string[] = []
  for (const [path] of lists) {
    for (const organisation of ['acme', 'default', 'rival']) {
      const { status, text } = await world.app.inject({
        method: 'GET',
        url: path.replace('{organisation}', organisation),
        headers: { authorization: 'Bearer operator', 'entente-organization': organisation },
      })
      if (status !== 200) broken.push(`${path} of ${organisation} answers ${status}`)
      if (text.includes(CANARY)) broken.push(`${path} of ${organisation} shows a secret`)
    }
  }
  return [...broken, ...world.app.internal.map(String)]
}

function describe(
  { method, url, headers, written }: FuzzRequest,
  { status, text }: Answer,
  problems: readonly string[],
): string {
  const shown = written === null ? '' : String(written.payload).slice(0, 4_000)
  return [
    ...problems,
    `${method} ${url} ${JSON.stringify(headers)}`,
    shown,
    `→ ${status} ${text.slice(0, 2_000)}`,
  ].join('\n')
}
