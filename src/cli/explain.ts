/** `entente explain`: why a token request, a sign-in or a test came out as it did. */
import { Command } from 'commander'
import { readDecision, type ShownDecision } from './decisions/decision.ts'
import { decisionText } from './decisions/decision-text.ts'
import { at } from './demo/api.ts'
import { type Client, createClient, pathOf } from './manifests/client.ts'
import { CONNECTION_HELP, connectionOf, withConnection } from './manifests/connection.ts'
import { manifestFault } from './manifests/faults.ts'
import { kindOf } from './manifests/kinds.ts'
import { machineText, outputOption } from './manifests/output.ts'
import { run, say } from './manifests/run.ts'
import { paintFor, widthOf } from './terminal.ts'

const HELP = `
Whoever was refused has the id: the answer's header Entente-Decision, its member
decision_id, or what \`entente exchange\` said. Without one, the newest refusal
is explained. A request whose organisation is unknown lies in \`default\`.
${CONNECTION_HELP}

Exit codes: 0 done, 1 failed, 2 called wrongly.

Examples:
  entente explain
  entente explain 019a3f0c-77aa-7c11-9d6e-2f6f0c0f9a11
  entente explain 019a3f0c-77aa-7c11-9d6e-2f6f0c0f9a11 -n acme -o json`

export function explainCommand(): Command {
  const command = new Command('explain')
    .description('show why a request was granted or refused, check by check')
    .argument('[decision]', 'id of a decision')
    .option('-n, --namespace <name>', 'organisation', 'default')
    .addOption(outputOption(['text', 'yaml', 'json']))
  return withConnection(command).addHelpText('after', HELP).action(explain)
}

interface Flags {
  readonly namespace: string
  readonly output: string
}

function explain(id: string | undefined, flags: Flags): Promise<void> {
  return run(async () => {
    const client = createClient(connectionOf({ ...flags }, process.env))
    const document = id === undefined ? await newestRefusal(client, flags) : await decisionOf(client, flags, id)
    if (flags.output === 'json' || flags.output === 'yaml') {
      say(machineText(flags.output, document))
      return 0
    }
    const paint = paintFor(process.stdout, process.env)
    say(decisionText(shown(document), { paint, now: new Date(), width: widthOf(process.stdout) }))
    return 0
  })
}

function decisionOf(client: Client, { namespace }: Flags, id: string): Promise<unknown> {
  return client.call({ method: 'GET', path: pathOf(kindOf('Decision'), namespace, id) })
}

/** Faults: cli.missing */
async function newestRefusal(client: Client, flags: Flags): Promise<unknown> {
  const { namespace } = flags
  const query = { outcome: 'refused', limit: '1' }
  const page = await client.call({ method: 'GET', path: pathOf(kindOf('Decision'), namespace), query })
  const items = at(page, 'items')
  const [newest] = Array.isArray(items) ? items : []
  const id = at(newest, 'metadata', 'name')
  // By itself it also says what its trusts are called.
  if (typeof id === 'string') return await decisionOf(client, flags, id)
  throw manifestFault('cli.missing', { message: `Nothing was refused in ${namespace} yet.` })
}

/** Faults: cli.no_manifests */
function shown(document: unknown): ShownDecision {
  const decision = readDecision(document)
  if (decision === null) throw manifestFault('cli.no_manifests')
  return decision
}
