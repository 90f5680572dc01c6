/**
 * The console as people use it: the built files from the real program, in a real browser, with a company's login (a simulated
 * Okta) on another site. Signing in, what cannot be undone and the proof before it, refusals in words; readable in light, dark and
 * on a phone.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { at } from '../../src/cli/demo/api.ts'
import { type ConsoleWorld, openConsoleWorld } from '../peers/console-world.ts'
import { openBrowser } from './browser.ts'
import { buildConsole } from './built-console.ts'
import { findingsOf, widthTooMuch } from './readable.ts'

const DESK: BrowserContextOptions = { colorScheme: 'light', viewport: { width: 1280, height: 800 } }
const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: DESK,
  dark: { ...DESK, colorScheme: 'dark' },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  'dark phone': { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
}
const shots = process.env.ENTENTE_TEST_SCREENSHOTS

let world: ConsoleWorld
let chrome: Browser
let context: BrowserContext
let page: Page
/** What the browser was not allowed to do, and scripts that fell. */
let complaints: string[]

beforeAll(async () => {
  buildConsole()
  world = await openConsoleWorld()
  const places = world.okta.connectTo.split(',').map((one) => `MAP ${one.replace('=', ' ')}`)
  chrome = await openBrowser([`--host-resolver-rules=${places.join(',')}`])
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})
afterAll(async () => {
  await chrome?.close()
  await world?.close()
})
beforeEach(() => open())
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

/** A browser of its own, which need not know the simulators' authority. */
async function open(options: BrowserContextOptions = DESK): Promise<void> {
  context = await chrome.newContext({ ...options, ignoreHTTPSErrors: true })
  complaints = []
  context.on('console', (message) => {
    // A refusal is an answer like any other; the browser writes of each that it is an error.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  page = await context.newPage()
}

async function another(options: BrowserContextOptions): Promise<void> {
  await context.close()
  await open(options)
}

const heading = (name: string | RegExp, on: Page = page) => on.getByRole('heading', { level: 1, name })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function signIn(login: string, organisation: string, path = ''): Promise<void> {
  world.okta.cast.choose(login)
  await page.goto(`${world.server.url}/console/${path}`)
  await page.getByLabel('Organisation').fill(organisation)
  await button('Sign in').click()
  await page.locator('main#page').waitFor()
}

/** Opens the provider and asks for its deletion; the proof, where one is wanted, comes next. */
async function askToDelete(name: string, use = 'workload'): Promise<void> {
  await page.goto(`${world.server.url}/console/providers/${use}/${name}`)
  await button('Delete…').click()
  await page.getByLabel(`Type ${name} to confirm`).fill(name)
  await button('Delete').click()
}

async function exists(path: string): Promise<boolean> {
  const { status } = await world.operator.call('GET', path)
  expect([200, 404]).toContain(status)
  return status === 200
}

async function latestAudit(organisation?: string): Promise<unknown> {
  const { body } = await world.operator.call('GET', `${world.namespace(organisation)}/auditrecords?limit=1`)
  return at(body, 'items', '0', 'spec')
}

async function personOf(login: string, organisation?: string): Promise<unknown> {
  const { body } = await world.operator.call('GET', `${world.namespace(organisation)}/persons/${login}`)
  return at(body, 'metadata', 'uid')
}

/** The window of the proof, which the company's login leads back by itself. */
async function prove(word: string): Promise<Page> {
  const opened = context.waitForEvent('page')
  await button(word).click()
  return await opened
}

async function giveUp(): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Prove that it is you' })
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).last().click()
}

