import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Decision } from '../../decisions/decision.ts'
import { type Answer, openTestApp, type TestApp } from '../testing/app.ts'
import { manifests } from './index.ts'

const ROOT = '/apis/entente.dev/v1'
const ORGANIZATIONS = `${ROOT}/organizations`

let app: TestApp
beforeAll(async () => {
  app = await openTestApp([manifests])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

function at(answer: Answer, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((value, name) => Object(value)[name], answer.body)
}

const causes = (answer: Answer): object[] => Object(at(answer, 'details', 'causes'))

function postYaml(text: string, accept = 'application/yaml'): Promise<Answer> {
  const headers = { authorization: 'Bearer operator', 'content-type': 'application/yaml', accept }
  return app.inject({ method: 'POST', url: ORGANIZATIONS, headers, payload: text })
}

describe('an organization', () => {
  it('is made of YAML and answered as YAML', async () => {
    const answer = await postYaml(`
apiVersion: entente.dev/v1
kind: Organization
metadata:
  name: globex
  labels: {plan: team}
spec:
  displayName: Globex
  roles: [deployer]
  session: {idleSeconds: 3600}
`)
    expect(answer.status, answer.text).toBe(201)
    expect(answer.headers['content-type']).toBe('application/yaml')
    expect(parse(answer.text)).toEqual({
      apiVersion: 'entente.dev/v1',
      kind: 'Organization',
      metadata: {
        name: 'globex',
        uid: expect.any(String),
        resourceVersion: '1',
        creationTimestamp: expect.any(String),
        labels: { plan: 'team' },
      },
      spec: { displayName: 'Globex', roles: ['deployer'], session: { idleSeconds: 3600 } },
    })
  })

  it('is named after its display name where it has no name', async () => {
    const body = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: {}, spec: { displayName: 'Büro 7' } }
    expect(at(await app.send('POST', ORGANIZATIONS, body), 'metadata', 'name')).toBe('buro-7')
  })

  it('takes back what a read answered, under another name', async () => {
    const read = await app.send('GET', `${ORGANIZATIONS}/globex`)
    const document = {
      ...Object(read.body),
      metadata: { ...Object(at(read, 'metadata')), name: 'globex-2' },
      status: {},
    }
    expect((await app.send('POST', ORGANIZATIONS, document)).status).toBe(201)
  })

  it('has a name of its own', async () => {
    const document = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { name: 'globex' } }
    const answer = await app.send('POST', ORGANIZATIONS, document)
    expect(answer).toMatchObject({ status: 409, body: { kind: 'Status', reason: 'AlreadyExists', code: 409 } })
  })

  it('is refused with every bad field, as the document spells it', async () => {
    const answer = await app.send('POST', ORGANIZATIONS, {
      apiVersion: 'entente.dev/v1',
      kind: 'Organization',
      metadata: { name: 'Bad Name', labels: { '-': 'x' } },
      spec: { displayName: 'x'.repeat(256), host: 'https://x', roles: ['admin'] },
    })
    expect(answer).toMatchObject({ status: 400, body: { reason: 'Invalid', code: 400 } })
    const fields = causes(answer).map((cause) => Object(cause).field)
    expect(fields).toEqual(
      expect.arrayContaining(['metadata.name', 'metadata.labels.-', 'spec.displayName', 'spec.host', 'spec.roles[0]']),
    )
  })

  it('has no namespace', async () => {
    const document = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { namespace: 'acme' } }
    const answer = await app.send('POST', ORGANIZATIONS, document)
    expect([answer.status, causes(answer)]).toMatchObject([400, [{ field: 'metadata.namespace' }]])
  })

  it('is made by operators only', async () => {
    const document = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: { name: 'mine' } }
    expect((await app.send('POST', ORGANIZATIONS, document, 'admin@acme')).status).toBe(403)
    expect((await app.send('POST', ORGANIZATIONS, document, 'admin')).status).toBe(403)
  })

  it('is shown to its own viewers, and any other is unknown to them', async () => {
    const own = await app.send('GET', ORGANIZATIONS, undefined, 'viewer@acme')
    expect(at(own, 'items')).toMatchObject([{ metadata: { name: 'acme' } }])
    expect((await app.send('GET', `${ORGANIZATIONS}/acme`, undefined, 'viewer@acme')).status).toBe(200)
    const foreign = await app.send('GET', `${ORGANIZATIONS}/rival`, undefined, 'viewer@acme')
    const unknown = await app.send('GET', `${ORGANIZATIONS}/nobody`, undefined, 'viewer@acme')
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text])
    const none = await app.send('GET', `${ORGANIZATIONS}?labelSelector=plan`, undefined, 'viewer@acme')
    expect(at(none, 'items')).toEqual([])
  })

  it('is selected by labels, page by page', async () => {
    const first = await app.send('GET', `${ORGANIZATIONS}?labelSelector=plan%3Dteam&limit=1`)
    expect(at(first, 'items')).toMatchObject([{ metadata: { name: 'globex' } }])
    const token = String(at(first, 'metadata', 'continue'))
    const second = await app.send('GET', `${ORGANIZATIONS}?labelSelector=plan%3Dteam&limit=1&continue=${token}`)
    expect(at(second, 'items')).toMatchObject([{ metadata: { name: 'globex-2' } }])
    expect(at(second, 'metadata')).toEqual({})
    const other = await app.send('GET', `${ORGANIZATIONS}?limit=1&continue=${token}`)
    expect([other.status, causes(other)]).toMatchObject([400, [{ field: 'continue' }]])
  })
})

