/** Loads a server for a while over keep-alive connections and tells what it cost the server, by the server's own CPU clock. */
import { execFileSync } from 'node:child_process'
import { Pool } from 'undici'
import { cpuSeconds } from './server.ts'

export interface Load {
  readonly url: string
  /** Of several, each in turn. */
  readonly path: string | readonly string[]
  /** Each in turn, or made for the nth request. */
  readonly bodies: readonly string[] | ((n: number) => string)
  readonly headers: Readonly<Record<string, string>>
  readonly method?: 'GET' | 'POST'
  readonly seconds: number
  readonly connections: number
  /** Requests per second over all connections; absent means as fast as they go. */
  readonly rate?: number
  readonly pid: number
}

export interface Measured {
  readonly requests: number
  readonly failed: number
  /** Per second of server CPU. */
  readonly perCpuSecond: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export async function load(options: Load): Promise<Measured> {
  const { headers, seconds, connections, rate, pid } = options
  const paths = typeof options.path === 'string' ? [options.path] : options.path
  const pool = new Pool(options.url, { connections, pipelining: 1 })
  const latencies: number[] = []
  let failed = 0
  let next = 0
  const one = async (due: number) => {
    const n = next++
    const path = paths[n % paths.length] ?? ''
    const body = bodyOf(options, n)
    const method = options.method ?? 'POST'
    const answer = await pool.request({ path, method, headers, ...(method === 'POST' ? { body } : {}) })
    await answer.body.dump()
    if (answer.statusCode !== 200) failed += 1
    latencies.push(performance.now() - due)
  }
  // Opening the connections takes tens of milliseconds, once: not a latency of the server's.
  await Promise.all(Array.from({ length: connections }, () => one(performance.now())))
  latencies.length = 0
  failed = 0
  const cpuBefore = cpuSeconds(pid)
  const start = performance.now()
  const end = start + seconds * 1000
  const worker = async (index: number) => {
    // At a fixed rate the clock of each request starts when it is due, so that a stall counts for all it delayed.
    const gap = rate === undefined ? 0 : (connections / rate) * 1000
    let due = start + (gap * index) / connections
    while (performance.now() < end) {
      if (rate === undefined) due = performance.now()
      else if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      await one(due)
      due += gap
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, index) => worker(index)))
  const elapsed = (performance.now() - start) / 1000
  const cpu = cpuSeconds(pid) - cpuBefore
  await pool.close()
  latencies.sort((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN
  return {
    requests: latencies.length,
    failed,
    perCpuSecond: latencies.length / cpu,
    perSecond: latencies.length / elapsed,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  }
}

function bodyOf({ bodies }: Load, n: number): string {
  return typeof bodies === 'function' ? bodies(n) : (bodies[n % bodies.length] ?? '')
}

/** Puts this process on the last core, so that load and server do not share one. */
export function leaveServerCore(): void {
  try {
    execFileSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)], { stdio: 'ignore' })
  } catch {
    process.stderr.write('taskset is not there: load and server share the cores, ratios are rougher\n')
  }
}
