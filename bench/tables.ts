/** What tables of bars share. */
import type { Measured } from './load.ts'

export function rateRow(name: string, m: Measured): string {
  return `| ${name} | ${Math.round(m.perCpuSecond)} | ${Math.round(m.perSecond)} | ${m.p50Ms.toFixed(1)} | ${m.p99Ms.toFixed(1)} |`
}

export const RATE_HEAD = ['| what | per CPU second | per second | p50 ms | p99 ms |', '|---|---:|---:|---:|---:|']
export const BAR_HEAD = ['| bar | measured | wanted | |', '|---|---:|---|---|']

export function barRow(name: string, measured: string, wanted: string, isHeld: boolean): string {
  return `| ${name} | ${measured} | ${wanted} | ${isHeld ? 'held' : 'MISSED'} |`
}
