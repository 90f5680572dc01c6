import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { clientIdOf } from '../../registry/app.ts'
import { removeApp, updateApp } from '../../registry/apps.ts'
import { createDomain } from '../../registry/domain-records.ts'
import { updatePerson } from '../../registry/persons.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import { createProvider, updateProvider } from '../../registry/providers.ts'
import { actorIn, operator, providerDraft } from '../../registry/testing/registry.ts'
import { type Browser, openBrowser } from '../openid-provider/testing/browser.ts'
import { ADA, openWayIn } from './testing/way-in.ts'

const CALLBACK = 'https://shop.example/cb'
const { house, upstream } = await openWayIn()
const acme = actorIn('acme')
let config: client.Configuration

beforeEach(async () => {
  upstream.says = ADA
  upstream.asked = []
  const { app } = await house.newApp({ redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' })
  config = configOf(clientIdOf(app))
})
afterAll(() => house.close())

function configOf(clientId: string): client.Configuration {
  const metadata = {
    issuer: house.url,
    authorization_endpoint: `${house.url}/oauth2/authorize`,
    token_endpoint: `${house.url}/oauth2/token`,
  }
  const made = new client.Configuration(metadata, clientId, undefined, client.None())
  client.allowInsecureRequests(made)
  return made
}

async function begin(more: Record<string, string> = {}, of = config) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(of, {
    redirect_uri: CALLBACK,
    scope: 'openid profile email groups',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  })
  return { url: url.href, checks: { pkceCodeVerifier } }
}

/** To the provider, and the state it was sent there with. */
async function toProvider(browser: Browser, more: Record<string, string> = {}) {
  const { url, checks } = await begin(more)
  const page = await browser.go(url)
  expect(page.url, page.text).toMatch(/^https:\/\/okta\.example\/authorize/)
  const sent = new URL(page.url).searchParams
  return {
    checks,
    sent,
    back: (code = 'good') => `${sent.get('redirect_uri')}?state=${sent.get('state')}&code=${code}`,
  }
}

async function latest() {
  const [row] = await house.storage.decisions.list('acme', { limit: 1 }, { plane: 'sign-in' })
  return row?.decision
}

describe('a person', () => {
  it('goes to their provider and comes back with tokens', async () => {
    const browser = openBrowser(house.url)
    const { checks, back } = await toProvider(browser)
    const page = await browser.go(back())
    const tokens = await client.authorizationCodeGrant(config, new URL(page.url), checks)
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      sub: house.ada.uid,
      provider: 'okta',
      acr: 'phr',
      amr: ['hwk'],
    })
    expect(upstream.asked[0]?.memory.nonce).toContain('nonce of')
    expect(await latest()).toMatchObject({ outcome: 'granted', code: 'granted', provider: 'okta' })
    expect(house.errors).toEqual([])
  })

  it('loses nothing to a HEAD of the way back', async () => {
    const browser = openBrowser(house.url)
    const { checks, back } = await toProvider(browser)
    expect((await browser.go(back(), { method: 'HEAD' })).status).toBe(404)
    const tokens = await client.authorizationCodeGrant(config, new URL((await browser.go(back())).url), checks)
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: house.ada.uid })
  })

  it('who is new is made, once', async () => {
    upstream.says = { ...ADA, subject: 'new-1', claims: { sub: 'new-1', name: 'New' }, email: null }
    const uids: unknown[] = []
    for (let round = 0; round < 2; round++) {
      const browser = openBrowser(house.url)
      const { checks, back } = await toProvider(browser)
      const tokens = await client.authorizationCodeGrant(config, new URL((await browser.go(back())).url), checks)
      uids.push(decodeJwt(tokens.access_token).sub)
    }
    expect(new Set(uids).size).toBe(1)
    const [person] = await house.storage.persons.list('acme', { limit: 5 }, { search: 'New' })
    expect(person).toMatchObject({ uid: uids[0], displayName: 'New' })
    expect(person?.id).toMatch(/^p-[a-z2-9]{16}$/)
  })

  it('brings the groups that the mapping reads into the tokens, beside those that they have here', async () => {
    const mapping = { 'google.subject': 'assertion.sub', 'google.groups': 'assertion.groups' }
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', { attributeMapping: mapping })
    const browser = openBrowser(house.url)
    const { checks, back } = await toProvider(browser)
    const tokens = await client.authorizationCodeGrant(config, new URL((await browser.go(back())).url), checks)
    for (const token of [tokens.access_token, tokens.id_token ?? '']) {
      expect(decodeJwt(token).groups).toEqual([...new Set([...house.ada.groups, 'staff'])])
    }
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', { attributeMapping: {} })
  })

  it.each<[string, Partial<SignedIn>, Record<string, unknown>, string]>([
    [
      'who is not permitted',
      { claims: { sub: 'u-1', groups: [] } },
      { condition: '"staff" in assertion.groups' },
      'condition.false',
    ],
    [
      'whose claims cannot be mapped',
      {},
      { attributeMapping: { 'google.subject': 'assertion.missing' } },
      'mapping.error',
    ],
    [
      'of a foreign domain',
      { email: { address: 'eve@evil.example', isVerified: true } },
      { domains: ['acme.example'], vouched: true },
      'domain.foreign',
    ],
    ['whom the provider may not make', { subject: 'nobody-yet' }, { firstLogin: 'refuse' }, 'person.unknown'],
    ['who has no lasting name', { subject: null }, {}, 'person.no_lasting_name'],
  ])('%s is refused by name inside, and by one sentence outside', async (_title, says, change, code) => {
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', change)
    upstream.says = { ...ADA, ...says }
    const browser = openBrowser(house.url)
    const { back } = await toProvider(browser, { organization: 'acme' })
    const page = await browser.go(back())
    expect(page.status).toBe(403)
    const decision = await latest()
    expect(decision).toMatchObject({ outcome: 'refused', code })
    expect(page.text).toContain(String(decision?.id))
    expect(page.headers.get('entente-decision')).toBe(decision?.id)
    expect(page.text).not.toContain('evil.example')
    const undo = { condition: null, attributeMapping: {}, domains: [], firstLogin: null }
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', undo)
  })

  it('who is disabled is refused', async () => {
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: false })
    const browser = openBrowser(house.url)
    const { back } = await toProvider(browser)
    expect((await browser.go(back())).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'person.disabled' })
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: true })
  })

  it('who was refused tries again from that page, and a browser that did not begin is offered nothing', async () => {
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: false })
    const browser = openBrowser(house.url)
    const { back, checks } = await toProvider(browser)
    const elsewhere = await openBrowser(house.url).go(back())
    expect([elsewhere.status, elsewhere.text]).toEqual([403, expect.not.stringContaining('class="button"')])
    const [, again] = /<a class="button" href="([^"]*)">Try again/.exec((await browser.go(back())).text) ?? []
    await updatePerson(house.registry, acme, operator, 'ada', { enabled: true })
    const sent = new URL((await browser.go(`${house.url}${again}`)).url).searchParams
    const page = await browser.go(`${sent.get('redirect_uri')}?state=${sent.get('state')}&code=good`)
    const tokens = await client.authorizationCodeGrant(config, new URL(page.url), checks)
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: house.ada.uid })
  })

  it('with an unverified address becomes nobody else', async () => {
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', {
      firstLogin: 'link_verified_email',
      domains: ['acme.example'],
      vouched: true,
    })
    for (const [isVerified, sub] of [
      [false, 'mallory'],
      [true, 'ada-again'],
    ] as const) {
      upstream.says = { ...ADA, subject: sub, claims: { sub }, email: { address: 'ADA@acme.example', isVerified } }
      const browser = openBrowser(house.url)
      const { checks, back } = await toProvider(browser)
      const tokens = await client.authorizationCodeGrant(config, new URL((await browser.go(back())).url), checks)
      expect(decodeJwt(tokens.access_token).sub === house.ada.uid, sub).toBe(isVerified)
    }
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', { firstLogin: null, domains: [] })
  })
})

