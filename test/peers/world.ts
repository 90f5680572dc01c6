/** What every peer test starts from: a data directory, a simulated GitHub, and servers of ours as processes of their own. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { GITHUB_ISSUER, type GithubSimulator, startGithubSimulator } from '../../simulators/github.ts'
import { type Api, createApi } from '../../src/cli/demo/api.ts'
import { type Registration, register } from '../../src/cli/demo/registration.ts'
import { type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'

export interface World {
  readonly github: GithubSimulator
  readonly data: string
  /** Starts a server on this world's data; a given port is taken again after a crash. */
  start(options?: { readonly port?: number; readonly env?: Readonly<Record<string, string>> }): Promise<ServerProcess>
  close(): Promise<void>
}

const CONDITION = 'claims.repository == "octo-org/payments"'

/** The build where `npm test` has made one, else the sources under tsx. */
export function program(): string[] {
  const root = new URL('../../', import.meta.url)
  const built = fileURLToPath(new URL('dist/program/entente.js', root))
  if (process.env.ENTENTE_TEST_PROGRAM === 'dist' && existsSync(built)) return [built]
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--import', tsx, fileURLToPath(new URL('src/cli/index.ts', root))]
}

export async function openWorld(): Promise<World> {
  const data = mkdtempSync(join(tmpdir(), 'entente-peer-'))
  const github = await startGithubSimulator()
  const caFile = join(data, 'simulator-ca.pem')
  writeFileSync(caFile, github.caPem)
  const running = new Set<ServerProcess>()
  return {
    github,
    data,
    async start({ port, env } = {}) {
      const server = await startServerProcess({
        data,
        program: program(),
        env: { ENTENTE_UPSTREAM_CONNECT_TO: github.connectTo, ENTENTE_UPSTREAM_CA: caFile, ...env },
        ...(port === undefined ? {} : { port }),
      })
      running.add(server)
      server.child.once('exit', () => running.delete(server))
      return server
    },
    async close() {
      await Promise.all([github.stop(), ...[...running].map((server) => server.kill())])
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export function operatorOf(server: ServerProcess): Api {
  return createApi(server.url, server.operatorToken())
}

/** Service principal, GitHub provider and a trust that lets one repository act. */
export function registerGithub(operator: Api): Promise<Registration> {
  return register(operator, {
    issuerUrl: GITHUB_ISSUER,
    wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS',
    condition: CONDITION,
    roleIds: ['viewer'],
  })
}
