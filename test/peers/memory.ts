/** How much memory a process really holds, as the system counts it. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Resident bytes of a process. */
export function residentBytes(pid: number): number {
  const kilobytes = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  if (!Number.isInteger(kilobytes)) throw new Error(`no memory reading for process ${pid}`)
  return kilobytes * 1024
}

function fromProc(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function fromPs(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim())
}
