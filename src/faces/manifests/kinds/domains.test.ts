import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { manifests } from '../index.ts'
import { member, text } from '../testing/members.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp([manifests])
})
afterAll(() => app.close())

const PATH = '/apis/entente.dev/v1/namespaces/acme/domains'
const document = (spec: object) => ({ apiVersion: 'entente.dev/v1', kind: 'Domain', metadata: { name: 'acme' }, spec })

it('a domain is proved by its TXT record, and not by another', async () => {
  const made = await app.send('POST', PATH, document({ domain: 'Acme.Example' }), 'admin@acme')
  expect(made.status, made.text).toBe(201)
  expect(made.body).toMatchObject({ spec: { domain: 'acme.example' }, status: { verified: false } })
  const challenge = text(made.body, 'status', 'challenge')
  app.dns.set('_entente.acme.example', ['v=spf1 -all', `${challenge}x`])
  expect((await app.send('POST', `${PATH}/acme/verify`, undefined, 'admin@acme')).body).toMatchObject({
    status: { verified: false },
  })
  app.dns.set('_entente.acme.example', [challenge])
  const verified = await app.send('POST', `${PATH}/acme/verify`, undefined, 'admin@acme')
  expect(verified.status).toBe(200)
  expect(member(verified.body, 'status', 'verified')).toBe(true)
})

it('only an admin asks for a proof, and only an operator vouches', async () => {
  expect((await app.send('POST', `${PATH}/acme/verify`, undefined, 'viewer@acme')).status).toBe(403)
  expect((await app.send('POST', `${PATH}/acme/verify`, undefined, 'admin@rival')).status).toBe(404)
  const vouched = { ...document({ domain: 'b.example', vouched: true }), metadata: { name: 'b' } }
  expect((await app.send('POST', PATH, vouched, 'admin@acme')).status).toBe(403)
  expect((await app.send('POST', PATH, vouched, 'operator')).status).toBe(201)
})
