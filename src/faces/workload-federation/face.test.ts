import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Rung } from '../../decisions/decision.ts'
import type { Json } from '../../json.ts'
import { createServicePrincipal } from '../../registry/service-principals.ts'
import { actorIn, operator, principalDraft } from '../../registry/testing/registry.ts'
import { type Answer, openTestApp, type TestApp } from '../testing/app.ts'
import { workloadFederation } from './index.ts'
import { fromTestToken } from './test-token.ts'

const PROVIDERS = '/api/v1/workload_federation/providers'
const PRINCIPALS = '/api/v1/service_principals'

let app: TestApp
let trusts: string
let others: string
let clientId: string

function at(answer: Answer, ...path: string[]): unknown {
  return path.reduce<unknown>((value, name) => Object(value)[name], answer.body)
}

const send = (method: string, url: string, body?: unknown, who?: string) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([workloadFederation])
  const roles = { roleIds: ['viewer', 'deployer'] }
  const make = (displayName: string) =>
    createServicePrincipal(app.registry, actorIn('default'), operator, principalDraft({ displayName, ...roles }))
  trusts = `${PRINCIPALS}/${(await make('Mine')).id}/trusts`
  others = `${PRINCIPALS}/${(await make('Other')).id}/trusts`
  await send('POST', PROVIDERS, {
    displayName: 'GitHub',
    issuerUrl: 'https://token.actions.githubusercontent.com/',
    wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS',
  })
  const trust = await send('POST', trusts, { providerId: 'github', displayName: 'Deploy', description: 'main only' })
  clientId = String(at(trust, 'trust', 'clientId'))
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

describe('a provider', () => {
  it('omits what is unset and shows the normalised issuer', async () => {
    const { body } = await send('GET', `${PROVIDERS}/github`)
    expect(body).toEqual({
      provider: {
        id: 'github',
        displayName: 'GitHub',
        issuerUrl: 'https://token.actions.githubusercontent.com',
        wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS',
        disabled: false,
        oidc: {},
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updatedAt: expect.any(String),
      },
    })
  })

  it.each<[string, object, string[]]>([
    ['nothing at all', {}, ['wellKnownProvider', 'issuerUrl']],
    [
      'an unspecified source',
      { wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_UNSPECIFIED', issuerUrl: 'https://x.example.com' },
      ['wellKnownProvider'],
    ],
    [
      'SPIFFE with an https issuer and oidc settings',
      { wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_SPIFFE', issuerUrl: 'https://x.example.com', oidc: {} },
      ['issuerUrl'],
    ],
  ])('is refused with %s, naming the fields as the request spells them', async (_name, body, fields) => {
    const answer = await send('POST', PROVIDERS, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 3 })
    expect(violations(answer)).toEqual(expect.arrayContaining(fields))
    for (const field of violations(answer))
      expect(['issuerUrl', 'wellKnownProvider', 'oidc', 'spiffe']).toContain(field)
  })

  it('is registered once for an issuer', async () => {
    const answer = await send('POST', PROVIDERS, {
      issuerUrl: 'https://TOKEN.actions.githubusercontent.com',
      wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS',
    })
    expect(answer).toMatchObject({ status: 409, body: { code: 6 } })
    expect(reason(answer)).toBe('provider.issuer_taken')
    expect(violations(answer)).toEqual(['issuerUrl'])
  })

  it('takes what a read answered as an update, ignoring what is read-only', async () => {
    const read = await send('GET', `${PROVIDERS}/github`)
    const provider = { ...Object(at(read, 'provider')), description: 'echoed', issuerUrl: 'https://elsewhere.example' }
    const answer = await send('PATCH', `${PROVIDERS}/github`, { provider })
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'provider')).toMatchObject({
      description: 'echoed',
      issuerUrl: 'https://token.actions.githubusercontent.com',
    })
  })

  it('is not changed by read-only and unknown paths in the mask; all of them are named', async () => {
    const answer = await send('PATCH', `${PROVIDERS}/github`, {
      provider: { issuerUrl: 'https://elsewhere.example' },
      updateMask: 'issuerUrl,display_name,displayName,oidc.customJwksUrl',
    })
    expect(answer.status).toBe(400)
    expect(descriptions(answer)).toEqual([
      'issuerUrl cannot be changed',
      'display_name is not a field',
      'oidc.customJwksUrl is not a field',
    ])
  })

  it('clears what the mask names and the body lacks', async () => {
    await send('PATCH', `${PROVIDERS}/github`, {
      provider: { description: 'd', oidc: { allowedAudiences: ['a'], maxTokenAgeSeconds: 300 } },
    })
    const answer = await send('PATCH', `${PROVIDERS}/github`, { updateMask: 'description,oidc.allowedAudiences' })
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'provider', 'oidc')).toEqual({ maxTokenAgeSeconds: 300 })
    expect(Object.keys(Object(at(answer, 'provider')))).not.toContain('description')
  })

  it('names the fields of an update as they stand in its body', async () => {
    const typed = await send('PATCH', `${PROVIDERS}/github`, {
      provider: { displayName: 5, oidc: { singleUse: 'no' } },
    })
    expect(violations(typed)).toEqual(['provider.displayName', 'provider.oidc.singleUse'])
    const judged = await send('PATCH', `${PROVIDERS}/github`, { provider: { displayName: 'x'.repeat(256) } })
    expect(violations(judged)).toEqual(['provider.displayName'])
  })

  it('is not removed while trusts use it', async () => {
    const answer = await send('DELETE', `${PROVIDERS}/github`)
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 9, message: expect.stringContaining(clientId.replace(/@.*/, '')) },
    })
    expect(reason(answer)).toBe('provider.has_trusts')
    expect(violations(answer)).toEqual([])
  })
})

