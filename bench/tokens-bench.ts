/** The bars of the token endpoints: Entente against the floor and against oidc-provider. */

import type { Measured } from './drive.ts'
import { startEntente } from './entente.ts'
import { fsyncMs } from './fsync.ts'
import { load } from './load.ts'
import { type Contest, contestRounds, medianOf, type Pace } from './rounds.ts'
import { startContestant } from './server.ts'
import { exchangeForm, mintSubjects } from './tokens.ts'

export interface TokenResults {
  readonly results: Readonly<Record<string, Measured>>
  /** Each at a share of its own capacity, in the order measured. */
  readonly shares: readonly { readonly share: number; readonly floor: Measured; readonly entente: Measured }[]
  /** Milliseconds. */
  readonly fsync: { readonly p50: number; readonly p99: number }
}

/** Of the capacity measured in the same run. Half is where the bar is; 70 % is where servers are planned to run. */
export const HALF = 0.5
const PLANNED = 0.7
/** One pause of fifty milliseconds in five seconds decides it: so the median of the rounds, as for the rates. */
const p99 = ({ p99Ms }: Measured) => p99Ms
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

export async function measureTokens(pace: Pace): Promise<TokenResults> {
  const ports = { entente: 18480, floor: 18481, peer: 18482 }
  const subject = mintSubjects('https://bench.example', `127.0.0.1:${ports.entente}`)
  const tsx = [process.execPath, '--import', 'tsx']
  const env = (port: number) => ({
    BENCH_PORT: String(port),
    BENCH_JWKS: subject.jwks,
    BENCH_ISSUER: subject.issuer,
    BENCH_AUDIENCE: subject.audience,
  })
  process.stderr.write('starting Entente, the floor and oidc-provider …\n')
  const entente = await startEntente(ports.entente, subject)
  const floor = await startContestant([...tsx, 'bench/floor.ts'], env(ports.floor), ports.floor, '/cpu')
  const peer = await startContestant([...tsx, 'bench/oidc-provider.ts'], env(ports.peer), ports.peer, '/cpu')

  const exchanges = (clientId: string) => subject.tokens.map((token) => exchangeForm(token, clientId))
  const machine = (id: string, secret: string) =>
    new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }).toString()
  const contests = {
    floor: { headers: FORM, url: floor.url, pid: floor.pid, path: '/token', bodies: exchanges('x') },
    'exchange, oidc-provider': {
      headers: FORM,
      url: peer.url,
      pid: peer.pid,
      path: '/token',
      bodies: exchanges('exchange'),
    },
    'exchange, Entente': {
      headers: FORM,
      url: entente.url,
      pid: entente.pid,
      path: '/oauth2/token',
      bodies: exchanges(entente.trustClientId),
    },
    'client_credentials, oidc-provider': {
      headers: FORM,
      url: peer.url,
      pid: peer.pid,
      path: '/token',
      bodies: [machine('machine', 'bench-secret-of-32-characters-xx')],
    },
    'client_credentials, Entente': {
      headers: FORM,
      url: entente.url,
      pid: entente.pid,
      path: '/oauth2/token',
      bodies: [machine(entente.credential.clientId, entente.credential.clientSecret)],
    },
  } satisfies Record<string, Contest>

  const results = await contestRounds(contests, pace)
  const at = (name: 'floor' | 'exchange, Entente', share: number) =>
    load({ ...contests[name], ...pace, rate: (results[name]?.perSecond ?? Number.NaN) * share })
  const shares: { share: number; floor: Measured; entente: Measured }[] = []
  for (const share of [HALF, PLANNED]) {
    process.stderr.write(`latencies at ${share * 100} % of capacity …\n`)
    const [floors, ententes]: [Measured[], Measured[]] = [[], []]
    for (let round = 1; round <= pace.rounds; round++) {
      floors.push(await at('floor', share))
      ententes.push(await at('exchange, Entente', share))
    }
    shares.push({ share, floor: medianOf(floors, p99), entente: medianOf(ententes, p99) })
  }
  const fsync = fsyncMs(pace.rounds === 1 ? 50 : 300)
  await Promise.all([entente.stop(), floor.stop(), peer.stop()])
  return { results, shares, fsync }
}
