/** Two identical processes over one PostgreSQL, with nothing between them but the database. */
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, createApi, textAt } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import { freePort, type ServerProcess } from '../../src/cli/demo/server-process.ts'
import { createEntenteClient, dataOf } from '../../src/client/index.ts'
import { type PostgresServer, startPostgres } from '../../src/storage/conformance/postgres-server.ts'
import { openWorld, registerGithub, type World } from './world.ts'

const OPERATOR_TOKEN = randomBytes(32).toString('base64url')
/** Source: CONTRACT, "within one second, across processes". */
const SPREAD_LIMIT_MS = 1_000

let postgres: PostgresServer
let world: World
let servers: readonly ServerProcess[]
let one: Api
let other: Api
let registration: Registration

beforeAll(async () => {
  postgres = await startPostgres()
  world = await openWorld()
  const port = await freePort()
  const env = {
    ENTENTE_DATABASE: postgres.url,
    ENTENTE_SEAL_KEY: randomBytes(32).toString('base64'),
    ENTENTE_OPERATOR_TOKEN: OPERATOR_TOKEN,
    // One name for both, as behind a balancer.
    ENTENTE_URL: `http://localhost:${port}`,
  }
  // Both at once: they have to agree on who migrates and who makes the first signing key.
  servers = await Promise.all([world.start({ port, env }), world.start({ env })])
  const apis = servers.map((server) => createApi(server.url, OPERATOR_TOKEN))
  one = apis[0] ?? createApi('', '')
  other = apis[1] ?? createApi('', '')
  registration = await registerGithub(one)
})
afterAll(async () => {
  await world?.close()
  await postgres?.stop()
})

const clientOf = ({ url }: { readonly url: string }) => createEntenteClient({ baseUrl: url, token: OPERATOR_TOKEN })
const providerPath = () => `/api/v1/workload_federation/providers/${registration.providerId}`

async function patchProvider(api: Api, provider: Record<string, unknown>): Promise<void> {
  const answer = await api.call('PATCH', providerPath(), { provider, updateMask: Object.keys(provider).join(',') })
  expect(answer.status).toBe(200)
}

const freshToken = () => world.github.mint({ aud: registration.audience })

/** Milliseconds until the exchange at one server answers as wanted; gives up after five seconds. */
async function msUntil(api: Api, status: number): Promise<number> {
  const since = performance.now()
  const token = await freshToken()
  while (performance.now() - since < 5_000) {
    if ((await exchange(api.url, registration.clientId, token)).status === status) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return performance.now() - since
}

describe('two processes over one PostgreSQL', () => {
  it('see what the other has created, at once', async () => {
    for (const [writer, reader] of [
      [one, other],
      [other, one],
    ] as const) {
      const body = { displayName: `from ${writer.url}` }
      const created = await dataOf(clientOf(writer).POST('/api/v1/service_principals', { body }))
      const path = { id: created.servicePrincipal?.id ?? '' }
      const read = await dataOf(clientOf(reader).GET('/api/v1/service_principals/{id}', { params: { path } }))
      expect(read).toEqual(created)
    }
  })

  it('take tokens that the other has issued, and publish the same keys', async () => {
    const issued = await exchange(other.url, registration.clientId, await freshToken())
    const caller = createApi(one.url, textAt(issued, 'access_token'))
    expect((await caller.call('GET', '/api/v1/workload_federation/providers')).status).toBe(200)
    const keys = await Promise.all(servers.map((server) => dataOf(clientOf(server).GET('/oauth2/jwks'))))
    expect(keys[0]?.keys?.length).toBeGreaterThan(0)
    expect(keys[0]).toEqual(keys[1])
  })

  it('refuse a provider that the other has disabled, within a second, and its tokens at introspection too', async () => {
    const issued = await exchange(other.url, registration.clientId, await freshToken())
    const token = textAt(issued, 'access_token')
    const isActive = async () => (await dataOf(clientOf(other).POST('/oauth2/introspect', { body: { token } }))).active
    expect(await isActive()).toBe(true)
    await patchProvider(one, { disabled: true })
    expect(await msUntil(other, 400)).toBeLessThan(SPREAD_LIMIT_MS)
    await new Promise((resolve) => setTimeout(resolve, SPREAD_LIMIT_MS))
    expect(await isActive()).toBe(false)
    await patchProvider(one, { disabled: false })
    expect(await msUntil(other, 200)).toBeLessThan(SPREAD_LIMIT_MS)
  })

  it('let a single-use token through once, over both', async () => {
    await patchProvider(one, { oidc: { singleUse: true } })
    await new Promise((resolve) => setTimeout(resolve, SPREAD_LIMIT_MS))
    const token = await freshToken()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        exchange((index % 2 === 0 ? one : other).url, registration.clientId, token),
      ),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const refused = answers.find((answer) => answer.status !== 200)
    const path = { organisation: 'default', name: refused?.headers.get('entente-decision') ?? '' }
    const decision = await dataOf(
      clientOf(one).GET('/apis/entente.dev/v1/namespaces/{organisation}/decisions/{name}', { params: { path } }),
    )
    expect(decision.spec.code).toBe('token.replayed')
  })

  it('take a DPoP proof once, over both', async () => {
    await patchProvider(one, { oidc: { singleUse: false } })
    await new Promise((resolve) => setTimeout(resolve, SPREAD_LIMIT_MS))
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    // Both have the name of the first.
    const dpop = await new SignJWT({
      jti: randomBytes(16).toString('hex'),
      htm: 'POST',
      htu: `${one.url}/oauth2/token`,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) })
      .setIssuedAt()
      .sign(privateKey)
    const fields = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await freshToken(),
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      client_id: registration.clientId,
    }
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const url = `${(index % 2 === 0 ? one : other).url}/oauth2/token`
        return (await fetch(url, { method: 'POST', headers: { dpop }, body: new URLSearchParams(fields) })).status
      }),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  })

  it('leave each other alone when one is killed', async () => {
    await servers[0]?.kill()
    const answer = await exchange(other.url, registration.clientId, await freshToken())
    expect(answer.status).toBe(200)
  })
})
