/**
 * A test sign-in in a real browser: from the address that a face answers, through the pages of a provider that we did not
 * write, to the page that shows what was found; in light, dark and on a phone. Screenshots go to the folder that
 * ENTENTE_TEST_SCREENSHOTS names.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { NAMESPACE, openSignInWorld, type SignInWorld } from '../peers/sign-in-world.ts'
import { openBrowser } from './browser.ts'

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 }, locale: 'en-GB' },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 }, locale: 'de-DE' },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 }, locale: 'en-GB' },
}
const PROVIDER = `${NAMESPACE}/workforceidentityproviders/corp`
const shots = process.env.ENTENTE_TEST_SCREENSHOTS

let world: SignInWorld
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  world = await openSignInWorld()
  // The provider is at its own name, on a port of this machine.
  browser = await openBrowser([`--host-resolver-rules=MAP ${world.corp.host}:443 127.0.0.1:${world.corp.port}`])
  for (const [name, group, value] of [
    ['everybody', '/staff', 'ada of corp'],
    ['nobody', '/board', 'somebody else'],
  ])
    await world.call(201, 'POST', '/api/identity-providers/corp/mappers', {
      name,
      identity_provider_mapper: 'oidc-advanced-group-idp-mapper',
      config: { group, claims: JSON.stringify([{ key: 'name', value }]) },
    })
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})
afterEach(() => page.context().close())

async function open(options: BrowserContextOptions): Promise<void> {
  page = await (await browser.newContext({ ...options, ignoreHTTPSErrors: true })).newPage()
  complaints = []
  page.on('console', (message) => {
    if (page.url().startsWith(world.server.url) && ['error', 'warning'].includes(message.type()))
      complaints.push(message.text())
  })
}

async function testUrl(): Promise<string> {
  return String(at(await world.call(200, 'POST', `${PROVIDER}/test`), 'redirectUrl'))
}

/** The provider's own pages: a name and a password, then consent. */
async function throughProvider(login: string): Promise<void> {
  await page.waitForURL(`https://${world.corp.host}/**`)
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
  await page.waitForURL(`${world.server.url}/**`)
}

async function expectReadable(name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
  expect(complaints).toEqual([])
}

describe('a test sign-in in a browser', () => {
  it.each(Object.entries(LOOKS))('shows who would come in, in %s', async (look, options) => {
    await open(options)
    await page.goto(await testUrl())
    await throughProvider('ada')
    const text = await page.locator('main').innerText()
    const words =
      options.locale === 'de-DE'
        ? ['Testanmeldung', 'Eine neue Person', 'erteilt']
        : ['Test sign-in', 'A new person', 'granted']
    for (const part of [...words, 'ada@corp.example', '/staff', 'google.subject']) expect(text).toContain(part)
    await expectReadable(`test-sign-in-granted.${look}`)
  })

  it.each(Object.entries(LOOKS))(
    'shows what refused, part by part, of a provider that is off, in %s',
    async (look, options) => {
      const attributeCondition =
        'assertion.email_verified && assertion.name.startsWith("bea ") && "google.subject" != ""'
      await world.call(200, 'PATCH', PROVIDER, { spec: { attributeCondition, disabled: true } })
      await open(options)
      await page.goto(await testUrl())
      await throughProvider('ada')
      const text = await page.locator('main').innerText()
      for (const part of ['condition.false', 'assertion.name.startsWith("bea ")', 'ada of corp'])
        expect(text).toContain(part)
      expect(text).toContain(options.locale === 'de-DE' ? 'ausgeschaltet' : 'switched off')
      await expectReadable(`test-sign-in-refused.${look}`)
      await world.call(200, 'PATCH', PROVIDER, { spec: { attributeCondition: null, disabled: false } })
    },
  )

  it('is read by keyboard: what scrolls takes the focus', async () => {
    await open(LOOKS.phone ?? {})
    await page.goto(await testUrl())
    await throughProvider('ada')
    const regions = await page.locator('[role=region]').count()
    expect(regions).toBeGreaterThan(3)
    const seen = new Set<string>()
    for (let tabs = 0; tabs < regions + 2; tabs++) {
      await page.keyboard.press('Tab')
      seen.add(String(await page.evaluate('document.activeElement.getAttribute("aria-label")')))
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['Whose account it is', 'Checks', 'What the provider said', 'Mappers']),
    )
  })

  it('does not go on by the button back: the answer was used', async () => {
    await open(LOOKS.light ?? {})
    const url = await testUrl()
    await page.goto(url)
    await throughProvider('ada')
    const answer = await page.reload()
    expect(answer?.status()).toBe(403)
    expect((await page.goto(url))?.status()).toBe(400)
    await page.getByRole('alert').waitFor()
  })
})
