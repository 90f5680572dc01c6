import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientIdOf } from '../../../registry/app.ts'
import type { Protocol, SignInReturn } from '../../../registry/protocol.ts'
import { type Browser, openBrowser } from '../../openid-provider/testing/browser.ts'
import type { House } from '../../openid-provider/testing/house.ts'
import { openWayIn } from '../testing/way-in.ts'

const CALLBACK = 'https://shop.example/cb'
const IDP = 'https://adfs.example'
const asked: SignInReturn[] = []

/** A SAML provider that any response convinces: what lies around it is what is tested. */
const saml: Protocol = {
  name: 'saml',
  issuerSchemes: ['https'],
  secretFields: [],
  parseSettings: (_use, settings) => ({ settings, faults: [] }),
  signIn: {
    async begin({ state }) {
      const fields = { SAMLRequest: 'cmVxdWVzdA==', RelayState: state }
      return { method: 'POST', url: `${IDP}/sso`, fields, memory: {} }
    },
    async finish(answer, ladder) {
      asked.push(answer)
      ladder.check('signature', answer.parameters.SAMLResponse === 'Z29vZA==', 'signature.invalid')
      return {
        subject: 'u-1',
        claims: { subject: 'u-1' },
        email: null,
        acr: null,
        amr: [],
        authTime: null,
        session: null,
        logout: {},
        sessionEndsAt: null,
      }
    },
  },
}

let house: House
let clientId: string

beforeAll(async () => {
  ;({ house } = await openWayIn({ saml }))
  await addProvider('adfs', {})
  await addProvider('portal', { allowIdpInitiated: true })
  const { app } = await house.newApp({ redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' })
  clientId = clientIdOf(app)
})
afterAll(() => house.close())

async function addProvider(id: string, settings: Readonly<Record<string, boolean>>) {
  const uid = house.registry.newUid()
  const made = { ...house.provider, uid, id, protocol: 'saml' as const, settings }
  await house.storage.write((tx) => tx.providers.insert(made))
}

/** To the page that posts itself to the provider, and what stands in it. */
async function toProvider(browser: Browser): Promise<string> {
  const parameters = {
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    idp_hint: 'adfs',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }
  const page = await browser.go(`${house.url}/oauth2/authorize?${new URLSearchParams(parameters)}`)
  expect(page.text).toContain(`action="${IDP}/sso"`)
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/)
  return /name="RelayState" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
}

/** As the provider's page does it: a POST of another site, without cookies. */
function post(id: string, form: Readonly<Record<string, string>>) {
  const url = `${house.url}/saml/acme/${id}/acs`
  return fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
}

const locationOf = (answer: Response) => new URL(answer.headers.get('location') ?? '', house.url).href

async function latest() {
  const [row] = await house.storage.decisions.list('acme', { limit: 1 }, { plane: 'sign-in' })
  return row?.decision
}

describe('a response', () => {
  it('is parked by POST, and taken up once in the browser that began', async () => {
    const browser = openBrowser(house.url)
    const state = await toProvider(browser)
    const parked = await post('adfs', { SAMLResponse: 'Z29vZA==', RelayState: state })
    expect([parked.status, parked.headers.getSetCookie()]).toEqual([303, []])
    const at = locationOf(parked)
    expect(at).toBe(`${house.url}/saml/acme/adfs/acs?state=${state}`)
    expect((await post('adfs', { SAMLResponse: 'b3RoZXI=', RelayState: state })).status).toBe(400)
    expect((await openBrowser(house.url).go(at)).status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'login.other_browser' })
    expect(asked).toEqual([])
    expect((await browser.go(at)).url).toMatch(/^https:\/\/shop\.example\/cb\?code=/)
    expect(asked.map(({ parameters }) => parameters.SAMLResponse)).toEqual(['Z29vZA=='])
    expect((await browser.go(at)).status).toBe(403)
    expect(asked).toHaveLength(1)
  })

  it('counts only as it was parked, at the door and the path of its provider', async () => {
    const before = asked.length
    const browser = openBrowser(house.url)
    const state = await toProvider(browser)
    await post('adfs', { SAMLResponse: 'YmFk', RelayState: state })
    const query = `state=${state}`
    for (const path of ['/sign-in/acme/adfs/return', '/saml/acme/portal/acs', '/saml/rival/adfs/acs']) {
      expect((await browser.go(`${house.url}${path}?${query}`)).status).toBe(403)
      expect(await latest()).toMatchObject({ code: 'login.other_provider' })
    }
    expect(asked).toHaveLength(before)
    const page = await browser.go(`${house.url}/saml/acme/adfs/acs?${query}&SAMLResponse=Z29vZA%3D%3D`)
    expect(page.status).toBe(403)
    expect(await latest()).toMatchObject({ code: 'signature.invalid' })
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without a message', { RelayState: 'x' }],
    ['that is too large', { SAMLResponse: 'A'.repeat(400_001), RelayState: 'x' }],
  ])('%s is none', async (_what, form) => {
    expect((await post('adfs', form)).status).toBe(400)
  })
})

