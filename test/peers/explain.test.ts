/** Why a token got nothing: told to operators part by part, to callers not at all, and without what could be used to come in. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Api, at, postForm } from '../../src/cli/demo/api.ts'
import { exchange } from '../../src/cli/demo/exchange.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'
import type { ServerProcess } from '../../src/cli/demo/server-process.ts'
import { runProgram } from './run-program.ts'
import { openWorld, operatorOf, registerGithub, type World } from './world.ts'

let world: World
let server: ServerProcess
let operator: Api
let registration: Registration
let staging: string
let closed: string

const TRUSTS = '/api/v1/service_principals/deploy-bot/trusts'

beforeAll(async () => {
  world = await openWorld()
  server = await world.start()
  operator = operatorOf(server)
  registration = await registerGithub(operator)
  staging = await trustWith('claims.repository == "octo-org/staging" && claims.access_token == "x"')
  closed = await trustWith('claims.repository_owner == "mallory"')
  await operator.call('PATCH', `${TRUSTS}/${closed}`, { trust: { disabled: true }, updateMask: 'disabled' })
})
afterAll(() => world.close())

/** The short client id. */
async function trustWith(conditionExpression: string): Promise<string> {
  const answer = await operator.call('POST', TRUSTS, {
    providerId: registration.providerId,
    displayName: 'another',
    conditionExpression,
  })
  return String(at(answer.body, 'trust', 'clientId')).split('@', 1)[0] ?? ''
}

async function specOf(answer: Answer): Promise<unknown> {
  const id = String(at(answer.body, 'decision_id') ?? at(answer.body, 'decisionId'))
  return at((await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)).body, 'spec')
}

const claims = { repository: 'mallory/payments', repository_owner: 'mallory', access_token: 'canary-5f2c9e' }
const read = { text: 'claims.repository', value: '"mallory/payments"' }

describe('a token that a condition refuses', () => {
  it('by its trust: the part that differs, and the trusts that came nearest', async () => {
    const token = await world.github.mint({ aud: registration.audience, ...claims })
    const answer = await exchange(server.url, registration.clientId, token)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).not.toMatch(/mallory|octo|condition/)
    expect(await specOf(answer)).toMatchObject({
      code: 'condition.false',
      conditionParts: [
        { text: 'claims.repository == "octo-org/payments"', value: 'false', reads: [read], differs: true },
      ],
      nearestTrusts: [
        { trust: closed, verdict: 'true', hindrance: 'trust.disabled', parts: [] },
        {
          trust: staging,
          verdict: 'false',
          parts: [
            { text: 'claims.repository == "octo-org/staging"', value: 'false', reads: [read], differs: true },
            { value: 'false', reads: [{ text: 'claims.access_token', value: '(withheld)' }] },
          ],
        },
      ],
    })
  })

  it('by a trust with a name of its own: under both of its names', async () => {
    const path = '/apis/entente.dev/v1/namespaces/default/trusts/deploys-by-name'
    const spec = {
      servicePrincipal: registration.servicePrincipalId,
      provider: registration.providerId,
      condition: 'claims.repository_id == "1" && claims.repository_owner_id == "1"',
    }
    const made = await operator.call('PUT', path, {
      apiVersion: 'entente.dev/v1',
      kind: 'Trust',
      metadata: { name: 'deploys-by-name' },
      spec,
    })
    const clientId = String(at(made.body, 'status', 'clientId'))
    const token = await world.github.mint({ aud: registration.audience, ...claims })
    const trust = clientId.split('@', 1)[0]
    expect(await specOf(await exchange(server.url, clientId, token))).toMatchObject({
      trust,
      trustName: 'deploys-by-name',
    })
    const env = { ENTENTE_URL: server.url, ENTENTE_TOKEN: server.operatorToken() }
    expect((await runProgram(['explain'], env)).stdout).toContain(`deploys-by-name (${trust})`)
    await operator.call('DELETE', path)
  })

  it('where the provider alone was named: no trust was asked, three are near', async () => {
    const answer = await postForm(`${server.url}/oauth2/token`, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      subject_token: await world.github.mint({ aud: registration.audience, ...claims }),
      audience: `//${registration.audience}/organizations/default/providers/${registration.providerId}`,
    })
    const spec = await specOf(answer)
    expect(spec).toMatchObject({ code: 'condition.false', nearestTrusts: [{ trust: closed }, {}, {}] })
    expect(at(spec, 'conditionParts')).toBeUndefined()
  })

  it('that was granted has nothing to explain', async () => {
    const token = await world.github.mint({ aud: registration.audience })
    const answer = await exchange(server.url, registration.clientId, token)
    const id = answer.headers.get('entente-decision')
    const { body } = await operator.call('GET', `/apis/entente.dev/v1/namespaces/default/decisions/${id}`)
    expect(Object.keys(Object(at(body, 'spec')))).not.toEqual(expect.arrayContaining(['conditionParts']))
  })
})

describe('a test', () => {
  it('of claims alone skips the checks of the token, and shows every part', async () => {
    const answer = await operator.call('POST', `${TRUSTS}/${staging}/test`, {
      claimsJson: JSON.stringify({ ...claims, repository: 'octo-org/staging' }),
    })
    expect(answer.body).toMatchObject({
      overallResult: false,
      signatureValidation: { skipped: true, detail: 'claims were given in place of a token' },
      celEvaluation: { passed: false, detail: 'condition.false' },
      conditionParts: [
        { value: 'true', reads: [{ value: '"octo-org/staging"' }] },
        { value: 'false', differs: true },
      ],
    })
    expect(await specOf(answer)).toMatchObject({ plane: 'test', outcome: 'refused' })
  })

  it('on the command line ends with 0 or 3, and issues nothing', async () => {
    const env = { ENTENTE_URL: server.url, ENTENTE_TOKEN: server.operatorToken() }
    const trust = registration.clientId.split('@', 1)[0] ?? ''
    const refused = await runProgram(['test', trust, '--claims', '-'], env, JSON.stringify(claims))
    expect(refused.code, refused.stderr).toBe(3)
    expect(refused.stdout).toMatch(/^✗ would be refused {2}condition\.false\n/)
    expect(refused.stdout).toContain('claims.repository is "mallory/payments"')
    const token = await world.github.mint({ aud: registration.audience })
    const passed = await runProgram(['test', trust, '--subject-token-env', 'TOKEN'], { ...env, TOKEN: token })
    expect(passed.stdout).toMatch(/^✓ would be granted\n/)
    expect(passed.code).toBe(0)
  })
})

it('no claim that looks like a secret was stored', () => {
  const stored = ['entente.db', 'entente.db-wal'].map((file) => readFileSync(join(world.data, file)))
  const text = Buffer.concat(stored)
  expect(text.includes('(withheld)')).toBe(true)
  expect(text.includes('canary-5f2c9e')).toBe(false)
})
