/** What a person at a terminal sees of work that takes long. */

interface Tellable {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const EVERY_MS = 1_000
/** Back to the beginning of the line, and away with what stands there. */
const CLEAR = '\r\u001b[K'

/**
 * Does the work; on a terminal a line tells every second what is waited for, and is gone when it is done. Nothing is written
 * where nobody looks.
 */
export async function patiently<T>(stream: Tellable, what: () => string, work: () => Promise<T>): Promise<T> {
  if (stream.isTTY !== true) return await work()
  let seconds = 0
  const timer = setInterval(() => {
    seconds += EVERY_MS / 1000
    stream.write(`${CLEAR}… ${what()} (${seconds} s)`)
  }, EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (seconds > 0) stream.write(CLEAR)
  }
}