describe('a trust', () => {
  it('answers under another service principal exactly as an unknown one', async () => {
    const escaped = encodeURIComponent(clientId)
    expect((await send('GET', `${trusts}/${escaped}`)).status).toBe(200)
    for (const [method, tail] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/test'],
    ] as const) {
      const body = tail === '' ? (method === 'GET' ? undefined : {}) : { subjectToken: 'a.b.c' }
      const wrong = await send(method, `${others}/${escaped}${tail}`, body)
      const unknown = await send(method, `${others}/clever-fox-10000${tail}`, body)
      expect(wrong.status).toBe(404)
      expect(wrong.text).toBe(unknown.text)
    }
    expect((await send('GET', `${trusts}/${encodeURIComponent(clientId.replace('@entente', '@other'))}`)).status).toBe(
      404,
    )
  })

  it('names every bad field of its own', async () => {
    const answer = await send('POST', trusts, {
      conditionExpression: 'claims.',
      allowSourceCidrs: ['10.0.0.0/8', '10.0.0.0/33'],
      scopedRoleIds: ['Bad Role'],
      tokenLifetimeSeconds: 10,
    })
    expect(answer.status).toBe(400)
    expect(new Set(violations(answer))).toEqual(
      new Set(['providerId', 'conditionExpression', 'allowSourceCidrs[1]', 'scopedRoleIds[0]', 'tokenLifetimeSeconds']),
    )
  })

  it.each<[string, object, number]>([
    ['a text of the name', { query: 'dEPL' }, 1],
    ['a text of the description', { query: 'main only' }, 1],
    ['a text that is nowhere', { query: 'nowhere' }, 0],
    ['a broken text', { query: '\u0000' }, 0],
    ['a provider', { providerId: 'github' }, 1],
    ['an unknown provider', { providerId: 'nobody' }, 0],
    ['no id at all', { servicePrincipalId: '\u0000' }, 0],
    ['nothing', { query: '', providerId: null, pageSize: 10, pageToken: '' }, 1],
  ])('is searched by %s', async (_name, body, found) => {
    const answer = await send('POST', '/api/v1/search/workload_federation_trusts', body)
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'list')).toHaveLength(found)
  })

  it('does not hand the page token of one search to another', async () => {
    for (let n = 0; n < 11; n++) await send('POST', trusts, { providerId: 'github', displayName: `many ${n}` })
    const search = (body: object) => send('POST', '/api/v1/search/workload_federation_trusts', body)
    const first = await search({ query: 'many', pageSize: 10 })
    expect(at(first, 'list')).toHaveLength(10)
    const pageToken = at(first, 'nextPageToken')
    expect(at(await search({ query: 'many', pageSize: 10, pageToken }), 'list')).toHaveLength(1)
    expect((await search({ query: 'other', pageSize: 10, pageToken })).status).toBe(400)
    expect((await search({ query: 'many', pageSize: '10' })).status).toBe(400)
  })
})

