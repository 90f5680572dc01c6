import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateOrganisation } from '../../registry/organisations.ts'
import { createPerson, updatePerson } from '../../registry/persons.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { createProvider, removeProvider, updateProvider } from '../../registry/providers.ts'
import {
  createStepUpTest,
  createStepUpTransaction,
  getStepUpTransaction,
  type StepUpDraft,
  stepUpUrlOf,
} from '../../registry/step-up-transactions.ts'
import { actorIn, operator, providerDraft } from '../../registry/testing/registry.ts'
import { openBrowser, type Page } from '../openid-provider/testing/browser.ts'
import type { House } from '../openid-provider/testing/house.ts'
import { backOf, IDP, openStepUpHouse, PROOF, type StepUpHouse, toProof } from './testing/step-up-house.ts'

const CALLBACK = 'https://shop.example/cb'
const acme = actorIn('acme')

let house: House
let upstream: StepUpHouse['upstream']
let reset: () => void
let proof: Provider

beforeAll(async () => {
  ;({ house, upstream, reset } = await openStepUpHouse())
  const settings = { oidc: { clientId: 'c', oauth2: { acrValues: ['phr', 'phrh'] } } }
  const draft = providerDraft({ use: 'step-up', id: 'proof', known: null, issuer: IDP, displayName: 'Proof', settings })
  proof = await createProvider(house.registry, acme, draft)
  await createPerson(house.registry, acme, operator, { id: 'bob', links: [{ provider: 'okta', subject: 'u-2' }] })
  await house.newApp({ redirectUris: [CALLBACK] })
})
beforeEach(() => reset())
afterAll(async () => {
  expect(house.errors).toEqual([])
  await house.close()
})

const DRAFT: StepUpDraft = {
  person: 'ada',
  reason: 'send 12 000 EUR',
  provider: 'proof',
  level: null,
  maxAgeSeconds: null,
  returnTo: null,
  taskId: null,
  policyStepId: null,
}

async function newTransaction(change: Partial<StepUpDraft> = {}) {
  const registry = { ...house.registry, publicUrl: house.url }
  const { uid } = await createStepUpTransaction(registry, acme, { ...DRAFT, ...change })
  return { uid, url: stepUpUrlOf(house.url, { uid }) }
}

const stateOf = async (uid: string) => {
  const { state, errorMessage } = await getStepUpTransaction(house.registry, 'acme', uid)
  return `${state}${errorMessage === null ? '' : ` ${/\(([^()]+)\)$/.exec(errorMessage)?.[1]}`}`
}

async function latest(plane: 'step-up' | 'test' = 'step-up', organisation = 'acme') {
  const [row] = await house.storage.decisions.list(organisation, { limit: 1 }, { plane })
  return row?.decision
}

