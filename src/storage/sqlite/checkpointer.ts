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

/** Each moves what came since the last one: small pieces, so that on a machine with one core nobody notices. */
const EVERY_MS = 50
/**
 * A passive checkpoint lets writers go on, and so hardly ever comes to an end at which the log could begin anew. From 4 000
 * frames on, which are 16 MiB, writers wait for the last few: two or three milliseconds. The file keeps its length, since to
 * write where a file already has its blocks is cheaper than to lengthen it, and to cut off 64 MiB took up to sixty.
 */
const FRAMES = 4_000

/** Plain CommonJS text, since the same thread must start from sources, from a build and under a test runner. */
const THREAD = `
const { statSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const { file, everyMs, frames, library } = workerData
const Database = require(library)
const database = new Database(file, { timeout: 1000 })
database.pragma('synchronous = FULL')
let written
const timer = setInterval(() => {
  const last = statSync(file + '-wal', { throwIfNoEntry: false })?.mtimeMs
  if (last === written) return
  try {
    const [{ log, checkpointed }] = database.pragma('wal_checkpoint(PASSIVE)')
    if (log > frames) database.pragma('wal_checkpoint(RESTART)')
    if (checkpointed === log) written = last
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
  const workerData = { file, library, everyMs: EVERY_MS, frames: FRAMES }
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