describe('an answer', () => {
  it('is taken once, in the browser that began', async () => {
    const browser = openBrowser(house.url)
    const { back } = await toProvider(browser)
    const stranger = await openBrowser(house.url).go(back())
    expect(stranger.status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'login.other_browser' })
    expect(upstream.asked).toEqual([])
    expect((await browser.go(back())).url).toContain('code=')
    expect((await browser.go(back())).status).toBe(403)
    expect(upstream.asked).toHaveLength(1)
  })

  it('comes to the path of its own provider', async () => {
    const settings = { oidc: { clientId: 'c' } }
    const other = {
      id: 'other',
      use: 'workforce' as const,
      known: null,
      issuer: 'https://other.example',
      settings,
      enabled: false,
    }
    await createProvider(house.registry, acme, providerDraft(other)).catch(() => null)
    const browser = openBrowser(house.url)
    const { back } = await toProvider(browser)
    for (const path of ['/acme/other/', '/rival/okta/', '/acme/nobody/']) {
      expect((await browser.go(back().replace('/acme/okta/', path))).status).toBe(403)
      expect(upstream.asked).toEqual([])
    }
    expect((await browser.go(back())).url).toContain('code=')
  })

  it('by POST waits for the GET that has the cookies, and is not replaced', async () => {
    const browser = openBrowser(house.url)
    const { sent } = await toProvider(browser)
    const form = { state: sent.get('state') ?? '', code: 'good' }
    const url = sent.get('redirect_uri') ?? ''
    const post = (body: Record<string, string>) =>
      fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body) })
    const parked = await post(form)
    expect(parked.status).toBe(303)
    expect((await post({ ...form, code: 'other' })).status).toBe(400)
    const page = await browser.go(new URL(parked.headers.get('location') ?? '', house.url).href)
    expect(page.url).toContain('code=')
    expect(upstream.asked[0]?.parameters).toEqual(form)
  })

  it.each(['', '?code=good', '?state=nobody&code=good', '?state=a&state=b'])(
    'that is none (%s) is refused without a question',
    async (query) => {
      const page = await openBrowser(house.url).go(`${house.url}/sign-in/acme/okta/return${query}`)
      expect([400, 403]).toContain(page.status)
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(upstream.asked).toEqual([])
    },
  )

  it('that begins while the provider is switched off meanwhile ends nowhere', async () => {
    const browser = openBrowser(house.url)
    const { back } = await toProvider(browser)
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', { enabled: false })
    expect((await browser.go(back())).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'provider.disabled' })
    await updateProvider(house.registry, acme, operator, 'workforce', 'okta', { enabled: true })
  })

  it.each([
    [
      'narrowed',
      'app.closed',
      (id: string) => updateApp(house.registry, acme, operator, id, { allowedProviders: ['other'] }),
    ],
    ['removed', 'login.abandoned', (id: string) => removeApp(house.registry, acme, id)],
  ])('for an app that is %s meanwhile is refused with %s, and the decision says so', async (_what, code, end) => {
    const { app } = await house.newApp({ redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' })
    config = configOf(clientIdOf(app))
    const browser = openBrowser(house.url)
    const { back } = await toProvider(browser)
    await end(app.id)
    const page = await browser.go(back())
    expect(page.status, page.text).toBe(403)
    const decision = await latest()
    expect(decision).toMatchObject({ outcome: 'refused', code })
    expect(page.headers.get('entente-decision')).toBe(decision?.id)
  })
})

