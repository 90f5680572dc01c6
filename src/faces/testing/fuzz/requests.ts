/** What the fuzzer sends: operations with valid, nearly valid and senseless bodies, ids, query strings and callers. */
import fc from 'fast-check'
import type { Json } from '../../../json.ts'
import { type Mutation, mutated, mutations, percentEncoded, type Written, writings, written } from './mutate.ts'
import type { FuzzOperation } from './operations.ts'
import { SEEDS } from './seeds.ts'
import { ODD } from './values.ts'
import type { FuzzWorld, Known } from './world.ts'

/** A request before it is known what there is to be named in it. */
export interface Plan {
  readonly operation: number
  /** Which body to begin with; `anything` replaces it. */
  readonly seed: number
  readonly mutations: readonly Mutation[]
  readonly anything: Json | undefined
  readonly writing: ReturnType<typeof writings.generate>['value_']
  readonly pick: number
  readonly oddId: string | undefined
  readonly query: readonly (readonly [number, string])[]
  readonly who: string | null
  readonly organisation: string | undefined
}

const ODD_IDS = [
  '%00',
  '%F0%9F%A6%8A',
  '..%2F..',
  'x'.repeat(400),
  'x'.repeat(600),
  '-',
  '%20',
  "'%20or%201=1",
  '__proto__',
  'nobody',
  'Clever-Fox-10000',
  'clever-fox-10000%40entente.example%2Fwfe',
  '%ED%A0%80',
  '%zz',
  '%E2%80%AE',
]

const oddText = fc.oneof(
  fc.constantFrom(...ODD.filter((value) => typeof value === 'string')),
  fc.constantFrom(
    '0',
    '1',
    '10',
    '100',
    '501',
    '2147483648',
    'All',
    'true',
    'a=b',
    '!a,b!=c',
    'acme',
    'rival',
    'default',
  ),
)

const often = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value)

export const plans: fc.Arbitrary<Plan> = fc.record({
  operation: fc.nat(),
  seed: fc.nat({ max: 1_000 }),
  mutations,
  anything: fc.oneof(
    { weight: 7, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  ) as fc.Arbitrary<Json | undefined>,
  writing: writings,
  pick: fc.nat({ max: 1_000_000 }),
  oddId: fc.constantFrom(...often(undefined, 150), ...ODD_IDS),
  query: fc.oneof(
    { weight: 8, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat({ max: 20 }), oddText), { maxLength: 4 }) },
  ),
  who: fc.constantFrom(
    ...often('admin@acme', 12),
    ...often('operator', 8),
    'viewer@acme',
    'nobody@acme',
    'impostor',
    null,
  ),
  organisation: fc.constantFrom(...often('acme', 25), ...often(undefined, 10), 'rival', 'nobody', '-', 'Ä'),
})

export interface FuzzRequest {
  readonly operation: FuzzOperation
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly written: Written | null
  readonly isPlain: boolean
}

/** The plan as a request to the world as it stands. `n` differs each time. */
export async function requestOf(
  world: FuzzWorld,
  operations: readonly FuzzOperation[],
  plan: Plan,
  n: number,
): Promise<FuzzRequest> {
  const operation = operations[plan.operation % operations.length]
  if (operation === undefined) throw new TypeError('a face has operations')
  const path = pathOf(world, operation, plan, n)
  const isWriting = operation.method !== 'GET'
  // Organisations are an operator's to make.
  const who = operation.path.includes('rganization') && plan.who !== null ? 'operator' : plan.who
  const body =
    plan.anything === undefined
      ? mutated(await seedOf(world, operation, path, plan, n), plan.mutations, {
          materials: world.materials,
          names: operation.names,
        })
      : plan.anything
  const sent = isWriting ? written(body, plan.writing, plan.pick) : null
  return {
    operation,
    method: operation.method,
    url: path + queryOf(operation, plan),
    headers: {
      accept: plan.pick % 40 === 0 ? 'application/yaml' : 'application/json',
      ...(who === null ? {} : { authorization: `Bearer ${who}` }),
      ...(who !== 'operator' || plan.organisation === undefined ? {} : { 'entente-organization': plan.organisation }),
      ...(sent === null ? {} : { 'content-type': sent.type }),
    },
    written: sent,
    isPlain:
      plan.mutations.length === 0 &&
      plan.anything === undefined &&
      plan.writing === 'plain' &&
      plan.oddId === undefined &&
      plan.query.length === 0,
  }
}

