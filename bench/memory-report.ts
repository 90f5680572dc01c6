/** The part of docs/performance.md about memory. */
import type { MemoryResults } from './memory-bench.ts'
import { BAR_HEAD, barRow, circumstances, grouped, RATE_HEAD, rateRow } from './tables.ts'

/**
 * Of the first third. A heap that keeps its size still breathes by a few percent, as collections and checkpoints fall; and in
 * ten minutes at a few thousand exchanges a second this much is about ten bytes for each, less than the smallest object takes.
 */
const GROWTH = 0.1

export function memoryTable(results: MemoryResults): string[] {
  const { minutes, measured, share, firstThird, lastThird, slope, exchangesBetween } = results
  const growth = lastThird / firstThird - 1
  const bytesEach = (firstThird * GROWTH * 1024 * 1024) / exchangesBetween
  return [
    '## Memory under load',
    '',
    `Exchanges at ${share * 100} % of what the server had just shown it can do, for ${minutes} minutes; resident memory once a second.`,
    'The first fifth is not counted, in which caches fill; the rest is in thirds, of which the median counts.',
    `The bound of ${GROWTH * 100} % between first and last is a leak of ${bytesEach.toFixed(1)} bytes an exchange over this time.`,
    '',
    ...circumstances(null),
    ...RATE_HEAD,
    rateRow('exchange, the whole time', measured),
    '',
    ...BAR_HEAD,
    barRow(
      `resident memory, last third against first (${grouped(exchangesBetween)} exchanges between)`,
      `${firstThird.toFixed(0)} → ${lastThird.toFixed(0)} MB, ${(growth * 100).toFixed(1)} %, slope ${slope.toFixed(2)} MB a minute`,
      `≤ ${GROWTH * 100} % more`,
      growth <= GROWTH,
    ),
    '',
  ]
}
