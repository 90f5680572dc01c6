/** What somebody who started simulators has to know: how Entente reaches them, how each is registered, how its tokens are had. */

import type { SimulatedLogin } from '../../../simulators/people/simulated-login.ts'
import type { Stage } from '../../../simulators/stage.ts'
import type { Registration, SimulatedSource } from '../../../simulators/workloads/source.ts'

export interface StageDescription {
  /** For Entente. */
  readonly environment: Readonly<Record<string, string>>
  readonly control: { readonly url: string; readonly token: string }
  readonly sources: readonly SourceDescription[]
  readonly logins: readonly LoginDescription[]
}

export interface LoginDescription {
  readonly name: string
  readonly title: string
  readonly issuer: string
  readonly port: number
  /** Body of a create on the identity-providers face. */
  readonly registration: SimulatedLogin['registration']
  /** Who can sign in. */
  readonly people: readonly string[]
  /** Shell: registers it as a provider. */
  readonly register: string
}

export interface SourceDescription {
  readonly name: string
  readonly title: string
  readonly port: number
  /** Body of a create on the workload-federation face. */
  readonly registration: Registration
  /** What its jobs find in their environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly tokenVariable: string
  /** Shell: prints a token. */
  readonly mint: string
  /** Shell: registers it as a provider. */
  readonly register: string
}

export interface Setting {
  readonly caFile: string
  readonly audience: string
}

export function describeStage(stage: Stage, { caFile, audience }: Setting): StageDescription {
  const { url, token } = stage.control
  return {
    environment: { ENTENTE_UPSTREAM_CONNECT_TO: stage.connectTo, ENTENTE_UPSTREAM_CA: caFile },
    control: { url, token },
    sources: stage.sources.map((source) => describeSource(source, audience)),
    logins: stage.logins.map(describeLogin),
  }
}

function describeLogin({ name, title, issuer, port, registration, cast }: SimulatedLogin): LoginDescription {
  const people = cast.people.map(({ login }) => login)
  return { name, title, issuer, port, registration, people, register: post('/api/identity-providers', registration) }
}

function describeSource(source: SimulatedSource, audience: string): SourceDescription {
  const { name, title, port, registration, environment, tokenVariable } = source
  const wish = JSON.stringify({ audience })
  return {
    name,
    title,
    port,
    registration,
    environment,
    tokenVariable,
    mint: [
      'curl -sSf -H "Authorization: Bearer $ENTENTE_SIMULATOR_CONTROL_TOKEN"',
      `"$ENTENTE_SIMULATOR_CONTROL_URL/${name}/token" -d ${quoted(wish)}`,
    ].join(' '),
    register: post('/api/v1/workload_federation/providers', registration),
  }
}

/** The request, for a shell that knows the server and its operator. */
function post(path: string, body: object): string {
  return [
    'curl -sS --fail-with-body -H "Authorization: Bearer $ENTENTE_OPERATOR_TOKEN" -H "Content-Type: application/json"',
    `"$ENTENTE_URL${path}"`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' ')
}

/** A file that a shell can read: variables as they are, everything else behind a #. */
export function textOf({ environment, control, sources, logins }: StageDescription): string {
  const lines = [
    '# for Entente: it reaches the issuers below here, under their real names',
    ...exportsOf(environment),
    '# for you: tokens and faults on demand, see --help',
    '# (the examples use ENTENTE_URL and ENTENTE_OPERATOR_TOKEN as well: your server, and its first operator)',
    ...exportsOf({ ENTENTE_SIMULATOR_CONTROL_URL: control.url, ENTENTE_SIMULATOR_CONTROL_TOKEN: control.token }),
  ]
  for (const source of sources) {
    const { issuerUrl } = source.registration
    lines.push('', `# ${source.title}: ${issuerUrl}, played by 127.0.0.1:${source.port}`)
    lines.push(...exportsOf(source.environment))
    lines.push('# register it:', `#   ${source.register}`)
    lines.push('# be its job:', `#   ${source.tokenVariable}=$(${source.mint})`)
  }
  for (const login of logins) {
    lines.push('', `# ${login.title}: ${login.issuer}, played by 127.0.0.1:${login.port}`)
    lines.push(`# people: ${login.people.join(', ')}; nobody is asked for anything`)
    lines.push('# register it:', `#   ${login.register}`)
  }
  return `${lines.join('\n')}\n`
}

function exportsOf(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`)
}

/** As one word of a shell. */
function quoted(text: string): string {
  return /^[\w.:/=,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
