/** `entente simulate`: plays somebody else's identity provider on this machine, for demos, tests and CI without internet. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Help, InvalidArgumentError } from 'commander'
import { simulatedLogins } from '../../simulators/people/catalogue.ts'
import { openStage, type Stage, type StageOptions } from '../../simulators/stage.ts'
import { workloadSources } from '../../simulators/workloads/catalogue.ts'
import { createGithubSource } from '../../simulators/workloads/github.ts'
import type { SourceKind } from '../../simulators/workloads/source.ts'
import { TOKEN_FAULTS } from '../../simulators/workloads/token-faults.ts'
import { describeStage, textOf } from './simulate/describe.ts'
import { stopOnSignal } from './stopping.ts'

interface Flags {
  readonly port?: ReadonlyMap<string, number>
  readonly issuer?: ReadonlyMap<string, string>
  readonly audience: string
  readonly controlPort?: number
  readonly runnerPort?: number
  readonly repository?: string
  readonly ref?: string
  readonly caFile?: string
  readonly json?: true
}

/** Of a server that was started without settings. */
const AUDIENCE = 'localhost:8480'

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('play outside identity providers on the loopback address, over real TLS')
    .argument('[names...]', 'which ones; all where none is named', collectName)
    .option('--port <name=port>', 'the port of one of them; may be repeated', collectPort)
    .option('--issuer <name=url>', 'the issuer that one of them plays; may be repeated', collectIssuer)
    .option('--control-port <port>', 'the port where tokens are minted and faults switched on', parsePort)
    .option('--audience <aud>', 'the audience in the examples', AUDIENCE)
    .option('--runner-port <port>', 'the port where GitHub’s jobs ask for tokens', parsePort)
    .option('--repository <owner/name>', 'the repository of GitHub’s run')
    .option('--ref <ref>', 'the ref of GitHub’s run, as refs/heads/main')
    .option('--ca-file <file>', 'where to write the certificate authority to trust')
    .option('--json', 'print everything as one JSON object')
    .addHelpText('after', helpText())
    .action(simulate)
}

async function simulate(names: readonly string[], flags: Flags): Promise<void> {
  const isNamed = ({ name }: { readonly name: string }) => names.length === 0 || names.includes(name)
  const stage = await openOrSay(workloadSources.filter(isNamed).map(kindWith(flags)), {
    logins: simulatedLogins.filter(isNamed),
    ports: Object.fromEntries(flags.port ?? []),
    issuers: Object.fromEntries(flags.issuer ?? []),
    ...(flags.controlPort === undefined ? {} : { controlPort: flags.controlPort }),
  })
  if (stage === null) return
  const caFile = flags.caFile ?? join(mkdtempSync(join(tmpdir(), 'entente-simulate-')), 'ca.pem')
  writeFileSync(caFile, stage.caPem)
  stopOnSignal(() => stage.stop())
  const description = describeStage(stage, { caFile, audience: flags.audience })
  process.stdout.write(flags.json === true ? `${JSON.stringify(description, null, 2)}\n` : textOf(description))
}

/** Null, after one sentence on stderr, where somebody else has a port that was asked for. */
async function openOrSay(kinds: readonly SourceKind[], options: StageOptions): Promise<Stage | null> {
  try {
    return await openStage(kinds, options)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    process.stderr.write(`entente: cannot listen: ${error.message}\n`)
    process.exitCode = 1
    return null
  }
}

/** GitHub's jobs have a run and a runner, which nobody else has. */
function kindWith({ runnerPort, repository, ref }: Flags): (kind: SourceKind) => SourceKind {
  const run = { ...(repository === undefined ? {} : { repository }), ...(ref === undefined ? {} : { ref }) }
  const github = createGithubSource({ run, ...(runnerPort === undefined ? {} : { runnerPort }) })
  return (kind) => (kind.name === github.name ? github : kind)
}

/** Names and what they are, as wide as the help above them. */
function rowsOf(entries: readonly (readonly [string, string])[]): string {
  const help = new Help()
  help.prepareContext({ helpWidth: process.stdout.columns ?? HELP_WIDTH })
  const longest = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, says]) => `  ${help.formatItem(name, longest, says, help).trimStart()}`).join('\n')
}

/** Commander's own, where nobody says how wide the terminal is. */
const HELP_WIDTH = 80

function helpText(): string {
  return `
Who can be played:
${rowsOf([...workloadSources, ...simulatedLogins].map(({ name, summary }) => [name, summary]))}

Prints the variables that make Entente reach them here under their real names,
and how to register and use each one.

The control endpoint takes, with its token as bearer:
  POST /{name}/token         a token, as text:
                             {"audience": …, "claims": {…}, "header": {…},
                             "fault": …}
  POST /{name}/rotate        other keys: {"keepOld": true, "sameKid": false}
  PUT /{name}/fault          something goes wrong with what is published, with
                             the clock, or with every login: {"fault": …}
  DELETE /{name}/fault       all is well again
  GET /{name}/fetches        how often each document was asked for
  POST /github/runs          another job: {"repository": "octo-org/payments",
                             "ref": "refs/heads/main", …}
  PUT /spiffe/refresh-hint   {"seconds": 60}
  PUT /{login}/person        who signs in: {"login": "bob"}; DELETE: again who
                             is hinted, or the first
  PUT /{login}/people        somebody new: {"login": "dan", "name": …,
                             "email": …, "groups": […], "claims": {…}}
  PUT /{login}/client        another client: {"clientId": …,
                             "clientSecret": …, "redirectUris": […]}
  GET /{login}/asked         requests by endpoint
  GET /                      who is there, and every fault of each one

Faults of a token:
${rowsOf(Object.entries(TOKEN_FAULTS))}

Faults of a login, besides those of its ID token as above:
${rowsOf(Object.entries(faultsOfLogins()))}`
}

function faultsOfLogins(): Readonly<Record<string, string>> {
  const all = Object.assign({}, ...simulatedLogins.map(({ faults }) => faults))
  return Object.fromEntries(Object.entries<string>(all).filter(([name]) => !Object.hasOwn(TOKEN_FAULTS, name)))
}

const NAMES = [...workloadSources, ...simulatedLogins].map(({ name }) => name)

function requireName(name: string): string {
  if (!NAMES.includes(name)) throw new InvalidArgumentError(`${name}: there are ${NAMES.join(', ')}`)
  return name
}

function collectName(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, requireName(name)]
}

/** `name=value`; a value alone is for GitHub, which could be played before the others. */
function split(text: string, isValue: (text: string) => boolean): [string, string] {
  const at = text.indexOf('=')
  if (at < 0 && isValue(text)) return ['github', text]
  if (at < 0) throw new InvalidArgumentError('write name=value')
  return [requireName(text.slice(0, at)), text.slice(at + 1)]
}

function collectPort(text: string, before: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> {
  const [name, port] = split(text, (value) => /^\d+$/.test(value))
  return new Map([...before, [name, parsePort(port)]])
}

function collectIssuer(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [name, issuer] = split(text, () => false)
  const form =
    name === 'spiffe' ? /^spiffe:\/\/[a-z0-9._-]+$/ : /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[^\s?#]*[^\s?#/])?$/
  if (!form.test(issuer))
    throw new InvalidArgumentError('an issuer is https://host[/path], of spiffe spiffe://trust-domain')
  return new Map([...before, [name, issuer]])
}

const LAST_PORT = 65_535

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > LAST_PORT) throw new InvalidArgumentError(`a port is a number up to ${LAST_PORT}`)
  return port
}
