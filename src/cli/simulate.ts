/** `entente simulate`: plays somebody else's identity provider on this machine, for demos, tests and CI without internet. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { type GithubSimulator, startGithubSimulator } from '../../simulators/github.ts'
import { stopOnSignal } from './stopping.ts'

interface GithubFlags {
  readonly port?: number
  readonly runnerPort?: number
  readonly controlPort?: number
  readonly repository?: string
  readonly ref?: string
  readonly caFile?: string
}

export function simulateCommand(): Command {
  const simulate = new Command('simulate').description('play an outside identity provider on the loopback address')
  simulate
    .command('github')
    .description('GitHub Actions: its issuer, and the endpoint where a job asks for its ID token')
    .option('--port <port>', "the issuer's port", parsePort)
    .option('--runner-port <port>', 'the port where jobs ask for tokens', parsePort)
    .option('--control-port <port>', 'the port where faults are switched on', parsePort)
    .option('--repository <owner/name>', 'the repository of the run')
    .option('--ref <ref>', 'the ref of the run, as refs/heads/main')
    .option('--ca-file <file>', 'where to write the certificate authority to trust')
    .addHelpText('after', HELP)
    .action(simulateGithub)
  return simulate
}

const HELP = `
Prints the variables to start Entente and a job with. The control endpoint takes, with its token as bearer:
  PUT  /documents/jwks       {"kind": "none | status | html | hang | slow | poison", …}
  PUT  /documents/discovery  the same
  POST /rotate               {"keepOld": true, "sameKid": false}
  POST /runs                 {"repository": "octo-org/payments", "ref": "refs/heads/main", …}
  POST /mint                 claims of a token, signed as they are
  GET  /fetches              how often each document was asked for`

async function simulateGithub(flags: GithubFlags): Promise<void> {
  const { repository, ref, port, runnerPort, controlPort } = flags
  const github = await startGithubSimulator({
    run: { ...(repository === undefined ? {} : { repository }), ...(ref === undefined ? {} : { ref }) },
    ...(port === undefined ? {} : { port }),
    ...(runnerPort === undefined ? {} : { runnerPort }),
    ...(controlPort === undefined ? {} : { controlPort }),
  })
  const caFile = flags.caFile ?? join(mkdtempSync(join(tmpdir(), 'entente-simulate-')), 'ca.pem')
  writeFileSync(caFile, github.caPem)
  stopOnSignal(() => github.stop())
  process.stdout.write(`${variablesOf(github, caFile).join('\n')}\n`)
}

function variablesOf(github: GithubSimulator, caFile: string): string[] {
  return [
    '# for Entente',
    `export ENTENTE_UPSTREAM_CONNECT_TO=${github.connectTo}`,
    `export ENTENTE_UPSTREAM_CA=${caFile}`,
    '# for a job',
    `export ACTIONS_ID_TOKEN_REQUEST_URL='${github.idTokenRequestUrl}'`,
    `export ACTIONS_ID_TOKEN_REQUEST_TOKEN=${github.requestToken}`,
    '# for you: faults on demand, see --help',
    `export ENTENTE_SIMULATOR_CONTROL_URL=${github.control.url}`,
    `export ENTENTE_SIMULATOR_CONTROL_TOKEN=${github.control.token}`,
  ]
}

const LAST_PORT = 65_535

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > LAST_PORT) throw new InvalidArgumentError(`a port is a number up to ${LAST_PORT}`)
  return port
}
