/** Starts Entente in a temporary directory with what the exchange needs: principal, provider with uploaded keys, trust, credential. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contestant, startContestant } from './server.ts'
import type { Subject } from './tokens.ts'

export interface Prepared extends Contestant {
  readonly operatorToken: string
  readonly trustClientId: string
  readonly providerId: string
  readonly credential: { readonly clientId: string; readonly clientSecret: string }
  /** Starts another process with the same settings at another port: over one PostgreSQL, the same server once more. */
  beside(port: number): Promise<Contestant>
  /** Stops the server and starts it on the same data; tells how long the start took until the server said it was ready. */
  restart(): Promise<{ readonly server: Prepared; readonly startSeconds: number }>
}

interface Created {
  readonly servicePrincipal: { readonly id: string }
  readonly provider: { readonly id: string }
  readonly trust: { readonly clientId: string }
  readonly credential: { readonly clientId: string }
  readonly clientSecret: string
}

/** For a profile: BENCH_NODE_ARGS=--cpu-prof */
const NODE_ARGS = process.env.BENCH_NODE_ARGS?.split(' ') ?? []
/** The program as it is shipped. */
export const SERVE: readonly string[] = [process.execPath, ...NODE_ARGS, 'dist/program/entente.js', 'serve']

/** On SQLite in the temporary directory, unless `settings` name another database. */
export async function startEntente(
  port: number,
  subject: Subject,
  settings: Readonly<Record<string, string>> = {},
): Promise<Prepared> {
  const data = mkdtempSync(join(tmpdir(), 'entente-bench-'))
  const operatorToken = randomBytes(32).toString('base64url')
  const env = {
    ENTENTE_URL: `http://127.0.0.1:${port}`,
    ENTENTE_LISTEN: `127.0.0.1:${port}`,
    ENTENTE_DATA: data,
    ENTENTE_OPERATOR_TOKEN: operatorToken,
    ENTENTE_LOG_LEVEL: 'warn',
    ...settings,
  }
  const start = () => startContestant(SERVE, env, port, '/readyz')
  const server = await start()
  const call = async (path: string, body: object): Promise<Created> => {
    const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' }
    const answer = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    // Our own face's answer; a wrong one fails the run at once.
    return (await answer.json()) as Created
  }
  const { servicePrincipal } = await call('/api/v1/service_principals', { displayName: 'Deployer' })
  const { provider } = await call('/api/v1/workload_federation/providers', {
    displayName: 'Bench issuer',
    issuerUrl: subject.issuer,
    wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM',
    oidc: { jwksJson: subject.jwks, maxTokenAgeSeconds: 86_400 },
  })
  const principal = `/api/v1/service_principals/${servicePrincipal.id}`
  const { trust } = await call(`${principal}/trusts`, {
    providerId: provider.id,
    displayName: 'Deploys of main',
    conditionExpression:
      'claims.repository == "octo-org/app" && claims.repository_owner_id == "65" && claims.ref == "refs/heads/main"',
  })
  const credential = await call(`${principal}/credentials`, { displayName: 'bench' })
  const prepared = {
    operatorToken,
    trustClientId: trust.clientId,
    providerId: provider.id,
    credential: { clientId: credential.credential.clientId, clientSecret: credential.clientSecret },
  }
  const over = (running: Contestant): Prepared => ({
    ...prepared,
    ...running,
    beside: (other) => startContestant(SERVE, { ...env, ENTENTE_LISTEN: `127.0.0.1:${other}` }, other, '/readyz'),
    async restart() {
      await running.stop()
      const began = performance.now()
      const again = await start()
      return { server: over(again), startSeconds: (performance.now() - began) / 1000 }
    },
    async stop() {
      await running.stop()
      rmSync(data, { recursive: true, force: true })
    },
  })
  return over(server)
}
