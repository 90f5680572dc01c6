/**
 * Requests as existing tools of this API send them, byte for byte where it matters: method, path, body, and the habit of
 * sending an empty body as JSON. Their clients take nothing but 200, and no null.
 */
import { createPrivateKey, randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Api, at, createApi, postForm, textAt } from '../../src/cli/demo/api.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

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

/** Sends a body exactly as given, always under the JSON content type, as the recorded tools do. */
async function send(method: string, path: string, body: string): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${server.operatorToken()}`,
      'content-type': 'application/json',
    },
    body,
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

function hasNull(value: unknown): boolean {
  if (value === null) return true
  return typeof value === 'object' && Object.values(value).some(hasNull)
}

const trusts = () => `/api/v1/service_principals/${registration.servicePrincipalId}/trusts`

describe('a recorded request', () => {
  it('creates a second trust with every field, reads it by its escaped client id, changes it by its short one', async () => {
    const created = await send(
      'POST',
      trusts(),
      JSON.stringify({
        allowSourceCidrs: ['10.0.0.0/8'],
        conditionExpression: 'claims.sub=="x"',
        displayName: 'd',
        passthroughClaims: ['repository'],
        providerId: registration.providerId,
        scopedRoleIds: ['viewer'],
      }),
    )
    expect(created.status).toBe(200)
    const clientId = textAt(created, 'trust', 'clientId')
    const read = await send(
      'PATCH',
      `${trusts()}/${clientId.split('@', 1)[0]}`,
      '{"trust":{"disabled":true},"updateMask":"disabled"}',
    )
    expect(read.status).toBe(200)
    expect(at(read.body, 'trust')).toMatchObject({ clientId, disabled: true, displayName: 'd' })

    const path = `${trusts()}/${encodeURIComponent(clientId)}`
    const answer = await operator.call('GET', path)
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'trust')).toMatchObject({
      clientId,
      allowSourceCidrs: ['10.0.0.0/8'],
      passthroughClaims: ['repository'],
      scopedRoleIds: ['viewer'],
    })
    expect(hasNull(answer.body)).toBe(false)
    expect(await send('DELETE', path, '')).toMatchObject({ status: 200, body: {} })
    expect((await operator.call('GET', path)).status).toBe(404)
  })

  it('updates a provider by a mask in the body', async () => {
    const answer = await send(
      'PATCH',
      `/api/v1/workload_federation/providers/${registration.providerId}`,
      '{"provider":{"disabled":false,"displayName":"n"},"updateMask":"displayName,disabled"}',
    )
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'provider', 'displayName')).toBe('n')
    expect(hasNull(answer.body)).toBe(false)
  })

  it('creates a provider twice and is told so', async () => {
    const answer = await send(
      'POST',
      '/api/v1/workload_federation/providers',
      '{"displayName":"gh","issuerUrl":"https://token.actions.githubusercontent.com","wellKnownProvider":"WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS"}',
    )
    expect(answer.status).toBe(409)
    expect(at(answer.body, 'code')).toBe(6)
  })

  it('tests an expression, and a token from another address', async () => {
    const cel = await send(
      'POST',
      '/api/v1/workload_federation/test-cel',
      '{"claimsJson":"{\\"a\\":1}","expression":"claims.a==1"}',
    )
    expect(cel).toMatchObject({ status: 200, body: { matched: true, expression: 'claims.a==1' } })
    const path = `${trusts()}/${encodeURIComponent(registration.clientId)}/test`
    const bad = await send('POST', path, '{"sourceIp":"10.0.0.1","subjectToken":"a.b.c"}')
    expect(bad.status).toBe(200)
    expect(at(bad.body, 'jwtDecode', 'passed')).not.toBe(true)
    const subjectToken = await world.github.mint({ aud: registration.audience })
    const good = await send('POST', path, JSON.stringify({ subjectToken }))
    expect(good.status).toBe(200)
    expect(at(good.body, 'overallResult')).toBe(true)
    expect(at(good.body, 'cidrCheck', 'skipped')).toBe(true)
  })

  it('searches trusts', async () => {
    const answer = await send(
      'POST',
      '/api/v1/search/workload_federation_trusts',
      JSON.stringify({ pageSize: 10, providerId: registration.providerId }),
    )
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'list')).toHaveLength(1)
  })

  it('trades a credential for a token by an assertion without kid and jti, for the bare host', async () => {
    const path = `/api/v1/service_principals/${registration.servicePrincipalId}/credentials`
    const created = await send('POST', path, '{"displayName":"laptop","expires":"2592000s"}')
    expect(created.status).toBe(200)
    const clientId = textAt(created, 'credential', 'clientId')
    const secret = textAt(created, 'clientSecret')
    expect(clientId).toMatch(/\/spc$/)
    const parts = secret.split(':')
    expect([parts.length, parts[0], parts[2]]).toEqual([4, 'secret-token', 'v1'])

    const jwk: unknown = JSON.parse(Buffer.from(parts[3] ?? '', 'base64url').toString())
    const key = createPrivateKey({ format: 'jwk', key: { ...(typeof jwk === 'object' ? jwk : {}) } })
    const seconds = Math.floor(Date.now() / 1000)
    const assertion = await new SignJWT({
      iss: clientId,
      sub: clientId,
      aud: ['localhost'],
      iat: seconds,
      nbf: seconds - 120,
      exp: seconds + 120,
    })
      .setProtectedHeader({ alg: 'EdDSA', nonce: randomBytes(16).toString('hex') })
      .sign(key)
    const answer = await postForm(`${server.url}/auth/v1/token`, {
      client_id: clientId,
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3600 } })
    const mine = createApi(server.url, textAt(answer, 'access_token'))
    expect((await mine.call('GET', '/api/v1/workload_federation/providers')).status).toBe(200)

    const bySecret = await postForm(`${server.url}/auth/v1/token`, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
    })
    expect(bySecret.status).toBe(200)
    const guessed = await postForm(`${server.url}/auth/v1/token`, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: `${secret.slice(0, -4)}AAAA`,
    })
    expect(guessed).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })
})
