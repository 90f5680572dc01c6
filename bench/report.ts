/** The table of a run, as it stands in docs/performance.md. */
import type { Measured } from './load.ts'

export interface Report {
  readonly results: Readonly<Record<string, Measured>>
  readonly halfLoad: { readonly floor: Measured; readonly entente: Measured }
  readonly fsync: { readonly p50: number; readonly p99: number }
  readonly node: string
  readonly cpu: string
  readonly rounds: number
  readonly seconds: number
}

export function performanceTable(report: Report): string {
  const rate = (name: string) => report.results[name]?.perCpuSecond ?? Number.NaN
  const ratio = (a: string, b: string) => rate(a) / rate(b)
  const { floor, entente } = report.halfLoad
  const latencyBar = 2 * floor.p99Ms + 2 * report.fsync.p99
  const bars = [
    ['exchange ÷ floor', ratio('exchange, Entente', 'floor'), 0.6, '≥ 0.6 (aim 0.75)'],
    ['exchange ÷ oidc-provider', ratio('exchange, Entente', 'exchange, oidc-provider'), 1.6, '≥ 1.6 (aim 2)'],
    [
      'client_credentials ÷ oidc-provider',
      ratio('client_credentials, Entente', 'client_credentials, oidc-provider'),
      1.5,
      '≥ 1.5',
    ],
  ] as const
  const lines = [
    '# Performance',
    '',
    'Made by `npm run bench -- --write`; ratios count, since machines differ. One core for the server, the load on another;',
    'rates are per second of server CPU, the median of the rounds. "floor" is Fastify with one RS256 verification and one',
    'ES256 signature and nothing else: no claim checked, nothing recorded. Entente writes a durable decision for each answer.',
    '',
    `Node ${report.node}, ${report.cpu}; ${report.rounds} rounds of ${report.seconds} s, 32 connections.`,
    '',
    '| what | per CPU second | per second | p50 ms | p99 ms |',
    '|---|---:|---:|---:|---:|',
    ...Object.entries(report.results).map(
      ([name, m]) =>
        `| ${name} | ${Math.round(m.perCpuSecond)} | ${Math.round(m.perSecond)} | ${m.p50Ms.toFixed(1)} | ${m.p99Ms.toFixed(1)} |`,
    ),
    '',
    '| bar | measured | wanted | |',
    '|---|---:|---|---|',
    ...bars.map(
      ([name, value, least, wanted]) =>
        `| ${name} | ${value.toFixed(2)} | ${wanted} | ${value >= least ? 'held' : 'MISSED'} |`,
    ),
    `| exchange p99 at half load | ${entente.p99Ms.toFixed(1)} ms | ≤ 2 × floor (${floor.p99Ms.toFixed(1)} ms) + 2 × fsync p99 (${report.fsync.p99.toFixed(1)} ms) = ${latencyBar.toFixed(1)} ms | ${entente.p99Ms <= latencyBar ? 'held' : 'MISSED'} |`,
    '',
  ]
  return lines.join('\n')
}
