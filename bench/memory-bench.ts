/**
 * Whether memory stays flat: one server under a constant load of exchanges for minutes, its resident memory read every
 * second. The first fifth of the time is not counted: caches fill and the heap takes the size that the load needs.
 */

import type { Measured } from './drive.ts'
import { startEntente } from './entente.ts'
import { load } from './load.ts'
import type { Pace } from './rounds.ts'
import { residentMegabytes } from './server.ts'
import { exchangeForm, mintSubjects } from './tokens.ts'

export interface MemoryResults {
  readonly minutes: number
  readonly measured: Measured
  /** Of the capacity that was measured before. */
  readonly share: number
  /** Megabytes, medians of the counted time. */
  readonly firstThird: number
  readonly lastThird: number
  /** Megabytes a minute, by least squares over the counted time. */
  readonly slope: number
  /** Exchanges between the middles of the two thirds. */
  readonly exchangesBetween: number
}

const PORT = 18487
const SHARE = 0.7
const SAMPLE_MS = 1_000
const SETTLING = 0.2

interface Sample {
  /** Since the load began. */
  readonly minute: number
  readonly megabytes: number
}

/** Throws when a request failed: memory of a server that refuses says nothing. */
export async function measureMemory({ connections }: Pace, minutes: number): Promise<MemoryResults> {
  const subject = mintSubjects('https://bench.example', `127.0.0.1:${PORT}`)
  process.stderr.write('starting Entente …\n')
  const server = await startEntente(PORT, subject)
  const contest = {
    url: server.url,
    pid: server.pid,
    path: '/oauth2/token',
    bodies: subject.tokens.map((token) => exchangeForm(token, server.trustClientId)),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    connections,
  }
  await load({ ...contest, seconds: 2 }) // warm caches and the compiler
  const capacity = await load({ ...contest, seconds: 5 })
  const rate = capacity.perSecond * SHARE
  process.stderr.write(`${Math.round(rate)} exchanges a second for ${minutes} minutes …\n`)
  const samples: Sample[] = []
  const began = performance.now()
  const timer = setInterval(() => {
    const minute = (performance.now() - began) / 60_000
    samples.push({ minute, megabytes: residentMegabytes(server.pid) })
    if (samples.length % 60 === 0)
      process.stderr.write(`minute ${minute.toFixed(0)}: ${samples.at(-1)?.megabytes} MB\n`)
  }, SAMPLE_MS)
  const measured = await load({ ...contest, seconds: minutes * 60, rate })
  clearInterval(timer)
  await server.stop()
  if (measured.failed > 0) throw new Error(`${measured.failed} of ${measured.requests} requests failed`)
  return { minutes, measured, share: SHARE, ...judge(samples, minutes, measured.perSecond) }
}

function judge(samples: readonly Sample[], minutes: number, perSecond: number) {
  const counted = samples.filter(({ minute }) => minute >= minutes * SETTLING)
  const third = Math.floor(counted.length / 3)
  if (third === 0) throw new Error('the time is too short for three samples')
  const megabytes = counted.map((sample) => sample.megabytes)
  const exchangesBetween = (counted.length - third) * (SAMPLE_MS / 1000) * perSecond
  return {
    firstThird: median(megabytes.slice(0, third)),
    lastThird: median(megabytes.slice(-third)),
    slope: slopeOf(counted),
    exchangesBetween,
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
  const [x, y] = [mean(({ minute }) => minute), mean(({ megabytes }) => megabytes)]
  const above = mean(({ minute, megabytes }) => (minute - x) * (megabytes - y))
  return above / mean(({ minute }) => (minute - x) ** 2)
}