describe('a tested token', () => {
  const rung = (name: string, fields: Partial<Rung> = {}): Rung => ({ name, outcome: 'passed', ...fields })
  beforeEach(() => {
    app.tested.asks.length = 0
  })

  it('is told step by step', async () => {
    app.tested.report = {
      decisionId: '00000000-0000-7000-8000-000000000002',
      passed: false,
      rungs: [
        rung('trust'),
        rung('principal', { outcome: 'failed', code: 'principal.disabled', actual: 'disabled' }),
        rung('provider'),
        rung('token'),
        rung('issuer', { expected: 'https://a', actual: 'https://a' }),
        rung('key', { outcome: 'failed', code: 'key.unknown', expected: 'a known key', actual: 'k1' }),
        rung('signature', { outcome: 'skipped' }),
        rung('audience', {
          outcome: 'failed',
          code: 'audience.mismatch',
          expected: 'entente.example',
          actual: 'other',
        }),
        rung('time'),
        rung('condition', { outcome: 'failed', code: 'condition.false' }),
        rung('address', { outcome: 'skipped', actual: 'any address may come' }),
      ],
      claims: { sub: 'x', aud: ['other'] },
      conditionParts: [{ text: 'claims.sub == "y"', value: 'false', reads: [], differs: true }],
    }
    const answer = await send('POST', `${trusts}/${encodeURIComponent(clientId)}/test`, { subjectToken: 'a.b.c' })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      overallResult: false,
      decodedClaimsJson: '{"sub":"x","aud":["other"]}',
      conditionParts: [{ text: 'claims.sub == "y"', value: 'false', reads: [], differs: true }],
      decisionId: '00000000-0000-7000-8000-000000000002',
      jwtDecode: { stepName: 'JWT decode', passed: true, skipped: false },
      issuerMatch: {
        stepName: 'Issuer match',
        passed: true,
        skipped: false,
        expected: 'https://a',
        actual: 'https://a',
      },
      signatureValidation: {
        stepName: 'Signature validation',
        passed: false,
        skipped: false,
        expected: 'a known key',
        actual: 'k1',
        detail: 'key.unknown',
      },
      audienceValidation: {
        stepName: 'Audience validation',
        passed: false,
        skipped: false,
        expected: 'entente.example',
        actual: 'other',
        detail: 'audience.mismatch',
      },
      tokenFreshness: { stepName: 'Token freshness', passed: true, skipped: false },
      subjectValidation: { stepName: 'Subject validation', passed: false, skipped: true, detail: 'not reached' },
      celEvaluation: { stepName: 'CEL evaluation', passed: false, skipped: false, detail: 'condition.false' },
      cidrCheck: {
        stepName: 'CIDR check',
        passed: false,
        skipped: true,
        detail: 'any address may come',
      },
      enabledCheck: {
        stepName: 'Trust, service principal and provider enabled',
        passed: false,
        skipped: false,
        actual: 'disabled',
        detail: 'principal.disabled',
      },
    })
  })

  it.each([
    ['absent', undefined, '127.0.0.1'],
    ['IPv4', '10.0.0.1', '10.0.0.1'],
    ['a range', '10.0.0.1/8', '10.0.0.1'],
    ['IPv6 in another spelling', '2001:DB8::0:1', '2001:db8::1'],
  ])('is judged from the given address: %s', async (_name, sourceIp, address) => {
    const path = `${trusts}/${clientId.split('@', 1)[0]}/test`
    const answer = await send('POST', path, { subjectToken: 'a.b.c', sourceIp })
    expect(answer.status, answer.text).toBe(200)
    expect(app.tested.asks.map((ask) => ask.address)).toEqual([address])
  })

  it('is not judged from what is no address, by viewers, or when it is missing', async () => {
    const path = `${trusts}/${encodeURIComponent(clientId)}/test`
    for (const sourceIp of ['here', '300.1.1.1', '1.2.3.4/x/y', 'fe80::1%eth0']) {
      const answer = await send('POST', path, { subjectToken: 'a.b.c', sourceIp })
      if (sourceIp !== '1.2.3.4/x/y') expect([answer.status, violations(answer)]).toEqual([400, ['sourceIp']])
    }
    expect((await send('POST', path, { subjectToken: 'a.b.c' }, 'viewer')).status).toBe(403)
    expect(violations(await send('POST', path, ''))).toEqual(['subjectToken'])
    expect(violations(await send('POST', path, {}))).toEqual(['subjectToken'])
  })

  it('may be claims alone, as JSON text', async () => {
    const path = `${trusts}/${encodeURIComponent(clientId)}/test`
    expect((await send('POST', path, { claimsJson: '{"sub":"x"}' })).status).toBe(200)
    expect(app.tested.asks.at(-1)?.evidence).toEqual({ claims: { sub: 'x' } })
    for (const claimsJson of ['', '[]', 'null', '{', `{"a":"${'x'.repeat(70_000)}"}`]) {
      expect(violations(await send('POST', path, { claimsJson }))).toEqual(['claimsJson'])
    }
    expect(violations(await send('POST', path, { claimsJson: '{}', subjectToken: 'a.b.c' }))).toEqual(['claimsJson'])
  })

  it('of a tried condition shows the parts where they are asked for', async () => {
    const path = '/api/v1/workload_federation/test-cel'
    const body = { expression: 'claims.a == 1 && claims.b == 2', claimsJson: '{"a":1,"b":1}' }
    expect((await send('POST', path, body)).body).toEqual({ matched: false, expression: body.expression })
    expect((await send('POST', path, { ...body, explain: true })).body).toEqual({
      matched: false,
      expression: body.expression,
      conditionParts: [
        { text: 'claims.a == 1', value: 'true', reads: [{ text: 'claims.a', value: '1' }] },
        { text: 'claims.b == 2', value: 'false', reads: [{ text: 'claims.b', value: '1' }], differs: true },
      ],
    })
  })
})

