/** Our pages around the real library: what it leads to them with, and that its forms work in our fields. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, openBrowser, type Page } from '../openid-provider/testing/browser.ts'
import { type House, openHouse } from '../openid-provider/testing/house.ts'

const CALLBACK = 'https://shop.example/cb'
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

let house: House

beforeAll(async () => {
  house = await openHouse()
  await house.newApp({
    id: 'shop',
    displayName: 'The <Shop>',
    redirectUris: [CALLBACK],
    postLogoutRedirectUris: ['https://shop.example/bye'],
    tokenEndpointAuthMethod: 'none',
    initiateLoginUri: 'https://shop.example/login',
    grantTypes: ['authorization_code', DEVICE],
    scopes: ['openid'],
  })
})
afterAll(() => house.close())

function authorize(more: Readonly<Record<string, string>> = {}): string {
  const parameters = {
    client_id: 'acme.shop',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  }
  return `${house.url}/oauth2/authorize?${new URLSearchParams(parameters)}`
}

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(house.url)
  expect((await browser.go(authorize())).url).toContain(`${CALLBACK}?code=`)
  return browser
}

async function userCode(): Promise<string> {
  const body = new URLSearchParams({ client_id: 'acme.shop', scope: 'openid' })
  const answer = await fetch(`${house.url}/oauth2/device_authorization`, { method: 'POST', body })
  return Object(await answer.json()).user_code
}

const headingOf = ({ text }: Page) => /<h1>(.*?)<\/h1>/.exec(text)?.[1]
const alarmOf = ({ text }: Page) => /role="alert">([^<]+)/.exec(text)?.[1]

describe('a page of the library', () => {
  it('has the headers of ours, and the policy of its own bytes', async () => {
    const page = await openBrowser(house.url).go(`${house.url}/oauth2/device`)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self';/)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('x-frame-options')).toBe('DENY')
  })

  it('speaks the language that the app or the browser asks for', async () => {
    const wrong = authorize({ redirect_uri: 'https://evil.example/', ui_locales: 'de-AT' })
    const page = await openBrowser(house.url).go(wrong)
    expect(page.text).toContain('<html lang="de">')
    const answer = await fetch(`${house.url}/oauth2/device`, { headers: { 'accept-language': 'de' } })
    expect(await answer.text()).toContain('<h1>Gerät verbinden</h1>')
  })

  it('names the organisation of the app, and none that a stranger merely names', async () => {
    const wrong = { redirect_uri: 'https://evil.example/' }
    expect((await openBrowser(house.url).go(authorize(wrong))).text).toContain('<bdi>Acme</bdi>')
    const named = authorize({ ...wrong, client_id: 'nobody', organization: 'acme' })
    expect((await openBrowser(house.url).go(named)).text).not.toContain('Acme')
  })
})

describe('an error', () => {
  it('of a request is the app’s, and leads back to where the app begins logins, never to where the request wants', async () => {
    const page = await openBrowser(house.url).go(authorize({ redirect_uri: 'https://evil.example/' }))
    expect([page.status, headingOf(page)]).toEqual([400, 'The app asked for something we cannot do'])
    expect(page.text).toContain('href="https://shop.example/login">Back to <bdi>The &lt;Shop&gt;</bdi></a>')
    expect(page.text).not.toContain('evil')
  })

  it.each([
    ['redirect_uri', { redirect_uri: 'https://evil.example/' }, 'invalid_redirect_uri'],
    ['client_id', { client_id: 'nobody' }, 'invalid_client'],
  ])('of a %s that is none says to whoever runs the app which it is', async (_name, wrong, code) => {
    const { text } = await openBrowser(house.url).go(authorize(wrong))
    expect(/<code>([^<]*)<\/code>/.exec(text)?.[1]).toMatch(new RegExp(`^${code}: `))
  })

  it('of a login that is over says so', async () => {
    const page = await openBrowser(house.url).go(`${house.url}/oauth2/authorize/AbCdEfGhIjKlMnOpQrStU`)
    expect([page.status, headingOf(page)]).toEqual([400, 'This sign-in has expired'])
  })

  it('of a form that no longer fits asks for a new one', async () => {
    const browser = await signedIn()
    const page = await browser.go(`${house.url}/oauth2/logout`)
    const forged = { ...page, text: page.text.replace(/name="xsrf" value="[^"]*"/, 'name="xsrf" value="00"') }
    expect(headingOf(await browser.submit(forged, { logout: 'yes' }))).toBe('This page was open too long')
    expect((await browser.go(authorize({ prompt: 'none' }))).url).toContain('code=')
  })
})

describe('signing out', () => {
  it('ends on a page that says so, and that the provider’s own session may go on', async () => {
    const browser = await signedIn()
    const asked = await browser.go(`${house.url}/oauth2/logout?client_id=acme.shop`)
    expect(headingOf(asked)).toBe('Sign out?')
    const done = await browser.submit(asked, { logout: 'yes' })
    expect(headingOf(done)).toBe('You are signed out')
    expect(done.text).toContain('You may still be signed in at your company’s sign-in service.')
    expect((await browser.go(authorize({ prompt: 'none' }))).url).toContain('error=login_required')
  })

  it('is not said where the person chose to stay', async () => {
    const browser = await signedIn()
    const stayed = await browser.submit(await browser.go(`${house.url}/oauth2/logout`))
    expect(headingOf(stayed)).toBe('You are still signed in')
    expect((await browser.go(authorize({ prompt: 'none' }))).url).toContain('code=')
  })
})

describe('a device', () => {
  it('is signed in by its code, with its app named and the code shown', async () => {
    const browser = openBrowser(house.url)
    const code = await userCode()
    const asked = await browser.submit(await browser.go(`${house.url}/oauth2/device`), { user_code: code })
    expect(headingOf(asked)).toBe('Sign in your device?')
    expect(asked.text).toContain('<bdi>The &lt;Shop&gt;</bdi> on your device will be signed in as you.')
    expect(asked.text).toContain(`<p class="usercode">${code}</p>`)
    expect(headingOf(await browser.submit(asked))).toBe('Your device is signed in')
    const again = await browser.submit(await browser.go(`${house.url}/oauth2/device`), { user_code: code })
    expect(alarmOf(again)).toMatch(/^This code has been used already/)
  })

  it('is not signed in where the person stops', async () => {
    const browser = openBrowser(house.url)
    const asked = await browser.submit(await browser.go(`${house.url}/oauth2/device`), { user_code: await userCode() })
    expect(alarmOf(await browser.submit(asked, { abort: 'yes' }))).toMatch(/^You have stopped this/)
  })

  it.each([
    ['', /^Enter the code\.$/],
    ['BCDF-"><b>', /^This code is not right/],
  ])('whose code is %o is asked again, with what was typed', async (code, expected) => {
    const browser = openBrowser(house.url)
    const page = await browser.submit(await browser.go(`${house.url}/oauth2/device`), { user_code: code })
    expect(alarmOf(page)).toMatch(expected)
    expect(page.text).toContain(`value="${code.replace('"><b>', '&quot;&gt;&lt;b&gt;')}"`)
  })

  it('is asked again where the form no longer fits', async () => {
    const browser = openBrowser(house.url)
    const page = await browser.go(`${house.url}/oauth2/device`)
    await browser.go(`${house.url}/oauth2/device`)
    const asked = await browser.submit(page, { user_code: await userCode() })
    expect([asked.status, alarmOf(asked)]).toEqual([400, 'This page was open too long. Enter the code once more.'])
    expect(headingOf(await browser.submit(asked, { user_code: await userCode() }))).toBe('Sign in your device?')
  })

  it('begins again in a browser that never saw the form', async () => {
    const page = await openBrowser(house.url).go(`${house.url}/oauth2/device`)
    const other = await openBrowser(house.url).submit(page, { user_code: await userCode() })
    expect([other.status, headingOf(other)]).toEqual([400, 'This page was open too long'])
    expect(other.text).toContain(`href="${house.url}/oauth2/device">Try again</a>`)
    expect(house.errors).toEqual([])
  })
})
