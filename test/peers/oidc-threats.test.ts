/**
 * Attacks on the way back from a provider, on the real program: answers that are another browser's, another login's, another
 * provider's or a lie. Each test's name is the attack. Source: OpenID Connect Core §3.1.3.7; RFC 9207; RFC 9700.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import type { Page } from '../../src/planes/openid-provider/testing/browser.ts'
import type { Lie } from './lying-provider.ts'
import { NAMESPACE, openSignInWorld, type SignInWorld } from './sign-in-world.ts'

let world: SignInWorld

beforeAll(async () => {
  world = await openSignInWorld()
})
afterAll(() => world?.close())
beforeEach(() => {
  world.liar.lie = {}
  world.liar.person = { sub: 'alice', email: 'alice@liar.example', email_verified: true }
})

const tokenRequests = () =>
  [world.corp, world.other, world.liar].map(({ asked }) => asked.filter((line) => line === 'POST /token').length)

/** Refused here, with a page of ours that leads nowhere, and nobody is signed in. */
async function expectRefused(page: Page, code: string) {
  expect(page.url.startsWith(world.server.url), page.url).toBe(true)
  expect([400, 403]).toContain(page.status)
  expect(page.headers.get('set-cookie') ?? '').not.toContain('entente.session')
  expect(await world.decision()).toMatchObject({ outcome: 'refused', code })
}

/** Whether this browser is signed in: an app that asks for no page is told. */
async function isSignedIn(browser: ReturnType<SignInWorld['newBrowser']>): Promise<boolean> {
  const { url } = await world.ask({ prompt: 'none' })
  return new URL((await browser.go(url)).url).searchParams.has('code')
}

describe('an answer of a provider is refused', () => {
  it('with a state that nobody sent, and without one', async () => {
    const browser = world.newBrowser()
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'corp' })
    const back = await world.throughUpstream(upstream.href, 'alice')
    const before = tokenRequests()
    const wrong = new URL(back)
    wrong.searchParams.set('state', 'A'.repeat(43))
    await expectRefused(await browser.go(wrong.href), 'login.unknown')
    const none = new URL(back)
    none.searchParams.delete('state')
    expect((await browser.go(none.href)).status).toBe(400)
    const twice = `${back.href}&state=${back.searchParams.get('state')}`
    expect((await browser.go(twice)).status).toBe(400)
    expect(tokenRequests()).toEqual(before)
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('with the state of another login of the same browser', async () => {
    const browser = world.newBrowser()
    const [one, two] = [
      await world.toUpstream(browser, { idp_hint: 'corp' }),
      await world.toUpstream(browser, { idp_hint: 'corp' }),
    ]
    const back = await world.throughUpstream(one.upstream.href, 'alice')
    back.searchParams.set('state', two.upstream.searchParams.get('state') ?? '')
    // The code is bound to the first one's verifier: the provider itself refuses it.
    await expectRefused(await browser.go(back.href), 'code.refused')
  })

  it('in another browser: login CSRF leaves the victim signed out, and the attacker’s login unused', async () => {
    const [attacker, victim] = [world.newBrowser(), world.newBrowser()]
    const { upstream } = await world.toUpstream(attacker, { idp_hint: 'corp' })
    const back = await world.throughUpstream(upstream.href, 'mallory')
    const before = tokenRequests()
    await expectRefused(await victim.go(back.href), 'login.other_browser')
    // Having a login of their own under way does not help.
    await world.toUpstream(victim, { idp_hint: 'corp' })
    await expectRefused(await victim.go(back.href), 'login.other_browser')
    expect(tokenRequests()).toEqual(before)
    expect(await isSignedIn(victim)).toBe(false)
    expect((await attacker.go(back.href)).url).toContain('code=')
  })

  it('a second time', async () => {
    const browser = world.newBrowser()
    const { back, end } = await world.signIn('alice', 'corp', browser)
    expect(end.url).toContain('code=')
    const before = tokenRequests()
    await expectRefused(await browser.go(back.href), 'login.unknown')
    expect(tokenRequests()).toEqual(before)
  })

  it('for all but one of twenty that come with it at once, with one request to the provider', async () => {
    const browser = world.newBrowser()
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'corp' })
    const back = await world.throughUpstream(upstream.href, 'alice')
    const [before = 0] = tokenRequests()
    const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(back, { redirect: 'manual', headers: { cookie } })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(19)
    expect(tokenRequests()[0]).toBe(before + 1)
  })

  it('after a restart too, once it was used; one that was not is still good', async () => {
    const browser = world.newBrowser()
    const used = await world.signIn('alice', 'corp', browser)
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'corp', prompt: 'login' })
    const fresh = await world.throughUpstream(upstream.href, 'alice')
    await world.restart()
    await expectRefused(await browser.go(used.back.href), 'login.unknown')
    expect((await browser.go(fresh.href)).url).toContain('code=')
  })
})