describe('a step', () => {
  it.each<[string, Rung['outcome'][], { passed: boolean; skipped: boolean }]>([
    ['key and signature passed', ['passed', 'passed'], { passed: true, skipped: false }],
    ['the signature was not judged', ['passed', 'skipped'], { passed: false, skipped: true }],
    ['the signature was not reached', ['passed'], { passed: false, skipped: true }],
    ['the key failed', ['failed', 'skipped'], { passed: false, skipped: false }],
    ['nothing was judged', [], { passed: false, skipped: true }],
  ])('has not passed unless all of it has: %s', (_name, outcomes, expected) => {
    const rungs = outcomes.map((outcome, index) => ({ name: index === 0 ? 'key' : 'signature', outcome }))
    const report = fromTestToken({ decisionId: 'd', passed: false, rungs, claims: null, conditionParts: null })
    expect(Object(report).signatureValidation).toMatchObject(expected)
  })
})

describe('any body', () => {
  it('is answered with success or a refusal, where nothing is created', { timeout: 60_000 }, async () => {
    const urls = fc.constantFrom(
      '/api/v1/search/workload_federation_trusts',
      '/api/v1/workload_federation/test-cel',
      `${trusts}/${encodeURIComponent(clientId)}/test`,
    )
    const field = fc.constantFrom(
      'query',
      'pageSize',
      'pageToken',
      'providerId',
      'expression',
      'claimsJson',
      'sourceIp',
    )
    const value = fc.oneof(fc.string(), fc.constantFrom('\u0000', '\ud800', ''), fc.jsonValue({ maxDepth: 2 }))
    const body = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(fc.oneof(field, fc.constant('subjectToken')), value),
    )
    await fc.assert(
      fc.asyncProperty(urls, body, async (url, body) => {
        const { status } = await send('POST', url, body ?? null)
        expect([200, 400]).toContain(status)
      }),
      { numRuns: 300, interruptAfterTimeLimit: 15_000 },
    )
  })
})

