/**
 * Moves the write-ahead log into the database file beside the writer, in a thread of its own: inside a commit it would hold
 * up every request for as long as the disk takes to write a thousand scattered pages.
 *
 * Source: sqlite.org/wal.html §3.1 (automatic checkpoint), sqlite.org/c3ref/wal_checkpoint_v2.html (modes).
 */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

export interface Checkpointer {
  stop(): Promise<void>
}

/** A look at a file's size costs nothing; the log grows by a few megabytes in this time under full load. */
const EVERY_MS = 100
/** What SQLite itself would wait for: 1 000 pages. */
const WORTHWHILE_BYTES = 4 * 1024 * 1024
/** Passive checkpoints let writers go on and so may never catch up; beyond this, one makes them wait and empties the log. */
const LARGEST_BYTES = 64 * 1024 * 1024

/** Plain CommonJS text, since the same thread must start from sources, from a build and under a test runner. */
const THREAD = `
const { statSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const { file, everyMs, worthwhileBytes, largestBytes, library } = workerData
const Database = require(library)
const database = new Database(file, { timeout: 1000 })
database.pragma('synchronous = FULL')
const timer = setInterval(() => {
  const size = statSync(file + '-wal', { throwIfNoEntry: false })?.size ?? 0
  if (size < worthwhileBytes) return
  try {
    database.pragma('wal_checkpoint(PASSIVE)')
    // Right after the passive one there is almost nothing left to move while the writer waits.
    if (size > largestBytes) database.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // Busy or a full disk: the log keeps everything until the next look.
  }
}, everyMs)
parentPort.once('message', () => {
  clearInterval(timer)
  database.close()
})
`

/** Starts the thread; the writer must have its own automatic checkpoint switched off. */
export function startCheckpointer(file: string, onError: (error: Error) => void): Checkpointer {
  const library = createRequire(import.meta.url).resolve('better-sqlite3')
  const workerData = {
    file,
    library,
    everyMs: EVERY_MS,
    worthwhileBytes: WORTHWHILE_BYTES,
    largestBytes: LARGEST_BYTES,
  }
  const worker = new Worker(THREAD, { eval: true, workerData, execArgv: [] })
  worker.unref()
  worker.on('error', onError)
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return {
    async stop() {
      worker.ref()
      worker.postMessage('stop')
      await gone
    },
  }
}
