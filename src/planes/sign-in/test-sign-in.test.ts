import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Decision } from '../../decisions/decision.ts'
import type { ProviderChange } from '../../registry/drafts.ts'
import { updatePerson } from '../../registry/persons.ts'
import { updateProvider } from '../../registry/providers.ts'
import { actorIn, operator } from '../../registry/testing/registry.ts'
import { openBrowser, type Page } from '../openid-provider/testing/browser.ts'
import { ADA, openWayIn } from './testing/way-in.ts'

const { house, upstream, testUrl } = await openWayIn()
const acme = actorIn('acme')
const change = (to: ProviderChange) => updateProvider(house.registry, acme, operator, 'workforce', 'okta', to)
const USUAL: ProviderChange = {
  enabled: true,
  expiresAt: null,
  condition: null,
  attributeMapping: {},
  domains: [],
  firstLogin: null,
  mappers: [],
}

beforeEach(async () => {
  upstream.says = ADA
  upstream.asked = []
  await change(USUAL)
})
afterAll(() => house.close())

/** From the address that a face gave to the page at the end. */
async function test(code = 'good', browser = openBrowser(house.url)): Promise<Page> {
  const sent = await browser.go(await testUrl('okta'))
  expect(sent.url, sent.text).toMatch(/^https:\/\/okta\.example\/authorize/)
  const { redirect_uri, state } = Object.fromEntries(new URL(sent.url).searchParams)
  return await browser.go(`${redirect_uri}?state=${state}&code=${code}`)
}

async function latest(): Promise<Decision> {
  const [row] = await house.storage.decisions.list('acme', { limit: 1 })
  if (row === undefined) throw new Error('nothing was recorded')
  return row.decision
}

const outcomes = ({ rungs }: Decision) => Object.fromEntries(rungs.map(({ name, outcome }) => [name, outcome]))

describe('a test sign-in', () => {
  it('shows everything on the page and in a decision of plane test', async () => {
    await change({ condition: '"staff" in assertion.groups && google.subject == "u-1"' })
    const page = await test()
    const decision = await latest()
    expect(page.status).toBe(200)
    expect(page.headers.get('entente-decision')).toBe(decision.id)
    expect(decision).toMatchObject({ plane: 'test', outcome: 'granted', provider: 'okta' })
    expect(outcomes(decision)).toEqual({
      login: 'passed',
      provider: 'passed',
      answer: 'passed',
      mapping: 'passed',
      condition: 'passed',
      domain: 'skipped',
      person: 'passed',
    })
    expect(decision.tested).toMatchObject({
      claims: ADA.claims,
      mapped: { 'google.subject': 'u-1' },
      person: { how: 'known', id: 'ada', uid: house.ada.uid, groups: ['/staff'] },
    })
    expect(decision.conditionParts?.map(({ value }) => value)).toEqual(['true', 'true'])
    for (const text of ['Ada', 'u-1', 'staff', decision.id]) expect(page.text).toContain(text)
    expect(house.errors).toEqual([])
  })

  it('speaks German to who prefers it', async () => {
    const browser = openBrowser(house.url, { 'accept-language': 'de' })
    expect((await test('good', browser)).text).toContain('Testanmeldung')
  })

  it.each<[string, ProviderChange]>([
    ['disabled', { enabled: false }],
    ['expired', { expiresAt: new Date('2020-01-01T00:00:00Z') }],
  ])('is there while the provider is %s, which it says and does not hold against anybody', async (word, off) => {
    await change(off)
    const page = await test()
    const decision = await latest()
    expect(decision).toMatchObject({ plane: 'test', outcome: 'granted' })
    expect(decision.rungs).toContainEqual({
      name: 'provider',
      outcome: 'skipped',
      actual: expect.stringContaining(word),
    })
    expect(page.text).toContain('switched off')
  })

  it('climbs on where a rung failed', async () => {
    await change({ condition: '"admins" in assertion.groups', domains: ['other.example'], vouched: true })
    const page = await test()
    const decision = await latest()
    expect(decision).toMatchObject({ outcome: 'refused', code: 'condition.false' })
    expect(outcomes(decision)).toMatchObject({ condition: 'failed', domain: 'failed', person: 'passed' })
    expect(decision.conditionParts).toMatchObject([{ value: 'false', differs: true }])
    expect(page.status).toBe(200)
    expect(page.text).toContain('condition.false')
  })

  it('shows claims also where the mapping has no answer, and that nobody can be found by it', async () => {
    await change({ attributeMapping: { 'google.subject': 'assertion.missing' } })
    await test()
    const decision = await latest()
    expect(decision).toMatchObject({ outcome: 'refused', code: 'mapping.error' })
    expect(decision.tested).toMatchObject({ claims: ADA.claims, mapped: null, person: null })
    expect(outcomes(decision)).toMatchObject({ mapping: 'failed', person: 'skipped' })
  })

  it('says why the provider refused, when there are no claims', async () => {
    const page = await test('bad')
    const decision = await latest()
    expect(decision).toMatchObject({ outcome: 'refused', code: 'upstream.access_denied', tested: { claims: null } })
    expect(outcomes(decision)).toMatchObject({ answer: 'failed', mapping: 'skipped', person: 'skipped' })
    expect(page.text).toContain('upstream.access_denied')
  })

  it.each<[string, Partial<typeof ADA>, ProviderChange, object]>([
    [
      'make',
      { subject: 'new', claims: { sub: 'new', name: 'New' } },
      {},
      { how: 'created', id: null, displayName: 'New' },
    ],
    [
      'link',
      { subject: 'again', claims: { sub: 'again' } },
      { firstLogin: 'link_verified_email', domains: ['acme.example'], vouched: true },
      { how: 'linked', id: 'ada' },
    ],
  ])('tells whom it would %s, and does not', async (_verb, says, to, person) => {
    await change(to)
    upstream.says = { ...ADA, ...says }
    const before = await house.storage.persons.list('acme', { limit: 100 })
    await test()
    expect((await latest()).tested?.person).toMatchObject(person)
    expect(await house.storage.persons.list('acme', { limit: 100 })).toEqual(before)
  })

  it('tells what mappers would give and take away, and does neither', async () => {
    const mapper = (name: string, value: string) => ({
      id: name,
      name,
      type: 'oidc-advanced-group-idp-mapper',
      syncMode: 'FORCE',
      config: { group: `/${name}`, claims: JSON.stringify([{ key: 'groups', value }]) },
    })
    await change({ mappers: [mapper('team', 'staff'), mapper('staff', 'nobody')] })
    const page = await test()
    const { tested } = await latest()
    expect(tested?.mappers.map(({ name, did }) => `${name} ${did}`)).toEqual(['team granted', 'staff removed'])
    expect(tested?.person?.groups).toEqual(['/team'])
    expect(page.text).toContain('oidc-advanced-group-idp-mapper')
    expect((await house.storage.persons.getByUid(house.ada.uid))?.groups).toEqual(['/staff'])
  })

  it('refuses whom a sign-in would refuse', async () => {
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: false })
    await test()
    expect(await latest()).toMatchObject({ code: 'person.disabled', tested: { person: null } })
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: true })
    await change({ firstLogin: 'refuse' })
    upstream.says = { ...ADA, subject: 'stranger' }
    await test()
    expect(await latest()).toMatchObject({ code: 'person.unknown' })
  })

  it('shows no token and no secret that a provider put among its claims', async () => {
    const token = `eyJhbGciOiJub25lIn0.${'e30'.repeat(5)}.c2ln`
    upstream.says = { ...ADA, claims: { ...ADA.claims, nonce: 'canary-1', custom: token, api_key: 'canary-2' } }
    const page = await test()
    const shown = page.text + JSON.stringify(await latest())
    for (const secret of [token, 'canary-1', 'canary-2']) expect(shown).not.toContain(secret)
    expect(shown).toContain('(withheld)')
  })

  it('that succeeds is noted with the provider, one that is refused is not', async () => {
    const tested = async () => (await house.storage.providers.get('acme', 'okta'))?.lastTestedAt ?? null
    const before = await tested()
    await test('bad')
    expect(await tested()).toEqual(before)
    const { version } = (await house.storage.providers.get('acme', 'okta')) ?? { version: -1 }
    await test()
    expect(await tested()).toEqual((await latest()).at)
    expect((await house.storage.providers.get('acme', 'okta'))?.version).toBe(version)
  })
})