describe('where a person belongs', () => {
  it('is asked by apps of every organisation, and told nothing of others', async () => {
    const { app } = await house.newApp({ redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' }, 'default')
    await createDomain(house.registry, acme, operator, {
      id: null,
      domain: 'home.example',
      provider: 'okta',
      vouched: true,
    })
    const browser = openBrowser(house.url)
    const { url } = await begin({}, configOf(clientIdOf(app)))
    const page = await browser.go(url)
    expect(page.text).toContain('name="identifier"')
    const answers = []
    for (const identifier of ['a@nobody.example', 'a@unknown.example'])
      answers.push(await browser.submit(page, { identifier }))
    const [one, two] = answers.map(({ text, status }) => `${status} ${text.replaceAll(/nobody|unknown/g, '')}`)
    expect(one).toBe(two)
    expect(answers[0]?.status).toBe(400)
    const known = await browser.submit(page, { identifier: 'Ada@Home.example' })
    expect(new URL(known.url).searchParams.get('login_hint')).toBe('Ada@Home.example')
  })

  it('is not another organisation’s provider, whatever hint comes', async () => {
    for (const idp_hint of ['rival/okta', 'nobody', '../okta', 'acme/okta/x']) {
      const { url } = await begin({ idp_hint })
      const page = await openBrowser(house.url).go(url)
      expect(page.url.startsWith(house.url)).toBe(true)
    }
    const { url } = await begin({ idp_hint: 'okta' })
    expect((await openBrowser(house.url).go(url)).url).toContain('provider=okta')
  })

  it('is chosen where there are several', async () => {
    const settings = { oidc: { clientId: 'c' } }
    const second = {
      id: 'second',
      displayName: 'Second <b>',
      use: 'workforce' as const,
      known: null,
      issuer: 'https://second.example',
      settings,
    }
    await createProvider(house.registry, acme, providerDraft(second))
    const browser = openBrowser(house.url)
    const page = await browser.go((await begin()).url)
    expect(page.text).toContain('value="acme/second"')
    expect(page.text).not.toContain('<b>')
    // All of one organisation: its name would tell none from another.
    expect(page.text).not.toContain('<small>')
    expect((await browser.submit(page, { choice: 'acme/second' })).url).toContain('provider=second')
    await updateProvider(house.registry, acme, operator, 'workforce', 'second', { enabled: false })
  })
})
