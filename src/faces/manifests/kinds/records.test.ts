/** Records of what happened, and keys: read-only, and looked for by what they have. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPerson } from '../../../registry/persons.ts'
import { createServicePrincipal } from '../../../registry/service-principals.ts'
import { actorIn, admin, principalDraft } from '../../../registry/testing/registry.ts'
import { at, causesOf, type ManifestsApp, openManifests, pathTo } from '../testing/app.ts'
import { stepUpTransactions } from '../testing/record-collections.ts'

let app: ManifestsApp
beforeAll(async () => {
  app = await openManifests()
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const read = (url: string, who = 'viewer@acme') => app.send('GET', url, undefined, who)
const items = (body: unknown): unknown[] => Object(body).items
const namesOf = (body: unknown): unknown[] => items(body).map((one) => Object(one).metadata.name)

describe('a record', () => {
  it.each(['decisions', 'auditrecords', 'signingkeys'])('of %s is written by nobody', async (plural) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const url of [pathTo(plural), pathTo(plural, 'x')]) {
        expect((await app.send(method, url, {}, 'operator')).status, `${method} ${url}`).toBe(404)
      }
    }
  })

  it('has no labels: a selector that wants one finds none, one that wants none finds all', async () => {
    await createServicePrincipal(app.real, actorIn('acme'), admin, principalDraft())
    for (const plural of ['auditrecords', 'signingkeys']) {
      const all = namesOf((await read(pathTo(plural))).body)
      expect(all.length).toBeGreaterThan(0)
      expect(namesOf((await read(`${pathTo(plural)}?labelSelector=!team`)).body)).toEqual(all)
      expect(namesOf((await read(`${pathTo(plural)}?labelSelector=team`)).body)).toEqual([])
      expect((await read(`${pathTo(plural)}?labelSelector=in%20(a)`)).status).toBe(400)
    }
  })
})

describe('an audit record', () => {
  it('says who did what to what, and never a secret', async () => {
    const principal = await createServicePrincipal(
      app.real,
      actorIn('acme'),
      admin,
      principalDraft({ id: 'audited', roleIds: [] }),
    )
    const [newest] = items((await read(`${pathTo('auditrecords')}?limit=1`)).body)
    expect(newest).toMatchObject({
      kind: 'AuditRecord',
      metadata: { namespace: 'acme', resourceVersion: '1' },
      spec: {
        action: 'principal.create',
        subject: 'operator-token',
        target: { kind: 'principal', id: 'audited', uid: principal.uid },
        after: { id: 'audited', enabled: true },
        chain: { sequence: expect.any(Number), hash: expect.any(String) },
      },
    })
    const name = Object(newest).metadata.name
    expect((await read(pathTo('auditrecords', name))).body).toEqual(newest)
    expect((await read(pathTo('auditrecords', name), 'viewer@rival')).status).toBe(404)
  })
})

describe('a signing key', () => {
  it('is shown by its public half, in every organisation', async () => {
    const key = await read(pathTo('signingkeys', 'key-1'))
    expect(key).toMatchObject({
      status: 200,
      body: { kind: 'SigningKey', spec: { algorithm: 'ES256', publicJwk: { kty: 'EC' } }, status: { state: 'active' } },
    })
    expect(namesOf((await read(pathTo('signingkeys'))).body)).toEqual(['key-1'])
    expect((await read(pathTo('signingkeys', 'key-2'))).status).toBe(404)
    expect((await read(pathTo('signingkeys'), 'viewer@rival')).status).toBe(404)
  })
})

describe('a step-up transaction', () => {
  it('is shown with its provider, its state and its end, and found by them', async () => {
    const names = await stepUpTransactions.prepare(app, 'acme')
    const pending = await stepUpTransactions.make(app, 'acme', names, 0)
    const uid = app.registry.newUid()
    const at2 = new Date('2026-02-01T00:00:00Z')
    await app.registry.write((tx) =>
      tx.stepUpTransactions.insert({
        uid,
        organisation: 'acme',
        provider: names.provider ?? '',
        person: 'ann',
        target: { kind: 'task', taskId: 't-1', policyStepId: 'p-1' },
        reason: 'pay the invoice',
        level: null,
        maxAgeSeconds: 60,
        returnTo: '/done',
        browserHash: 'canary-hash',
        state: 'verified',
        errorMessage: null,
        claims: { acr: 'phr' },
        expiresAt: at2,
        version: 2,
        createdAt: at2,
        updatedAt: at2,
      }),
    )
    const answer = await read(pathTo('stepuptransactions', uid))
    expect(answer.body).toEqual({
      apiVersion: 'entente.dev/v1',
      kind: 'StepUpTransaction',
      metadata: {
        name: uid,
        namespace: 'acme',
        uid,
        resourceVersion: '2',
        creationTimestamp: '2026-02-01T00:00:00.000Z',
      },
      spec: {
        provider: 'proving',
        person: 'ann',
        reason: 'pay the invoice',
        maxAgeSeconds: 60,
        returnTo: '/done',
        taskId: 't-1',
        policyStepId: 'p-1',
      },
      status: { state: 'verified', person: 'ann', expiresAt: '2026-02-01T00:00:00.000Z', claims: { acr: 'phr' } },
    })
    const found = async (query: string) => namesOf((await read(`${pathTo('stepuptransactions')}?${query}`)).body)
    expect(await found('')).toEqual([pending, uid])
    expect(await found('state=pending')).toEqual([pending])
    expect(await found('person=ann&provider=proving')).toEqual([uid])
    expect(await found('provider=nobody')).toEqual([])
    expect(await found('person=%00')).toEqual([])
    const refused = await read(`${pathTo('stepuptransactions')}?state=done`)
    expect([refused.status, causesOf(refused)]).toEqual([400, ['state field.invalid']])
  })
})

describe('a step-up transaction that is asked for', () => {
  const document = (spec: object) => ({
    apiVersion: 'entente.dev/v1',
    kind: 'StepUpTransaction',
    metadata: { namespace: 'default' },
    spec,
  })
  const url = '/apis/entente.dev/v1/namespaces/default/stepuptransactions'
  const post = (spec: object, who = 'admin') => app.send('POST', url, document(spec), who)

  it('answers where its person begins, by name or by uid, and is changed by nobody', async () => {
    await stepUpTransactions.prepare(app, 'default')
    const ada = await createPerson(app.real, actorIn('default'), admin, { id: 'ada' })
    for (const person of ['ada', ada.uid]) {
      const answer = await post({ person, reason: 'pay', provider: 'proving', taskId: 't', policyStepId: 's' })
      expect(answer.status, answer.text).toBe(201)
      const name = String(at(answer, 'metadata', 'name'))
      expect(at(answer, 'spec')).toEqual({
        provider: 'proving',
        person: 'ada',
        reason: 'pay',
        taskId: 't',
        policyStepId: 's',
      })
      expect(at(answer, 'status')).toMatchObject({
        state: 'pending',
        person: ada.uid,
        redirectUrl: `https://entente.example/step-up/${name}`,
      })
      expect(namesOf((await read(`${url}?person=${person}`, 'viewer')).body)).toContain(name)
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        expect((await app.send(method, `${url}/${name}`, {}, 'operator')).status).toBe(404)
      }
    }
    const refused = await post({ reason: '', level: 'gold', returnTo: '//evil.example', maxAgeSeconds: -1 })
    expect([refused.status, causesOf(refused).sort()]).toEqual([
      400,
      [
        'spec.level step_up.level_invalid',
        'spec.maxAgeSeconds step_up.age_invalid',
        'spec.person field.required',
        'spec.reason field.required',
        'spec.returnTo step_up.return_to_invalid',
      ],
    ])
    expect((await post({ person: 'ada', reason: 'x', provider: 'proving' }, 'viewer')).status).toBe(403)
    expect((await post({ person: 'ada', reason: 'x', provider: 'proving', colour: 'red' })).status).toBe(400)
  })
})

describe('a long list with a selector that few records fit', () => {
  it('is read in pages that may be short, and whole in the end', async () => {
    for (let n = 0; n < 30; n++) {
      const labels = n % 10 === 0 ? { team: 'rare' } : {}
      await createServicePrincipal(app.real, actorIn('rival'), admin, principalDraft({ id: `many-${n}`, labels }))
    }
    const url = '/apis/entente.dev/v1/namespaces/rival/serviceprincipals?labelSelector=team%3Drare&limit=2'
    const first = await read(url, 'viewer@rival')
    expect(namesOf(first.body)).toEqual(['many-0', 'many-10'])
    const second = await read(`${url}&continue=${at(first, 'metadata', 'continue')}`, 'viewer@rival')
    expect(namesOf(second.body)).toEqual(['many-20'])
    expect(at(second, 'metadata')).toEqual({})
  })
})
