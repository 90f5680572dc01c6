/** `entente get`: one object, or all of a kind. */
import { Command, InvalidArgumentError } from 'commander'
import { at } from './demo/api.ts'
import { type Client, createClient, pathOf } from './manifests/client.ts'
import { CONNECTION_HELP, connectionOf, withConnection } from './manifests/connection.ts'
import { manifestFault } from './manifests/faults.ts'
import { type KindEntry, kindOf, kindsHelp } from './manifests/kinds.ts'
import { machineText, outputOption } from './manifests/output.ts'
import { patiently } from './manifests/patience.ts'
import { printable } from './manifests/printable.ts'
import { complain, run, say } from './manifests/run.ts'
import { objectsTable } from './manifests/table.ts'

/** The most that the server puts on one page. */
const PAGE = 500

const HELP = `
${kindsHelp()}
${CONNECTION_HELP}

Examples:
  entente get idp
  entente get trust deploy-payments -o yaml
  entente get workloadproviders -n acme -l team=payments
  entente get decisions --limit 20
  entente get trust -o yaml --export > trusts.yaml

Exit codes: 0 done (also when there is nothing), 1 failed or no such object, 2
called wrongly.`

export function getCommand(): Command {
  const command = new Command('get')
    .description('show one object, or all of a kind')
    .argument('<kind>', 'kind: plural, singular or short name')
    .argument('[name]', 'name of one object')
    .option('-n, --namespace <name>', 'organisation', 'default')
    .option('-l, --selector <terms>', 'labels: a=b, a!=b, a and !a, joined by commas')
    .addOption(outputOption(['table', 'yaml', 'json', 'name']))
    .option('--limit <number>', 'no more than so many', parseLimit)
    .option(
      '--export',
      'without what the server writes by itself, so that a file fits whatever is there when it is applied',
    )
  return withConnection(command).addHelpText('after', HELP).action(get)
}

interface GetFlags {
  readonly namespace: string
  readonly output: string
  readonly selector?: string
  readonly limit?: number
  readonly export?: boolean
}

function get(word: string, name: string | undefined, flags: GetFlags): Promise<void> {
  return run(async () => {
    const entry = kindOf(word)
    if (name !== undefined && (flags.selector !== undefined || flags.limit !== undefined)) {
      throw manifestFault('cli.called_wrongly', { message: 'A selector or a limit does not go with a name.' })
    }
    if (flags.export === true && flags.output !== 'yaml' && flags.output !== 'json') {
      throw manifestFault('cli.called_wrongly', { message: 'An export is YAML or JSON: -o yaml or -o json.' })
    }
    const shown = flags.export === true ? exported : (object: unknown) => object
    const client = createClient(connectionOf({ ...flags }, process.env))
    if (name !== undefined) {
      const object = shown(await client.call({ method: 'GET', path: pathOf(entry, flags.namespace, name) }))
      print(entry, [object], flags.output, object)
      return 0
    }
    const objects = (await listAll(client, entry, flags)).map(shown)
    if (objects.length === 0 && flags.output === 'table') complain(nothing(entry, flags))
    // As documents that `apply -f` takes again.
    else print(entry, objects, flags.output, { apiVersion: 'v1', kind: 'List', items: objects })
    return 0
  })
}

/** Every page, up to the limit. Faults: all of cli.* */
export async function listAll(client: Client, entry: KindEntry, flags: Omit<GetFlags, 'output'>): Promise<unknown[]> {
  const wanted = flags.limit ?? Number.POSITIVE_INFINITY
  const objects: unknown[] = []
  const readAll = async () => {
    let next: string | undefined
    do {
      const query = {
        limit: String(Math.min(PAGE, wanted - objects.length)),
        continue: next,
        labelSelector: flags.selector,
      }
      const page = await client.call({ method: 'GET', path: pathOf(entry, flags.namespace), query })
      const items = at(page, 'items')
      if (!Array.isArray(items)) throw manifestFault('cli.no_manifests')
      objects.push(...items)
      const following = at(page, 'metadata', 'continue')
      next = typeof following === 'string' && following !== '' ? following : undefined
    } while (next !== undefined && objects.length < wanted)
  }
  await patiently(process.stderr, () => `${objects.length} ${entry.plural} read`, readAll)
  return objects.slice(0, wanted)
}

/** A document as somebody would have written it: the version of one moment is no matter of a file that is kept. */
function exported(object: unknown): unknown {
  const { status: _, metadata, ...document } = Object(object)
  const { uid: __, resourceVersion: ___, creationTimestamp: ____, ...kept } = Object(metadata)
  const { apiVersion, kind, ...others } = document
  return { apiVersion, kind, metadata: kept, ...others }
}

function print(entry: KindEntry, objects: readonly unknown[], output: string, whole: unknown): void {
  if (output === 'json' || output === 'yaml') say(machineText(output, whole))
  else if (output === 'table') say(objectsTable(entry, objects, new Date()))
  else for (const object of objects) say(printable(`${entry.kind.toLowerCase()}/${at(object, 'metadata', 'name')}`))
}

function nothing({ plural, namespaced }: KindEntry, { namespace, selector }: GetFlags): string {
  const where = namespaced ? ` in ${namespace}` : ''
  return `there are no ${plural}${where}${selector === undefined ? '' : ' that the selector fits'}`
}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (!/^\d{1,9}$/.test(text) || limit < 1) throw new InvalidArgumentError('a limit is a whole number from 1')
  return limit
}
