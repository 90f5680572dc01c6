/**
 * What the tests of the console start from: our program as a process, a simulated Okta, which also proves more, and two
 * organisations with people of every role, of which one wants a stronger proof before what cannot be undone.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../../simulators/certificates.ts'
import { okta } from '../../simulators/people/okta.ts'
import { PEOPLE, subjectOf } from '../../simulators/people/person.ts'
import type { SimulatedLogin } from '../../simulators/people/simulated-login.ts'
import { openStage, type Stage } from '../../simulators/stage.ts'
import { type Api, createApi } from '../../src/cli/demo/api.ts'
import { type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { program } from './world.ts'

export const TWO_FACTORS = 'urn:entente:acr:2fa'

/** Login at the simulated Okta → roles; in `default` and, but for operators, in `acme`. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  alice: ['admin'],
  bob: ['operator'],
  carol: ['viewer'],
  grace: [],
}

export interface ConsoleWorld {
  readonly server: ServerProcess
  readonly stage: Stage
  readonly okta: SimulatedLogin
  readonly caPem: string
  /** With the operator token. */
  readonly operator: Api
  namespace(organisation?: string): string
  /** A call by the operator that has to succeed, in the organisation; answers its body. */
  done(method: string, path: string, body?: unknown, organisation?: string): Promise<unknown>
  /** A provider of workloads that nobody needs. */
  newProvider(name: string, organisation?: string): Promise<string>
  close(): Promise<void>
}

export async function openConsoleWorld(): Promise<ConsoleWorld> {
  const authority = await createAuthority()
  const stage = await openStage([], { authority, logins: [okta] })
  const data = mkdtempSync(join(tmpdir(), 'entente-console-'))
  writeFileSync(join(data, 'ca.pem'), authority.caPem)
  const env = { ENTENTE_UPSTREAM_CONNECT_TO: stage.connectTo, ENTENTE_UPSTREAM_CA: join(data, 'ca.pem') }
  const server = await startServerProcess({ data, program: program(), env })
  const namespace = (organisation = 'default') => `/apis/entente.dev/v1/namespaces/${organisation}`

  const done: ConsoleWorld['done'] = async (method, path, body, organisation = 'default') => {
    const answer = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${server.operatorToken()}`,
        // The manifests face has it in the path.
        ...(path.startsWith('/apis/') ? {} : { 'entente-organization': organisation }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const document = (kind: string, name: string, spec: object) => ({
    apiVersion: 'entente.dev/v1',
    kind,
    metadata: { name },
    spec,
  })
  const furnish = async (organisation: string) => {
    const make = (path: string, body: unknown) => done('POST', path, body, organisation)
    await make('/api/identity-providers', stage.login('okta').registration)
    const { issuer } = stage.login('okta')
    await make('/api/v1/step-up/providers', {
      displayName: 'Second factor',
      issuerUrl: issuer,
      clientId: 'entente',
      clientSecret: 'a-secret-of-the-simulator',
      oauth2: { acrValues: ['phr'] },
    })
    for (const person of PEOPLE) {
      const roleIds = ROLES[person.login]
      if (roleIds === undefined || (roleIds.includes('operator') && organisation !== 'default')) continue
      const links = [{ provider: 'okta', subject: subjectOf(person) }]
      const spec = { displayName: person.name, email: person.email, roleIds, links }
      await make(`${namespace(organisation)}/persons`, document('Person', person.login, spec))
    }
    const levels = [{ level: TWO_FACTORS, provider: 'second-factor', values: ['phr'] }]
    await done('PATCH', `/apis/entente.dev/v1/organizations/${organisation}`, { spec: { levels } })
  }
  await done('POST', '/apis/entente.dev/v1/organizations', document('Organization', 'acme', { displayName: 'Acme' }))
  for (const organisation of ['default', 'acme']) await furnish(organisation)
  const stepUpFor = ['provider.delete', 'signing_key.rotate']
  await done('PATCH', '/apis/entente.dev/v1/organizations/default', { spec: { stepUpFor } })

  return {
    server,
    stage,
    okta: stage.login('okta'),
    caPem: authority.caPem,
    operator: createApi(server.url, server.operatorToken()),
    namespace,
    done,
    async newProvider(name, organisation = 'default') {
      const path = `${namespace(organisation)}/workloadproviders`
      const keys = {
        keys: [{ kty: 'OKP', crv: 'Ed25519', kid: name, x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }],
      }
      const spec = {
        issuer: `https://${name}.example`,
        knownProvider: 'CUSTOM',
        oidc: { jwksJson: JSON.stringify(keys) },
      }
      await done('POST', path, document('WorkloadProvider', name, spec), organisation)
      return `${path}/${name}`
    },
    async close() {
      await server.stop()
      await stage.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
