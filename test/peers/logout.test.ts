/**
 * The ways out: an app's logout that also leaves the company's login (oidc-provider, over TLS) and comes back, apps that are
 * told by back-channel logout (judged by jose), and sessions that somebody else ended. On the real program.
 */
import * as client from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { at } from '../../src/cli/demo/api.ts'
import { freePort } from '../../src/cli/demo/server-process.ts'
import { openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { askFor, CALLBACK } from './app-request.ts'
import { type BackChannel, judgeLogoutToken, startBackChannel } from './back-channel.ts'
import { HOST, openRelyingWorld, type Relying, type RelyingWorld } from './relying-world.ts'
import { type Page as CompanyPage, formOf, isArrival } from './scripted-browser.ts'

const BYE = 'https://shop.example/bye'

let world: RelyingWorld
let shop: BackChannel
let app: Relying

beforeAll(async () => {
  const authority = await createAuthority()
  shop = await startBackChannel(authority)
  const port = await freePort()
  const back = `http://localhost:${port}/sign-in/default/corp/signed-out`
  world = await openRelyingWorld({
    authority,
    port,
    connectTo: [shop.connectTo],
    client: { post_logout_redirect_uris: [back] },
  })
  app = await world.newApp({ postLogoutRedirectUris: [BYE], backchannelLogoutUri: shop.uri })
})
afterAll(async () => {
  await world?.close()
  await shop?.stop()
})
beforeEach(() => {
  shop.tokens.length = 0
})

async function isActive(token: string): Promise<boolean> {
  const asked = await fetch(`${world.url}/oauth2/introspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.server.operatorToken()}` },
    body: new URLSearchParams({ token }),
  })
  return at(await asked.json(), 'active') === true
}

async function personOf(login: string): Promise<string> {
  const list = await world.operator.call('GET', `${world.namespace()}/persons?search=${login}`)
  return `${world.namespace()}/persons/${at(list.body, 'items', '0', 'metadata', 'name')}`
}

/** The company's own question, answered with yes, and the way back to us. */
async function leaveCompany(upstream: ReturnType<RelyingWorld['upstreamBrowser']>, url: string): Promise<string> {
  const asked = await upstream.open(url)
  const found = isArrival(asked)
    ? asked
    : await upstream.open(formOf(asked).action, { ...formOf(asked).fields, logout: 'yes' })
  if (!isArrival(found)) throw new Error(`stuck at ${found.url}`)
  return `${found.url}?${new URLSearchParams(found.parameters)}`
}

