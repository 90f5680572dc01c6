/** `entente test`: judges a token, or claims alone, by a trust, without issuing anything. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { readDecision } from './decisions/decision.ts'
import { decisionText } from './decisions/decision-text.ts'
import { at } from './demo/api.ts'
import { subjectTokenOf } from './exchange/subject-token.ts'
import { type Client, createClient, pathOf } from './manifests/client.ts'
import { CONNECTION_HELP, connectionOf, withConnection } from './manifests/connection.ts'
import { manifestFault } from './manifests/faults.ts'
import { kindOf } from './manifests/kinds.ts'
import { machineText, outputOption } from './manifests/output.ts'
import { run, say } from './manifests/run.ts'
import { readStdin } from './manifests/stdin.ts'
import { paintFor, widthOf } from './terminal.ts'

const HELP = `
Every check is made, also after one has failed; nothing is issued, and a token
for one use stays unused. Claims alone are taken for those of a genuine token:
the checks of the token are skipped.
${CONNECTION_HELP}

Exit codes: 0 it would be let in, 1 the server could not be asked, 2 called
wrongly, 3 it would be refused.

Examples:
  entente test deploy-payments --subject-token-file token.jwt
  entente test deploy-payments --claims claims.json --source-ip 203.0.113.7
  pbpaste | entente test deploy-payments --subject-token-file -`

const REFUSED = 3

interface Flags {
  readonly namespace: string
  readonly output: string
  readonly subjectTokenFile?: string
  readonly subjectTokenEnv?: string
  readonly claims?: string
  readonly sourceIp?: string
}

export function testCommand(): Command {
  const command = new Command('test')
    .description('judge a token, or claims alone, by a trust; nothing is issued')
    .argument('<trust>', 'name of the trust')
    .option('-n, --namespace <name>', 'organisation', 'default')
    .option('--subject-token-file <file>', 'file with the token to judge; - is standard input')
    .option('--subject-token-env <name>', 'variable with the token to judge')
    .option('--claims <file>', 'JSON file with claims to judge in place of a token; - is standard input')
    .option('--source-ip <address>', 'judge as if it came from there')
    .addOption(outputOption(['text', 'yaml', 'json']))
  return withConnection(command).addHelpText('after', HELP).action(test)
}

function test(name: string, flags: Flags): Promise<void> {
  return run(async () => {
    const evidence = await evidenceOf(flags)
    const client = createClient(connectionOf({ ...flags }, process.env))
    const trust = await client.call({ method: 'GET', path: pathOf(kindOf('Trust'), flags.namespace, name) })
    const document = await judged(client, flags, trust, evidence)
    const decision = readDecision(document)
    if (decision === null) throw manifestFault('cli.no_manifests')
    if (flags.output === 'json' || flags.output === 'yaml') say(machineText(flags.output, document))
    else {
      const paint = paintFor(process.stdout, process.env)
      say(decisionText(decision, { paint, now: new Date(), width: widthOf(process.stdout) }))
    }
    return decision.outcome === 'granted' ? 0 : REFUSED
  })
}

type Evidence = { readonly subjectToken: string } | { readonly claimsJson: string }

/** Faults: cli.called_wrongly, cli.no_subject_token */
async function evidenceOf(flags: Flags): Promise<Evidence> {
  if (flags.claims === undefined) {
    // What a job would ask GitHub for is no token in somebody's hand.
    const env = { ...process.env, ACTIONS_ID_TOKEN_REQUEST_URL: undefined, GITHUB_ACTIONS: undefined }
    return { subjectToken: (await subjectTokenOf(flags, env, null)).token }
  }
  if (flags.subjectTokenFile === undefined && flags.subjectTokenEnv === undefined) {
    return { claimsJson: flags.claims === '-' ? await readStdin() : readClaims(flags.claims) }
  }
  throw manifestFault('cli.called_wrongly', { message: 'Give a token or --claims, not both.' })
}

function readClaims(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw manifestFault('cli.called_wrongly', { message: `The file ${file} cannot be read (${Object(error).code}).` })
  }
}

/** Tests through the API that knows TestToken, and reads what was recorded. */
async function judged(client: Client, flags: Flags, trust: unknown, evidence: Evidence): Promise<unknown> {
  const principal = at(trust, 'spec', 'servicePrincipal')
  const clientId = at(trust, 'status', 'clientId')
  if (typeof principal !== 'string' || typeof clientId !== 'string') throw manifestFault('cli.no_manifests')
  const [cutename = ''] = clientId.split('@', 1)
  const report = await client.call({
    method: 'POST',
    path: `/api/v1/service_principals/${encodeURIComponent(principal)}/trusts/${encodeURIComponent(cutename)}/test`,
    organisation: flags.namespace,
    body: { ...evidence, ...(flags.sourceIp === undefined ? {} : { sourceIp: flags.sourceIp }) },
  })
  const id = at(report, 'decisionId')
  if (typeof id !== 'string') throw manifestFault('cli.no_manifests')
  return await client.call({ method: 'GET', path: pathOf(kindOf('Decision'), flags.namespace, id) })
}
