/** `entente delete`: takes objects away, by name or as files name them. */
import { Command } from 'commander'
import { Fault } from '../fault.ts'
import { filesOf, withFiles } from './manifests/apply-run.ts'
import { type Client, createClient, pathOf } from './manifests/client.ts'
import { CONNECTION_HELP, connectionOf, withConnection } from './manifests/connection.ts'
import { readDocuments } from './manifests/documents.ts'
import { manifestFault } from './manifests/faults.ts'
import { kindOf, kindsHelp } from './manifests/kinds.ts'
import { printable } from './manifests/printable.ts'
import { complain, faultText, run, say } from './manifests/run.ts'
import { askYes, isSomebodyThere, readStdin } from './manifests/stdin.ts'
import { type Target, targetsOf, targetText } from './manifests/targets.ts'

const HELP = `
Files name what to delete: what is owned goes before its owners, whatever their
order. Objects go one by one: what is deleted stays deleted when a later one is
refused.

${kindsHelp()}
${CONNECTION_HELP}

Examples:
  entente delete trust deploy-payments
  entente delete idp okta -n acme --yes
  entente delete -f manifests/ --yes --ignore-not-found

Exit codes: 0 done, 1 something was not deleted, 2 called wrongly or files that
cannot be read.`

export function deleteCommand(): Command {
  const command = new Command('delete')
    .description('delete one object, or those that files name')
    .argument('[kind]', 'kind: plural, singular or short name')
    .argument('[name]', 'name of the object')
    .option('-n, --namespace <name>', 'organisation of what names none', 'default')
    .option('-y, --yes', 'do not ask')
    .option('--ignore-not-found', 'what is not there is no failure')
  return withConnection(withFiles(command)).addHelpText('after', HELP).action(remove)
}

interface DeleteFlags {
  readonly namespace: string
  readonly file?: readonly string[]
  readonly yes?: boolean
  readonly ignoreNotFound?: boolean
}

function remove(word: string | undefined, name: string | undefined, flags: DeleteFlags): Promise<void> {
  return run(async () => {
    const targets = await targetsFrom(word, name, flags)
    const client = createClient(connectionOf({ ...flags }, process.env))
    if (flags.yes !== true && !(await isMeant(targets, flags))) {
      complain('nothing was deleted')
      return 1
    }
    let failed = 0
    for (const target of targets) if (!(await removeOne(client, target, flags.ignoreNotFound === true))) failed += 1
    return failed === 0 ? 0 : 1
  })
}

async function targetsFrom(
  word: string | undefined,
  name: string | undefined,
  flags: DeleteFlags,
): Promise<readonly Target[]> {
  const { namespace } = flags
  if (flags.file !== undefined) {
    if (word === undefined) return targetsOf(await readDocuments(filesOf({ ...flags }), readStdin), namespace)
    throw manifestFault('cli.called_wrongly', { message: 'Give a kind and a name, or files; not both.' })
  }
  if (word === undefined || name === undefined) {
    throw manifestFault('cli.called_wrongly', { message: 'Name what to delete: a kind and a name, or -f FILE.' })
  }
  return [{ entry: kindOf(word), namespace, name }]
}

/** Asks somebody who is there. Faults: cli.called_wrongly where nobody is, or their keyboard has been read already */
async function isMeant(targets: readonly Target[], { file = [] }: DeleteFlags): Promise<boolean> {
  if (file.includes('-') || !isSomebodyThere()) {
    throw manifestFault('cli.called_wrongly', { message: 'Nobody can be asked here: say --yes if it is meant.' })
  }
  for (const target of targets) process.stderr.write(`  ${targetText(target)}\n`)
  return await askYes(targets.length === 1 ? 'Delete it?' : `Delete these ${targets.length}?`)
}

/** False if it failed, and said so. What stops every further one too is thrown. */
async function removeOne(client: Client, target: Target, ignoreMissing: boolean): Promise<boolean> {
  const { entry, namespace, name } = target
  try {
    await client.call({ method: 'DELETE', path: pathOf(entry, namespace, name) })
    say(`${printable(`${entry.kind.toLowerCase()}/${name}`)} deleted`)
    return true
  } catch (error) {
    if (!(error instanceof Fault) || !['cli.missing', 'cli.refused', 'cli.forbidden'].includes(error.code)) throw error
    if (ignoreMissing && error.code === 'cli.missing') return true
    complain(`${targetText(target)}: ${faultText(error)}`)
    return false
  }
}
