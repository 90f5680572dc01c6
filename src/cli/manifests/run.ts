/** How a command ends: what it found wrong in words on stderr, and an exit code that scripts can use. */
import { Fault, type FaultCatalogue } from '../../fault.ts'
import { BAD_CONFIGURATION } from '../read-config.ts'
import { manifestFaults } from './faults.ts'
import { printable } from './printable.ts'

/**
 * Runs the command and sets the exit code it answers. A fault ends it with `failed`, or with 2 if the command was called
 * wrongly; anything else is ours to find, so it comes whole, and with `failed` too.
 */
export async function run(work: () => Promise<number>, failed = 1): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error) => {
    if (Object(error).code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    process.exitCode = await work()
  } catch (error) {
    process.exitCode = error instanceof Fault && error.kind === 'invalid' ? BAD_CONFIGURATION : failed
    if (error instanceof Fault) complain(faultText(error))
    else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

type Sayable = Pick<Fault, 'message' | 'fields'> & { readonly code?: string }

/** The sentence, each field below it, and what can be done. */
export function faultText({ message, fields, code }: Sayable): string {
  const catalogue: FaultCatalogue = manifestFaults
  const remedy = code === undefined ? undefined : catalogue[code]?.remedy
  // A server that finds one field wrong has named it in its sentence already.
  const isSaid = fields.length === 1 && message === `${fields[0]?.path}: ${fields[0]?.message}`
  const lines = [
    printable(message),
    ...(isSaid ? [] : fields).map(({ path, message }) => `  ${printable(path)}: ${printable(message)}`),
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
  ]
  return lines.join('\n')
}

export function complain(text: string): void {
  process.stderr.write(`entente: ${text}\n`)
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
