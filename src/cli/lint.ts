/** `entente lint`: what lint says of everything that is stored, or of documents before they are applied. */
import { Command } from 'commander'
import { at } from './demo/api.ts'
import { listAll } from './get.ts'
import { filesOf, withFiles } from './manifests/apply-run.ts'
import { APPLY_PATH, type Client, createClient } from './manifests/client.ts'
import { CONNECTION_HELP, connectionOf, withConnection } from './manifests/connection.ts'
import { readDocuments } from './manifests/documents.ts'
import { kindOf } from './manifests/kinds.ts'
import { machineText, outputOption } from './manifests/output.ts'
import { printable } from './manifests/printable.ts'
import { failuresText, resultsOf } from './manifests/results.ts'
import { complain, run, say } from './manifests/run.ts'
import { readStdin } from './manifests/stdin.ts'
import { type Paint, paintFor } from './terminal.ts'

const HELP = `${CONNECTION_HELP}

With -f the documents are judged as if they were applied, and nothing is
written. The rules are in docs/reference/lint.md.
Exit codes: 0 nothing grave, 1 errors that nobody has acknowledged (with
--strict: warnings, too) or documents that would be refused, 2 called wrongly.

Examples:
  entente lint
  entente lint -n acme --strict
  entente lint -f trusts/ -o json`

export function lintCommand(): Command {
  const command = withFiles(new Command('lint').description('show what lint says of trusts and providers'))
    .option('-n, --namespace <name>', 'organisation', 'default')
    .option('--strict', 'warnings count as errors do')
    .addOption(outputOption(['text', 'json', 'yaml']))
  return withConnection(command).addHelpText('after', HELP).action(lint)
}

interface Shown {
  readonly object: string
  readonly rule: string
  readonly severity: string
  readonly message: string
  readonly acknowledged: boolean
  readonly fix?: string
  readonly witness?: unknown
}

interface Flags extends Readonly<Record<string, unknown>> {
  readonly namespace: string
  readonly output: string
  readonly strict?: boolean
}

function lint(flags: Flags): Promise<void> {
  return run(async () => {
    const client = createClient(connectionOf(flags, process.env))
    const judged = flags.file === undefined ? await stored(client, flags) : await written(client, flags)
    const { output } = flags
    if (output === 'json' || output === 'yaml') say(machineText(output, { findings: judged.findings }))
    else if (judged.findings.length > 0) say(findingsText(judged.findings, paintFor(process.stdout, process.env)))
    for (const failure of judged.failures) complain(failure)
    const grave = flags.strict === true ? ['error', 'warning'] : ['error']
    const isGrave = judged.findings.some(({ severity, acknowledged }) => grave.includes(severity) && !acknowledged)
    if (output === 'text' && judged.findings.length + judged.failures.length === 0) complain('lint has nothing to say')
    return isGrave || judged.failures.length > 0 ? 1 : 0
  })
}

interface Judged {
  readonly findings: readonly Shown[]
  /** Documents that would be refused, in words. */
  readonly failures: readonly string[]
}

async function stored(client: Client, { namespace }: Flags): Promise<Judged> {
  const documents = await listAll(client, kindOf('lintfindings'), { namespace })
  const findings = documents.map((document) => {
    const { object, ...finding } = Object(at(document, 'spec'))
    return shown(`${String(Object(object).kind).toLowerCase()}/${Object(object).name}`, finding)
  })
  return { findings, failures: [] }
}

async function written(client: Client, flags: Flags): Promise<Judged> {
  const documents = await readDocuments(filesOf(flags), readStdin)
  const query = { dryRun: 'All', lint: 'true', namespace: flags.namespace }
  const body = documents.map(({ value }) => value)
  const answer = await client.call({ method: 'POST', path: APPLY_PATH, query, body })
  const results = resultsOf(answer, documents)
  const findings = results.flatMap(({ kind, name }, index) => {
    const said = at(answer, 'results', String(index), 'lint')
    return Array.isArray(said) ? said.map((finding) => shown(`${kind.toLowerCase()}/${name}`, finding)) : []
  })
  return { findings, failures: failuresText(results) }
}

function shown(object: string, said: unknown): Shown {
  const { rule, severity, message, acknowledged, fix, witness } = Object(said)
  return {
    object,
    rule: String(rule),
    severity: String(severity),
    message: String(message),
    acknowledged: acknowledged === true,
    ...(typeof fix === 'string' ? { fix } : {}),
    ...(typeof witness === 'object' && witness !== null ? { witness } : {}),
  }
}

function findingsText(findings: readonly Shown[], paint: Paint): string {
  const colours: Readonly<Record<string, (text: string) => string>> = { error: paint.red, warning: paint.yellow }
  return findings
    .flatMap(({ object, rule, severity, message, acknowledged, fix }) => {
      const colour = acknowledged ? paint.dim : (colours[severity] ?? paint.cyan)
      const head = `${printable(object)}: ${colour(printable(severity))} ${printable(rule)}${acknowledged ? ' (acknowledged)' : ''}`
      const lines = [head, `    ${printable(message)}`]
      return fix === undefined ? lines : [...lines, `    narrower: ${printable(fix)}`]
    })
    .join('\n')
}
