/** The token endpoints' part of docs/performance.md, and how the parts of a file stand together. */
import { BAR_HEAD, barRow, RATE_HEAD, rateRow } from './tables.ts'
import type { TokenResults } from './tokens-bench.ts'

export interface Circumstances {
  readonly node: string
  readonly cpu: string
  readonly rounds: number
  readonly seconds: number
}

/** What stands before the parts. */
export function heading({ node, cpu, rounds, seconds }: Circumstances): string[] {
  return [
    '# Performance',
    '',
    'Made by `npm run bench -- --write`; ratios count, since machines differ. One core for the server, the load on another;',
    'rates are per second of server CPU, the median of the rounds.',
    '',
    `Node ${node}, ${cpu}; ${rounds} rounds of ${seconds} s, 32 connections.`,
    '',
  ]
}

export function tokenTable({ results, halfLoad, fsync }: TokenResults): string[] {
  const rate = (name: string) => results[name]?.perCpuSecond ?? Number.NaN
  const ratio = (a: string, b: string) => rate(a) / rate(b)
  const { floor, entente } = halfLoad
  const latencyBar = 2 * floor.p99Ms + 2 * fsync.p99
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
  return [
    '## Token endpoints',
    '',
    '"floor" is Fastify with one RS256 verification and one ES256 signature and nothing else: no claim checked, nothing',
    'recorded. Entente writes a durable decision for each answer.',
    '',
    ...RATE_HEAD,
    ...Object.entries(results).map(([name, measured]) => rateRow(name, measured)),
    '',
    ...BAR_HEAD,
    ...bars.map(([name, value, least, wanted]) => barRow(name, value.toFixed(2), wanted, value >= least)),
    barRow(
      'exchange p99 at half load',
      `${entente.p99Ms.toFixed(1)} ms`,
      `≤ 2 × floor (${floor.p99Ms.toFixed(1)} ms) + 2 × fsync p99 (${fsync.p99.toFixed(1)} ms) = ${latencyBar.toFixed(1)} ms`,
      entente.p99Ms <= latencyBar,
    ),
    '',
  ]
}

/** The document with these parts; a part that was not measured stays as the file has it. */
export function withParts(before: string, head: readonly string[], parts: readonly (readonly string[])[]): string {
  const measured = new Map(parts.map((lines) => [lines[0] ?? '', lines.join('\n')]))
  const found = before.split(/^(?=## )/m).slice(1)
  const kept = found.filter((part) => !measured.has(part.split('\n', 1)[0] ?? ''))
  const all = [...measured.values(), ...kept.map((part) => `${part.trimEnd()}\n`)]
  return [head.join('\n'), ...all].join('\n')
}