describe('a transaction', () => {
  it('first signs its person in, then asks for the proof, and is verified by it', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    const sent = new URL(page.url).searchParams
    expect(sent.get('redirect_uri')).toBe(`${house.url}/step-up/acme/proof/return`)
    expect(JSON.parse(sent.get('demands') ?? '')).toEqual({ acrValues: ['phr', 'phrh'], maxAge: 0 })
    const done = await browser.go(backOf(page.url))
    expect([done.status, done.text.includes('send 12 000 EUR')]).toEqual([200, true])
    const { state, claims } = await getStepUpTransaction(house.registry, 'acme', uid)
    expect(state).toBe('verified')
    expect(claims).toEqual({ iss: IDP, sub: 'u-1', acr: 'phr', amr: ['hwk'], auth_time: 1_790_000_000 })
    const decision = await latest()
    expect(decision).toMatchObject({ plane: 'step-up', outcome: 'granted', provider: 'proof' })
    expect(decision?.rungs).toContainEqual({ name: 'level', outcome: 'passed', actual: 'phr by hwk' })
    expect(done.headers.get('entente-decision')).toBe(decision?.id)
  })

  it.each<[string, Partial<SignedIn>, string]>([
    ['a weaker level', { acr: 'urn:okta:loa:1fa:pwd' }, 'step_up.level_unmet'],
    ['no level', { acr: null }, 'step_up.level_missing'],
    ['another person', { subject: 'u-2' }, 'step_up.person_unknown'],
    ['a person that nobody is linked to', { subject: 'u-9' }, 'step_up.person_unknown'],
    ['nobody that lasts', { subject: null }, 'step_up.person_unknown'],
  ])('is an error by %s', async (_name, lie, code) => {
    upstream.proof = { ...PROOF, ...lie }
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    const refused = await browser.go(backOf(page.url))
    expect(refused.status).toBe(403)
    expect(await stateOf(uid)).toBe(`error ${code}`)
    expect((await getStepUpTransaction(house.registry, 'acme', uid)).claims).toEqual({})
    expect(await latest()).toMatchObject({ outcome: 'refused', code })
    expect((await browser.go(url)).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'step_up.transaction_used' })
  })

  it('is over when the person says no, with what the provider said', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    const why = encodeURIComponent('AADSTS50105: The signed in user is not assigned.')
    await browser.go(`${backOf(page.url, 'bad')}&error_description=${why}`)
    expect((await getStepUpTransaction(house.registry, 'acme', uid)).errorMessage).toContain(
      'the person is not assigned to the application (AADSTS50105)',
    )
  })

  it('is good once: neither the answer nor the address is taken again', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const [one, two] = [await toProof(browser, url), await browser.go(url)]
    expect((await browser.go(backOf(one.url))).status).toBe(200)
    expect((await browser.go(backOf(one.url))).status).toBe(403)
    expect(await latest('step-up', 'default')).toMatchObject({ code: 'login.unknown' })
    expect((await browser.go(backOf(two.url))).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'step_up.transaction_used' })
    expect(await stateOf(uid)).toBe('verified')
    expect(upstream.asked).toHaveLength(1)
  })

  it('leaves no cookie with its browser: whoever approves all day is not stopped by them', async () => {
    const browser = openBrowser(house.url)
    const page = await toProof(browser, (await newTransaction()).url)
    const bound = () => [...browser.cookies.keys()].filter((name) => name.startsWith('entente.login'))
    expect(bound().length).toBeGreaterThan(1)
    expect((await browser.go(backOf(page.url))).status).toBe(200)
    expect(bound()).toEqual([])
  })

  it('is settled by one of two answers that come at once', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const [one, two] = [await toProof(browser, url), await browser.go(url)]
    const pages = await Promise.all([browser.go(backOf(one.url)), browser.go(backOf(two.url))])
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 403])
    expect(await stateOf(uid)).toBe('verified')
  })

  it('belongs to the first browser of its person, and the answer to the browser that asked', async () => {
    const { uid, url } = await newTransaction()
    const [first, second] = [openBrowser(house.url), openBrowser(house.url)]
    const page = await toProof(first, url)
    expect((await toProof(second, url)).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'step_up.other_browser' })
    expect((await second.go(backOf(page.url))).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'login.other_browser' })
    expect(await stateOf(uid)).toBe('pending')
    expect((await first.go(backOf(page.url))).status).toBe(200)
  })

  it('is not for another person who is signed in, who may make room for the right one', async () => {
    upstream.person = 'u-2'
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const refused = await toProof(browser, url)
    expect([refused.status, refused.text.includes(`/step-up/${uid}?other=1`)]).toEqual([403, true])
    expect(await latest()).toMatchObject({ code: 'step_up.other_person' })
    upstream.person = 'u-1'
    const page = await toProof(browser, `${url}?other=1`)
    expect((await browser.go(backOf(page.url))).status).toBe(200)
  })

  it('is not verified for a person who signed out, or was disabled, in the meantime', async () => {
    const first = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, first.url)
    await house.storage.sessions.end({ person: house.ada.uid })
    expect((await browser.go(backOf(page.url))).status).toBe(403)
    expect(await stateOf(first.uid)).toBe('error step_up.signed_out')
    const second = await newTransaction()
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: false })
    expect((await browser.go(second.url)).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'person.disabled' })
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: true })
  })

  it('ends with its time, and says so to whoever looks', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    const stored = await house.storage.stepUpTransactions.getByUid(uid)
    if (stored === null) throw new TypeError('just made')
    await house.storage.stepUpTransactions.update({ ...stored, expiresAt: new Date(0), version: stored.version + 1 })
    const { state, errorMessage } = await getStepUpTransaction(house.registry, 'acme', uid)
    expect([state, errorMessage]).toEqual(['error', 'Nobody proved anything in time.'])
    expect((await browser.go(backOf(page.url))).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'step_up.transaction_expired' })
    expect(upstream.asked).toEqual([])
    const late = await newTransaction()
    const other = await house.storage.stepUpTransactions.getByUid(late.uid)
    if (other === null) throw new TypeError('just made')
    await house.storage.stepUpTransactions.update({ ...other, expiresAt: new Date(0), version: other.version + 1 })
    expect((await browser.go(late.url)).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'step_up.transaction_expired' })
  })

  it('ends when its provider is changed or switched off while the person is there; nothing is sent to it', async () => {
    const change = (settings: object) =>
      updateProvider(house.registry, acme, operator, { use: 'step-up' }, 'proof', settings)
    for (const [made, back, code] of [
      [
        { settings: { oidc: { clientId: 'd' } } },
        { settings: { oidc: { clientId: 'c' } } },
        'step_up.provider_changed',
      ],
      [{ enabled: false }, { enabled: true }, 'provider.disabled'],
    ] as const) {
      const { uid, url } = await newTransaction()
      const browser = openBrowser(house.url)
      const page = await toProof(browser, url)
      await change(made)
      expect((await browser.go(backOf(page.url))).status).toBe(403)
      expect(await stateOf(uid)).toBe(`error ${code}`)
      await change(back)
    }
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    await change({ displayName: 'Another name' })
    expect((await browser.go(backOf(page.url))).status).toBe(200)
    expect([await stateOf(uid), upstream.asked.length]).toEqual(['verified', 1])
  })

  it('goes with its provider', async () => {
    const settings = { oidc: { clientId: 'c', oauth2: { acrValues: ['phr'] } } }
    const draft = providerDraft({ use: 'step-up', id: 'gone', known: null, issuer: IDP, displayName: 'Gone', settings })
    await createProvider(house.registry, acme, draft)
    const { url } = await newTransaction({ provider: 'gone' })
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    await removeProvider(house.registry, acme, { use: 'step-up' }, 'gone')
    expect((await browser.go(backOf(page.url))).status).toBe(403)
    expect((await browser.go(url)).status).toBe(404)
  })

  it('is answered at its own provider’s path only', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    expect((await browser.go(backOf(page.url).replace('/acme/proof/', '/acme/okta/'))).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'login.other_provider' })
    expect(await stateOf(uid)).toBe('pending')
  })

  it('takes an answer by form_post: parked, and taken up in the browser that asked', async () => {
    const { uid, url } = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    const sent = new URL(page.url).searchParams
    const back = sent.get('redirect_uri') ?? ''
    const form = { state: sent.get('state') ?? '', code: 'good' }
    const answer = await browser.go(back, { form })
    expect([answer.status, await stateOf(uid)]).toEqual([200, 'verified'])
    expect(upstream.asked[0]?.parameters).toEqual(form)
  })

  it('is unknown under any other address, and opened by no HEAD', async () => {
    for (const path of ['nonsense', '01920f5e-7c4a-7cc3-9d0e-5a2b8f6c1d34', '%00']) {
      expect((await fetch(`${house.url}/step-up/${path}`, { redirect: 'manual' })).status).toBe(404)
    }
    const { url } = await newTransaction()
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404)
  })

  it.each([
    ['an app', `${CALLBACK}?of=shop`, PROOF, `${CALLBACK}?of=shop&transaction=`, 'verified'],
    ['a page of ours, which is told the truth', '/done?state=mine', { ...PROOF, acr: null }, '/done?', 'error'],
  ])('brings its outcome to %s', async (_name, returnTo, says, start, outcome) => {
    await house.newApp({ redirectUris: [`${CALLBACK}?of=shop`] })
    const { uid, url } = await newTransaction({ returnTo })
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    upstream.proof = says
    const end = new URL((await browser.go(backOf(page.url))).url)
    expect(end.href.startsWith(new URL(start, house.url).href)).toBe(true)
    expect(end.searchParams.getAll('state')).toEqual([outcome])
    expect(end.searchParams.get('transaction')).toBe(uid)
  })

  it.each([
    [
      'one after the other',
      async (first: () => Promise<Page>, then: () => Promise<Page>) => [await first(), await then()],
    ],
    ['at once', (first: () => Promise<Page>, then: () => Promise<Page>) => Promise.all([first(), then()])],
  ])('brings the outcome that it has to the app from both of two windows, back %s', async (_name, both) => {
    await house.newApp({ redirectUris: [`${CALLBACK}?of=two`] })
    const { url } = await newTransaction({ returnTo: `${CALLBACK}?of=two` })
    const browser = openBrowser(house.url)
    const [one, two] = [await toProof(browser, url), await browser.go(url)]
    const ends = await both(
      () => browser.go(backOf(one.url)),
      () => browser.go(backOf(two.url)),
    )
    expect(ends.map(({ url }) => new URL(url).searchParams.get('state'))).toEqual(['verified', 'verified'])
  })

  it('that is over, somebody else’s or left says which, not that a sign-in has expired', async () => {
    const titleOf = ({ text }: Page) => /<h1>([^<]*)/.exec(text)?.[1]
    const done = await newTransaction()
    const browser = openBrowser(house.url)
    const page = await toProof(browser, done.url)
    await browser.go(backOf(page.url))
    for (const again of [backOf(page.url), done.url]) {
      expect(titleOf(await browser.go(again))).toBe('This request is over')
    }
    const left = await newTransaction()
    const leaving = await toProof(browser, left.url)
    await house.storage.sessions.end({ person: house.ada.uid })
    expect(titleOf(await browser.go(backOf(leaving.url)))).toBe('You are no longer signed in')
    upstream.person = 'u-2'
    const bobs = openBrowser(house.url)
    expect(titleOf(await toProof(bobs, (await newTransaction()).url))).toBe('Somebody else is signed in here')
  })

  it.each<[string, Partial<StepUpDraft>, string[]]>([
    ['nothing', { person: null, reason: ' ', provider: null }, ['reason', 'person', 'provider']],
    ['a person of another organisation or none', { person: 'nobody' }, ['person']],
    ['both a provider and a level', { level: 'phr' }, ['provider']],
    ['a provider of people', { provider: 'okta' }, ['provider']],
    ['a level that is none', { provider: null, level: 'urn:entente:acr:9fa' }, ['level']],
    ['half a task', { taskId: 't-1' }, ['policyStepId']],
    ['an age that is none', { maxAgeSeconds: -1 }, ['maxAgeSeconds']],
    ['an age of days', { maxAgeSeconds: 90_000 }, ['maxAgeSeconds']],
    ['an address of nobody', { returnTo: 'https://shop.example/cb2' }, ['returnTo']],
    ['an address that begins like an app’s', { returnTo: `${CALLBACK}/../x` }, ['returnTo']],
    ['another host without a scheme', { returnTo: '//evil.example/x' }, ['returnTo']],
    ['another host in other slashes', { returnTo: '/\\evil.example' }, ['returnTo']],
    ['a script', { returnTo: 'javascript:alert(1)' }, ['returnTo']],
    ['a break in the line', { returnTo: '/a\nb' }, ['returnTo']],
  ])('is not made for %s', async (_name, change, fields) => {
    const made = newTransaction(change)
    await expect(made).rejects.toMatchObject({ kind: 'invalid' })
    const paths = await made.catch((error) => error.fields.map(({ path }: { path: string }) => path))
    expect(paths.sort()).toEqual([...fields].sort())
  })
})

