/**
 * A relying party that knows nothing of us and shares no code with our tests: Apache with mod_auth_openidc, configured by our
 * discovery document alone. `npm test` installs it where it is missing.
 */
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { type Apache, BYE, findApache, freePort, PROTECTED, REDIRECT, startApache } from './apache.ts'
import { openRelyingWorld, type RelyingWorld } from './relying-world.ts'

const found = findApache()
const place = typeof found === 'string' ? null : found

describe.skipIf(place === null)(`mod_auth_openidc${typeof found === 'string' ? `, skipped: ${found}` : ''}`, () => {
  let world: RelyingWorld
  let apache: Apache

  beforeAll(async () => {
    if (place === null) return
    world = await openRelyingWorld({ env: { ENTENTE_UPSTREAM_ALLOW: 'localhost,127.0.0.1' } })
    const port = await freePort()
    const url = `http://localhost:${port}`
    const { clientId, secret } = await world.newApp({
      redirectUris: [url + REDIRECT],
      postLogoutRedirectUris: [url + BYE],
      backchannelLogoutUri: `${url}${REDIRECT}?logout=backchannel`,
    })
    apache = await startApache({ place, port, issuer: world.server.url, clientId, clientSecret: secret ?? '' })
  })
  afterAll(async () => {
    await apache?.stop()
    await world?.close()
  })

  /** The protected page, after as much of a login as it takes. */
  async function visit(mine: Browser, ours: Browser, login: string) {
    const first = await mine.go(apache.url + PROTECTED)
    if (first.url.startsWith(apache.url)) return first
    const back = await world.walk(first.url, login, ours)
    expect(back.url.startsWith(apache.url + REDIRECT), `${back.url} ${back.text}`).toBe(true)
    return await mine.go(back.url)
  }

  it('shows its page to a person who came through their company’s login, and knows who it is', async () => {
    const page = await visit(openBrowser(apache.url), openBrowser(world.server.url), 'alice')
    expect(page.status, apache.log()).toBe(200)
    const list = await world.operator.call('GET', `${world.namespace()}/persons?search=alice`)
    const said = variablesOf(page.text)
    expect(said.REMOTE_USER).toBe(at(list.body, 'items', '0', 'metadata', 'uid'))
    expect(said).toMatchObject({
      AUTH_TYPE: 'openid-connect',
      OIDC_CLAIM_iss: world.server.url,
      OIDC_CLAIM_organization: 'default',
      OIDC_CLAIM_provider: 'corp',
      OIDC_CLAIM_email: 'alice@corp.example',
      OIDC_CLAIM_name: 'alice of corp',
    })
  })

  it('keeps out whoever does not come in', async () => {
    const first = await openBrowser(apache.url).go(apache.url + PROTECTED)
    expect(first.url.startsWith(`${world.server.url}/oauth2/authorize?`)).toBe(true)
    expect(new URL(first.url).searchParams.get('code_challenge_method')).toBe('S256')
    const forged = await openBrowser(apache.url).go(`${apache.url}${REDIRECT}?code=x&state=y`)
    expect(forged.text).not.toContain('REMOTE_USER')
  })

  it('hears of the end when the person signs out at another app', async () => {
    const [mine, ours] = [openBrowser(apache.url), openBrowser(world.server.url)]
    await visit(mine, ours, 'carol')
    expect((await mine.go(apache.url + PROTECTED)).url).toBe(apache.url + PROTECTED)
    const other = await world.newApp({ postLogoutRedirectUris: ['https://shop.example/bye'] })
    const { tokens } = await world.signIn(other, 'carol', {}, ours)
    const hint = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: 'https://shop.example/bye' }
    await ours.submit(await ours.go(client.buildEndSessionUrl(other.config, hint).href), { logout: 'yes' })
    const visited = async () => (await mine.go(apache.url + PROTECTED)).url
    await expect.poll(visited, { timeout: 5_000 }).not.toBe(apache.url + PROTECTED)
  })

  it('signs out here and there', async () => {
    const [mine, ours] = [openBrowser(apache.url), openBrowser(world.server.url)]
    await visit(mine, ours, 'bob')
    const leaving = await mine.go(`${apache.url}${REDIRECT}?logout=${encodeURIComponent(apache.url + BYE)}`)
    expect(leaving.url.startsWith(`${world.server.url}/oauth2/logout?`), leaving.url).toBe(true)
    const asked = await ours.go(leaving.url)
    const gone = await ours.submit(asked, { logout: 'yes' })
    expect(gone.status, gone.text).toBeLessThan(400)
    const again = await mine.go(apache.url + PROTECTED)
    expect(again.url.startsWith(world.server.url)).toBe(true)
    const known = await ours.go(again.url)
    expect(known.text, 'signed out with us, too').toContain('name="identifier"')
  })
})

/** `NAME=value` lines, as the page prints them. */
function variablesOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').map((line) => line.split('='))
  return Object.fromEntries(lines.map(([name = '', ...value]) => [name, value.join('=')]))
}