describe('a body', () => {
  it.each([
    ['nested too deeply', '{'.repeat(50_000)],
    ['with aliases', 'a: &a [x]\nb: [*a, *a]'],
    ['of two documents', 'a: 1\n---\nb: 2'],
    ['of nothing', ''],
    ['of a text', 'just a text'],
  ])('%s is refused', async (_name, text) => {
    const answer = await postYaml(text, 'application/json')
    expect(answer.status).toBe(400)
    expect(at(answer, 'kind')).toBe('Status')
  })

  it('is refused in YAML where that is what the caller reads', async () => {
    const answer = await postYaml('a: 1')
    expect(answer.status).toBe(400)
    expect(parse(answer.text)).toMatchObject({ kind: 'Status', reason: 'Invalid' })
  })
})

describe('a decision', () => {
  const NAMESPACE = `${ROOT}/namespaces/acme/decisions`
  const ids: string[] = []
  const times = ['2026-03-01T10:00:00.000Z', '2026-03-01T11:00:00.000Z', '2026-03-01T12:00:00.000Z']

  beforeAll(async () => {
    const base: Omit<Decision, 'id' | 'at'> = {
      organisation: 'acme',
      plane: 'token-exchange',
      outcome: 'granted',
      code: 'granted',
      provider: 'github',
      trust: 'clever-fox-10000',
      rungs: [{ name: 'token', outcome: 'passed' }],
      address: '192.0.2.1',
      issued: { jti: 'j', sub: 's', scope: null, expiresAt: '2026-03-01T10:30:00.000Z' },
    }
    const changes: Partial<Decision>[] = [
      {},
      { outcome: 'refused', code: 'condition.false', issued: null, trust: 'calm-owl-20000' },
      {
        plane: 'test',
        outcome: 'refused',
        code: 'trust.unknown',
        issued: null,
        provider: null,
        trust: null,
        address: null,
      },
    ]
    for (const [index, change] of changes.entries()) {
      const id = app.registry.newUid()
      ids.push(id)
      await app.recorder.record({ ...base, ...change, id, at: new Date(times[index] ?? '') })
    }
  })

  it('is shown with its ladder, without what is unset', async () => {
    const answer = await app.send('GET', `${NAMESPACE}/${ids[0]}`, undefined, 'viewer@acme')
    expect(answer.body).toEqual({
      apiVersion: 'entente.dev/v1',
      kind: 'Decision',
      metadata: {
        name: ids[0],
        namespace: 'acme',
        uid: ids[0],
        resourceVersion: '1',
        creationTimestamp: times[0],
      },
      spec: {
        plane: 'token-exchange',
        outcome: 'granted',
        code: 'granted',
        provider: 'github',
        trust: 'clever-fox-10000',
        address: '192.0.2.1',
        issued: { jti: 'j', sub: 's', expiresAt: '2026-03-01T10:30:00.000Z' },
        rungs: [{ name: 'token', outcome: 'passed' }],
      },
    })
    const test = await app.send('GET', `${NAMESPACE}/${ids[2]}`, undefined, 'viewer@acme')
    expect(Object.keys(Object(at(test, 'spec')))).toEqual(['plane', 'outcome', 'code', 'rungs'])
  })

  it.each<[string, number[]]>([
    ['', [2, 1, 0]],
    ['plane=test', [2]],
    ['outcome=refused', [2, 1]],
    ['code=condition.false', [1]],
    ['provider=github', [1, 0]],
    ['trust=calm-owl-20000', [1]],
    ['since=2026-03-01T11:00:00Z', [2, 1]],
    ['until=2026-03-01T11:00:00Z', [0]],
    ['since=2026-03-01T12:00:00%2B01:00&until=2026-03-01T12:00:00Z', [1]],
    ['code=nothing', []],
    ['limit=2', [2, 1]],
  ])('is found by "%s", newest first', async (query, expected) => {
    const answer = await app.send('GET', `${NAMESPACE}?${query}`, undefined, 'viewer@acme')
    expect(answer.status, answer.text).toBe(200)
    expect(at(answer, 'kind')).toBe('DecisionList')
    const items = at(answer, 'items')
    const found = Array.isArray(items) ? items.map((item) => ids.indexOf(Object(item).metadata.name)) : []
    expect(found).toEqual(expected)
  })

  it('is not looked for by what has no meaning; every bad filter is named', async () => {
    const query = 'plane=nowhere&outcome=maybe&since=yesterday&until=2026-13-01T00:00:00Z&code=%00'
    const answer = await app.send('GET', `${NAMESPACE}?${query}`, undefined, 'viewer@acme')
    expect(answer.status).toBe(400)
    expect(
      causes(answer)
        .map((cause) => Object(cause).field)
        .sort(),
    ).toEqual(['code', 'outcome', 'plane', 'since', 'until'])
    const misspelt = await app.send('GET', `${NAMESPACE}?outcom=granted&limit=5`, undefined, 'viewer@acme')
    expect([misspelt.status, causes(misspelt)]).toMatchObject([400, [{ field: 'outcom' }]])
    expect((await app.send('GET', `${NAMESPACE}?plane=test&plane=sign-in`, undefined, 'viewer@acme')).status).toBe(400)
  })

  it('lies in its namespace: a foreign, an unknown and an impossible one answer alike', async () => {
    const get = (namespace: string, who: string) =>
      app.send('GET', `${ROOT}/namespaces/${namespace}/decisions/${ids[0]}`, undefined, who)
    expect((await get('acme', 'operator')).status).toBe(200)
    const foreign = await get('acme', 'admin@rival')
    expect(foreign.status).toBe(404)
    for (const namespace of ['nowhere', '%00', 'Acme'])
      expect((await get(namespace, 'admin@rival')).text).toBe(foreign.text)
    expect((await get('rival', 'operator')).status).toBe(404)
    expect((await get('%00', 'operator')).status).toBe(404)
  })

  it('is refused where header and path disagree', async () => {
    const answer = await app.inject({
      method: 'GET',
      url: NAMESPACE,
      headers: { authorization: 'Bearer operator', 'entente-organization': 'rival' },
    })
    expect(answer).toMatchObject({ status: 400, body: { kind: 'Status', reason: 'BadRequest' } })
    expect(causes(answer)).toMatchObject([{ reason: 'caller.organisations_disagree' }])
  })

  it('is a record: nobody writes it', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      expect((await app.send(method, `${NAMESPACE}/${ids[0]}`, {}, 'operator')).status).toBe(404)
    }
  })
})