function queryOf({ query }: FuzzOperation, plan: Plan): string {
  const names = [...query, 'orgId', 'zz', '__proto__', 'a[b]']
  const some = plan.query.map(
    ([index, text]) => `${encodeURIComponent(names[index % names.length] ?? 'zz')}=${percentEncoded(text)}`,
  )
  return some.length === 0 ? '' : `?${some.join('&')}`
}

/** Ids of things that there are, and that belong together, in the parameters of the path. */
function pathOf(world: FuzzWorld, { path }: FuzzOperation, plan: Plan, n: number): string {
  const owned = ownedOf(world, path, plan.pick)
  let odd = plan.oddId
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (odd !== undefined && name !== 'organisation') {
      const taken = odd
      odd = undefined
      return taken
    }
    if (name === 'organisation') return plan.organisation === undefined ? 'acme' : encodeURIComponent(plan.organisation)
    return encodeURIComponent(String(owned[name] ?? `new-${n}`))
  })
}

function ownedOf(world: FuzzWorld, path: string, n: number): Readonly<Record<string, unknown>> {
  const principalOf = (one: Known | null) => world.known.get(String(one?.after.principal))?.id
  if (path.includes('/trusts')) {
    const trust = world.pick('trust', n)
    const isOfPrincipal = path.endsWith('/trusts')
    return {
      service_principal_id: isOfPrincipal ? world.pick('principal', n)?.id : principalOf(trust),
      client_id: trust?.after.cutename,
      name: n % 10 === 0 ? undefined : trust?.id,
    }
  }
  if (path.includes('/credentials')) {
    const credential = world.pick('credential', n)
    return {
      service_principal_id: path.endsWith('/credentials') ? world.pick('principal', n)?.id : principalOf(credential),
      id: credential?.id,
    }
  }
  const one = world.pick(kindOf(path), n, ({ after }) => after.use === undefined || after.use === useOf(path))
  const mapper = Array.isArray(one?.after.mappers)
    ? one.after.mappers[n % Math.max(1, one.after.mappers.length)]
    : undefined
  // PUT makes what is not there, too.
  const id = n % 10 === 0 ? undefined : one?.id
  return {
    name: id,
    alias: one?.id,
    provider: one?.id,
    id: path.includes('mappers/') ? Object(mapper).id : one?.id,
    mapper_id: Object(mapper).id,
  }
}

function kindOf(path: string): string {
  if (path.includes('rganizations')) return 'organisation'
  const people = /\/(app|person|domain)s(?:\/|$)/.exec(path)?.[1]
  if (people !== undefined) return people
  return /service_?principals/.test(path) ? 'principal' : 'provider'
}

function useOf(path: string): string {
  if (path.includes('workload')) return 'workload'
  return /step-?up/.test(path) ? 'step-up' : 'workforce'
}

const READING = { authorization: 'Bearer operator', 'entente-organization': 'acme', accept: 'application/json' }

/** A body that is valid, as far as one is known: from the list, from the documentation, or what reading the object answers. */
async function seedOf(
  world: FuzzWorld,
  { method, path, examples, readable }: FuzzOperation,
  url: string,
  { seed }: Plan,
  n: number,
): Promise<Json> {
  const own = SEEDS[`${method} ${path}`] ?? []
  const choices: (() => Promise<Json> | Json)[] = [
    ...own.flatMap((one) => often(() => one(world.names(n)), 2)),
    ...examples.map((example) => () => example),
    ...(readable ? often(async () => (await world.app.inject({ method: 'GET', url, headers: READING })).body, 4) : []),
  ]
  return (await choices[seed % Math.max(1, choices.length)]?.()) ?? {}
}
