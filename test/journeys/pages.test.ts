/**
 * The pages of sign-in in a real browser: readable in light, dark and on a phone, usable by keyboard, without script, within
 * their policy. Screenshots go to the folder that ENTENTE_TEST_SCREENSHOTS names.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseColour } from '../../src/planes/sign-in/pages/frame/colour.ts'
import type { View } from '../../src/planes/sign-in/pages/frame/page.ts'
import { samplesOf } from '../../src/planes/sign-in/pages/testing/samples.ts'
import { openBrowser } from './browser.ts'
import { type PageServer, servePages } from './page-server.ts'

const LOOKS = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const

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
const shots = process.env.ENTENTE_TEST_SCREENSHOTS

let browser: Browser
let server: PageServer
/** On another origin: the provider, the app. */
let elsewhere: PageServer
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await openBrowser()
  elsewhere = await servePages((path) =>
    path.startsWith('POST') ? { location: `${server.url}/plain/device-done` } : pageOf('plain', 'device-done'),
  )
  server = await servePages((path) => {
    // The next thing after a form is elsewhere, as in a sign-in.
    if (path.startsWith('POST')) return { location: `${elsewhere.url}/login` }
    const [, view = '', name = ''] = path.split('/')
    return pageOf(view, name)
  })
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await elsewhere?.close()
})

function pageOf(view: string, name: string) {
  if (view === 'hostile')
    return samplesOf({ language: 'en', brand: { name: HOSTILE, colour: null } }, withHostile)[name] ?? null
  const known = Object.hasOwn(VIEWS, view) ? VIEWS[view] : undefined
  return known === undefined ? null : (samplesOf(known, String)[name] ?? null)
}

function withHostile(text: string): string {
  return HOSTILE + text
}

async function look(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  await context?.close()
  context = await browser.newContext(options)
  page = await context.newPage()
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (![server.url, elsewhere.url].some((url) => request.url().startsWith(url))) {
      if (!request.url().startsWith('data:')) complaints.push(`asked for ${request.url()}`)
    }
  })
}

/** The page that posts by itself is looked at without script, or it would be gone. */
async function show(view: string, name: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  await look({ ...options, javaScriptEnabled: name !== 'continue' })
  await page.goto(`${server.url}/${view}/${name}`)
}

async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`))
}

const looks = Object.entries(LOOKS)
const shown = [
  ...NAMES.flatMap((name) => looks.map(([look]) => ({ view: 'acme', name, look }))),
  ...['plain', 'yellow', 'white', 'black'].flatMap((view) =>
    ['sign-in-problem', 'chooser', 'sessions'].flatMap((name) => looks.map(([look]) => ({ view, name, look }))),
  ),
]

describe.each(shown)('the page $name of $view in $look', ({ view, name, look }) => {
  beforeEach(() => show(view, name, LOOKS[look as keyof typeof LOOKS]))
  afterEach(() => context.close())

  it('can be read and used by everybody, fits, and stays within its policy', async () => {
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.${view}.${look}.png`), fullPage: true })
    if (name !== 'continue') expect(await findings()).toEqual([])
    const widths = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(name === 'continue' ? 0 : await page.evaluate(widths)).toBe(0)
    expect(complaints).toEqual([])
  })
})
