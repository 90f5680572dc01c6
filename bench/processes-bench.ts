/**
 * What a start costs, and what a second process over one PostgreSQL brings. Both servers are on the first core, so each has
 * half of it; alone, one shares that core with a program that only spins, and so has half of it as well. PostgreSQL, durable,
 * is on the other core with the load.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../src/storage/conformance/postgres-server.ts'
import type { Measured } from './drive.ts'
import { SERVE, startEntente } from './entente.ts'
import { load } from './load.ts'
import type { Pace } from './rounds.ts'
import { type Contestant, startContestant, startSpinner } from './server.ts'
import { exchangeForm, mintSubjects } from './tokens.ts'

export interface ProcessesResults {
  /** Of a process of its own, in an empty directory, until it says that it is ready; the median. */
  readonly startSeconds: number
  /** The round with the median ratio. */
  readonly scaled: Scaled
}

export interface Scaled {
  readonly one: Measured
  readonly two: readonly Measured[]
}

const PORTS = [18488, 18489] as const
const STARTS = 5

export async function measureProcesses(pace: Pace): Promise<ProcessesResults> {
  const starts: number[] = []
  for (let round = 0; round < (pace.rounds === 1 ? 1 : STARTS); round++) starts.push(await coldStart(PORTS[0]))
  return { startSeconds: middle(starts, (seconds) => seconds), scaled: await scale(pace) }
}

async function coldStart(port: number): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'entente-bench-'))
  const env = {
    ENTENTE_URL: `http://127.0.0.1:${port}`,
    ENTENTE_LISTEN: `127.0.0.1:${port}`,
    ENTENTE_DATA: data,
    ENTENTE_LOG_LEVEL: 'warn',
  }
  const began = performance.now()
  const server = await startContestant(SERVE, env, port, '/readyz')
  const seconds = (performance.now() - began) / 1000
  process.stderr.write(`cold start: ${seconds.toFixed(2)} s\n`)
  await server.stop()
  rmSync(data, { recursive: true, force: true })
  return seconds
}

async function scale(pace: Pace): Promise<Scaled> {
  process.stderr.write('starting PostgreSQL and two processes over it …\n')
  const postgres = await startPostgres({ durable: true })
  const subject = mintSubjects('https://bench.example', `127.0.0.1:${PORTS[0]}`)
  const shared = { ENTENTE_DATABASE: postgres.url, ENTENTE_SEAL_KEY: randomBytes(32).toString('base64') }
  const first = await startEntente(PORTS[0], subject, shared)
  const second = await first.beside(PORTS[1])
  const bodies = subject.tokens.map((token) => exchangeForm(token, first.trustClientId))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const exchanges = async ({ url, pid }: Contestant, seconds: number) => {
    const { connections } = pace
    const measured = await load({ url, pid, path: '/oauth2/token', bodies, headers, seconds, connections })
    if (measured.failed > 0) throw new Error(`${measured.failed} of ${measured.requests} requests failed`)
    return measured
  }
  // Warm caches and the compiler of both.
  await Promise.all([exchanges(first, 4), exchanges(second, 4)])
  const rounds: Scaled[] = []
  for (let round = 1; round <= pace.rounds; round++) {
    const spinner = startSpinner()
    const one = await exchanges(first, pace.seconds)
    await spinner.stop()
    const two = await Promise.all([exchanges(first, pace.seconds), exchanges(second, pace.seconds)])
    rounds.push({ one, two })
    process.stderr.write(`round ${round}/${pace.rounds}  two processes ÷ one: ${ratioOf({ one, two }).toFixed(2)}\n`)
  }
  await Promise.all([first.stop(), second.stop()])
  await postgres.stop()
  return middle(rounds, ratioOf)
}

/** By throughput. */
export function ratioOf({ one, two }: Scaled): number {
  return two.reduce((sum, { perSecond }) => sum + perSecond, 0) / one.perSecond
}

function middle<T>(all: readonly T[], by: (one: T) => number): T {
  const found = [...all].sort((a, b) => by(a) - by(b))[Math.floor(all.length / 2)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}