describe('a level', () => {
  it('is proved at the provider that reaches it, with the words of the organisation’s table', async () => {
    const levels = [
      { level: 'urn:entente:acr:2fa', provider: 'proof', values: ['gold', 'silver'] },
      { level: 'phr', provider: 'proof', values: ['platinum'] },
    ]
    await updateOrganisation(house.registry, acme, 'acme', { settings: { levels } })
    const { uid, url } = await newTransaction({ provider: null, level: 'urn:entente:acr:2fa', maxAgeSeconds: 30 })
    const browser = openBrowser(house.url)
    const page = await toProof(browser, url)
    const demands = JSON.parse(new URL(page.url).searchParams.get('demands') ?? '')
    expect(demands).toEqual({ acrValues: ['gold', 'silver', 'platinum'], maxAge: 30 })
    upstream.proof = { ...PROOF, acr: 'platinum' }
    await browser.go(backOf(page.url))
    expect(await stateOf(uid)).toBe('verified')
    await expect(newTransaction({ provider: null, level: 'phrh' })).rejects.toMatchObject({ kind: 'invalid' })
    await updateOrganisation(house.registry, acme, 'acme', { settings: {} })
  })
})

describe('a test', () => {
  it('is taken by the first browser that opens it, also while the provider is switched off, and shows what came', async () => {
    const test = await createStepUpTest(house.registry, acme, proof)
    await updateProvider(house.registry, acme, operator, { use: 'step-up' }, 'proof', { enabled: false })
    const [browser, other] = [openBrowser(house.url), openBrowser(house.url)]
    const page = await browser.go(stepUpUrlOf(house.url, test))
    expect((await other.go(stepUpUrlOf(house.url, test))).status).toBe(403)
    const result = await browser.go(backOf(page.url))
    expect(result.status).toBe(200)
    expect(result.text).toContain('u-1')
    expect(result.text).toContain('secret')
    expect(result.text).not.toContain('nonce')
    // What there is for sign-ins only.
    expect([/<h1>([^<]*)/.exec(result.text)?.[1], result.text.includes('Mappers')]).toEqual([
      'Test of a step-up',
      false,
    ])
    expect(await latest('test')).toMatchObject({ plane: 'test', outcome: 'granted', provider: 'proof' })
    const { state, person, claims } = await getStepUpTransaction(house.registry, 'acme', test.uid)
    expect([state, person, claims.groups]).toEqual(['verified', null, ['secret']])
    const tested = await house.storage.providers.getByUid(proof.uid)
    expect(tested?.lastTestedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000)
    await updateProvider(house.registry, acme, operator, { use: 'step-up' }, 'proof', { enabled: true })
  })

  it('that fails says why, and is no test that succeeded', async () => {
    const draft = { use: 'step-up' as const, id: 'failing', known: null, issuer: IDP, displayName: 'Failing' }
    const settings = { oidc: { clientId: 'c', oauth2: { acrValues: ['phrh'] } } }
    const failing = await createProvider(house.registry, acme, providerDraft({ ...draft, settings }))
    const test = await createStepUpTest(house.registry, acme, failing)
    const browser = openBrowser(house.url)
    const page = await browser.go(stepUpUrlOf(house.url, test))
    const result = await browser.go(backOf(page.url))
    expect([result.status, result.text.includes('step_up.level_unmet')]).toEqual([200, true])
    expect(result.text).toContain('u-1')
    expect(await stateOf(test.uid)).toBe('error step_up.level_unmet')
    expect((await house.storage.providers.getByUid(failing.uid))?.lastTestedAt).toBeNull()
  })
})
