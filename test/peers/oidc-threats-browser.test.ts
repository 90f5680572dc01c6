/**
 * Attacks by way of the person's browser, on the real program: fixed sessions, cookies that others read, framed pages. Each
 * test's name is the attack. Source: RFC 6265bis; RFC 9700 §4; CSP Level 3 (frame-ancestors).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from '../../src/planes/openid-provider/testing/browser.ts'
import { NAMESPACE, openSignInWorld, type SignInWorld } from './sign-in-world.ts'

let world: SignInWorld

beforeAll(async () => {
  world = await openSignInWorld()
})
afterAll(() => world?.close())

const sessionOf = ({ cookies }: Browser) =>
  [...cookies].find(([name]) => name.endsWith('entente.session'))?.[1].value ?? null

async function isSignedIn(browser: Browser): Promise<boolean> {
  const { url } = await world.ask({ prompt: 'none' })
  return new URL((await browser.go(url)).url).searchParams.has('code')
}

describe('a session', () => {
  it('that was planted before the login is another one after it', async () => {
    const [attacker, victim] = [world.newBrowser(), world.newBrowser()]
    await world.toUpstream(attacker, { idp_hint: 'corp' })
    for (const [name, { value }] of attacker.cookies) victim.plant(name, value)
    const planted = 'a-session-of-the-attackers-choice'
    victim.plant('entente.session', planted)
    await world.signIn('alice', 'corp', victim)
    expect(await isSignedIn(victim)).toBe(true)
    expect(sessionOf(victim)).not.toBe(planted)
    attacker.plant('entente.session', planted)
    expect(await isSignedIn(attacker)).toBe(false)
  })

  it('gets a new id when somebody else signs in in the same browser, and the old id is nobody', async () => {
    const browser = world.newBrowser()
    await world.signIn('alice', 'corp', browser)
    const first = sessionOf(browser)
    const { upstream } = await world.toUpstream(browser, { idp_hint: 'corp', prompt: 'login' })
    // Another person: the library signs the first one out by a page that sends itself.
    const changing = await browser.go((await world.throughUpstream(upstream.href, 'bob')).href)
    expect((await browser.submit(changing)).url).toContain('code=')
    const thief = world.newBrowser()
    thief.plant('entente.session', first ?? '')
    expect(sessionOf(browser)).not.toBe(first)
    expect(await isSignedIn(thief)).toBe(false)
    expect(await isSignedIn(browser)).toBe(true)
  })

  it('is not made by the cookie of a login alone', async () => {
    const [browser, thief] = [world.newBrowser(), world.newBrowser()]
    await world.signIn('alice', 'corp', browser)
    for (const [name, { value }] of browser.cookies) if (!name.includes('session')) thief.plant(name, value)
    expect(await isSignedIn(thief)).toBe(false)
  })
})

describe('every cookie', () => {
  it('is out of reach for scripts, other sites and, by its path, for nobody of ours', async () => {
    const browser = world.newBrowser()
    await world.signIn('alice', 'corp', browser)
    expect(browser.set.length).toBeGreaterThan(3)
    for (const line of browser.set) {
      expect(line).toMatch(/;\s*httponly/i)
      expect(line).toMatch(/;\s*samesite=lax/i)
      expect(line).toMatch(/;\s*path=\/(;|$)/i)
      expect(line).not.toMatch(/;\s*domain=/i)
    }
  })

  it('on an https address is Secure and of this host alone by its name', async () => {
    const publicUrl = 'https://entente.example'
    const secure = await openSignInWorld({ ENTENTE_URL: publicUrl })
    try {
      const browser = secure.newBrowser()
      // The program listens without TLS, as behind a proxy; a browser would have come by https.
      const local = (url: string) => url.replace(publicUrl, secure.server.url)
      const follow = async (start: string): Promise<Page> => {
        let page = await browser.go(local(start))
        for (let hop = 0; hop < 10 && page.url.startsWith(publicUrl); hop++) page = await browser.go(local(page.url))
        return page
      }
      const { url } = await secure.ask({ idp_hint: 'liar' })
      const sent = await follow(url)
      expect(sent.url).toContain('https://idp.liar.example/')
      const back = await secure.throughUpstream(sent.url, 'alice')
      expect((await follow(back.href)).url).toContain('code=')
      expect(browser.set.length).toBeGreaterThan(3)
      for (const line of browser.set) {
        expect(line).toMatch(/^__Host-entente\./)
        expect(line).toMatch(/;\s*secure/i)
        expect(line).toMatch(/;\s*path=\/(;|$)/i)
        expect(line).not.toMatch(/;\s*domain=/i)
      }
    } finally {
      await secure.close()
    }
  })
})

describe('no page of ours', () => {
  it.each<[string, () => Promise<Page>]>([
    ['the sign-in page', async () => await world.newBrowser().go((await world.ask()).url)],
    [
      'the sign-in page after a mistake',
      async () => {
        const browser = world.newBrowser()
        return await browser.submit(await browser.go((await world.ask()).url), { identifier: 'x@nobody.example' })
      },
    ],
    [
      'an error of the app',
      async () => await world.newBrowser().go((await world.ask({ redirect_uri: 'https://evil.example' })).url),
    ],
    [
      'a refused return',
      async () => await world.newBrowser().go(`${world.server.url}/sign-in/default/corp/return?state=x&code=y`),
    ],
    [
      'a sign-in that is over',
      async () => await world.newBrowser().go(`${world.server.url}/sign-in/nothing-like-this-here`),
    ],
    [
      'the address of a test that is over',
      async () => await world.newBrowser().go(`${world.server.url}/sign-in/test/x`),
    ],
    [
      'the result of a test',
      async () => {
        const answer = await world.call(200, 'POST', `${NAMESPACE}/workforceidentityproviders/corp/test`)
        const browser = world.newBrowser()
        const sent = await browser.go(String(Object(answer).redirectUrl))
        return await browser.go((await world.throughUpstream(sent.url, 'alice')).href)
      },
    ],
    ['the page of devices', async () => await world.newBrowser().go(`${world.server.url}/oauth2/device`)],
    ['the logout', async () => await world.newBrowser().go(`${world.server.url}/oauth2/logout`)],
  ])('is framed, cached or run with foreign scripts: %s', async (_what, open) => {
    const { headers, text } = await open()
    expect(text).toMatch(/^<!doctype html>/i)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toContain('no-store')
  })

  it('takes a form of another site for a login: the interaction’s cookie stays at home', async () => {
    const browser = world.newBrowser()
    const page = await browser.go((await world.ask()).url)
    const answer = await fetch(page.url, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ identifier: 'alice@corp.example' }),
    })
    expect(answer.status).toBe(400)
  })
})
