/** What the parts of docs/performance.md share: rows, bars, and under which circumstances they were measured. */
import { cpus } from 'node:os'
import type { Measured } from './drive.ts'
import type { Pace } from './rounds.ts'

/** Said by every part for itself, since parts are measured on different days. */
export function circumstances(pace: Pace | null): string[] {
  const rounds = pace === null ? '' : `; ${pace.rounds} rounds of ${pace.seconds} s, ${pace.connections} connections`
  return [`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}${rounds}.`, '']
}

export function rateRow(name: string, m: Measured): string {
  return `| ${name} | ${Math.round(m.perCpuSecond)} | ${Math.round(m.perSecond)} | ${m.p50Ms.toFixed(1)} | ${m.p99Ms.toFixed(1)} |`
}

export const RATE_HEAD = ['| what | per CPU second | per second | p50 ms | p99 ms |', '|---|---:|---:|---:|---:|']
export const BAR_HEAD = ['| bar | measured | wanted | |', '|---|---:|---|---|']

export function barRow(name: string, measured: string, wanted: string, isHeld: boolean): string {
  return `| ${name} | ${measured} | ${wanted} | ${isHeld ? 'held' : MISSED} |`
}

const MISSED = 'MISSED'

/** How many bars of a part do not hold. */
export function missedIn(lines: readonly string[]): number {
  return lines.filter((line) => line.endsWith(`| ${MISSED} |`)).length
}

/** With a thin space between thousands, as tables have them. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ')
}
