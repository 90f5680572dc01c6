/** What a running command does when it is told to stop: end what it runs, in time, and leave with 0. */

/** Longer than any answer of ours takes, shorter than what service managers wait before they kill. */
const STOP_LIMIT_MS = 10_000

/** Conventional exit code of a process that a signal ended: 128 and the signal's number. */
const KILLED: Readonly<Record<'SIGINT' | 'SIGTERM', number>> = { SIGINT: 130, SIGTERM: 143 }

export interface StopOptions {
  /** Default: both. A worker leaves SIGINT to its primary, since a terminal sends it to all of them. */
  readonly signals?: readonly ('SIGINT' | 'SIGTERM')[]
}

/**
 * Calls `stop` once at the first signal and exits with 0 when it is done, with 1 when it fails or takes longer than ten
 * seconds. A second signal ends the process at once.
 */
export function stopOnSignal(stop: () => Promise<void>, { signals = ['SIGINT', 'SIGTERM'] }: StopOptions = {}): void {
  let stopping = false
  const onStop = (ifAgain: number) => {
    if (stopping) process.exit(ifAgain)
    stopping = true
    setTimeout(() => {
      process.stderr.write(`entente: still busy after ${STOP_LIMIT_MS / 1000} seconds, leaving\n`)
      process.exit(1)
    }, STOP_LIMIT_MS).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`entente: could not stop cleanly: ${error instanceof Error ? error.message : error}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of signals) process.on(signal, () => onStop(KILLED[signal]))
}