describe('an app’s logout', () => {
  it('ends the session here, tells the app, leaves the company, and comes back to the app', async () => {
    const upstream = world.upstreamBrowser()
    const { tokens, browser } = await world.signIn(app, 'alice', {}, openBrowser(world.url), { upstream })
    const url = client.buildEndSessionUrl(app.config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: BYE,
      state: 's-1',
    })
    const question = await browser.go(url.href)
    expect(question.text).toContain('name="logout"')
    const left = await browser.submit(question, { logout: 'yes' })
    // At the company, with what proves whose session it is.
    const out = new URL(left.url)
    expect([out.host, out.searchParams.get('post_logout_redirect_uri')]).toEqual([
      HOST,
      `${world.url}/sign-in/default/corp/signed-out`,
    ])
    expect(await isActive(tokens.access_token)).toBe(false)
    await expect(client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    const [token = ''] = shop.tokens
    const told = await judgeLogoutToken(token, world.url, app.clientId)
    expect([told.sub, told.sid]).toEqual([tokens.claims()?.sub, tokens.claims()?.sid])

    const back = await leaveCompany(upstream, left.url)
    expect((await browser.go(back)).url).toBe(`${BYE}?state=s-1`)
    // Once: an old answer leads nowhere, and tells nobody that the company is left.
    const again = await browser.go(back)
    expect([again.status, again.url]).toEqual([200, back])
    expect(again.text).toContain('role="status"')

    // The company asks again who it is.
    const { url: anew } = await askFor(app.config)
    const asked = await browser.go(anew.href)
    const there = await browser.submit(asked, { identifier: 'alice@corp.example' })
    const page = await upstream.open(there.url)
    expect(formOf(page as CompanyPage).fields.prompt).toBe('login')
  })

  it('without an address to go back to ends on a page of ours that says whether the company was left', async () => {
    const upstream = world.upstreamBrowser()
    const { browser } = await world.signIn(app, 'bob', {}, openBrowser(world.url), { upstream })
    const left = await browser.submit(await browser.go(`${world.url}/oauth2/logout`), { logout: 'yes' })
    const back = await leaveCompany(upstream, left.url)
    const end = await browser.go(back)
    expect([end.status, end.url]).toEqual([200, back])
    expect(end.text).toContain('<h1>You are signed out</h1>')
    expect(end.text).not.toContain('role="status"')
  })

  it('is not finished in another browser, nor under another provider’s address', async () => {
    const upstream = world.upstreamBrowser()
    const { browser } = await world.signIn(app, 'carol', {}, openBrowser(world.url), { upstream })
    const url = client.buildEndSessionUrl(app.config, { post_logout_redirect_uri: BYE })
    const left = await browser.submit(await browser.go(url.href), { logout: 'yes' })
    const back = await leaveCompany(upstream, left.url)
    expect((await openBrowser(world.url).go(back)).url).toBe(back)
    const elsewhere = back.replace('/corp/', '/other/')
    expect((await browser.go(elsewhere)).url).toBe(elsewhere)
    // What the others tried has used nothing up.
    expect((await browser.go(back)).url).toBe(BYE)
  })

  it('ends here also where the company is switched off', async () => {
    const { browser, tokens } = await world.signIn(app, 'dora')
    const path = '/v1/regions/global/iam/providers/corp'
    await world.operator.call('PATCH', path, { enabled: false })
    try {
      const page = await browser.go(`${world.url}/oauth2/logout`)
      const end = page.text.includes('name="logout"') ? await browser.submit(page, { logout: 'yes' }) : page
      expect(end.url.startsWith(world.url)).toBe(true)
      expect(await isActive(tokens.access_token)).toBe(false)
    } finally {
      await world.operator.call('PATCH', path, { enabled: true })
    }
  })
})

describe('an app is told, with a token that jose accepts, of a session that', () => {
  type Kill = (login: string) => Promise<{ status: number }>
  const person: Kill = async (login) =>
    world.operator.call('PATCH', await personOf(login), { spec: { disabled: true } })
  const KILLS: readonly [string, Kill][] = [
    ['an administrator ended', async (login) => world.operator.call('DELETE', `${await personOf(login)}/sessions`)],
    ['ended with its person, disabled', person],
    ['ended with its person, deleted', async (login) => world.operator.call('DELETE', await personOf(login))],
    [
      'ended with its provider, disabled',
      () => world.operator.call('PATCH', '/v1/regions/global/iam/providers/corp', { enabled: false }),
    ],
  ]

  it.each(KILLS)('%s', async (what, kill) => {
    const login = `told-${what.replaceAll(/\W+/g, '-')}`
    const { tokens } = await world.signIn(app, login)
    const rival = await world.signIn(app, `other-${login}`)
    shop.tokens.length = 0
    // Restarting, the app misses the first try.
    shop.statuses.push(503)
    expect((await kill(login)).status).toBe(200)
    await world.operator.call('PATCH', '/v1/regions/global/iam/providers/corp', { enabled: true })
    // With the provider, all of its people: the rival, too.
    const ended = what.includes('provider') ? [tokens, rival.tokens] : [tokens]
    const heard = async () => {
      const told = await Promise.all(shop.tokens.map((token) => judgeLogoutToken(token, world.url, app.clientId)))
      return told.map(({ sid }) => sid)
    }
    await expect.poll(heard, { timeout: 10_000 }).toEqual(expect.arrayContaining(ended.map((one) => one.claims()?.sid)))
    if (!what.includes('provider')) expect(await heard()).toHaveLength(1)
    expect(await isActive(tokens.access_token)).toBe(false)
    expect(await isActive(rival.tokens.access_token)).toBe(!what.includes('provider'))
  })
})