describe('an administrator whose organisation wants a proof', () => {
  it('signs in, deletes a provider after the proof, and the record says that it was she', async () => {
    const path = await world.newProvider('old-ci')
    await signIn('alice', 'default')
    await expect.poll(() => page.url()).toBe(`${world.server.url}/console/providers`)
    await page.getByText('admin in default').waitFor()
    await askToDelete('old-ci')
    const dialog = page.getByRole('dialog', { name: 'Prove that it is you' })
    await dialog.getByText('delete this provider').waitFor()
    expect(await exists(path)).toBe(true)
    const popup = await prove('Prove it')
    await heading('Providers').waitFor()
    await expect.poll(() => popup.isClosed()).toBe(true)
    expect(await exists(path)).toBe(false)
    expect(await latestAudit()).toMatchObject({ action: 'provider.remove', subject: await personOf('alice') })
    expect(await page.getByText('old-ci').count()).toBe(0)
  })

  it('is asked once in five minutes, for whatever it is', async () => {
    const [first, second] = [await world.newProvider('first-ci'), await world.newProvider('next-ci')]
    await signIn('alice', 'default')
    await page.getByRole('link', { name: 'first-ci' }).click()
    await button('Delete…').click()
    await page.getByLabel('Type first-ci to confirm').fill('first-ci')
    await button('Delete').click()
    await prove('Prove it')
    await heading('Providers').waitFor()
    await page.getByRole('link', { name: 'next-ci' }).click()
    await button('Delete…').click()
    await page.getByLabel('Type next-ci to confirm').fill('next-ci')
    await button('Delete').click()
    await heading('Providers').waitFor()
    expect([await exists(first), await exists(second)]).toEqual([false, false])
  })

  it('who says no at her company is told that nothing was deleted, and it is true', async () => {
    const path = await world.newProvider('kept')
    await signIn('alice', 'default')
    await askToDelete('kept')
    await world.okta.fail('access-denied')
    try {
      await prove('Prove it')
      await page.getByRole('alert').getByText('access_denied').waitFor()
    } finally {
      world.okta.mend()
    }
    await giveUp()
    await page.getByRole('alert').getByText('Nothing was deleted').waitFor()
    expect(await exists(path)).toBe(true)
  })

  it('who closes the window is told likewise, and may try again', async () => {
    const path = await world.newProvider('closed')
    await signIn('alice', 'default')
    await askToDelete('closed')
    // Until she is let go on, she looks at an empty window.
    await context.route(`${world.okta.issuer}/**`, () => {})
    const popup = await prove('Prove it')
    await popup.close()
    await page.getByRole('alert').getByText('Nothing was done').waitFor()
    await context.unroute(`${world.okta.issuer}/**`)
    world.okta.cast.choose('alice')
    expect(await exists(path)).toBe(true)
    await prove('Try again')
    await heading('Providers').waitFor()
    expect(await exists(path)).toBe(false)
  })

  it('cannot go on with the proof of somebody else', async () => {
    const path = await world.newProvider('hers')
    await signIn('alice', 'default')
    await askToDelete('hers')
    world.okta.cast.choose('bob')
    await prove('Prove it')
    await page.getByRole('alert').getByText('Nothing was done').waitFor()
    expect(await exists(path)).toBe(true)
    const { body } = await world.operator.call('GET', `${world.namespace()}/decisions?plane=step-up&limit=1`)
    expect(at(body, 'items', '0', 'spec', 'code')).toBe('step_up.person_unknown')
  })
})

describe('an operator', () => {
  it('rotates a signing key after the proof, and the record says that it was he', async () => {
    await signIn('bob', 'default')
    await page.getByRole('link', { name: 'Signing keys' }).click()
    await page
      .getByRole('button', { name: /^Rotate / })
      .first()
      .click()
    await button('Rotate').click()
    await page.getByRole('dialog').getByText('rotate this signing key').waitFor()
    await prove('Prove it')
    await page.getByRole('status').getByText('is published').waitFor()
    expect(await latestAudit()).toMatchObject({ action: 'signing_key.update', subject: await personOf('bob') })
    await page.getByText('Next', { exact: true }).first().waitFor()
  })

  it('comes in with the operator token, acts in every organisation, and is asked for no proof', async () => {
    const path = await world.newProvider('of-acme', 'acme')
    await page.goto(`${world.server.url}/console/`)
    await page.getByText('Use the operator token').click()
    await page.getByLabel(/^Operator token/).fill('wrong')
    await button('Use the token').click()
    await page.getByRole('alert').getByText('not the operator token of this server').waitFor()
    await page.getByLabel(/^Operator token/).fill(world.server.operatorToken())
    await button('Use the token').click()
    await heading('Providers').waitFor()
    await page.getByRole('combobox', { name: 'Organisation' }).selectOption('acme')
    await page.getByRole('link', { name: 'of-acme' }).click()
    await button('Delete…').click()
    await page.getByLabel('Type of-acme to confirm').fill('of-acme')
    await button('Delete').click()
    await heading('Providers').waitFor()
    expect(await exists(path)).toBe(false)
    // Nothing of it stays in the browser.
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(
      world.server.operatorToken(),
    )
  })
})

