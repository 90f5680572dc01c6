/**
 * `npm run bench`: the bars, as ratios within one run. Every contestant runs on the first core, the load on the other;
 * rounds alternate between the contestants, so that a noisy minute hits all of them, and the median round counts.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { startEntente } from './entente.ts'
import { fsyncMs } from './fsync.ts'
import { type Load, leaveServerCore, load, type Measured } from './load.ts'
import { performanceTable } from './report.ts'
import { startContestant } from './server.ts'
import { exchangeForm, mintSubjects } from './tokens.ts'

const quick = process.argv.includes('--quick')
const SECONDS = quick ? 2 : 5
const ROUNDS = quick ? 1 : 5
const CONNECTIONS = 32
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

leaveServerCore()
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
const base = { headers: FORM, seconds: SECONDS, connections: CONNECTIONS }
const contests: Record<string, Omit<Load, 'seconds' | 'connections'> & { seconds: number; connections: number }> = {
  floor: { ...base, url: floor.url, pid: floor.pid, path: '/token', bodies: exchanges('x') },
  'exchange, oidc-provider': { ...base, url: peer.url, pid: peer.pid, path: '/token', bodies: exchanges('exchange') },
  'exchange, Entente': {
    ...base,
    url: entente.url,
    pid: entente.pid,
    path: '/oauth2/token',
    bodies: exchanges(entente.trustClientId),
  },
  'client_credentials, oidc-provider': {
    ...base,
    url: peer.url,
    pid: peer.pid,
    path: '/token',
    bodies: [machine('machine', 'bench-secret-of-32-characters-xx')],
  },
  'client_credentials, Entente': {
    ...base,
    url: entente.url,
    pid: entente.pid,
    path: '/oauth2/token',
    bodies: [machine(entente.credential.clientId, entente.credential.clientSecret)],
  },
}

const rounds: Record<string, Measured[]> = {}
for (const contest of Object.values(contests)) await load({ ...contest, seconds: 2 }) // warm caches and the compiler
for (let round = 1; round <= ROUNDS; round++) {
  for (const [name, contest] of Object.entries(contests)) {
    const measured = await load(contest)
    if (measured.failed > 0) throw new Error(`${name}: ${measured.failed} of ${measured.requests} requests failed`)
    rounds[name] = [...(rounds[name] ?? []), measured]
    process.stderr.write(`round ${round}/${ROUNDS}  ${name}: ${Math.round(measured.perCpuSecond)} per CPU second\n`)
  }
}
const middle = (name: string) => {
  const sorted = [...(rounds[name] ?? [])].sort((a, b) => a.perCpuSecond - b.perCpuSecond)
  const found = sorted[Math.floor(sorted.length / 2)]
  if (found === undefined) throw new Error(`${name} was not measured`)
  return found
}
process.stderr.write('latencies at half load …\n')
const half = async (name: 'floor' | 'exchange, Entente') => {
  const contest = contests[name]
  if (contest === undefined) throw new Error(name)
  return await load({ ...contest, rate: middle(name).perSecond / 2 })
}
const halfLoad = { floor: await half('floor'), entente: await half('exchange, Entente') }
const fsync = fsyncMs(quick ? 50 : 300)
await Promise.all([entente.stop(), floor.stop(), peer.stop()])

const results = Object.fromEntries(Object.keys(contests).map((name) => [name, middle(name)]))
const table = performanceTable({
  results,
  halfLoad,
  fsync,
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  rounds: ROUNDS,
  seconds: SECONDS,
})
process.stdout.write(table)
if (process.argv.includes('--write')) writeFileSync('docs/performance.md', table)
