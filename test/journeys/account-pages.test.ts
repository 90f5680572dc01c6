/**
 * What a signed-in person is asked and shown, in a real browser on the real routes: consent, their sessions, the way out. In
 * light, dark and on a phone, by keyboard alone, in both languages. The upstream is one that any code convinces.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deviceDonePage } from '../../src/planes/sign-in/pages/device.ts'
import { openWayIn, type WayIn } from '../../src/planes/sign-in/testing/way-in.ts'
import { openBrowser } from './browser.ts'
import { type PageServer, servePages } from './page-server.ts'

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 }, locale: 'de-DE' },
}
const shots = process.env.ENTENTE_TEST_SCREENSHOTS

let way: WayIn
let browser: Browser
/** On an origin of its own. */
let app: PageServer
let upstream: PageServer
let page: Page
let complaints: string[]

beforeAll(async () => {
  // It knows everybody, and asks nothing.
  upstream = await servePages((path) => {
    const asked = new URL(path, 'http://upstream').searchParams
    const answer = new URLSearchParams({ code: 'good', state: asked.get('state') ?? '' })
    return { location: `${asked.get('redirect_uri')}?${answer}` }
  })
  way = await openWayIn({}, upstream.url)
  app = await servePages(() => deviceDonePage({ language: 'en', brand: null }))
  browser = await openBrowser()
  const common = { redirectUris: [`${app.url}/cb`], scopes: ['openid', 'profile', 'email'] }
  const isPublic = { tokenEndpointAuthMethod: 'none' as const, grantTypes: ['authorization_code'] }
  await way.house.newApp({ ...common, ...isPublic, id: 'partner', displayName: 'Partner', firstParty: false })
  await way.house.newApp({ ...common, ...isPublic, id: 'shop', displayName: 'The Shop' })
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await upstream?.close()
  await way?.house.close()
})
afterEach(() => page.context().close())

async function open(options: BrowserContextOptions = {}): Promise<void> {
  page = await (await browser.newContext(options)).newPage()
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
}

async function ask(clientId: string, more: Record<string, string> = {}): Promise<void> {
  const parameters = {
    client_id: `acme.${clientId}`,
    response_type: 'code',
    redirect_uri: `${app.url}/cb`,
    scope: 'openid profile email',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  }
  await page.goto(`${way.house.url}/oauth2/authorize?${new URLSearchParams(parameters)}`)
}

const arrived = () => page.waitForURL((url) => url.href.startsWith(`${app.url}/cb?`))
const sessions = () => page.goto(`${way.house.url}/sign-in/sessions`)

/** Readable by everybody, no wider than the window, and looked at by people where a folder is named. */
async function judge(name: string, look: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.journey.${look}.png`), fullPage: true })
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(bad.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
}

/** As somebody without a mouse: to the control of that name, and on. */
async function press(name: string | RegExp, times = 20): Promise<void> {
  const wanted = page.getByRole('button', { name }).first()
  await wanted.waitFor()
  for (let tabs = 0; tabs < times; tabs += 1) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) break
    await page.keyboard.press('Tab')
  }
  expect(await wanted.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
}

describe.each(Object.entries(LOOKS))('in %s', (look, options) => {
  it('consent, one’s sessions and the way out can be read and used by everybody', async () => {
    await open(options)
    const isGerman = options.locale === 'de-DE'
    await ask('partner', { prompt: 'consent' })
    await page.getByRole('heading', { name: /Partner/ }).waitFor()
    await judge('consent', look)
    await press(isGerman ? /^Erlauben$/ : /^Allow$/)
    await arrived()
    expect(page.url()).toContain('code=')
    await sessions()
    expect(await page.getByRole('listitem').count()).toBeGreaterThan(0)
    await judge('sessions', look)
    await page.goto(`${way.house.url}/oauth2/logout`)
    await judge('logout', look)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await judge('logged-out', look)
    await sessions()
    await judge('not-signed-in', look)
    expect(complaints.filter((one) => !one.includes('401'))).toEqual([])
  })
})

describe('by keyboard alone', () => {
  it('an app of others is refused, and told so', async () => {
    await open()
    await ask('partner', { prompt: 'consent' })
    await page.getByRole('heading', { name: /Partner/ }).waitFor()
    // No answer has the focus: yes is never an accident.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
    await press('Do not allow')
    await arrived()
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied')
    expect(complaints).toEqual([])
  })

  it('one session is ended from another browser, then all of them', async () => {
    await open()
    await ask('shop')
    await arrived()
    const first = page
    await open()
    await ask('shop')
    await arrived()
    await sessions()
    const rows = page.locator('li')
    const before = await rows.count()
    expect(before).toBeGreaterThan(1)
    // The own one is the first row; the second is the other browser's.
    const label = await page
      .getByRole('button', { name: /^Sign out the session/ })
      .nth(1)
      .getAttribute('aria-label')
    for (let tabs = 0; tabs < 2; tabs += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(label)
    await page.keyboard.press('Enter')
    await expect.poll(() => rows.count()).toBe(before - 1)
    await press('Sign out everywhere')
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    expect(complaints).toEqual([])
    await first.goto(`${way.house.url}/sign-in/sessions`)
    await first.getByRole('heading', { name: 'You are not signed in' }).waitFor()
    await first.context().close()
  })
})
