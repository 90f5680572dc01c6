/** Repeats one piece of work over so many at a time, as fast as it goes or at a rate, and tells what it cost the server. */
import { cpuSeconds } from './server.ts'

export interface Drive {
  readonly seconds: number
  /** So many at a time. */
  readonly connections: number
  /** Of the server, by whose own CPU clock it is measured. */
  readonly pid: number
  /** Per second over all of them; absent means as fast as they go. */
  readonly rate?: number
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

/** `work` answers whether it succeeded. */
export async function drive(
  { seconds, connections, pid, rate }: Drive,
  work: () => Promise<boolean>,
): Promise<Measured> {
  const latencies: number[] = []
  let failed = 0
  const cpuBefore = cpuSeconds(pid)
  const start = performance.now()
  const end = start + seconds * 1000
  const gap = rate === undefined ? 0 : (connections / rate) * 1000
  const worker = async (index: number) => {
    // At a fixed rate the clock of each piece starts when it is due, so that a stall counts for all it delayed.
    let due = start + (gap * index) / connections
    while (performance.now() < end) {
      if (rate === undefined) due = performance.now()
      else if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      if (!(await work())) failed += 1
      latencies.push(performance.now() - due)
      due += gap
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, index) => worker(index)))
  const elapsed = (performance.now() - start) / 1000
  const cpu = cpuSeconds(pid) - cpuBefore
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
