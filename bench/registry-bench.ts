/**
 * The bars of the registry: reading, durable creating, and what is left of each rate when there are many providers. Two
 * servers, one with ten providers and one that grows to a hundred thousand, take turns within the same rounds.
 */

import type { Measured } from './drive.ts'
import { type Prepared, startEntente } from './entente.ts'
import { addProviders, bearer, listedIds, nextProvider, PROVIDERS } from './population.ts'
import { type Contest, contestRounds, type Pace } from './rounds.ts'
import { residentMegabytes, startContestant } from './server.ts'
import { exchangeForm, mintSubjects, type Subject } from './tokens.ts'

export type Rates = Readonly<Record<string, Measured>>

export interface RegistryResults {
  readonly floor: Measured
  /** By number of providers: what each question costs. */
  readonly sizes: readonly { readonly providers: number; readonly rates: Rates }[]
  /** Whether the pages of the list had everything once. */
  readonly listed: { readonly providers: number; readonly found: number; readonly pages: number }
  /** With the most providers: of a process of its own, until it says that it is ready. */
  readonly startSeconds: number
  /** Of the server with most providers: as it has grown, and after it was started again and had all of the load. */
  readonly residentMegabytes: { readonly grown: number; readonly restarted: number }
}

const MANIFESTS = '/apis/entente.dev/v1/namespaces/default/workloadproviders'
const FEW = 10
const BETWEEN = [100, 10_000]
const MOST = 100_000

interface Side {
  readonly server: Prepared
  readonly subject: Subject
  readonly ids: readonly string[]
}

export async function measureRegistry(pace: Pace, most = MOST): Promise<RegistryResults> {
  const open = async (port: number): Promise<Side> => {
    const subject = mintSubjects('https://bench.example', `127.0.0.1:${port}`)
    const server = await startEntente(port, subject)
    return { server, subject, ids: await addProviders(server, subject, FEW - 1) }
  }
  process.stderr.write('starting two registries and the floor …\n')
  const few = await open(18484)
  let many = await open(18485)
  const floor = await startFloor(18486, few)

  const sizes: { providers: number; rates: Rates }[] = []
  for (const providers of [...BETWEEN.filter((size) => size < most), most]) {
    process.stderr.write(`filling up to ${providers} providers …\n`)
    // One was there from the beginning: the issuer of the tokens.
    const more = await addProviders(many.server, many.subject, providers - many.ids.length - 1)
    many = { ...many, ids: [...many.ids, ...more] }
    if (providers < most) sizes.push({ providers, rates: await contestRounds(readings(many), { ...pace, rounds: 1 }) })
  }
  const grown = residentMegabytes(many.server.pid)
  const { server, startSeconds } = await many.server.restart()
  many = { ...many, server }
  const found = new Set((await listedIds(server)).ids)
  const { ids, pages } = await listedIds(server)
  const listed = { providers: many.ids.length + 1, found: ids.length === found.size ? found.size : Number.NaN, pages }

  const named = (side: string, contests: Record<string, Contest>) =>
    Object.fromEntries(Object.entries(contests).map(([name, contest]) => [`${side} ${name}`, contest]))
  // Last, because it changes the sizes.
  const readingsOf = await contestRounds(
    { floor: floor.contest, ...named('few', readings(few)), ...named('many', readings(many)) },
    pace,
  )
  const writings = await contestRounds({ ...named('few', writing(few)), ...named('many', writing(many)) }, pace)
  const all = { ...readingsOf, ...writings }
  const ratesOf = (side: string): Rates =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, rate]) =>
        name.startsWith(`${side} `) ? [[name.slice(side.length + 1), rate]] : [],
      ),
    )
  sizes.unshift({ providers: FEW, rates: ratesOf('few') })
  sizes.push({ providers: most, rates: ratesOf('many') })
  const restarted = residentMegabytes(server.pid)
  await Promise.all([few.server.stop(), server.stop(), floor.stop()])
  return { floor: pick(all, 'floor'), sizes, listed, startSeconds, residentMegabytes: { grown, restarted } }
}

/** Fastify with what our reading of a provider answers. */
async function startFloor(port: number, { server, ids }: Side) {
  const answer = await fetch(`${server.url}${PROVIDERS}/${ids[0]}`, { headers: bearer(server) })
  const command = [process.execPath, '--import', 'tsx', 'bench/json-floor.ts']
  const env = { BENCH_ANSWER: await answer.text(), BENCH_PORT: String(port) }
  const { url, pid, stop } = await startContestant(command, env, port, '/cpu')
  const contest: Contest = {
    method: 'GET',
    url,
    pid,
    path: '/object',
    bodies: [],
    headers: { authorization: 'Bearer x' },
  }
  return { contest, stop }
}

/** What is asked at every size; the ids are spread over all that there are. */
function readings({ server, subject, ids }: Side): Record<string, Contest> {
  const { url, pid } = server
  const get = (path: string | readonly string[]): Contest => ({
    method: 'GET',
    url,
    pid,
    path,
    bodies: [],
    headers: bearer(server),
  })
  const spread = Array.from({ length: 64 }, (_, index) => ids[Math.floor((ids.length * index) / 64)] ?? '')
  return {
    'read a provider': get(spread.map((id) => `${PROVIDERS}/${id}`)),
    // Fewer than there are at the smallest size, so that every size gives the same.
    'list a page of five': get(`${MANIFESTS}?limit=5`),
    'exchange a token': {
      url,
      pid,
      path: '/oauth2/token',
      bodies: subject.tokens.map((token) => exchangeForm(token, server.trustClientId)),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  }
}

function writing({ server, subject }: Side): Record<string, Contest> {
  const headers = { ...bearer(server), 'content-type': 'application/json' }
  const { url, pid } = server
  return { 'create a provider': { url, pid, path: PROVIDERS, bodies: () => nextProvider(subject), headers } }
}

function pick(rates: Rates, name: string): Measured {
  const rate = rates[name]
  if (rate === undefined) throw new Error(`${name} was not measured`)
  return rate
}
