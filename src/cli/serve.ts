/** `entente serve`: the server, in one process or several. */
import cluster from 'node:cluster'
import { setFlagsFromString } from 'node:v8'
import { Command } from 'commander'
import pino from 'pino'
import type { Config } from '../config.ts'
import { Fault, type FaultCatalogue } from '../fault.ts'
import { listenFaults } from '../http/listen-fault.ts'
import { createLog } from '../http/log.ts'
import { keyFaults } from '../keys/faults.ts'
import type { Running } from '../main.ts'
import { storageFaults } from '../storage/faults.ts'
import { BAD_CONFIGURATION, readConfigOrExit, withSettings } from './read-config.ts'
import { stopOnSignal } from './stopping.ts'
import { runWorkers } from './workers.ts'

export function serveCommand(): Command {
  const command = new Command('serve').description('run the server')
  return withSettings(command).action((flags: Record<string, unknown>) => serve(readConfigOrExit(flags)))
}

/**
 * How much the heap may grow between two full collections, in percent. Left to itself it triples before anybody looks, and a
 * server that lives on ninety megabytes takes four hundred; what collecting earlier costs is too little to be measured (`npm run bench`).
 */
const HEAP_GROWTH_PERCENT = 30

/**
 * V8 puts what once lived long among what is old at once, and is slow to notice that it no longer does: one long list, and the arrays that
 * every answer is written from were old from then on, which made full collections of what a second of requests leaves behind.
 */
const NOTHING_IS_BORN_OLD = '--no-allocation-site-pretenuring'

async function serve(config: Config): Promise<void> {
  setFlagsFromString(NOTHING_IS_BORN_OLD)
  if (config.workers > 1 && cluster.isPrimary) {
    await runWorkers(config.workers, pino({ level: config.logLevel }))
    return
  }
  logConsole(config.logLevel)
  const running = await startOrExit(config)
  // Not before: a heap that still becomes what it will be would be collected again and again.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`)
  // A worker leaves SIGINT to its primary: a terminal sends it to all of them.
  stopOnSignal(() => running.close(), cluster.isWorker ? { signals: ['SIGTERM'] } : {})
  if (running.operatorToken !== null) introduceOperator(running.operatorToken, config.dataDir)
}

/** What may keep a server from starting, with what can be done about it. */
const START_FAULTS: FaultCatalogue = { ...storageFaults, ...keyFaults, ...listenFaults }

/** Libraries speak to the console now and then; what the server prints is lines of JSON, and theirs are, too. */
function logConsole(level: string): void {
  const log = createLog(level)
  console.info = (...words: unknown[]) => log.info(words.join(' '))
  console.warn = (...words: unknown[]) => log.warn(words.join(' '))
}

async function startOrExit(config: Config): Promise<Running> {
  // Here and not above: the other commands are done before the whole server is loaded.
  const { startServer } = await import('../main.ts')
  try {
    return await startServer(config)
  } catch (error) {
    // Faults are written for people; anything else is ours to find, so it comes whole.
    if (!(error instanceof Fault)) throw error
    const remedy = START_FAULTS[error.code]?.remedy
    process.stderr.write(`entente: ${error.message} (${error.code})\n${remedy === undefined ? '' : `  ${remedy}\n`}`)
    process.exit(error.kind === 'invalid' ? BAD_CONFIGURATION : 1)
  }
}

/** The token goes to a person's terminal and nowhere else: logs are kept and copied. */
function introduceOperator(token: string, dataDir: string): void {
  if (process.stderr.isTTY !== true) return
  process.stderr.write(
    `\n  First operator's token, shown this once and kept in ${dataDir}/operator-token:\n\n    ${token}\n\n`,
  )
}
