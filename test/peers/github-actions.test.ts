/**
 * The whole way of a CI job with the tools such jobs really use: GitHub's own toolkit asks for the ID token, openid-client
 * trades it, jose verifies what comes back. None of them knows of us.
 */
import { getIDToken } from '@actions/core'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Api, at, createApi } from '../../src/cli/demo/api.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

let world: World
let server: ServerProcess
let operator: Api
let registration: Registration

beforeAll(async () => {
  world = await openWorld()
  server = await world.start()
  operator = operatorOf(server)
  registration = await registerGithub(operator)
})
afterAll(() => world.close())

/** The toolkit reads its runner's variables from the environment, and masks the token by printing a command. */
async function idTokenOfJob(run: Parameters<World['github']['startRun']>[0], audience: string): Promise<string> {
  const job = world.github.startRun(run)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', job.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', job.requestToken)
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    return await getIDToken(audience)
  } finally {
    printed.mockRestore()
    vi.unstubAllEnvs()
  }
}

function client(path: string): oidc.Configuration {
  const configuration = new oidc.Configuration(
    { issuer: server.url, token_endpoint: server.url + path },
    registration.clientId,
    undefined,
    oidc.None(),
  )
  oidc.allowInsecureRequests(configuration)
  return configuration
}

describe('a GitHub Actions job', () => {
  it.each(['/auth/v1/token', '/oauth2/token'])(
    'trades its ID token at %s, and anyone can verify the result',
    async (path) => {
      const idToken = await idTokenOfJob({}, registration.audience)
      const answer = await oidc.genericGrantRequest(client(path), TOKEN_EXCHANGE, {
        subject_token: idToken,
        subject_token_type: JWT,
      })
      expect(answer).toMatchObject({ token_type: 'bearer', issued_token_type: ACCESS_TOKEN, expires_in: 1800 })

      const metadata = await (await fetch(`${server.url}/.well-known/oauth-authorization-server`)).json()
      expect(metadata).toMatchObject({ issuer: server.url, jwks_uri: `${server.url}/oauth2/jwks` })
      const keys = createRemoteJWKSet(new URL(String(at(metadata, 'jwks_uri'))))
      const { payload } = await jwtVerify(answer.access_token, keys, {
        issuer: server.url,
        audience: server.url,
        typ: 'at+jwt',
        algorithms: ['ES256'],
      })
      expect(payload).toMatchObject({
        client_id: registration.clientId,
        organization: 'default',
        roles: ['viewer'],
      })
      expect(payload.sub).toMatch(/^[0-9a-f-]{36}$/)
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(1800)
    },
  )

  it('reads the management API with its new token, and may not write', async () => {
    const { access_token } = await oidc.genericGrantRequest(client('/auth/v1/token'), TOKEN_EXCHANGE, {
      subject_token: await idTokenOfJob({}, registration.audience),
      subject_token_type: JWT,
    })
    const job = createApi(server.url, access_token)
    const list = await job.call('GET', '/api/v1/workload_federation/providers')
    expect(list.status).toBe(200)
    expect(at(list.body, 'list')).toHaveLength(1)
    expect((await job.call('POST', '/api/v1/service_principals', { displayName: 'mine' })).status).toBe(403)
  })

  it('is refused from another repository, with a standard error that its library understands', async () => {
    const request = oidc.genericGrantRequest(client('/auth/v1/token'), TOKEN_EXCHANGE, {
      subject_token: await idTokenOfJob({ repository: 'mallory/payments' }, registration.audience),
      subject_token_type: JWT,
    })
    const error: unknown = await request.then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(oidc.ResponseBodyError)
    expect(error).toMatchObject({ error: 'invalid_request', status: 400 })
    expect(JSON.stringify(at(error, 'cause'))).not.toContain('mallory')
    const id = String(at(error, 'cause', 'decision_id'))
    const decision = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
    expect(at(decision.body, 'spec')).toMatchObject({ outcome: 'refused', code: 'condition.false' })
  })

  it('keeps working when GitHub rotates its keys, also under a kid that is already known', async () => {
    for (const rotation of [{}, { keepOld: false }, { sameKid: true }]) {
      await world.github.rotate(rotation)
      const answer = await oidc.genericGrantRequest(client('/auth/v1/token'), TOKEN_EXCHANGE, {
        subject_token: await idTokenOfJob({}, registration.audience),
        subject_token_type: JWT,
      })
      expect(answer.expires_in).toBe(1800)
    }
  })
})