describe('an unsolicited response', () => {
  it('is refused, and the decision says why', async () => {
    for (const form of [
      { SAMLResponse: 'Z29vZA==' },
      { SAMLResponse: 'Z29vZA==', RelayState: 'https://evil.example' },
    ]) {
      const answer = await post('adfs', form)
      expect(answer.status).toBe(403)
      expect(await latest()).toMatchObject({ code: 'saml.unsolicited', provider: 'adfs' })
      expect(answer.headers.get('entente-decision')).toBe((await latest())?.id)
    }
    expect((await post('nobody', { SAMLResponse: 'Z29vZA==' })).status).toBe(400)
  })

  it('is discarded where the provider may begin: the page has the apps that can, and one goes there at once', async () => {
    const none = await post('portal', { SAMLResponse: 'Z29vZA==', RelayState: 'https://evil.example' })
    expect([none.status, none.headers.get('location')]).toEqual([200, null])
    const initiateLoginUri = 'https://shop.example/login?x=1'
    const draft = { redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'none' as const, initiateLoginUri }
    const { app } = await house.newApp(draft)
    const one = await post('portal', { SAMLResponse: 'Z29vZA==' })
    expect(one.status).toBe(303)
    const there = new URL(locationOf(one))
    expect(there.origin + there.pathname).toBe('https://shop.example/login')
    expect(Object.fromEntries(there.searchParams)).toEqual({ x: '1', iss: house.url, idp_hint: 'acme/portal' })
    await house.newApp({ ...draft, initiateLoginUri: 'https://other.example/login' })
    const both = await post('portal', { SAMLResponse: 'Z29vZA==', RelayState: 'nobody' })
    expect(both.status).toBe(200)
    const page = await both.text()
    expect(page).toContain('https://shop.example/login?x=1&amp;iss=')
    expect(page).toContain('https://other.example/login?iss=')
    const named = await post('portal', { SAMLResponse: 'Z29vZA==', RelayState: clientIdOf(app) })
    expect(locationOf(named)).toMatch(/^https:\/\/shop\.example\//)
  })
})

describe('our metadata', () => {
  it('are there for SAML providers, signed on request', async () => {
    const get = (path: string) => fetch(`${house.url}/saml/acme/${path}`)
    const plain = await get('adfs/metadata')
    expect(plain.headers.get('content-type')).toContain('application/samlmetadata+xml')
    expect(await plain.text()).toBe('<EntityDescriptor id="adfs" signed="false"/>')
    expect(await (await get('adfs/metadata?signed=true')).text()).toContain('signed="true"')
    expect((await get('okta/metadata')).status).toBe(404)
    expect((await get('nobody/metadata')).status).toBe(404)
  })
})
