/** `entente condition`: a narrow condition for a known source, and a trust that is ready to be applied. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { JsonObject } from '../json.ts'
import { type FormValues, formExamples, formFaults, narrowCondition, valuesFrom } from '../registry/known/form.ts'
import { knownSources } from '../registry/known/index.ts'
import type { KnownSource } from '../registry/known/source.ts'
import { manifestFault } from './manifests/faults.ts'
import { machineText, outputOption } from './manifests/output.ts'
import { run, say } from './manifests/run.ts'

/** What people type for a source. */
const WORDS: Readonly<Record<string, string>> = {
  GITHUB_ACTIONS: 'github',
  GITLAB_CI: 'gitlab',
  HCP_TERRAFORM: 'terraform',
  AWS_IAM_OUTBOUND: 'aws',
}

const HELP = `
Ids are compared, because names can be given away and taken again. Nothing is
sent anywhere.

Examples:
  entente condition github --owner-id 65 --repository-id 74 --ref refs/heads/main
  entente condition github --claims claims.json --service-principal deployer |
    entente apply -f -
  entente condition kubernetes --help`

export function conditionCommand(): Command {
  const command = new Command('condition').description('make a narrow condition, and a trust with it')
  for (const source of knownSources) command.addCommand(sourceCommand(source))
  return command.addHelpText('after', HELP)
}

function sourceCommand(source: KnownSource): Command {
  const word = WORDS[source.name] ?? source.name.toLowerCase()
  const command = new Command(word).description(source.title)
  for (const { id, help, required } of source.form) {
    command.option(`--${flagOf(id)} <value>`, required ? `${help} (required)` : help)
  }
  return command
    .option('--claims <file>', 'JSON file with the claims of a sample token: what is not given is read from it')
    .option('--name <name>', 'name of the trust', `${word}-trust`)
    .option('--service-principal <name>', 'service principal that the tokens may act as', 'deployer')
    .option('--provider <name>', 'workload provider', word)
    .addOption(outputOption(['yaml', 'json', 'condition']))
    .action((flags) => make(source, flags))
}

const flagOf = (id: string) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

interface Flags extends FormValues {
  readonly name: string
  readonly servicePrincipal: string
  readonly provider: string
  readonly output: string
}

function make(source: KnownSource, flags: Flags): Promise<void> {
  return run(async () => {
    const claims = flags.claims === undefined ? undefined : readClaims(flags.claims)
    const values = { ...(claims === undefined ? {} : valuesFrom(source, claims)), ...givenValues(source, flags) }
    requireForm(source, values)
    if (flags.output === 'condition') say(narrowCondition(source, values))
    else say(machineText(flags.output === 'json' ? 'json' : 'yaml', trustOf(source, values, flags)))
    return 0
  })
}

/** Faults of the form, by the flags that people typed. */
function requireForm(source: KnownSource, values: FormValues): void {
  const fields = formFaults(source, values).map((fault) => ({ ...fault, path: `--${flagOf(fault.path)}` }))
  if (fields.length > 0) throw manifestFault('cli.called_wrongly', { fields })
}

/** The flags of the form; commander names them as the fields are named. */
function givenValues({ form }: KnownSource, flags: Flags): FormValues {
  return Object.fromEntries(form.flatMap(({ id }) => (flags[id] === undefined ? [] : [[id, flags[id]]])))
}

function readClaims(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const message = `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`
    throw manifestFault('cli.documents_unreadable', { message })
  }
}

/** The trust carries its own tests: a token it is for, and one of somebody else. */
function trustOf(source: KnownSource, values: FormValues, flags: Flags): JsonObject {
  const { admitted, refused } = formExamples(source, values)
  return {
    apiVersion: 'entente.dev/v1',
    kind: 'Trust',
    metadata: { name: flags.name },
    spec: {
      servicePrincipal: flags.servicePrincipal,
      provider: flags.provider,
      condition: narrowCondition(source, values),
      examples: [
        { name: 'a token that the trust is for', claims: admitted, expect: true },
        { name: 'a token of somebody else', claims: refused, expect: false },
      ],
    },
  }
}
