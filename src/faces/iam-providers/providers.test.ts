import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { iamProviders } from './index.ts'
import { codes, fields, make, makeWithSecret, PROVIDERS, stored, WELL_KNOWN } from './testing/requests.ts'

let app: TestApp
const send = (method: string, url: string, body?: unknown, who?: string | null) => app.send(method, url, body, who)

beforeAll(async () => {
  app = await openTestApp([iamProviders])
})
afterAll(async () => {
  expect(app.internal).toEqual([])
  await app.close()
})

/** Domains as another face would have left them. */
async function leaveDomains(organisation: string, id: string, domains: string[], routingDomains: string[]) {
  const provider = await stored(app, id, organisation)
  await app.registry.write((tx) =>
    tx.providers.update({ ...provider, domains, routingDomains, version: provider.version + 1 }),
  )
}

describe('PATCH', () => {
  const patch = (id: string, body: object, who?: string) => send('PATCH', `${PROVIDERS}/${id}`, body, who)

  it('takes back what was read, ignoring what is read-only', async () => {
    const id = await make(app, {}, 'operator')
    const read = Object((await send('GET', `${PROVIDERS}/${id}`)).body)
    const version = (await stored(app, id)).version
    const reformatted = { createdAt: read.createdAt.replace('Z', '+00:00') }
    expect((await patch(id, { ...read, ...reformatted })).body).toEqual(read)
    expect((await stored(app, id)).version).toBe(version)
    expect((await patch(id, { ...read, displayName: 'Renamed' })).body).toMatchObject({ displayName: 'Renamed' })
  })

  it.each([
    { id: 'other' },
    { uid: '3c90c3cc-0d44-4b50-8888-8dd25736052a' },
    { selfLink: '/elsewhere' },
    { createdAt: '2023-11-07T05:31:56Z' },
    { updatedAt: 'never' },
  ])('refuses to change %j', async (body) => {
    const answer = await patch(await make(app, {}, 'operator'), { displayName: 'x', ...body })
    expect(answer.status).toBe(400)
    expect([fields(answer), codes(answer)]).toEqual([Object.keys(body), ['field.read_only']])
  })

  it.each<[object, string]>([
    [{ issuer: 'https://x.example' }, 'issuer'],
    [{ oidcConfig: { scopes: 'openid' } }, 'oidcConfig.scopes'],
    [{ tenantDomain: 'no domain' }, 'tenantDomain'],
    [{ tenantDomain: '' }, 'tenantDomain'],
    [{ enabled: null }, 'enabled'],
    [{ displayName: ' ' }, 'displayName'],
    [
      { oidcConfig: { discoveryUrl: 'http://plain.example/.well-known/openid-configuration' } },
      'oidcConfig.discoveryUrl',
    ],
  ])('refuses %j, naming the field', async (body, field) => {
    const answer = await patch(await make(app, {}, 'operator'), body)
    expect(answer.status, answer.text).toBe(400)
    expect(fields(answer)).toContain(field)
  })

  it('replaces the first domain only', async () => {
    const id = await make(app)
    await leaveDomains('acme', id, ['a.example', 'b.example', 'c.example'], ['a.example', 'b.example'])
    expect((await patch(id, { tenantDomain: 'New.Example' }, 'admin@acme')).body).toMatchObject({
      tenantDomain: 'new.example',
    })
    expect(await stored(app, id, 'acme')).toMatchObject({
      domains: ['new.example', 'b.example', 'c.example'],
      routingDomains: ['b.example'],
    })
  })

  it('vouches for the domain that an operator names, and for no other', async () => {
    const id = await make(app, {}, 'operator')
    await leaveDomains('default', id, ['a.example', 'pending.example', 'proved.example'], ['proved.example'])
    const answer = await patch(id, { tenantDomain: 'new.example', displayName: 'With a domain' })
    expect(answer.body, answer.text).toMatchObject({ tenantDomain: 'new.example', displayName: 'With a domain' })
    const provider = await stored(app, id)
    expect([...provider.domains].sort()).toEqual(['new.example', 'pending.example', 'proved.example'])
    expect(provider.domains[0]).toBe('new.example')
    expect([...provider.routingDomains].sort()).toEqual(['new.example', 'proved.example'])
  })

  it('vouches for a domain that waits for its proof when an operator names it again', async () => {
    const id = await make(app, { tenantDomain: 'waiting.example' })
    const answer = await send('PATCH', `${PROVIDERS}/${id}?orgId=acme`, { tenantDomain: 'waiting.example' })
    expect(answer.status, answer.text).toBe(200)
    expect(await stored(app, id, 'acme')).toMatchObject({ routingDomains: ['waiting.example'] })
  })

  it('loses no domain to another change at the same time', async () => {
    const id = await make(app, {}, 'operator')
    await leaveDomains(
      'default',
      id,
      ['a.example', 'pending.example', 'proved.example'],
      ['a.example', 'proved.example'],
    )
    const bodies = [
      { tenantDomain: 'one.example' },
      { tenantDomain: 'two.example' },
      { displayName: 'x' },
      { enabled: false },
    ]
    const answers = await Promise.all(bodies.map((body) => patch(id, body)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const provider = await stored(app, id)
    expect(provider).toMatchObject({ displayName: 'x', enabled: false })
    expect(provider.domains).toEqual(expect.arrayContaining(['pending.example', 'proved.example']))
    expect(provider.domains).toHaveLength(3)
    expect(provider.routingDomains).not.toContain('pending.example')
  })

  it('takes the issuer along with the discovery URL, and merges the rest', async () => {
    const id = await make(app, {}, 'operator')
    const discoveryUrl = `https://moved.example.com${WELL_KNOWN}`
    const answer = await patch(id, { oidcConfig: { discoveryUrl } })
    expect(answer.body, answer.text).toMatchObject({ oidcConfig: { discoveryUrl, clientId: 'c' } })
    expect(await stored(app, id)).toMatchObject({ issuer: 'https://moved.example.com' })
    expect((await patch(id, { oidcConfig: { clientId: 'd' } })).body).toMatchObject({
      oidcConfig: { discoveryUrl, clientId: 'd' },
    })
  })

  it('keeps the secret, replaces it or removes it, and sends it nowhere else', async () => {
    const id = await makeWithSecret(app)
    const sealed = async () => (await stored(app, id)).secrets.clientSecret
    const first = await sealed()
    for (const oidcConfig of [{}, { clientId: 'd' }, { clientSecret: '**********' }]) {
      expect((await patch(id, { oidcConfig })).status).toBe(200)
      expect(await sealed()).toBe(first)
    }
    const discoveryUrl = `https://thief.example.com${WELL_KNOWN}`
    for (const clientSecret of [undefined, '**********']) {
      const moved = await patch(id, { oidcConfig: { discoveryUrl, clientSecret } })
      expect([moved.status, fields(moved), codes(moved)]).toEqual([
        400,
        ['oidcConfig.clientSecret'],
        ['secret.send_again'],
      ])
    }
    expect((await patch(id, { oidcConfig: { clientSecret: 'another one' } })).status).toBe(200)
    expect(await sealed()).not.toBe(first)
    expect((await patch(id, { oidcConfig: { clientSecret: '' } })).status).toBe(400)
    expect((await patch(id, { oidcConfig: { clientSecret: null } })).status).toBe(200)
    expect(await sealed()).toBeUndefined()
  })
})

describe('a test sign-in', () => {
  it('begins at an address of its own, in the organisation that an operator names, also while the provider is off', async () => {
    const id = await make(app, { enabled: false })
    const begun = await send('POST', `${PROVIDERS}/${id}/test?orgId=acme`)
    const redirectUrl = `https://entente.example/sign-in/test/ticket-of-acme-${id}`
    expect([begun.status, begun.body], begun.text).toEqual([200, { redirectUrl }])
    const named = await send('POST', `${PROVIDERS}/${id}/test`, {}, 'admin@acme')
    expect(named.body).toEqual({ redirectUrl })
    expect((await send('POST', `${PROVIDERS}/${id}/test`, undefined, 'viewer@acme')).status).toBe(403)
    expect(codes(await send('POST', `${PROVIDERS}/${id}/test`))).toEqual(['provider.unknown'])
  })
})