describe('an organisation without such a policy', () => {
  it('has its providers deleted at once, by its own administrator', async () => {
    const path = await world.newProvider('plain', 'acme')
    await signIn('alice', 'acme')
    await page.getByText('admin in acme').waitFor()
    await askToDelete('plain')
    await heading('Providers').waitFor()
    expect(await exists(path)).toBe(false)
    expect(await latestAudit('acme')).toMatchObject({ subject: await personOf('alice', 'acme') })
  })

  it('has an administrator who finds nothing of another one', async () => {
    await world.newProvider('secret-of-default')
    await signIn('alice', 'acme')
    await page.goto(`${world.server.url}/console/providers/workload/secret-of-default?organization=default`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByText('https://secret-of-default.example').count()).toBe(0)
  })
})

describe('whoever may not', () => {
  it('reads as a viewer, and hears in the words of the API why nothing is deleted', async () => {
    const path = await world.newProvider('seen')
    await signIn('carol', 'default')
    await askToDelete('seen')
    const alert = page.getByRole('alert')
    await alert.getByText('Nothing was deleted').waitFor()
    await alert.getByText('The caller has no role that allows this.').waitFor()
    expect(await exists(path)).toBe(true)
  })

  it('hears it at once without any role', async () => {
    await signIn('grace', 'default')
    await page.getByText('without a role in default', { exact: true }).waitFor()
    await page.getByRole('alert').getByText('The caller has no role that allows this.').first().waitFor()
  })
})

describe('a session', () => {
  it('is found again after a reload, and no token was kept for it', async () => {
    await signIn('alice', 'default')
    const kept = await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')
    expect(kept).not.toMatch(/eyJ/)
    await page.getByRole('link', { name: 'Decisions' }).click()
    await heading('Decisions').waitFor()
    await page.reload()
    await heading('Decisions').waitFor()
    await page.getByText('admin in default').waitFor()
  })

  it('ends with the sign-out, here and at the server', async () => {
    await signIn('alice', 'default')
    await button('Sign out').click()
    await page.locator('button[name=logout]').first().click()
    await page.waitForURL((url) => url.pathname === '/console/' || url.pathname.startsWith('/sign-in/'))
    await page.goto(`${world.server.url}/console/providers`)
    await button('Sign in').waitFor()
    expect(await page.getByText('admin in default').count()).toBe(0)
  })

  it('is not begun by an answer that nobody in this tab asked for', async () => {
    await page.goto(`${world.server.url}/console/return?code=stolen&state=foreign`)
    await heading('Nothing to go on with here').waitFor()
    await page.goto(`${world.server.url}/console/step-up?acr_values=x&max_age=1`)
    await heading('Nothing to go on with here').waitFor()
  })
})

/** What will come to its end. */
const MOVING =
  'document.getAnimations().filter((one) => one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity).length'

describe.each(Object.entries(LOOKS))('in %s', (look, options) => {
  /** Readable by everybody, no wider than the window, and looked at by people where a folder is named. */
  async function judge(name: string): Promise<void> {
    // What moves is judged when it stands.
    await expect.poll(() => page.evaluate(MOVING)).toBe(0)
    const file = `console-${name}.${look.replace(' ', '-')}.png`
    if (shots !== undefined) await page.screenshot({ path: join(shots, file), fullPage: true })
    expect.soft(await findingsOf(page), name).toEqual([])
    expect.soft(await widthTooMuch(page), name).toBe(0)
  }

  it('every page can be read by everybody', async () => {
    await world.newProvider(`shown-${look.replace(' ', '-')}`)
    await another(options)
    await page.goto(`${world.server.url}/console/`)
    await button('Sign in').waitFor()
    await judge('sign-in')
    await signIn('alice', 'default')
    await page
      .getByRole('link', { name: /^shown-/ })
      .first()
      .waitFor()
    await judge('providers')
    if (look.endsWith('phone')) {
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByText('admin in default').waitFor()
      await judge('menu')
    }
    await page.goto(`${world.server.url}/console/providers/workforce/okta`)
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await judge('provider')
    await page.goto(`${world.server.url}/console/signing-keys`)
    await page
      .getByRole('button', { name: /^Rotate / })
      .first()
      .waitFor()
    await judge('signing-keys')
    await page.goto(`${world.server.url}/console/decisions`)
    const decision = page.getByRole('table').getByRole('link').first()
    await decision.waitFor()
    await judge('decisions')
    await decision.click()
    await page.getByRole('heading', { name: 'The checks, in their order' }).waitFor()
    await judge('decision')
    await page.goto(`${world.server.url}/console/nowhere`)
    await heading(/./).waitFor()
    await judge('not-found')
    await askToDelete(`shown-${look.replace(' ', '-')}`)
    await button('Prove it').waitFor()
    await judge('proof')
    await giveUp()
    await page.getByRole('alert').getByText('Nothing was deleted').waitFor()
    await judge('not-deleted')
  })
})
