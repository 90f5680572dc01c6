import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../registry/person.ts'
import { createPerson } from '../../registry/persons.ts'
import { createProvider } from '../../registry/providers.ts'
import { actorIn, admin, providerDraft } from '../../registry/testing/registry.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { manifests } from './index.ts'

const IN = '/apis/entente.dev/v1/namespaces'
const HOUR_MS = 3_600_000

let app: TestApp
let ada: Person
let bob: Person

beforeAll(async () => {
  app = await openTestApp([manifests])
  const draft = { id: 'okta', use: 'workforce' as const, known: null, issuer: 'https://okta.example' }
  const settings = { oidc: { clientId: 'c' } }
  await createProvider(app.registry, actorIn('acme'), providerDraft({ ...draft, settings }))
  ada = await createPerson(app.registry, actorIn('acme'), admin, { id: 'ada' })
  bob = await createPerson(app.registry, actorIn('acme'), admin, { id: 'bob' })
})
afterAll(() => app.close())

async function begin(person: Person): Promise<string> {
  const provider = await app.storage.providers.get('acme', 'okta')
  const uid = app.registry.newUid()
  const at = new Date()
  await app.storage.sessions.insert({
    uid,
    opSession: null,
    organisation: 'acme',
    person: person.uid,
    provider: provider?.uid ?? '',
    upstreamSession: 'sid-of-upstream',
    upstreamSubject: 'u-1',
    sealedLogout: 'sealed-id-token',
    acr: 'phr',
    amr: ['hwk'],
    authTime: at,
    claims: { groups: ['secret-group'] },
    lastSeenAt: at,
    createdAt: at,
    expiresAt: new Date(at.getTime() + HOUR_MS),
    endsAt: new Date(at.getTime() + 2 * HOUR_MS),
  })
  return uid
}

const send = (method: string, path: string, who = 'admin@acme') =>
  app.send(method, `${IN}/acme/persons/${path}`, undefined, who)

describe('sessions of a person', () => {
  it('are shown, youngest first, without what they could be taken over or left upstream by', async () => {
    const [first, second] = [await begin(ada), await begin(ada)]
    await begin(bob)
    const { status, body, text } = await send('GET', 'ada/sessions', 'viewer@acme')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      kind: 'PersonSessionList',
      items: [
        {
          kind: 'PersonSession',
          metadata: { name: second, namespace: 'acme', uid: second },
          spec: { person: 'ada', provider: 'okta' },
          status: { acr: 'phr', amr: ['hwk'] },
        },
        { metadata: { name: first } },
      ],
    })
    expect(text).not.toMatch(/sealed|secret|upstream|u-1/)
    expect((await send('GET', `ada/sessions/${first}`)).body).toMatchObject({ metadata: { uid: first } })
  })

  it('are ended one by one, and all at once', async () => {
    const [one] = [await begin(ada), await begin(ada)]
    expect((await send('DELETE', `ada/sessions/${one}`)).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: one, kind: 'sessions' },
    })
    expect((await send('DELETE', `ada/sessions/${one}`)).status).toBe(404)
    expect((await send('DELETE', 'ada/sessions')).status).toBe(200)
    expect((await send('GET', 'ada/sessions')).body).toMatchObject({ items: [] })
    // Nobody is signed out twice: it is so already.
    expect((await send('DELETE', 'ada/sessions')).status).toBe(200)
  })

  it('are the person’s own: under another name there is no such session', async () => {
    const uid = await begin(bob)
    for (const method of ['GET', 'DELETE']) {
      const { status, body } = await send(method, `ada/sessions/${uid}`)
      expect(status).toBe(404)
      expect(body).toMatchObject({ reason: 'NotFound', details: { causes: [{ reason: 'session.unknown' }] } })
    }
    expect((await send('GET', `bob/sessions/${uid}`)).status).toBe(200)
  })

  it.each([
    ['DELETE', 'ada/sessions', 'viewer@acme', 403],
    ['DELETE', 'ada/sessions/x', 'viewer@acme', 403],
    ['GET', 'ada/sessions', 'admin@rival', 404],
    ['DELETE', 'ada/sessions', 'admin@rival', 404],
    ['GET', 'nobody/sessions', 'admin@acme', 404],
    ['GET', 'ada/sessions/none', 'admin@acme', 404],
    ['GET', 'ada/sessions?limit=1', 'admin@acme', 400],
    ['POST', 'ada/sessions', 'admin@acme', 404],
  ])('%s %s by %s is answered %i', async (method, path, who, status) => {
    expect((await send(method, path, who)).status).toBe(status)
  })
})
