/** What comes on standard input: documents, or the answer to a question. */
import { createInterface } from 'node:readline/promises'

export async function readStdin(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) text += String(chunk)
  return text
}

/** True when somebody sits there who can answer, and sees the question. */
export function isSomebodyThere(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/** Asks on stderr, so that what is printed stays what was asked for; only a yes is a yes. */
export async function askYes(question: string): Promise<boolean> {
  const line = createInterface({ input: process.stdin, output: process.stderr })
  // The end of the input is no answer, and would leave the question open for ever.
  const ended = new Promise<string>((resolve) => line.once('close', () => resolve('')))
  const answer = await Promise.race([line.question(`${question} [y/N] `), ended])
  line.close()
  return /^\s*y(es)?\s*$/i.test(answer)
}
