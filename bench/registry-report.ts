/** The registry's part of docs/performance.md. */
import type { Measured } from './drive.ts'
import type { Rates, RegistryResults } from './registry-bench.ts'
import type { Pace } from './rounds.ts'
import { BAR_HEAD, barRow, circumstances, grouped, RATE_HEAD, rateRow } from './tables.ts'

export function registryTable(results: RegistryResults, pace: Pace): string[] {
  const { floor, sizes, listed, startSeconds, residentMegabytes: resident } = results
  const [few, many] = [sizes.at(0), sizes.at(-1)]
  if (few === undefined || many === undefined) throw new Error('no sizes were measured')
  const names = Object.keys(few.rates)
  const rate = (rates: Rates, name: string) => rates[name]?.perCpuSecond ?? Number.NaN
  const read = rate(few.rates, 'read a provider') / floor.perCpuSecond
  const created = rate(few.rates, 'create a provider')
  const kept = names.map((name) => ({ name, share: rate(many.rates, name) / rate(few.rates, name) }))
  const largest = Math.max(resident.grown, resident.restarted)
  return [
    '## Registry',
    '',
    '"Fastify alone" answers the same JSON as the reading of a provider, from memory. Creating is durable: a workload provider',
    'with uploaded keys, its audit row and the revision in one commit, shared by those that wait together.',
    '',
    ...circumstances(pace),
    ...RATE_HEAD,
    rateRow('the same JSON, Fastify alone', floor),
    ...sizes.flatMap(({ providers, rates }) =>
      Object.entries(rates).map(([name, measured]: [string, Measured]) =>
        rateRow(`${name}, ${grouped(providers)} providers`, measured),
      ),
    ),
    '',
    ...BAR_HEAD,
    barRow('read a provider ÷ the same JSON, Fastify alone', read.toFixed(2), '≥ 0.35', read >= 0.35),
    barRow('durable creates per CPU second, 32 parallel', String(Math.round(created)), '≥ 3 000', created >= 3_000),
    ...kept.map(({ name, share }) =>
      barRow(`${name}: kept with ${grouped(many.providers)} providers`, share.toFixed(2), '≥ 0.9', share >= 0.9),
    ),
    barRow(
      `list pages complete (${listed.pages} pages)`,
      `${grouped(listed.found)} of ${grouped(listed.providers)}`,
      'all, once each',
      listed.found === listed.providers,
    ),
    barRow(
      `start with ${grouped(many.providers)} providers`,
      `${startSeconds.toFixed(1)} s`,
      '≤ 5 s',
      startSeconds <= 5,
    ),
    barRow(
      `resident memory with ${grouped(many.providers)} providers`,
      `${Math.round(largest)} MB`,
      '≤ 250 MB',
      largest <= 250,
    ),
    '',
  ]
}
