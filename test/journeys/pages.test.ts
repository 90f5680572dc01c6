/**
 * The pages of sign-in in a real browser: readable in light, dark and on a phone, usable by keyboard, without script, within
 * their policy. Screenshots go to the folder that ENTENTE_TEST_SCREENSHOTS names.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { continuePage } from '../../src/planes/sign-in/pages/continue.ts'
import { parseColour } from '../../src/planes/sign-in/pages/frame/colour.ts'
import type { View } from '../../src/planes/sign-in/pages/frame/page.ts'
import { DECISION, samplesOf } from '../../src/planes/sign-in/pages/testing/samples.ts'
import { openBrowser } from './browser.ts'
import { type PageServer, servePages } from './page-server.ts'

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
}

/** Colours that are hard to read on one ground or the other, and one that is not; `plain` has none. */
const VIEWS: Readonly<Record<string, View>> = {
  plain: { language: 'en', brand: null },
  acme: { language: 'en', brand: { name: 'Acme Industries', colour: parseColour('#0b6e4f') } },
  yellow: { language: 'de', brand: { name: 'Sonnenschein GmbH', colour: parseColour('#ffd400') } },
  white: { language: 'de', brand: { name: 'Weiß & Söhne', colour: parseColour('#ffffff') } },
  black: { language: 'en', brand: { name: 'Noir', colour: parseColour('#000000') } },
}

const HOSTILE = `"><img src=x onerror="window.broken=1"><script>window.broken=1</script>'--></style></title>&lt;`
const NAMES = Object.keys(samplesOf({ language: 'en', brand: null }, String))
const ACME = NAMES.map((name) => ['acme', name] as const)
/** Colours are the same on a phone. */
const OTHERS = ['plain', 'yellow', 'white', 'black'].flatMap((view) =>
  ['sign-in-problem', 'chooser'].map((name) => [view, name] as const),
)
const shots = process.env.ENTENTE_TEST_SCREENSHOTS

let browser: Browser
let server: PageServer
/** On another origin: the provider. */
let elsewhere: PageServer
let page: Page
/** What the browser was not allowed to do, and what it asked of others. */
let complaints: string[]

beforeAll(async () => {
  browser = await openBrowser()
  elsewhere = await servePages((path) =>
    path === '/continue'
      ? continuePage({
          language: 'en',
          brand: null,
          action: `${server.url}/saml`,
          fields: { SAMLRequest: 'PHNhbWw+', RelayState: '3f9a' },
          to: 'Acme',
        })
      : sample('plain', 'device-done'),
  )
  server = await servePages((path) => {
    // What follows a form is elsewhere, as in a sign-in.
    if (path.startsWith('POST ')) return { location: `${elsewhere.url}/login` }
    const [, view = '', name = ''] = path.split('/')
    return sample(view, name)
  })
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await elsewhere?.close()
})

function sample(view: string, name: string) {
  const hostile: View = { language: 'en', brand: { name: HOSTILE, colour: null } }
  if (view === 'hostile') return samplesOf(hostile, (text) => HOSTILE + text)[name] ?? null
  const known = Object.hasOwn(VIEWS, view) ? VIEWS[view] : undefined
  return known === undefined ? null : (samplesOf(known, String)[name] ?? null)
}

async function open(options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext(options)
  page = await context.newPage()
  complaints = []
  server.posted.length = 0
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const isOurs = ['data:', server.url, elsewhere.url].some((url) => request.url().startsWith(url))
    if (!isOurs) complaints.push(`asked for ${request.url()}`)
  })
}

/** The page that posts by itself stays, so that it can be looked at. */
async function holdForms(): Promise<void> {
  await page.addInitScript('HTMLFormElement.prototype.submit = function () {}')
}

/** Of the two upper grades. Our pages have no frames: one pass sees everything. */
async function findings(): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`))
}

describe.each(Object.entries(LOOKS))('in %s', (look, options) => {
  beforeAll(async () => {
    await open(options)
    await holdForms()
  })
  afterAll(() => page.context().close())

  const shown = look === 'phone' ? ACME : [...ACME, ...OTHERS]
  it.each(shown)('%s: %s can be read and used by everybody, fits, and stays within its policy', async (view, name) => {
    await page.goto(`${server.url}/${view}/${name}`)
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.${view}.${look}.png`), fullPage: true })
    expect(await findings()).toEqual([])
    const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(tooWide)).toBe(0)
    expect(complaints).toEqual([])
  })
})

describe('in a browser', () => {
  afterEach(() => page.context().close())

  it('a sign-in goes by keyboard alone, with what was hidden, to a provider elsewhere', async () => {
    await open()
    await page.goto(`${server.url}/acme/sign-in`)
    await page.locator('#identifier:focus').waitFor()
    await page.keyboard.type('anna@acme.example')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${elsewhere.url}/login`)
    expect(server.posted).toEqual(['/sign-in/b0d2f1?interaction=b0d2f1&csrf=a1c9&identifier=anna%40acme.example'])
    expect(complaints).toEqual([])
  })

  it('a choice goes by keyboard alone, and the focus is seen', async () => {
    await open()
    await page.goto(`${server.url}/acme/chooser`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outline')).toMatch(/ solid 3px$/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${elsewhere.url}/login`)
    expect(server.posted).toEqual(['/sign-in/b0d2f1?interaction=b0d2f1&csrf=a1c9&choice=acme%2Fentra'])
  })

  it('the reference number is selected whole when it is reached', async () => {
    await open()
    await page.goto(`${server.url}/acme/error`)
    for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab')
    const selected = '(({ value, selectionStart: a, selectionEnd: b }) => value.slice(a, b))(document.activeElement)'
    expect(await page.evaluate(selected)).toBe(DECISION)
  })

  it('a message is posted by itself, and the answer may lead anywhere', async () => {
    await open()
    await page.goto(`${elsewhere.url}/continue`)
    await page.waitForURL(`${elsewhere.url}/login`)
    expect(server.posted).toEqual(['/saml?SAMLRequest=PHNhbWw%2B&RelayState=3f9a'])
    expect(complaints).toEqual([])
  })

  it('a message is posted by its button where no script runs', async () => {
    await open({ javaScriptEnabled: false })
    await page.goto(`${elsewhere.url}/continue`)
    expect(server.posted).toEqual([])
    await page.getByRole('button').click()
    await page.waitForURL(`${elsewhere.url}/login`)
    expect(server.posted).toEqual(['/saml?SAMLRequest=PHNhbWw%2B&RelayState=3f9a'])
  })

  it('no page is shown in a frame', async () => {
    await open()
    await page.setContent(`<iframe src="${server.url}/acme/sign-in"></iframe>`)
    await expect.poll(() => complaints.join()).toContain('frame-ancestors')
    expect(await page.frames()[1]?.locator('form').count()).toBe(0)
  })

  it('hostile texts are texts on every page', async () => {
    await open()
    await holdForms()
    const count = `document.querySelectorAll('*').length`
    for (const name of NAMES) {
      await page.goto(`${server.url}/acme/${name}`)
      const harmless = await page.evaluate(count)
      await page.goto(`${server.url}/hostile/${name}`)
      expect([name, await page.evaluate(count)]).toEqual([name, harmless])
      expect(await page.evaluate('[typeof window.broken, document.title.includes("<script>")]')).toEqual([
        'undefined',
        true,
      ])
    }
    expect(complaints).toEqual([])
  })
})
