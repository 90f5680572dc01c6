import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../http/caller.ts'
import { updateOrganisation } from '../registry/organisations.ts'
import { createProvider } from '../registry/providers.ts'
import { actorIn, providerDraft } from '../registry/testing/registry.ts'
import { faces } from './index.ts'
import { openTestApp, type TestApp } from './testing/app.ts'

let app: TestApp
let proof: Caller['proof'] | null = null

beforeAll(async () => {
  app = await openTestApp(faces, async (deps) => ({
    ...deps,
    callers: async (request) => {
      const caller = await deps.callers(request)
      return proof === null || proof === undefined ? caller : { ...caller, proof }
    },
  }))
  const people = { issuer: 'https://okta.example', known: null, settings: { oidc: { clientId: 'c', oauth2: {} } } }
  const workforce = { ...people, use: 'workforce' as const, settings: { oidc: { clientId: 'c' } } }
  for (const id of ['one', 'two', 'three']) await make({ ...workforce, id, issuer: `https://${id}.example` })
  for (const id of ['four', 'five']) await make({ ...people, use: 'step-up', id, displayName: id })
  for (const id of ['six', 'seven']) await make({ id, known: 'CUSTOM', issuer: `https://${id}.example` })
  await updateOrganisation(app.registry, actorIn('acme'), 'acme', { settings: { stepUpFor: ['provider.delete'] } })
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

const make = (draft: Parameters<typeof providerDraft>[0]) =>
  createProvider(app.registry, actorIn('acme'), providerDraft(draft))

const SPACE = '/apis/entente.dev/v1/namespaces/acme'
const PATHS = [
  '/v1/regions/global/iam/providers/one',
  '/api/identity-providers/two',
  `${SPACE}/workforceidentityproviders/three`,
  '/api/v1/step-up/providers/four',
  `${SPACE}/stepupproviders/five`,
  '/api/v1/workload_federation/providers/six',
  `${SPACE}/workloadproviders/seven`,
]
const now = () => new Date()
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

describe('a provider of an organisation that wants a proof before one is deleted', () => {
  it.each(PATHS)('at %s is deleted by a person who gave one just now, and by no other', async (path) => {
    for (const weak of [
      { acr: 'urn:entente:acr:1fa', authTime: now() },
      { acr: null, authTime: now() },
      { acr: 'gold', authTime: now() },
      { acr: 'phr', authTime: minutesAgo(6) },
      { acr: 'phr', authTime: null },
    ]) {
      proof = weak
      const refused = await app.send('DELETE', path, undefined, 'admin@acme')
      expect(refused.status, refused.text).toBe(401)
      expect(refused.headers['www-authenticate']).toMatch(
        /^Bearer error="insufficient_user_authentication",.* acr_values="urn:entente:acr:2fa", max_age="300"$/,
      )
    }
    expect((await app.send('GET', path, undefined, 'admin@acme')).status).toBe(200)
    proof = { acr: 'phr', authTime: minutesAgo(4) }
    expect((await app.send('DELETE', path, undefined, 'admin@acme')).status).toBeLessThan(300)
  })

  it('is deleted by a machine, and one of another organisation by anybody who may', async () => {
    proof = null
    await make({ id: 'eight', known: 'CUSTOM', issuer: 'https://eight.example' })
    expect((await app.send('DELETE', `${SPACE}/workloadproviders/eight`, undefined, 'admin@acme')).status).toBe(200)
    proof = { acr: null, authTime: null }
    await createProvider(
      app.registry,
      actorIn('rival'),
      providerDraft({ id: 'nine', known: 'CUSTOM', issuer: 'https://nine.example' }),
    )
    const path = '/apis/entente.dev/v1/namespaces/rival/workloadproviders/nine'
    expect((await app.send('DELETE', path, undefined, 'admin@rival')).status).toBe(200)
  })
})

describe('the policy itself', () => {
  const path = '/apis/entente.dev/v1/organizations/acme'
  const strong = { acr: 'phr', authTime: minutesAgo(1) }
  const patch = async (spec: object, who: Caller['proof'] | null) => {
    proof = who
    return (await app.send('PATCH', path, { spec })).status
  }

  it('is made weaker by somebody who gives the proof that it asks for, and by no other person', async () => {
    const levels = [{ level: 'phr', provider: 'four', values: ['phr'] }]
    const weak = { acr: 'urn:entente:acr:1fa', authTime: now() }
    expect(await patch({ levels, stepUpFor: ['provider.delete'] }, null)).toBe(200)
    for (const spec of [
      { stepUpFor: [] },
      { stepUpFor: null },
      { levels: null },
      { stepUpFor: ['signing_key.rotate'] },
    ]) {
      expect(await patch(spec, weak)).toBe(401)
    }
    expect(await patch({ description: 'd', stepUpFor: ['provider.delete', 'signing_key.rotate'] }, weak)).toBe(200)
    const refused = await app.send('POST', '/apis/entente.dev/v1/apply', {
      apiVersion: 'entente.dev/v1',
      kind: 'Organization',
      metadata: { name: 'acme' },
      spec: {},
    })
    expect([refused.status, refused.text.includes('caller.level_unmet')]).toEqual([expect.any(Number), true])
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(await patch({ stepUpFor: ['provider.delete'] }, strong)).toBe(200)
    expect(await patch({ levels: null, stepUpFor: null }, null)).toBe(200)
  })
})

describe('a policy with a word that nothing asks for', () => {
  it('is kept, and says so', async () => {
    const path = '/apis/entente.dev/v1/organizations/acme'
    proof = null
    const conditions = async (stepUpFor: string[]) =>
      Object(Object((await app.send('PATCH', path, { spec: { stepUpFor } })).body).status).conditions
    expect(await conditions(['provider.deleted'])).toMatchObject([
      { type: 'StepUpForUnknown', status: 'True', message: expect.stringContaining('provider.deleted') },
    ])
    expect(await conditions(['provider.delete'])).toBeUndefined()
  })
})

describe('a signing key, where a proof is wanted before one is rotated', () => {
  it('is rotated by an operator who gave one just now, and by no other', async () => {
    const path = '/apis/entente.dev/v1/namespaces/default/signingkeys/key-1/rotate'
    const settings = { stepUpFor: ['signing_key.rotate'] }
    await updateOrganisation(app.registry, actorIn('default'), 'default', { settings })
    proof = { acr: 'urn:entente:acr:1fa', authTime: now() }
    const refused = await app.send('POST', path)
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('insufficient_user_authentication'),
    ])
    proof = { acr: 'urn:entente:acr:2fa', authTime: now() }
    expect(await app.send('POST', path)).toMatchObject({ status: 200, body: { kind: 'SigningKey' } })
    expect((await app.send('POST', path.replace('key-1', 'key-2'))).status).toBe(404)
    expect((await app.send('POST', path.replace('default', 'acme'), undefined, 'admin@acme')).status).toBe(403)
    const rows = await app.send('GET', '/apis/entente.dev/v1/namespaces/default/auditrecords')
    expect(rows.text).toContain('signing_key.update')
  })
})
