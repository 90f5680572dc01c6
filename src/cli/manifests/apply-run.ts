/** What `apply` and `diff` share: read, send, tell. */
import { type Command, Option } from 'commander'
import { paintFor } from '../terminal.ts'
import { APPLY_PATH, createClient } from './client.ts'
import { connectionOf, withConnection } from './connection.ts'
import { readDocuments } from './documents.ts'
import { manifestFault } from './faults.ts'
import { machineText, outputOption } from './output.ts'
import { patiently } from './patience.ts'
import { failuresText, type Result, resultsOf, resultsText } from './results.ts'
import { complain, say } from './run.ts'
import { readStdin } from './stdin.ts'

/** Gives the command `-f`, as often as one likes. */
export function withFiles(command: Command): Command {
  const files = new Option('-f, --file <path>', 'file, folder of *.yaml, *.yml and *.json, or - for standard input')
  // Not variadic: what follows one file is not another.
  return command.addOption(files.argParser((path: string, before: string[] = []) => [...before, path]))
}

/** Gives the command the flags of both. */
export function withDocuments(command: Command): Command {
  const named = withFiles(command).option('-n, --namespace <name>', 'organisation of documents that name none')
  return withConnection(named.addOption(outputOption(['text', 'json', 'yaml'])))
}

/** Sends the documents that the flags name and prints the results. Faults: all of cli.* */
export async function applyDocuments(
  flags: Readonly<Record<string, unknown>>,
  { dryRun, withNew }: { readonly dryRun: boolean; readonly withNew: boolean },
): Promise<Result[]> {
  const paths = filesOf(flags)
  const documents = await readDocuments(paths, readStdin)
  const client = createClient(connectionOf(flags, process.env))
  const namespace = typeof flags.namespace === 'string' ? flags.namespace : undefined
  const count = `${documents.length} document${documents.length === 1 ? '' : 's'}`
  const answer = await patiently(
    process.stderr,
    () => `the server judges ${count} and asks their identity providers`,
    () =>
      client.call({
        method: 'POST',
        path: APPLY_PATH,
        query: { dryRun: dryRun ? 'All' : undefined, namespace },
        body: documents.map(({ value }) => value),
      }),
  )
  const results = resultsOf(answer, documents)
  const { output } = flags
  if (output === 'json' || output === 'yaml') say(machineText(output, { results }))
  else {
    const isPrivate = process.stdout.isTTY === true
    say(resultsText(results, { paint: paintFor(process.stdout, process.env), dryRun, withNew, isPrivate }))
  }
  const failures = failuresText(results)
  for (const failure of failures) complain(failure)
  if (failures.length > 0 && !dryRun) complain('nothing was written: all documents are, or none')
  return results
}

/** The files of `-f`. Faults: cli.called_wrongly */
export function filesOf({ file }: Readonly<Record<string, unknown>>): string[] {
  if (Array.isArray(file)) return file.map(String)
  throw manifestFault('cli.called_wrongly', {
    message: 'Name the documents: -f FILE, -f FOLDER, or -f - for standard input.',
  })
}