describe('a mix-up of providers is refused before any request', () => {
  it.each<[string, Record<string, string | null>, string]>([
    ['with the issuer of another', { iss: 'https://idp.corp.example' }, 'answer.issuer_mismatch'],
    ['with an issuer that only looks alike', { iss: 'https://idp.liar.example/' }, 'answer.issuer_mismatch'],
    ['without the issuer that was promised', { iss: null }, 'answer.issuer_missing'],
  ])('%s', async (_how, callback, code) => {
    world.liar.lie = { callback }
    const before = tokenRequests()
    const { end } = await world.signIn('alice', 'liar')
    await expectRefused(end, code)
    expect(tokenRequests()).toEqual(before)
  })

  it('at the return path of another provider, and the login is not used up by it', async () => {
    const browser = world.newBrowser()
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'liar' })
    const back = await world.throughUpstream(upstream.href, 'alice')
    const before = tokenRequests()
    const elsewhere = back.href.replace('/default/liar/', '/default/corp/')
    await expectRefused(await browser.go(elsewhere), 'login.other_provider')
    expect(tokenRequests()).toEqual(before)
    expect((await browser.go(back.href)).url).toContain('code=')
  })

  it('with a code of the other in the answer of this one', async () => {
    const stolen = await world.toUpstream(world.newBrowser(), { idp_hint: 'other' })
    const victim = await world.throughUpstream(stolen.upstream.href, 'alice')
    const browser = world.newBrowser()
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'corp' })
    const back = await world.throughUpstream(upstream.href, 'mallory')
    back.searchParams.set('code', victim.searchParams.get('code') ?? '')
    await expectRefused(await browser.go(back.href), 'code.refused')
  })
})

describe('a code is of one login', () => {
  it('alice’s code in bob’s answer is refused by PKCE', async () => {
    const alice = await world.toUpstream(world.newBrowser(), { idp_hint: 'corp' })
    const stolen = await world.throughUpstream(alice.upstream.href, 'alice')
    const browser = world.newBrowser()
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'corp' })
    const back = await world.throughUpstream(upstream.href, 'bob')
    back.searchParams.set('code', stolen.searchParams.get('code') ?? '')
    await expectRefused(await browser.go(back.href), 'code.refused')
    expect(await isSignedIn(browser)).toBe(false)
  })
})

/** Bob instead of alice, under alice's signature. */
function changed(token: string): string {
  const [head = '', body = '', signature = ''] = token.split('.')
  const claims: object = JSON.parse(Buffer.from(body, 'base64url').toString())
  return [head, Buffer.from(JSON.stringify({ ...claims, sub: 'bob' })).toString('base64url'), signature].join('.')
}

