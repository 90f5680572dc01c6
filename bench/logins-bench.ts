/** The bar of sign-in: whole brokered logins, app → Entente → simulated provider over TLS → Entente → app, tokens included. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Drive, drive, type Measured } from './drive.ts'
import { startEntente } from './entente.ts'
import { createLoginRunner, type LoginRunner } from './logins-browser.ts'
import type { Pace } from './rounds.ts'
import { mintSubjects } from './tokens.ts'

export interface LoginResults {
  /** As fast as it goes. */
  readonly saturated: Measured
  readonly halfLoad: Measured
}

interface Upstream {
  readonly caPem: string
  readonly connectTo: string
  readonly port: number
  readonly registration: { readonly alias: string; readonly oidc_config: { readonly issuer: string } }
  readonly people: readonly string[]
}

const PORT = 18487
const CALLBACK = 'https://shop.example/signed-in'
const APP_SECRET = 'bench-secret-of-32-characters-xx'

export async function measureLogins(pace: Pace): Promise<LoginResults> {
  process.stderr.write('starting Entente and the simulated provider …\n')
  const { upstream, child } = await startUpstream()
  const directory = mkdtempSync(join(tmpdir(), 'entente-bench-ca-'))
  const caFile = join(directory, 'ca.pem')
  writeFileSync(caFile, upstream.caPem)
  const server = await startEntente(PORT, mintSubjects('https://bench.example', `127.0.0.1:${PORT}`), {
    ENTENTE_UPSTREAM_CONNECT_TO: upstream.connectTo,
    ENTENTE_UPSTREAM_CA: caFile,
  })
  await post(server, '/api/identity-providers', upstream.registration)
  await post(server, '/apis/entente.dev/v1/namespaces/default/apps', {
    apiVersion: 'entente.dev/v1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: {
      redirectUris: [CALLBACK],
      scopes: ['openid', 'profile', 'email'],
      clientSecret: APP_SECRET,
      tokenEndpointAuthMethod: 'client_secret_post',
    },
  })
  const runner = createLoginRunner({
    server: server.url,
    app: { clientId: 'shop', clientSecret: APP_SECRET, callback: CALLBACK },
    upstream: { ...upstream, origin: upstream.registration.oidc_config.issuer, alias: upstream.registration.alias },
    connections: pace.connections,
  })
  const run = (seconds: number, rate?: number) =>
    measure(runner, upstream.people, { ...pace, seconds, pid: server.pid, ...(rate === undefined ? {} : { rate }) })
  await run(2 * pace.seconds) // everybody once, and the compiler is warm
  const rounds: Measured[] = []
  for (let round = 1; round <= pace.rounds; round++) {
    const one = await run(pace.seconds)
    if (one.failed > 0) throw new Error(`${one.failed} of ${one.requests} logins failed`)
    rounds.push(one)
    process.stderr.write(`round ${round}/${pace.rounds}  logins: ${Math.round(one.perCpuSecond)} per CPU second\n`)
  }
  rounds.sort((a, b) => a.perCpuSecond - b.perCpuSecond)
  const saturated = rounds[Math.floor(rounds.length / 2)]
  if (saturated === undefined) throw new Error('nothing was measured')
  const halfLoad = await run(pace.seconds, saturated.perSecond / 2)
  await runner.close()
  await server.stop()
  child.disconnect()
  rmSync(directory, { recursive: true, force: true })
  return { saturated, halfLoad }
}

async function startUpstream(): Promise<{ upstream: Upstream; child: ChildProcess }> {
  const child = fork('bench/okta.ts', { execArgv: ['--import', 'tsx'] })
  const upstream = await new Promise<Upstream>((resolve, reject) => {
    // Our own script's message.
    child.once('message', (message) => resolve(message as Upstream))
    child.once('exit', () => reject(new Error('the simulated provider ended')))
  })
  return { upstream, child }
}

async function post(
  server: { readonly url: string; readonly operatorToken: string },
  path: string,
  body: object,
): Promise<void> {
  const headers = { authorization: `Bearer ${server.operatorToken}`, 'content-type': 'application/json' }
  const answer = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

function measure(runner: LoginRunner, people: readonly string[], how: Drive): Promise<Measured> {
  let next = 0
  let isTold = false
  return drive(how, async () => {
    try {
      await runner.signIn(people[next++ % people.length] ?? '')
      return true
    } catch (error) {
      if (!isTold) process.stderr.write(`${error}\n`)
      isTold = true
      return false
    }
  })
}
