/** Several identical processes behind one listener: the primary forks them, replaces those that end, and passes on the stop. */
import cluster, { type Worker } from 'node:cluster'
import type { Logger } from 'pino'
import { stopOnSignal } from './stopping.ts'

/** A worker that ends sooner than this after its start did not serve; the next try waits. */
const SHORT_LIFE_MS = 5_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * Runs `count` workers until a signal comes. The first one starts alone: it migrates the database and makes what has to be
 * made once. If it ends before it listens, so do we, with its exit code.
 */
export async function runWorkers(count: number, log: Logger): Promise<void> {
  let stopping = false
  let settled = false
  let waitMs = FIRST_WAIT_MS
  const start = (): Worker => {
    const since = performance.now()
    const worker = cluster.fork()
    worker.once('exit', (code, signal) => {
      if (stopping || !settled) return
      waitMs = performance.now() - since < SHORT_LIFE_MS ? Math.min(waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS
      log.error({ worker: worker.process.pid, code, signal, waitMs }, 'a worker ended; another takes its place')
      setTimeout(() => stopping || start(), waitMs)
    })
    return worker
  }
  stopOnSignal(async () => {
    stopping = true
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    await Promise.all(workers.map(stopWorker))
  })
  await listening(start())
  settled = true
  for (let started = 1; started < count; started += 1) start()
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isDead()) return resolve()
    worker.once('exit', () => resolve())
    worker.process.kill('SIGTERM')
  })
}

function listening(first: Worker): Promise<void> {
  return new Promise((resolve) => {
    const failed = (code: number | null) => process.exit(code === 0 ? 1 : (code ?? 1))
    first.once('exit', failed)
    first.once('listening', () => {
      first.off('exit', failed)
      resolve()
    })
  })
}