describe('the address of a test', () => {
  it('is good once, also for twenty at the same time', async () => {
    const url = await testUrl('okta')
    const pages = await Promise.all(Array.from({ length: 20 }, () => openBrowser(house.url).go(url)))
    expect(pages.filter((page) => page.url.startsWith('https://okta.example/'))).toHaveLength(1)
    expect(pages.filter((page) => page.status === 400)).toHaveLength(19)
  })

  it('is not used up by whoever only looks whether it is there', async () => {
    const url = await testUrl('okta')
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404)
    expect((await openBrowser(house.url).go(url)).url).toContain(`https://okta.example/`)
  })

  it.each([
    ['changed', (url: string) => `${url.slice(0, -2)}${url.endsWith('AA') ? 'BB' : 'AA'}`],
    ['none', () => `${house.url}/sign-in/test/s1.nothing.nothing`],
    ['too long', () => `${house.url}/sign-in/test/${'x'.repeat(5_000)}`],
  ])('that is %s leads nowhere', async (_what, change) => {
    const page = await openBrowser(house.url).go(change(await testUrl('okta')))
    expect([400, 414]).toContain(page.status)
    expect(house.errors).toEqual([])
  })

  it('binds the browser that opens it: the answer in any other is refused', async () => {
    const sent = await openBrowser(house.url).go(await testUrl('okta'))
    const { redirect_uri, state } = Object.fromEntries(new URL(sent.url).searchParams)
    const page = await openBrowser(house.url).go(`${redirect_uri}?state=${state}&code=good`)
    expect(page.status).toBe(403)
    expect(await latest()).toMatchObject({ plane: 'test', code: 'login.other_browser' })
    expect(upstream.asked).toEqual([])
  })

  it('does not sign anybody in: no session, no cookie of one', async () => {
    const browser = openBrowser(house.url)
    const page = await test('good', browser)
    expect(await house.storage.sessions.list({ person: house.ada.uid }, new Date())).toEqual([])
    expect(page.headers.getSetCookie().filter((line) => !line.startsWith('entente.login'))).toEqual([])
  })
})