describe('one’s own sessions', () => {
  const page = () => `${world.url}/sign-in/sessions`

  it('are shown to nobody who is not signed in', async () => {
    const { status, text } = await openBrowser(world.url).go(page())
    expect(status).toBe(401)
    expect(text).toContain('role="alert"')
    expect(text).not.toContain('<form')
  })

  it('are listed, and ended one by one; the app of the ended one is told', async () => {
    const here = await world.signIn(app, 'erin')
    const there = await world.signIn(app, 'erin')
    const shown = await here.browser.go(page())
    const ids = [...shown.text.matchAll(/name="end" value="([^"]*)"/g)].map(([, id = '']) => id)
    expect(ids).toHaveLength(2)
    const after = await here.browser.submit(shown, { end: ids[1] ?? '' })
    expect([...after.text.matchAll(/name="end"/g)]).toHaveLength(1)
    expect(await isActive(there.tokens.access_token)).toBe(false)
    expect(await isActive(here.tokens.access_token)).toBe(true)
    await expect.poll(() => shop.tokens.length).toBe(1)
    const told = await judgeLogoutToken(shop.tokens[0] ?? '', world.url, app.clientId)
    expect(told.sid).toBe(there.tokens.claims()?.sid)
    const rows = await world.operator.call('GET', `${world.namespace()}/auditrecords?limit=1`)
    expect(at(rows.body, 'items', '0', 'spec', 'action')).toBe('session.remove')
  })

  it('are all ended at once: the browser is led out of the company, too', async () => {
    const upstream = world.upstreamBrowser()
    const here = await world.signIn(app, 'frank', {}, openBrowser(world.url), { upstream })
    const there = await world.signIn(app, 'frank')
    const left = await here.browser.submit(await here.browser.go(page()), { everywhere: 'yes' })
    expect(new URL(left.url).host).toBe(HOST)
    for (const { tokens } of [here, there]) {
      expect(await isActive(tokens.access_token)).toBe(false)
      await expect(client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).rejects.toThrow()
    }
    expect((await here.browser.go(await leaveCompany(upstream, left.url))).text).toContain('You are signed out')
    expect((await here.browser.go(page())).status).toBe(401)
    await expect.poll(() => shop.tokens.length).toBe(2)
  })

  it('are ended by no form of another site, of another session, or without its token', async () => {
    const mine = await world.signIn(app, 'grace')
    const others = await world.signIn(app, 'heidi')
    const shown = await mine.browser.go(page())
    const foreign = await others.browser.go(page())
    const [, csrf = ''] = /name="csrf" value="([^"]*)"/.exec(foreign.text) ?? []
    const [, id = ''] = /name="end" value="([^"]*)"/.exec(foreign.text) ?? []
    for (const form of [{ everywhere: 'yes' }, { everywhere: 'yes', csrf }, { everywhere: 'yes', csrf: '' }])
      expect((await mine.browser.go(page(), { form })).status).toBe(400)
    // The own token, but somebody else's session: nothing of theirs ends.
    await mine.browser.submit(shown, { end: id })
    for (const { tokens } of [mine, others]) expect(await isActive(tokens.access_token)).toBe(true)
    const [, own = ''] = /name="csrf" value="([^"]*)"/.exec(shown.text) ?? []
    const cookie = [...mine.browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const answer = await fetch(page(), {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
      body: new URLSearchParams({ everywhere: 'yes', csrf: own }),
    })
    expect(answer.status).toBe(400)
    expect(await isActive(mine.tokens.access_token)).toBe(true)
  })
})

