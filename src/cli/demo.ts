/** `entente demo`: the main job, once, over real HTTP, with simulators beside a real server in a temporary directory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import { GITHUB_ISSUER, type GithubSimulator, startGithubSimulator } from '../../simulators/github.ts'
import { type IssuerSimulator, startIssuer } from '../../simulators/issuer.ts'
import { simulatedLogins } from '../../simulators/people/catalogue.ts'
import type { SimulatedLogin } from '../../simulators/people/simulated-login.ts'
import { openStage, type Stage } from '../../simulators/stage.ts'
import { createApi } from './demo/api.ts'
import { inviteToConsole, startCompany, welcomeCompany } from './demo/console.ts'
import { createPrinter, type Printer } from './demo/print.ts'
import type { Registration } from './demo/registration.ts'
import { type ServerProcess, startServerProcess, tail } from './demo/server-process.ts'
import { tellStory } from './demo/story.ts'
import { stopOnSignal } from './stopping.ts'

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'play every job once: a CI job trades its own token for a short-lived one, people sign in with four logins, and who may not is told why',
    )
    .option('--keep', 'leave the server with its console, and the simulators, running afterwards')
    .action((options: { keep?: boolean }) => runDemo(options.keep === true))
}

/** Exits with 0 only if every step held. */
export async function runDemo(keep: boolean): Promise<void> {
  const since = performance.now()
  const print = createPrinter(process.stdout, process.env)
  const data = mkdtempSync(join(tmpdir(), 'entente-demo-'))
  const authority = await createAuthority()
  const github = await startGithubSimulator({ authority })
  const company = await startCompanyLogin(authority)
  const people = await openStage([], { authority, logins: simulatedLogins })
  const visitors = keep ? await startCompany(authority) : null
  let server: ServerProcess | null = null
  const end = async () => {
    await Promise.all([server?.stop(), github.stop(), company.stop(), people.stop(), visitors?.stop()])
    if (process.exitCode !== 1) rmSync(data, { recursive: true, force: true })
  }
  stopOnSignal(end)
  try {
    server = await startServer(data, authority, [github, company, people, ...(visitors === null ? [] : [visitors])])
    introduce(print, server, github, people, data)
    const operator = createApi(server.url, server.operatorToken())
    const registration = await tellStory(print, {
      operator,
      operatorToken: server.operatorToken(),
      logins: people.logins,
      caPem: authority.caPem,
      github,
      login: { issuer: COMPANY_ISSUER, discoveries: () => company.fetches().discovery },
      now: () => new Date(),
    })
    conclude(print, performance.now() - since)
    if (visitors !== null && print.counts.failed === 0)
      return await invite(print, server, { github, visitors, registration, data })
  } catch (error) {
    process.exitCode = 1
    print.line(`\n${print.paint.red('✗')} ${error instanceof Error ? error.message : error}`)
  }
  if (print.counts.failed > 0) process.exitCode = 1
  if (process.exitCode === 1 && server !== null) {
    print.line(`\nThe server's log is ${server.logFile}. Its end:\n${tail(server.logFile)}`)
  }
  await end()
}

const COMPANY_ISSUER = 'https://login.customer-a.example'

/** The login of a company: as much of it as its registration needs. */
function startCompanyLogin(authority: CertificateAuthority): Promise<IssuerSimulator> {
  const at = (path: string) => `${COMPANY_ISSUER}/${path}`
  const discovery = {
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    userinfo_endpoint: at('userinfo'),
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  }
  return startIssuer({ issuer: COMPANY_ISSUER, authority, discovery })
}

function startServer(
  data: string,
  { caPem }: CertificateAuthority,
  simulators: readonly Pick<Stage, 'connectTo'>[],
): Promise<ServerProcess> {
  const caFile = join(data, 'simulator-ca.pem')
  writeFileSync(caFile, caPem)
  const connectTo = simulators.map((simulator) => simulator.connectTo).join(',')
  return startServerProcess({
    data,
    env: { ENTENTE_UPSTREAM_CONNECT_TO: connectTo, ENTENTE_UPSTREAM_CA: caFile },
  })
}

function introduce(print: Printer, server: ServerProcess, github: GithubSimulator, people: Stage, data: string): void {
  print.line(print.paint.bold('Entente: one registry of trust, played through once'))
  print.line()
  print.detail('Entente', `${server.url}, SQLite in ${data}`)
  print.detail('GitHub, simulated', `${GITHUB_ISSUER}, played by ${github.address}:${github.port}`)
  for (const { title, issuer, port } of people.logins)
    print.detail(`${title}`, `${issuer}, simulated at 127.0.0.1:${port}`)
}

function conclude(print: Printer, elapsedMs: number): void {
  const { held, failed } = print.counts
  const seconds = (elapsedMs / 1000).toFixed(1)
  print.line()
  print.line(
    failed === 0
      ? print.paint.green(`✓ All ${held} checks held, in ${seconds} s.`)
      : print.paint.red(`✗ ${failed} of ${held + failed} checks did not hold.`),
  )
}

interface Kept {
  readonly github: GithubSimulator
  readonly visitors: SimulatedLogin
  readonly registration: Registration
  readonly data: string
}

/** Switches the providers on again, says what to try, and stays until a signal comes. */
async function invite(
  print: Printer,
  server: ServerProcess,
  { github, visitors, registration, data }: Kept,
): Promise<void> {
  const operator = createApi(server.url, server.operatorToken())
  await operator.call('PATCH', `/api/v1/workload_federation/providers/${registration.providerId}`, {
    provider: { disabled: false },
    updateMask: 'disabled',
  })
  await operator.call('POST', '/api/identity-providers/okta/enable')
  await welcomeCompany(operator, visitors)
  const { paint } = print
  const jobFile = join(data, 'job.env')
  writeFileSync(jobFile, variablesOfJob(github), { mode: 0o600 })
  print.line()
  print.line(paint.bold('Left running. Ctrl-C ends it and removes everything.'))
  print.line()
  print.detail('API and documents', `${server.url}/docs`)
  print.detail('operator token', server.operatorTokenFile)
  print.detail('server log', server.logFile)
  print.line()
  print.line('Try:')
  print.line()
  inviteToConsole(print, server.url, server.operatorTokenFile)
  print.line()
  print.line(`  ${paint.dim('# what was decided, and why')}`)
  print.line(`  curl -s -H "Authorization: Bearer $(cat ${server.operatorTokenFile})" \\`)
  print.line(`    "${server.url}/apis/entente.dev/v1/namespaces/default/decisions?limit=5"`)
  print.line()
  print.line(`  ${paint.dim('# be the job: ask the simulated GitHub, then trade')}`)
  print.line(`  . ${jobFile}`)
  print.line('  ID_TOKEN=$(curl -s -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\')
  print.line(`    "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${registration.audience}" | sed 's/.*"value":"//; s/".*//')`)
  print.line(`  curl -s ${server.url}/auth/v1/token -d client_id=${registration.clientId} \\`)
  print.line('    -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \\')
  print.line('    -d subject_token_type=urn:ietf:params:oauth:token-type:jwt -d subject_token=$ID_TOKEN')
  // The simulator's listener keeps the process alive.
}

/** What a runner puts into a job's environment; a file, so that no token has to be shown. */
function variablesOfJob({ idTokenRequestUrl, requestToken }: GithubSimulator): string {
  return `ACTIONS_ID_TOKEN_REQUEST_URL='${idTokenRequestUrl}'\nACTIONS_ID_TOKEN_REQUEST_TOKEN=${requestToken}\n`
}
