/** What writing means for every kind: names, versions, patches, secrets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeServicePrincipal } from '../../registry/service-principals.ts'
import { actorIn } from '../../registry/testing/registry.ts'
import type { Answer } from '../testing/app.ts'
import { at, causesOf, conditionIn, type ManifestsApp, openManifests, pathTo } from './testing/app.ts'
import { ROOT } from './testing/collection.ts'

let app: ManifestsApp
beforeAll(async () => {
  app = await openManifests()
  app.offer('https://people.example')
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const send = (method: string, url: string, body?: unknown, who = 'admin@acme') => app.send(method, url, body, who)
const bot = (name: string | undefined, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'entente.dev/v1',
  kind: 'ServicePrincipal',
  metadata: { ...(name === undefined ? {} : { name }), ...metadata },
  spec,
})
const bots = (name?: string) => pathTo('serviceprincipals', name)
const sendAs = (type: string, method: string, url: string, payload: string) =>
  app.inject({
    method: method as 'PUT',
    url,
    payload,
    headers: { authorization: 'Bearer admin@acme', 'content-type': type },
  })

describe('a parameter that means nothing', () => {
  it.each([
    ['GET', undefined],
    ['PUT', bot('put')],
    ['PATCH', { spec: {} }],
    ['DELETE', undefined],
  ])('is refused with %s, by the name that it came under', async (method, body) => {
    const answer = await send(method, `${bots('put')}?dryrun=All`, body)
    expect([answer.status, causesOf(answer)]).toEqual([400, ['dryrun field.unknown']])
  })
})

describe('PUT', () => {
  it('creates what is not there, and replaces what is', async () => {
    const created = await send('PUT', bots('put'), bot('put', { displayName: 'Put', roleIds: ['deployer'] }))
    expect(created).toMatchObject({ status: 201, body: { metadata: { resourceVersion: '1' } } })
    const replaced = await send('PUT', bots('put'), bot(undefined, { roleIds: ['viewer'] }, { labels: { a: 'b' } }))
    expect(replaced).toMatchObject({
      status: 200,
      body: { metadata: { name: 'put', resourceVersion: '2', labels: { a: 'b' } } },
    })
    expect(at(replaced, 'spec')).toEqual({ displayName: 'put', roleIds: ['viewer'] })
  })

  it('takes away what the document does not say, labels too', async () => {
    const document = bot('bare', { displayName: 'Bare', roleIds: ['deployer'], disabled: true }, { labels: { a: 'b' } })
    await send('PUT', bots('bare'), document)
    const bare = await send('PUT', bots('bare'), bot('bare'))
    expect(at(bare, 'spec')).toEqual({ displayName: 'bare', roleIds: [] })
    expect(at(bare, 'metadata', 'labels')).toBeUndefined()
  })

  it('is named by its path: another name or namespace in the document is refused', async () => {
    const answer = await send('PUT', bots('here'), bot('there', {}, { namespace: 'rival' }))
    expect(answer).toMatchObject({ status: 400, body: { reason: 'Invalid' } })
    expect(causesOf(answer)).toEqual(['metadata.name field.invalid', 'metadata.namespace field.invalid'])
  })

  it.each(['%00', 'Upper', '-', 'x'.repeat(64), '%ED%A0%80'])(
    'refuses the name %s, and finds none of it',
    async (name) => {
      const put = await send('PUT', bots(name), bot(undefined))
      expect(put.status).toBe(400)
      expect((await send('PATCH', bots(name), { spec: {} })).status).toBe(name === '%ED%A0%80' ? 400 : 404)
      expect((await send('DELETE', bots(name))).status).toBe(name === '%ED%A0%80' ? 400 : 404)
    },
  )

  it('takes YAML and gives YAML', async () => {
    const headers = {
      authorization: 'Bearer admin@acme',
      'content-type': 'application/yaml',
      accept: 'application/yaml',
    }
    const payload = 'apiVersion: entente.dev/v1\nkind: ServicePrincipal\nmetadata: {}\nspec:\n  displayName: Yaml\n'
    const answer = await app.inject({ method: 'PUT', url: bots('of-yaml'), headers, payload })
    expect([answer.status, answer.headers['content-type']]).toEqual([201, 'application/yaml'])
    expect(answer.text).toContain('displayName: Yaml\n')
  })
})

describe('a version', () => {
  it('that is not the stored one is a conflict, in PUT and in PATCH, and nothing is written', async () => {
    await send('POST', bots(), bot('versioned'))
    await send('PATCH', bots('versioned'), { spec: { displayName: 'Two' } })
    const stale = { resourceVersion: '1' }
    for (const answer of [
      await send('PUT', bots('versioned'), bot('versioned', { displayName: 'Three' }, stale)),
      await send('PATCH', bots('versioned'), { metadata: stale, spec: { displayName: 'Three' } }),
      await send('PUT', bots('versioned'), bot('versioned', {}, { resourceVersion: 'two' })),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { kind: 'Status', reason: 'Conflict', code: 409 } })
      expect(causesOf(answer)).toEqual(['- principal.changed'])
    }
    expect(await send('GET', bots('versioned'))).toMatchObject({ body: { spec: { displayName: 'Two' } } })
  })

  it('that is the stored one lets the first of two writers win', async () => {
    const read = await send('POST', bots(), bot('raced'))
    const document = (displayName: string) => ({ ...Object(read.body), spec: { displayName } })
    const answers = await Promise.all(['A', 'B', 'C'].map((name) => send('PUT', bots('raced'), document(name))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('of an object that is gone does not make it anew, nor change its namesake', async () => {
    const read = await send('POST', bots(), bot('gone'))
    await send('DELETE', bots('gone'))
    const anew = await send('PUT', bots('gone'), read.body)
    expect(anew).toMatchObject({ status: 409, body: { reason: 'Conflict' } })
    expect(causesOf(anew)).toEqual(['- request.object_gone'])
    await send('POST', bots(), bot('gone', { displayName: 'Namesake' }))
    for (const answer of [
      await send('PUT', bots('gone'), read.body),
      await send('PATCH', bots('gone'), { metadata: Object(at(read, 'metadata')), spec: {} }),
    ]) {
      expect(answer.status).toBe(409)
      expect(causesOf(answer)).toEqual(['- request.object_gone'])
    }
    expect(await send('GET', bots('gone'))).toMatchObject({ body: { spec: { displayName: 'Namesake' } } })
  })

  it('is ignored where a document is posted: what was read makes a copy', async () => {
    const read = await send('POST', bots(), bot('original', { displayName: 'O' }))
    const copy = { ...Object(read.body), metadata: { ...Object(at(read, 'metadata')), name: 'copy' } }
    const answer = await send('POST', bots(), copy)
    expect(answer).toMatchObject({ status: 201, body: { metadata: { name: 'copy', resourceVersion: '1' } } })
    expect(at(answer, 'metadata', 'uid')).not.toBe(at(read, 'metadata', 'uid'))
  })
})

describe('PATCH', () => {
  const patch = (payload: unknown, type = 'application/merge-patch+json') =>
    sendAs(type, 'PATCH', bots('patched'), JSON.stringify(payload))

  beforeAll(async () => {
    const document = bot('patched', { displayName: 'P', roleIds: ['a', 'b'] }, { labels: { a: '1', b: '2' } })
    expect((await send('POST', bots(), document)).status).toBe(201)
  })

  it.each<[string, unknown, object]>([
    [
      'replaces members and keeps the others',
      { spec: { displayName: 'Q' } },
      { spec: { displayName: 'Q', roleIds: ['a', 'b'] } },
    ],
    ['replaces lists as a whole', { spec: { roleIds: ['c'] } }, { spec: { displayName: 'Q', roleIds: ['c'] } }],
    ['takes away what is null', { spec: { displayName: null } }, { spec: { displayName: 'patched', roleIds: ['c'] } }],
    ['changes one label', { metadata: { labels: { a: null } } }, { metadata: { labels: { b: '2' } } }],
    ['does not look at the status', { status: { conditions: [] } }, { metadata: { labels: { b: '2' } } }],
  ])('%s', async (_what, body, expected) => {
    const answer = await patch(body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject(expected)
  })

  it('takes all labels away, and the whole spec', async () => {
    expect(at(await patch({ metadata: { labels: null } }), 'metadata', 'labels')).toBeUndefined()
    expect(at(await patch({ spec: null }), 'spec')).toEqual({ displayName: 'patched', roleIds: [] })
  })

  it('may be plain JSON or YAML; anything else is none of the media types', async () => {
    expect((await patch({ spec: { displayName: 'J' } }, 'application/json')).status).toBe(200)
    expect((await sendAs('application/yaml', 'PATCH', bots('patched'), 'spec: {displayName: Y}')).status).toBe(200)
    const answer = await patch([{ op: 'remove', path: '/spec' }], 'application/json-patch+json')
    expect(answer).toMatchObject({ status: 415, body: { kind: 'Status', reason: 'UnsupportedMediaType' } })
  })

  it.each([
    ['POST', bots()],
    ['PUT', bots('patched')],
    ['POST', '/apis/entente.dev/v1/apply'],
  ])('has a media type of its own that %s %s does not take', async (method, url) => {
    const payload = JSON.stringify(bot('patched', { displayName: 'R' }))
    const answer = await sendAs('Application/Merge-Patch+JSON; charset=utf-8', method, url, payload)
    expect(answer).toMatchObject({ status: 415, body: { kind: 'Status', reason: 'UnsupportedMediaType' } })
  })

  it('is refused with the fields that the whole document would have wrong', async () => {
    const body = { kind: 'Trust', metadata: { name: 'other' }, spec: { roleIds: ['UPPER'], displayName: 5, roles: [] } }
    expect(causesOf(await patch(body))).toEqual([
      'kind field.invalid',
      'spec.displayName field.type',
      'spec.roles field.unknown',
    ])
    expect(causesOf(await patch({ spec: { roleIds: ['UPPER'] } }))).toEqual(['spec.roleIds[0] role.invalid'])
    expect(causesOf(await patch({ metadata: { name: 'other' } }))).toEqual(['metadata.name field.invalid'])
  })

  it('is no list and no text, and not nested deeper than a document', async () => {
    for (const payload of ['[]', '"x"', '7', 'null', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`]) {
      const answer = await sendAs('application/merge-patch+json', 'PATCH', bots('patched'), payload)
      expect(answer, payload.slice(0, 20)).toMatchObject({ status: 400, body: { kind: 'Status' } })
    }
  })

  it('changes nothing, and makes no version, where it says what is there', async () => {
    const before = await send('GET', bots('patched'))
    expect((await patch({ spec: Object(at(before, 'spec')) })).body).toEqual(before.body)
  })
})

describe('DELETE', () => {
  it('answers a Status, and 404 the second time', async () => {
    await send('POST', bots(), bot('deleted'))
    const answer = await send('DELETE', bots('deleted'))
    expect(answer).toMatchObject({
      status: 200,
      body: { kind: 'Status', status: 'Success', details: { name: 'deleted', kind: 'serviceprincipals' } },
    })
    expect(await send('DELETE', bots('deleted'))).toMatchObject({ status: 404, body: { reason: 'NotFound' } })
  })
})

describe('a body of any kind', () => {
  it('nests no deeper than a document may, whatever the schema lets through', async () => {
    const claims = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`
    const payload = `{"apiVersion":"entente.dev/v1","kind":"Trust","metadata":{},"spec":{"examples":[{"claims":${claims}}]}}`
    const answer = await sendAs('application/json', 'POST', pathTo('trusts'), payload)
    expect(answer).toMatchObject({ status: 400, body: { message: 'The body is nested too deeply.' } })
  })
})

describe('an organization that is not one’s own', () => {
  it('is unknown, in reading and in writing; one’s own may be read', async () => {
    const document = { apiVersion: 'entente.dev/v1', kind: 'Organization', metadata: {}, spec: {} }
    const statuses = async (name: string, who: string) => {
      const url = `${ROOT}/organizations/${name}`
      const answers: Answer[] = []
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
        answers.push(await send(method, url, method === 'GET' ? undefined : document, who))
      return answers.map(({ status }) => status)
    }
    expect(await statuses('rival', 'admin@acme')).toEqual([404, 404, 404, 404])
    expect(await statuses('nobody', 'admin@acme')).toEqual([404, 404, 404, 404])
    expect(await statuses('acme', 'admin@acme')).toEqual([200, 403, 403, 403])
    expect((await send('POST', `${ROOT}/organizations`, { nonsense: true })).status).toBe(403)
  })
})

describe('a client secret', () => {
  const path = pathTo('workforceidentityproviders', 'secretive')
  const secret = 'correct horse battery staple'

  beforeAll(async () => {
    const spec = { oidc: { issuerUri: 'https://people.example', clientId: 'c' } }
    const document = {
      apiVersion: 'entente.dev/v1',
      kind: 'WorkforceIdentityProvider',
      metadata: { name: 'secretive' },
      spec,
    }
    const made = await send('POST', pathTo('workforceidentityproviders'), document)
    expect(made.status, made.text).toBe(201)
  })

  it('is stored and never shown; the condition says whether there is one', async () => {
    expect(conditionIn(await send('GET', path), 'SecretMissing')).toMatchObject({
      status: 'True',
      reason: 'PublicClient',
    })
    const put = await send('PUT', `${path}/secret`, { clientSecret: secret })
    expect([put.status, put.text]).toEqual([204, ''])
    const read = await send('GET', path)
    expect(conditionIn(read, 'SecretMissing')).toMatchObject({ status: 'False' })
    expect(conditionIn(read, 'Ready')).toMatchObject({ status: 'True' })
    for (const text of [read.text, (await send('GET', pathTo('workforceidentityproviders'))).text])
      expect(text).not.toContain(secret)
    expect(
      (await app.storage.auditRows.list('acme', { limit: 1 })).map((row) => JSON.stringify(row)).join(),
    ).not.toContain(secret)
  })

  it('survives a PUT of the document, and goes no other way than it went', async () => {
    const { body } = await send('GET', path)
    expect((await send('PUT', path, body)).status).toBe(200)
    expect(conditionIn(await send('GET', path), 'SecretMissing')).toMatchObject({ status: 'False' })
    app.offer('https://elsewhere.example')
    const moved = await send('PATCH', path, { spec: { oidc: { issuerUri: 'https://elsewhere.example' } } })
    expect(moved.status).toBe(400)
    expect(causesOf(moved)).toEqual(['spec.oidc.clientSecret secret.send_again'])
  })

  it('can be taken away, once and again', async () => {
    expect((await send('DELETE', `${path}/secret`)).status).toBe(204)
    expect((await send('DELETE', `${path}/secret`)).status).toBe(204)
    expect(conditionIn(await send('GET', path), 'SecretMissing')).toMatchObject({ status: 'True' })
    expect((await send('PATCH', path, { spec: { oidc: { issuerUri: 'https://elsewhere.example' } } })).status).toBe(200)
  })

  it.each<[string, object, string[]]>([
    ['nothing', {}, ['clientSecret field.missing']],
    ['a number', { clientSecret: 5 }, ['clientSecret field.type']],
    ['another field', { clientSecret: secret, client_secret: secret }, ['client_secret field.unknown']],
    ['an empty one', { clientSecret: '' }, ['clientSecret secret.invalid']],
    ['a mask', { clientSecret: '**********' }, ['clientSecret secret.invalid']],
  ])('is not %s', async (_what, body, causes) => {
    const answer = await send('PUT', `${path}/secret`, body)
    expect([answer.status, causesOf(answer)]).toEqual([400, causes])
    expect(answer.text).not.toContain(secret)
  })

  it('is an admin’s to write, and nobody’s to read', async () => {
    expect((await send('PUT', `${path}/secret`, { clientSecret: secret }, 'viewer@acme')).status).toBe(403)
    expect((await send('PUT', `${path}/secret`, { clientSecret: secret }, 'admin@rival')).status).toBe(404)
    expect((await send('GET', `${path}/secret`)).status).toBe(404)
    expect(
      (await send('PUT', `${pathTo('workforceidentityproviders', 'nobody')}/secret`, { clientSecret: secret })).status,
    ).toBe(404)
  })
})

describe('what others removed meanwhile', () => {
  it('is missing for a patch that began before', async () => {
    await send('POST', bots(), bot('fading'))
    await removeServicePrincipal(app.real, actorIn('acme'), 'fading')
    expect(await send('PATCH', bots('fading'), { spec: {} })).toMatchObject({
      status: 404,
      body: { reason: 'NotFound' },
    })
  })
})
