/** Our program as a process beside the simulated Okta, Entra and GitHub: the step-up tests register what they need with it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import { entra } from '../../simulators/people/entra.ts'
import { githubLogin } from '../../simulators/people/github-login.ts'
import { okta } from '../../simulators/people/okta.ts'
import { openStage, type Stage } from '../../simulators/stage.ts'
import { type FetchOver, fetchOver } from '../../simulators/testing/fetch-over.ts'
import { type Api, createApi } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { program } from './world.ts'

export const SPACE = '/apis/entente.dev/v1/namespaces/default'
/** The clients' at every simulator. */
export const SECRET = 'a-secret-of-the-simulator'
export const OKTA_PROOF = { issuerUrl: 'https://corp.okta.com', oauth2: { acrValues: ['phr'] } }

export interface StepUpWorld {
  readonly server: ServerProcess
  readonly operator: Api
  readonly stage: Stage
  readonly simulated: FetchOver
  /** A POST by the operator that has to succeed. */
  expectMade(path: string, body: unknown): Promise<unknown>
  close(): Promise<void>
}

/** With Okta as the company's login. `upstream` starts another provider, before the server that is told where it listens. */
export async function openStepUpWorld(
  upstream: (
    authority: CertificateAuthority,
    url: string,
  ) => Promise<{ readonly connectTo: string } | null> = async () => null,
): Promise<StepUpWorld> {
  const authority = await createAuthority()
  const stage = await openStage([], { authority, logins: [okta, entra, githubLogin] })
  const simulated = fetchOver(authority.caPem, stage.logins)
  const port = await freePort()
  const other = await upstream(authority, `http://localhost:${port}`)
  const data = mkdtempSync(join(tmpdir(), 'entente-step-up-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const env = {
    ENTENTE_UPSTREAM_CONNECT_TO: [stage.connectTo, ...(other === null ? [] : [other.connectTo])].join(','),
    ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
    ENTENTE_REFUSALS_PER_MINUTE: '5000',
  }
  const server = await startServerProcess({ data, port, program: program(), env })
  const operator = createApi(server.url, server.operatorToken())
  const expectMade = async (path: string, body: unknown) => {
    const answer = await operator.call('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }
  await expectMade('/api/identity-providers', stage.login('okta').registration)
  return {
    server,
    operator,
    stage,
    simulated,
    expectMade,
    async close() {
      await server.stop()
      await Promise.all([stage.stop(), simulated.close()])
      rmSync(data, { recursive: true, force: true })
    },
  }
}