describe('an ID token is refused', () => {
  let old = ''
  it.each<[string, Lie, string]>([
    ['without a nonce', { idToken: ({ nonce: _, ...claims }) => claims }, 'nonce.mismatch'],
    ['with another nonce', { idToken: (claims) => ({ ...claims, nonce: 'another' }) }, 'nonce.mismatch'],
    [
      'with a nonce that is no text',
      { idToken: (claims) => ({ ...claims, nonce: [claims.nonce ?? ''] }) },
      'nonce.mismatch',
    ],
    [
      'with the hash of another access token',
      { idToken: (claims) => ({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
      'token.hash_mismatch',
    ],
    [
      'with the hash of another code',
      { idToken: (claims) => ({ ...claims, c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
      'token.hash_mismatch',
    ],
    ['of another audience', { idToken: (claims) => ({ ...claims, aud: 'another-app' }) }, 'audience.mismatch'],
    [
      'of several audiences that does not say for whom',
      { idToken: (claims) => ({ ...claims, aud: ['entente', 'another-app'] }) },
      'audience.mismatch',
    ],
    ['of another issuer', { idToken: (claims) => ({ ...claims, iss: 'https://idp.corp.example' }) }, 'issuer.mismatch'],
    ['that has expired', { idToken: (claims) => ({ ...claims, exp: Number(claims.iat) - 3_600 }) }, 'token.expired'],
    ['without an end', { idToken: ({ exp: _, ...claims }) => claims }, 'token.malformed'],
    ['without a subject', { idToken: ({ sub: _, ...claims }) => claims }, 'token.malformed'],
    ['with null as subject', { idToken: (claims) => ({ ...claims, sub: null }) }, 'token.malformed'],
    [
      'whose signature was taken away',
      { sendToken: (token) => `${token.split('.').slice(0, 2).join('.')}.` },
      'signature.invalid',
    ],
    [
      'of algorithm none',
      { sendToken: (token) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.` },
      'token.algorithm',
    ],
    ['with a changed claim', { sendToken: (token) => changed(token) }, 'signature.invalid'],
  ])('%s', async (_what, lie, code) => {
    world.liar.lie = lie
    const { end } = await world.signIn('alice', 'liar')
    const { code: found } = await world.decision()
    expect(found).toBe(code)
    await expectRefused(end, code)
  })

  it('that was issued for another login of the same person', async () => {
    world.liar.lie = { sendToken: (token) => (old = token) }
    expect((await world.signIn('alice', 'liar')).end.url).toContain('code=')
    world.liar.lie = { sendToken: () => old }
    await expectRefused((await world.signIn('alice', 'liar')).end, 'nonce.mismatch')
  })

  it('beside user info that speaks of somebody else, or of nobody', async () => {
    world.liar.lie = { userInfo: (claims) => ({ ...claims, sub: 'bob', email: 'bob@liar.example' }) }
    await expectRefused((await world.signIn('alice', 'liar')).end, 'userinfo.subject_mismatch')
    world.liar.lie = { userInfo: ({ sub: _, ...claims }) => claims }
    await expectRefused((await world.signIn('alice', 'liar')).end, 'userinfo.subject_mismatch')
  })
})

describe('nobody is taken over by an address', () => {
  const path = '/api/identity-providers/liar'
  const persons = async (search: string) => {
    const list = await world.call(200, 'GET', `${NAMESPACE}/persons?search=${search}`)
    const items = at(list, 'items')
    return Array.isArray(items) ? items : []
  }

  it('that the provider has not proved, nor by one of a domain that is not the provider’s', async () => {
    await world.call(200, 'PATCH', path, { first_login: 'link_verified_email' })
    const document = { apiVersion: 'entente.dev/v1', kind: 'Person', metadata: { name: 'victim' } }
    await world.call(201, 'POST', `${NAMESPACE}/persons`, { ...document, spec: { email: 'victim@liar.example' } })
    for (const email_verified of [false, 'true', null, 1]) {
      world.liar.person = { sub: `mallory-${email_verified}`, email: 'victim@liar.example', email_verified }
      await world.signIn('mallory', 'liar')
    }
    world.liar.person = { sub: 'mallory', email: 'victim@corp.example', email_verified: true }
    await expectRefused((await world.signIn('mallory', 'liar')).end, 'domain.foreign')
    const [victim] = (await persons('victim')).filter((one) => at(one, 'metadata', 'name') === 'victim')
    expect(at(victim, 'spec', 'links') ?? []).toEqual([])
    world.liar.person = { sub: 'the-victim', email: 'Victim@liar.example', email_verified: true }
    expect((await world.signIn('victim', 'liar')).end.url).toContain('code=')
    const [linked] = (await persons('victim')).filter((one) => at(one, 'metadata', 'name') === 'victim')
    expect(at(linked, 'spec', 'links')).toEqual([{ provider: 'liar', subject: 'the-victim' }])
    await world.call(200, 'PATCH', path, { first_login: 'create' })
  })

  it('of another company’s domain, through a provider that has none of its own', async () => {
    await world.call(201, 'POST', '/apis/entente.dev/v1/organizations', {
      apiVersion: 'entente.dev/v1',
      kind: 'Organization',
      metadata: { name: 'rival' },
      spec: {},
    })
    const provider = {
      apiVersion: 'entente.dev/v1',
      kind: 'WorkforceIdentityProvider',
      metadata: { name: 'liar' },
      spec: {
        attributeMapping: [{ key: 'google.subject', value: 'assertion.sub' }],
        oidc: {
          issuerUri: world.liar.issuer,
          clientId: 'entente',
          webSsoConfig: { responseType: 'CODE', assertionClaimsBehavior: 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS' },
        },
      },
    }
    await world.call(201, 'POST', '/apis/entente.dev/v1/namespaces/rival/workforceidentityproviders', provider)
    world.liar.person = { sub: 'spy', email: 'boss@corp.example', email_verified: true }
    const end = (await world.signIn('spy', 'rival/liar')).end
    expect(end.status).toBe(403)
    const list = await world.call(200, 'GET', '/apis/entente.dev/v1/namespaces/rival/decisions?limit=1')
    expect(at(list, 'items', '0', 'spec', 'code')).toBe('domain.foreign')
    world.liar.person = { sub: 'spy', email: 'boss@nobodys.example', email_verified: true }
    expect((await world.signIn('spy', 'rival/liar')).end.url).toContain('code=')
  })
})