describe('an expression', () => {
  it.each<[string, Json, object]>([
    ['matches', { expression: 'claims.a == 1', claimsJson: '{"a":1}' }, { matched: true, expression: 'claims.a == 1' }],
    ['does not match', { expression: 'claims.a == 1', claimsJson: '{"a":2}' }, { matched: false }],
    [
      'misses a claim',
      { expression: 'claims.b == 1', claimsJson: '{"a":2}' },
      { matched: false, error: expect.any(String) },
    ],
    ['is broken', { expression: 'claims.', claimsJson: '{}' }, { matched: false, error: expect.any(String) }],
    ['meets no JSON', { expression: 'true', claimsJson: '{' }, { matched: false, error: expect.any(String) }],
    ['is absent', {}, { matched: false, expression: '', error: expect.any(String) }],
  ])('%s', async (_name, body, expected) => {
    const answer = await send('POST', '/api/v1/workload_federation/test-cel', body, 'viewer')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject(expected)
  })
})

describe('a credential', () => {
  it('spells its faults as the request did, on create and on update', async () => {
    const path = trusts.replace('/trusts', '/credentials')
    const made = await send('POST', path, { expires: '15552001s', scopedRoles: ['Bad'] })
    expect([made.status, new Set(violations(made))]).toEqual([400, new Set(['expires', 'scopedRoles[0]'])])
    const good = await send('POST', path, { expires: '86400s' })
    const id = String(at(good, 'credential', 'id'))
    const changed = await send('PATCH', `${path}/${id}`, { credential: { scopedRoleIds: ['Bad'] } })
    expect(violations(changed)).toEqual(['credential.scopedRoleIds[0]'])
    const days = (Date.parse(String(at(good, 'credential', 'expiresAt'))) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(0.99)
    expect(days).toBeLessThan(1.01)
  })
})

describe('a list', () => {
  it.each([
    ['', 25],
    ['page_size=10', 10],
    ['page_size=1', 10],
    ['page_size=0', 10],
    ['pageSize=11', 11],
    ['page_size=1000', 30],
    ['page_size=&pageSize=', 25],
  ])('answers to "%s" with its page', async (query, shown) => {
    for (let n = 0; n < 30; n++) await send('POST', PRINCIPALS, { displayName: `p ${n}` }, 'admin@acme')
    const answer = await send('GET', `${PRINCIPALS}?${query}`, undefined, 'viewer@acme')
    expect(answer.status, answer.text).toBe(200)
    const list = at(answer, 'list')
    expect(Array.isArray(list) ? list.length : -1).toBeGreaterThanOrEqual(shown)
    if (shown < 30) expect(list).toHaveLength(shown)
  })

  it('refuses a repeated page size', async () => {
    expect((await send('GET', `${PRINCIPALS}?page_size=10&page_size=20`)).status).toBe(400)
    expect((await send('GET', `${PRINCIPALS}?pageSize=10&pageSize=20`)).status).toBe(400)
  })
})

describe('a caller', () => {
  it('asks who they are, whatever their roles', async () => {
    const answer = await send('GET', '/api/v1/auth/introspect', undefined, 'nobody@acme')
    expect(answer).toMatchObject({ status: 200, body: { principleId: 'operator-token', tenantId: 'acme', roles: [] } })
  })

  it('acts as operator in the organisation of the header, and nobody else does', async () => {
    const get = (organisation: string, who: string) =>
      app.inject({
        method: 'GET',
        url: `${PROVIDERS}/github`,
        headers: { authorization: `Bearer ${who}`, 'entente-organization': organisation },
      })
    expect((await get('default', 'operator')).status).toBe(200)
    expect((await get('rival', 'operator')).status).toBe(404)
    const [foreign, unknown, odd] = [
      await get('default', 'admin@acme'),
      await get('nowhere', 'admin@acme'),
      await get("x' or 1=1", 'admin@acme'),
    ]
    expect([foreign.status, unknown.text, odd.text]).toEqual([404, foreign.text, foreign.text])
  })
})

function details(answer: Answer): Json[] {
  const found = at(answer, 'details')
  return Array.isArray(found) ? found : []
}

function violationsOf(answer: Answer): { field: string; description: string }[] {
  return details(answer).flatMap((detail) => Object(detail).fieldViolations ?? [])
}

const violations = (answer: Answer) => violationsOf(answer).map(({ field }) => field)
const descriptions = (answer: Answer) => violationsOf(answer).map(({ description }) => description)
const reason = (answer: Answer) =>
  details(answer)
    .map((detail) => Object(detail).reason)
    .find(Boolean)
