/** The part of docs/performance.md about starting and about more than one process. */
import type { Measured } from './drive.ts'
import { type ProcessesResults, ratioOf } from './processes-bench.ts'
import type { Pace } from './rounds.ts'
import { BAR_HEAD, barRow, circumstances, RATE_HEAD, rateRow } from './tables.ts'

export function processesTable({ startSeconds, scaled }: ProcessesResults, pace: Pace): string[] {
  const ratio = ratioOf(scaled)
  const rows = [
    ['exchange, one process', scaled.one],
    ...scaled.two.map((measured, index) => [`exchange, process ${index + 1} of two`, measured] as const),
  ] as const
  return [
    '## Processes',
    '',
    'Exchanges over one durable PostgreSQL, which shares its core with the load. Two processes share the first core; one alone',
    'shares it with a program that only spins, while the other waits: each has half a core, by the scheduler, and the row',
    'says how much it had. A start is from nothing, in an empty directory with SQLite, until `/readyz` says so.',
    '',
    ...circumstances(pace),
    ...RATE_HEAD,
    ...rows.map(([name, measured]) => rateRow(`${name}, ${coreOf(measured)} % of a core`, measured)),
    '',
    ...BAR_HEAD,
    barRow('exchanges of two processes ÷ one, by throughput', ratio.toFixed(2), '≥ 1.7', ratio >= 1.7),
    barRow('cold start on an empty SQLite', `${startSeconds.toFixed(2)} s`, '≤ 1 s', startSeconds <= 1),
    '',
  ]
}

function coreOf({ perSecond, perCpuSecond }: Measured): number {
  return Math.round((perSecond / perCpuSecond) * 100)
}