describe('an app of others', () => {
  const ask = async (more: Record<string, string> = {}) => (await askFor(foreign.config, more)).url.href
  let foreign: Relying
  beforeAll(async () => {
    foreign = await world.newApp({ firstParty: false, displayName: 'Partner', scopes: ['openid', 'profile', 'email'] })
  })

  it('asks for consent once, and again only for more', async () => {
    const browser = openBrowser(world.url)
    const { url, checks } = await askFor(foreign.config, { scope: 'openid profile' })
    const question = await world.walk(url.href, 'ivan', browser)
    expect(question.text).toContain('Partner')
    const allowed = await browser.submit(question, { consent: 'allow' })
    const tokens = await client.authorizationCodeGrant(foreign.config, new URL(allowed.url), checks)
    expect(tokens.scope).toBe('openid profile')
    // In the session, and at the next login in another browser.
    expect((await browser.go(await ask({ scope: 'openid profile' }))).url).toContain(`${CALLBACK}?code=`)
    const anew = openBrowser(world.url)
    expect((await world.walk(await ask({ scope: 'openid profile' }), 'ivan', anew)).url).toContain(`${CALLBACK}?code=`)
    const more = await anew.go(await ask({ scope: 'openid profile email' }))
    expect(more.text).toContain('see your e-mail address')
    expect(more.text).not.toContain('see your name')
  })

  it('is told where the person does not allow it, and gets nothing; silently it is refused', async () => {
    const browser = openBrowser(world.url)
    const question = await world.walk(await ask(), 'judy', browser)
    const back = new URL((await browser.submit(question, { consent: 'deny' })).url)
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.has('code')).toBe(false)
    const silent = new URL((await browser.go(await ask({ prompt: 'none' }))).url)
    expect(silent.searchParams.get('error')).toBe('consent_required')
  })

  it('gets no consent by a form without the token of the page', async () => {
    const browser = openBrowser(world.url)
    const question = await world.walk(await ask(), 'kim', browser)
    for (const form of [{ consent: 'allow' }, { consent: 'allow', csrf: 'x' }]) {
      const answer = await browser.go(question.url, { form })
      expect([answer.status, answer.url]).toEqual([400, question.url])
    }
    expect((await browser.submit(question, { consent: 'allow' })).url).toContain(`${CALLBACK}?code=`)
  })

  it('asks with prompt=login and prompt=consent in one go', async () => {
    const browser = openBrowser(world.url)
    const question = await world.walk(await ask({ prompt: 'login consent', scope: 'openid email' }), 'lena', browser)

    expect((await browser.submit(question, { consent: 'allow' })).url).toContain(`${CALLBACK}?code=`)
  })
})

describe('an app made anew under the name of one that was deleted', () => {
  it('has nothing of the other one’s tokens', async () => {
    const old = await world.newApp()
    const { tokens } = await world.signIn(old, 'nina')
    const path = `${world.namespace()}/apps`
    // Tokens have whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect((await world.operator.call('DELETE', `${path}/${old.clientId}`)).status).toBe(200)
    const document = {
      apiVersion: 'entente.dev/v1',
      kind: 'App',
      metadata: { name: old.clientId },
      spec: { redirectUris: [CALLBACK], clientSecret: old.secret },
    }
    expect((await world.operator.call('POST', path, document)).status).toBe(201)
    await expect(client.refreshTokenGrant(old.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(await isActive(tokens.access_token)).toBe(false)
    expect((await client.tokenIntrospection(old.config, tokens.refresh_token ?? '')).active).toBe(false)
  })
})

describe('lifetimes', () => {
  const ORGANISATION = '/apis/entente.dev/v1/organizations/default'
  const session = (seconds: object | null) => world.operator.call('PATCH', ORGANISATION, { spec: { session: seconds } })

  it('no refresh past the absolute lifetime: an organisation that shortens it ends what is older', async () => {
    const { tokens, browser } = await world.signIn(app, 'mona')
    const refreshed = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    expect(await isActive(refreshed.access_token)).toBe(true)
    // The shortest that can be set is five minutes; the session is made older than that in the database.
    expect((await session({ absoluteSeconds: 300 })).status).toBe(200)
    await world.age('mona', 299)
    const still = await client.refreshTokenGrant(app.config, refreshed.refresh_token ?? '')
    await world.age('mona', 2)
    await expect(client.refreshTokenGrant(app.config, still.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(await isActive(still.access_token)).toBe(false)
    const { url } = await askFor(app.config, { prompt: 'none' })
    expect((await browser.go(url.href)).url).toContain('error=login_required')
    await session(null)
  })
})
