/** The ways through the OpenID Provider library that pages of ours lead along, in a real browser. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../src/planes/openid-provider/testing/house.ts'
import { deviceDonePage } from '../../src/planes/sign-in/pages/device.ts'
import { openBrowser } from './browser.ts'
import { type PageServer, servePages } from './page-server.ts'

let house: House
let browser: Browser
/** On an origin of its own. */
let app: PageServer
let page: Page
let complaints: string[]

beforeAll(async () => {
  house = await openHouse()
  app = await servePages(() => deviceDonePage({ language: 'en', brand: null }))
  browser = await openBrowser()
  await house.newApp({
    id: 'shop',
    displayName: 'The Shop',
    redirectUris: [`${app.url}/cb`],
    postLogoutRedirectUris: [`${app.url}/bye`],
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    scopes: ['openid'],
  })
})

afterAll(async () => {
  await browser?.close()
  await app?.close()
  await house?.close()
})

beforeEach(async () => {
  page = await browser.newPage()
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})
afterEach(() => page.context().close())

async function signIn(): Promise<void> {
  const parameters = {
    client_id: 'acme.shop',
    response_type: 'code',
    redirect_uri: `${app.url}/cb`,
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }
  await page.goto(`${house.url}/oauth2/authorize?${new URLSearchParams(parameters)}`)
  expect(page.url()).toContain(`${app.url}/cb?code=`)
}

async function device(): Promise<Readonly<Record<string, string>>> {
  const body = new URLSearchParams({ client_id: 'acme.shop', scope: 'openid' })
  return Object(await (await fetch(`${house.url}/oauth2/device_authorization`, { method: 'POST', body })).json())
}

describe('in a browser', () => {
  it('a device is signed in by typing its code', async () => {
    const { user_code: code = '' } = await device()
    await page.goto(`${house.url}/oauth2/device`)
    await page.getByLabel('Code').fill(code.toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Yes, sign in the device' }).click()
    await page.getByRole('heading', { name: 'Your device is signed in' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('a device is signed in by the link that it shows, after the same question', async () => {
    const { verification_uri_complete: link = '' } = await device()
    await page.goto(link)
    await page.getByRole('heading', { name: 'Sign in your device?' }).waitFor()
    await page.getByRole('button', { name: 'No, stop' }).click()
    await page.getByRole('alert').getByText('The device was not signed in').waitFor()
    expect(complaints).toEqual([])
  })

  it('signing out leads to the app, elsewhere', async () => {
    await signIn()
    const back = { client_id: 'acme.shop', post_logout_redirect_uri: `${app.url}/bye`, state: 's' }
    await page.goto(`${house.url}/oauth2/logout?${new URLSearchParams(back)}`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${app.url}/bye?state=s`)
    expect(complaints).toEqual([])
  })

  it('staying is not called signing out', async () => {
    await signIn()
    await page.goto(`${house.url}/oauth2/logout`)
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    await page.getByRole('heading', { name: 'You are still signed in' }).waitFor()
  })
})
