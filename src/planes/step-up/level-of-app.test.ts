import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientIdOf } from '../../registry/app.ts'
import { updateOrganisation } from '../../registry/organisations.ts'
import { createProvider, updateProvider } from '../../registry/providers.ts'
import { actorIn, operator, providerDraft } from '../../registry/testing/registry.ts'
import { type Browser, openBrowser } from '../openid-provider/testing/browser.ts'
import type { House } from '../openid-provider/testing/house.ts'
import { backOf, IDP, openStepUpHouse, PROOF, type StepUpHouse, toProof } from './testing/step-up-house.ts'

const CALLBACK = 'https://shop.example/cb'
const TWO = 'urn:entente:acr:2fa'
const acme = actorIn('acme')
let house: House
let upstream: StepUpHouse['upstream']
let reset: () => void
let clientId: string

beforeAll(async () => {
  ;({ house, upstream, reset } = await openStepUpHouse())
  const settings = { oidc: { clientId: 'c', oauth2: { acrValues: ['phr'] } } }
  const draft = { use: 'step-up' as const, id: 'proof', known: null, issuer: IDP, displayName: 'Proof' }
  await createProvider(house.registry, acme, providerDraft({ ...draft, settings }))
  const { app } = await house.newApp({ redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none', firstParty: true })
  clientId = clientIdOf(app)
})
beforeEach(() => reset())
afterAll(async () => {
  expect(house.errors).toEqual([])
  await house.close()
})

const VERIFIER = randomBytes(32).toString('base64url')

function requestOf(more: Record<string, string> = {}): string {
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  return `${house.url}/oauth2/authorize?${new URLSearchParams(parameters)}`
}

/** What the app has in the end: claims of its tokens, or the error it was sent. */
async function endOf(url: string) {
  const { searchParams, origin } = new URL(url)
  expect(origin, url).toBe('https://shop.example')
  const error = searchParams.get('error')
  if (error !== null) return { error }
  return claimsIn(await tokensOf(url))
}

async function tokensOf(url: string) {
  const code = new URL(url).searchParams.get('code') ?? ''
  return tokensFor({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER })
}

async function tokensFor(form: Record<string, string>) {
  const body = new URLSearchParams({ client_id: clientId, ...form })
  const answer = await fetch(`${house.url}/oauth2/token`, { method: 'POST', body })
  const { id_token, access_token, refresh_token } = Object(await answer.json())
  return { id: String(id_token), access: String(access_token), refresh: String(refresh_token) }
}

function claimsIn({ id, access }: Record<'id' | 'access', string>) {
  const of = (token: string) => {
    const { acr, amr, auth_time } = decodeJwt(token)
    return { acr, amr, auth_time }
  }
  return { id: of(id), access: of(access) }
}

async function userInfo(token: string): Promise<unknown> {
  const answer = await fetch(`${house.url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })
  return await answer.json()
}

/** As far as it goes by itself, giving whatever upstream asks what it asked for. */
async function through(browser: Browser, url: string) {
  let page = await browser.go(url)
  const demands: unknown[] = []
  for (let step = 0; step < 5 && page.url.startsWith(IDP); step++) {
    const sent = new URL(page.url).searchParams
    demands.push([sent.get('redirect_uri')?.split('/')[3], JSON.parse(sent.get('demands') ?? '')])
    page = await browser.go(backOf(page.url))
  }
  return { end: await endOf(page.url), demands }
}

const PROVED = { acr: 'phr', amr: ['hwk'], auth_time: 1_790_000_000 }

describe('an app that asks for a level', () => {
  it('gets it by a sign-in and a step-up, once; then the session has it', async () => {
    const browser = openBrowser(house.url)
    const first = await through(browser, requestOf({ acr_values: TWO }))
    expect(first.demands).toEqual([
      ['sign-in', {}],
      ['step-up', { acrValues: ['phr'], maxAge: 0 }],
    ])
    expect(first.end).toEqual({ id: PROVED, access: PROVED })
    for (const acr of [TWO, 'phr', 'urn:entente:acr:1fa', `gold ${TWO}`]) {
      expect(await through(browser, requestOf({ acr_values: acr }))).toEqual({
        demands: [],
        end: { id: PROVED, access: PROVED },
      })
    }
  })

  it('says the plain truth where nothing was asked for', async () => {
    const { end } = await through(openBrowser(house.url), requestOf())
    expect(end).toMatchObject({ access: { acr: 'urn:entente:acr:1fa', amr: ['pwd'] } })
  })

  it.each([
    ['acr_values', { acr_values: 'phr' }],
    [
      'an essential claim',
      { claims: JSON.stringify({ id_token: { acr: { essential: true, values: [TWO, 'phr'] } } }) },
    ],
    ['max_age as well', { acr_values: 'phr', max_age: '30' }],
  ])('asks by %s', async (_name, more) => {
    const { end, demands } = await through(openBrowser(house.url), requestOf(more))
    const maxAge = 'max_age' in more ? 30 : 0
    expect(demands.at(-1)).toEqual(['step-up', { acrValues: ['phr'], maxAge }])
    expect(end).toEqual({ id: PROVED, access: PROVED })
  })

  it.each([
    ['nobody reaches', { acr_values: 'phrh' }],
    ['nobody knows', { acr_values: 'gold' }],
    [
      'nobody reaches as a claim',
      { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'phrh' } } }) },
    ],
  ])('that %s is told so, and has no token of less', async (_name, more) => {
    const browser = openBrowser(house.url)
    const unmet = { error: 'unmet_authentication_requirements' }
    expect((await through(browser, requestOf(more))).end).toEqual(unmet)
    await through(browser, requestOf())
    expect((await through(browser, requestOf(more))).end).toEqual(unmet)
    expect((await through(browser, requestOf({ ...more, prompt: 'none' }))).end).toEqual(unmet)
    const [row] = await house.storage.decisions.list('acme', { limit: 1 }, {})
    expect(row?.decision).toMatchObject({ outcome: 'refused', code: 'step_up.level_unreachable' })
  })

  it.each([
    ['a weaker level', { acr: 'urn:okta:loa:1fa:pwd' }, 'step_up.level_unmet'],
    ['another person', { subject: 'u-2' }, 'step_up.person_unknown'],
  ])('is not given %s for it', async (_name, lie, code) => {
    upstream.proof = { ...PROOF, ...lie }
    const browser = openBrowser(house.url)
    expect((await through(browser, requestOf({ acr_values: 'phr' }))).end).toEqual({
      error: 'unmet_authentication_requirements',
    })
    const [row] = await house.storage.decisions.list('acme', { limit: 1 }, { plane: 'step-up' })
    expect(row?.decision).toMatchObject({ outcome: 'refused', code })
    expect((await through(browser, requestOf())).end).toMatchObject({ id: { acr: 'urn:entente:acr:1fa' } })
  })

  it('has the proof of its own request in every token that comes of it, whatever is proved for another', async () => {
    const browser = openBrowser(house.url)
    const { refresh } = await tokensOf((await browser.go(backOf((await browser.go(requestOf())).url))).url)
    expect((await through(browser, requestOf({ acr_values: 'phr' }))).end).toMatchObject({ access: PROVED })
    const weak = { acr: 'urn:entente:acr:1fa', amr: ['pwd'] }
    const refreshed = await tokensFor({ grant_type: 'refresh_token', refresh_token: refresh })
    expect(claimsIn(refreshed)).toMatchObject({ id: weak, access: weak })
    expect(await userInfo(refreshed.access)).toMatchObject(weak)
    const strong = await tokensOf((await browser.go(requestOf({ acr_values: 'phr' }))).url)
    expect(await userInfo(strong.access)).toMatchObject(PROVED)
  })

  it('that was told that nothing was proved is told nothing else by user info later', async () => {
    upstream.login = { acr: '0' }
    const browser = openBrowser(house.url)
    const { access } = await tokensOf((await browser.go(backOf((await browser.go(requestOf())).url))).url)
    expect(decodeJwt(access)).not.toHaveProperty('acr')
    expect((await through(browser, requestOf({ acr_values: 'phr' }))).end).toMatchObject({ access: PROVED })
    expect(await userInfo(access)).not.toHaveProperty('acr')
  })

  it('never has a proof of the future, which would stay fresh until then', async () => {
    upstream.login = { authTime: new Date(Date.now() + 3_600_000) }
    const { end } = await through(openBrowser(house.url), requestOf())
    const latest = Math.ceil(house.registry.now().getTime() / 1000)
    expect(Number(Object(end).access.auth_time)).toBeLessThanOrEqual(latest)
    expect(Number(Object(end).id.auth_time)).toBeLessThanOrEqual(latest)
  })

  it('hears of a person who says no', async () => {
    const browser = openBrowser(house.url)
    const page = await toProof(browser, requestOf({ acr_values: 'phr' }))
    expect(await endOf((await browser.go(backOf(page.url, 'bad'))).url)).toEqual({ error: 'access_denied' })
  })
})

describe('a company whose own login reaches the level', () => {
  beforeAll(async () => {
    const levels = [{ level: TWO, provider: 'okta', values: ['urn:corp:mfa'] }]
    await updateOrganisation(house.registry, acme, 'acme', { settings: { levels } })
    await updateProvider(house.registry, acme, operator, { use: 'step-up' }, 'proof', { enabled: false })
  })

  it('is asked for it at the first sign-in, and again where a session has less', async () => {
    upstream.login = { acr: 'urn:corp:mfa', amr: ['otp'] }
    const browser = openBrowser(house.url)
    const first = await through(browser, requestOf({ acr_values: TWO }))
    expect(first.demands).toEqual([['sign-in', { acrValues: ['urn:corp:mfa'] }]])
    expect(first.end).toMatchObject({ id: { acr: TWO, amr: ['otp'] }, access: { acr: TWO } })
    upstream.login = {}
    const other = openBrowser(house.url)
    expect((await through(other, requestOf())).end).toMatchObject({ id: { acr: 'urn:entente:acr:1fa' } })
    upstream.login = { acr: 'urn:corp:mfa', amr: ['otp'] }
    const again = await through(other, requestOf({ acr_values: TWO }))
    expect(again.demands).toEqual([['sign-in', { acrValues: ['urn:corp:mfa'], prompt: 'login' }]])
    expect(again.end).toMatchObject({ id: { acr: TWO }, access: { acr: TWO } })
  })

  it('is asked for what the app likes best first, and for the rest that suffices', async () => {
    const lines = [
      { level: TWO, provider: 'okta', values: ['urn:corp:mfa'] },
      { level: 'phr', provider: 'okta', values: ['urn:corp:key'] },
      { level: 'phrh', provider: 'okta', values: ['urn:corp:chip'] },
    ]
    await updateOrganisation(house.registry, acme, 'acme', { settings: { levels: lines } })
    const sent = async (acr_values: string) =>
      (await through(openBrowser(house.url), requestOf({ acr_values }))).demands[0]
    upstream.login = { acr: 'urn:corp:key' }
    const [chip, key, mfa] = ['urn:corp:chip', 'urn:corp:key', 'urn:corp:mfa']
    expect(await sent(`phr ${TWO}`)).toEqual(['sign-in', { acrValues: [key, mfa, chip] }])
    expect(await sent(`${TWO} phr`)).toEqual(['sign-in', { acrValues: [mfa, key, chip] }])
    expect(await sent('phr')).toEqual(['sign-in', { acrValues: [key, chip] }])
    await updateOrganisation(house.registry, acme, 'acme', { settings: { levels: lines.slice(0, 1) } })
  })

  it('that gives less is no way in for this request', async () => {
    upstream.login = { acr: 'urn:corp:password' }
    const unmet = { error: 'unmet_authentication_requirements' }
    expect((await through(openBrowser(house.url), requestOf({ acr_values: TWO }))).end).toEqual(unmet)
    const browser = openBrowser(house.url)
    await through(browser, requestOf())
    expect((await through(browser, requestOf({ acr_values: TWO }))).end).toEqual(unmet)
  })

  it('that says itself that it cannot is no way in either, and tells the person where no level was asked for', async () => {
    const browser = openBrowser(house.url)
    const asked = await browser.go(requestOf({ acr_values: TWO }))
    const weak = await browser.go(backOf(asked.url, 'weak'))
    expect(await endOf(weak.url)).toEqual({ error: 'unmet_authentication_requirements' })
    const told = new URL(weak.url).searchParams.get('error_description')
    const [row] = await house.storage.decisions.list('acme', { limit: 1 }, { plane: 'sign-in' })
    expect(row?.decision).toMatchObject({ outcome: 'refused', code: 'upstream.level_unmet' })
    // Whoever writes the app can look up why.
    expect(told).toMatch(new RegExp(`; decision ${row?.decision.id}$`))
    const plain = await browser.go(requestOf())
    expect((await browser.go(backOf(plain.url, 'weak'))).status).toBe(403)
  })
})
