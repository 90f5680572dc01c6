/** The token endpoints' part of docs/performance.md, and how the parts of a file stand together. */
import type { Pace } from './rounds.ts'
import { BAR_HEAD, barRow, circumstances, RATE_HEAD, rateRow } from './tables.ts'
import { HALF, type TokenResults } from './tokens-bench.ts'

/** What stands before the parts. */
const HEADING = [
  '# Performance',
  '',
  'Made by `npm run bench -- --write`; ratios count, since machines differ. One core for the server, the load on another;',
  'rates are per second of server CPU, the median of the rounds.',
  '',
]

export function tokenTable({ results, shares, fsync }: TokenResults, pace: Pace): string[] {
  const rate = (name: string) => results[name]?.perCpuSecond ?? Number.NaN
  const ratio = (a: string, b: string) => rate(a) / rate(b)
  const half = shares.find(({ share }) => share === HALF)
  if (half === undefined) throw new Error('half load was not measured')
  const { floor, entente } = half
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
    ...circumstances(pace),
    ...RATE_HEAD,
    ...Object.entries(results).map(([name, measured]) => rateRow(name, measured)),
    ...shares.flatMap((at) => [
      rateRow(`floor at ${at.share * 100} % of its capacity`, at.floor),
      rateRow(`exchange, Entente, at ${at.share * 100} % of its capacity`, at.entente),
    ]),
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

/** The document with these parts, each where the file has it; a part that was not measured stays as it is there. */
export function withParts(before: string, parts: readonly (readonly string[])[]): string {
  const titleOf = (part: string) => part.split('\n', 1)[0] ?? ''
  const measured = new Map(parts.map((lines) => [lines[0] ?? '', lines.join('\n')]))
  const found = before.split(/^(?=## )/m).slice(1)
  const known = found.map(titleOf)
  const kept = found.map((part) => measured.get(titleOf(part)) ?? `${part.trimEnd()}\n`)
  const added = [...measured].flatMap(([title, part]) => (known.includes(title) ? [] : [part]))
  return [HEADING.join('\n'), ...kept, ...added].join('\n')
}
