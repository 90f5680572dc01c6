/** Rounds that alternate between contestants, so that a noisy minute hits all of them; the median round of each counts. */
import type { Measured } from './drive.ts'
import { type Load, load } from './load.ts'

export interface Pace {
  readonly seconds: number
  readonly rounds: number
  readonly connections: number
}

export const USUAL: Pace = { seconds: 5, rounds: 5, connections: 32 }
export const QUICK: Pace = { seconds: 2, rounds: 1, connections: 32 }

export type Contest = Omit<Load, 'seconds' | 'connections'>

/** The median round of every contest. Throws when a request failed: a rate of refusals is no rate. */
export async function contestRounds(
  contests: Readonly<Record<string, Contest>>,
  { seconds, rounds, connections }: Pace,
): Promise<Record<string, Measured>> {
  const measured: Record<string, Measured[]> = {}
  for (const contest of Object.values(contests)) await load({ ...contest, connections, seconds: Math.min(2, seconds) }) // warm caches and the compiler
  for (let round = 1; round <= rounds; round++) {
    for (const [name, contest] of Object.entries(contests)) {
      const one = await load({ ...contest, seconds, connections })
      if (one.failed > 0) throw new Error(`${name}: ${one.failed} of ${one.requests} requests failed`)
      measured[name] = [...(measured[name] ?? []), one]
      process.stderr.write(`round ${round}/${rounds}  ${name}: ${Math.round(one.perCpuSecond)} per CPU second\n`)
    }
  }
  return Object.fromEntries(Object.entries(measured).map(([name, all]) => [name, medianOf(all, rate)]))
}

const rate = ({ perCpuSecond }: Measured) => perCpuSecond

/** The measurement in the middle. Throws where there is none. */
export function medianOf(all: readonly Measured[], by: (one: Measured) => number): Measured {
  const sorted = [...all].sort((a, b) => by(a) - by(b))
  const found = sorted[Math.floor(sorted.length / 2)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}
