/**
 * Requests as an existing client of this API sent them, byte for byte: method, path, headers, body. It takes no success but
 * 200, and no null. Source: recorded from the API's official TypeScript client.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { createServicePrincipal } from '../../registry/service-principals.ts'
import { principalDraft } from '../../registry/testing/registry.ts'
import { type Answer, openTestApp, type TestApp } from '../testing/app.ts'
import { workloadFederation } from './index.ts'

let app: TestApp
/** Names in the recording that a server makes up: each is replaced by ours wherever it stands. */
const ours = new Map<string, string>()

beforeAll(async () => {
  app = await openTestApp([workloadFederation])
  const actor = { organisation: 'default', subject: 'operator-token', requestId: null }
  const draft = principalDraft({ displayName: 'Recorded', roleIds: ['r'] })
  const principal = await createServicePrincipal(app.registry, actor, { operator: true, roles: [] }, draft)
  ours.set('sp1', principal.id)
})
afterAll(() => app.close())

async function replay(method: string, path: string, body?: string): Promise<Answer> {
  const replaced = (text: string) => [...ours].reduce((text, [theirs, own]) => text.replaceAll(theirs, own), text)
  return await app.inject({
    method: method as 'GET', // Fastify's type of methods is narrower than a recording
    url: replaced(path),
    headers: {
      accept: 'application/json',
      authorization: 'Bearer operator',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: replaced(body) }),
  })
}

function textAt(answer: Answer, ...path: string[]): string {
  const found = path.reduce<unknown>((value, name) => Object(value)[name], answer.body)
  return typeof found === 'string' ? found : ''
}

function hasNull(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull))
}

describe('a recorded request', () => {
  it('creates a provider whose settings the client does not know', async () => {
    const answer = await replay(
      'POST',
      '/api/v1/workload_federation/providers',
      '{"displayName":"gh","issuerUrl":"https://token.actions.githubusercontent.com","wellKnownProvider":"WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS"}',
    )
    expect(answer).toMatchObject({ status: 200, body: { provider: { displayName: 'gh', disabled: false, oidc: {} } } })
    expect(hasNull(answer.body)).toBe(false)
    ours.set('p1', textAt(answer, 'provider', 'id'))
  })

  it('updates it by a mask in the body', async () => {
    const answer = await replay(
      'PATCH',
      '/api/v1/workload_federation/providers/p1',
      '{"provider":{"disabled":true,"displayName":"n"},"updateMask":"displayName,disabled"}',
    )
    expect(answer).toMatchObject({ status: 200, body: { provider: { disabled: true, displayName: 'n' } } })
    expect(hasNull(answer.body)).toBe(false)
  })

  it('creates a trust', async () => {
    const answer = await replay(
      'POST',
      '/api/v1/service_principals/sp1/trusts',
      '{"allowSourceCidrs":["10.0.0.0/8"],"conditionExpression":"claims.sub==\\"x\\"","displayName":"d","passthroughClaims":["repository"],"providerId":"p1","scopedRoleIds":["r"]}',
    )
    expect(answer.status).toBe(200)
    const clientId = textAt(answer, 'trust', 'clientId')
    expect(clientId).toMatch(/^[a-z]+-[a-z]+-\d{5}@entente\.example\/wfe$/)
    expect(hasNull(answer.body)).toBe(false)
    ours.set('clever-fox-42195%40acme.conductorone.com%2Fwfe', encodeURIComponent(clientId))
    ours.set('clever-fox-1', clientId.split('@', 1)[0] ?? '')
  })

  it('reads it by its escaped client id', async () => {
    const answer = await replay(
      'GET',
      '/api/v1/service_principals/sp1/trusts/clever-fox-42195%40acme.conductorone.com%2Fwfe',
    )
    expect(answer).toMatchObject({
      status: 200,
      body: {
        trust: {
          servicePrincipalId: ours.get('sp1'),
          providerId: ours.get('p1'),
          displayName: 'd',
          conditionExpression: 'claims.sub=="x"',
          scopedRoleIds: ['r'],
          allowSourceCidrs: ['10.0.0.0/8'],
          passthroughClaims: ['repository'],
          disabled: false,
        },
      },
    })
    expect(hasNull(answer.body)).toBe(false)
  })

  it('tests a token from another address', async () => {
    const path = '/api/v1/service_principals/sp1/trusts/clever-fox-42195%40acme.conductorone.com%2Fwfe/test'
    const answer = await replay('POST', path, '{"sourceIp":"10.0.0.1","subjectToken":"a.b.c"}')
    expect(answer.status).toBe(200)
    expect(app.tested.asks.at(-1)).toMatchObject({ evidence: { subjectToken: 'a.b.c' }, address: '10.0.0.1' })
  })

  it('disables it by its short client id', async () => {
    const path = '/api/v1/service_principals/sp1/trusts/clever-fox-1'
    const answer = await replay('PATCH', path, '{"trust":{"disabled":true},"updateMask":"disabled"}')
    expect(answer).toMatchObject({ status: 200, body: { trust: { disabled: true, displayName: 'd' } } })
  })

  it('tries an expression', async () => {
    const body = '{"claimsJson":"{\\"a\\":1}","expression":"claims.a==1"}'
    const answer = await replay('POST', '/api/v1/workload_federation/test-cel', body)
    expect(answer).toMatchObject({ status: 200, body: { matched: true, expression: 'claims.a==1' } })
  })

  it('searches trusts', async () => {
    const body = '{"pageSize":10,"providerId":"p1"}'
    const answer = await replay('POST', '/api/v1/search/workload_federation_trusts', body)
    expect(answer).toMatchObject({ status: 200, body: { list: [{ displayName: 'd' }], nextPageToken: '' } })
  })

  it.each([
    ['{}', '{}'],
    ['an empty body', ''],
    ['no body', undefined],
  ])('deletes with %s', async (_name, body) => {
    const trust = await replay('POST', '/api/v1/service_principals/sp1/trusts', '{"providerId":"p1"}')
    const path = `/api/v1/service_principals/sp1/trusts/${encodeURIComponent(textAt(trust, 'trust', 'clientId'))}`
    expect(await replay('DELETE', path, body)).toMatchObject({ status: 200, text: '{}' })
    expect((await replay('GET', path)).status).toBe(404)
  })

  it('deletes the provider once no trust uses it', async () => {
    const path = '/api/v1/workload_federation/providers/p1'
    expect(await replay('DELETE', path, '{}')).toMatchObject({ status: 400, body: { code: 9 } })
    await replay('DELETE', '/api/v1/service_principals/sp1/trusts/clever-fox-1', '')
    expect(await replay('DELETE', path, '')).toMatchObject({ status: 200, text: '{}' })
    expect(app.internal).toEqual([])
  })
})
