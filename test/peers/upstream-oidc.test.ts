/**
 * People sign in with an OpenID Provider that we did not write: our `begin`, a browser that walks through its pages, our
 * `finish`, through the guarded way out and over TLS.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CertificateAuthority, createAuthority } from '../../simulators/certificates.ts'
import type { Rung } from '../../src/decisions/decision.ts'
import { createLadder, Refused } from '../../src/decisions/ladder.ts'
import { createOutbound, type Outbound } from '../../src/http/outbound.ts'
import { createWebFetch } from '../../src/http/outbound-web-fetch.ts'
import type { JsonObject } from '../../src/json.ts'
import { openProtocols } from '../../src/protocols/index.ts'
import { createSamlHouse } from '../../src/protocols/saml/testing/house.ts'
import { providerOf } from '../../src/protocols/testing/upstream.ts'
import type { Protocol, SignedIn, SignInDemands } from '../../src/registry/protocol.ts'
import type { Provider } from '../../src/registry/provider.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { type Arrival, type Browser, createBrowser, formOf, isArrival } from './scripted-browser.ts'

const RETURN = 'https://entente.example/sign-in/default/corp/return'
const LOGGED_OUT = 'https://entente.example/oauth2/logged-out'
/** As a form it takes three characters, as many signs as a secret may have. */
const SECRET = 'canary/secret+of:the client%and=more'

let authority: CertificateAuthority
let corp: ForeignProvider
let other: ForeignProvider
let outbound: Outbound
let oidc: Protocol

beforeAll(async () => {
  authority = await createAuthority()
  const common = { redirect_uris: [RETURN], post_logout_redirect_uris: [LOGGED_OUT], client_secret: SECRET }
  const clients = [
    { ...common, client_id: 'by-post', token_endpoint_auth_method: 'client_secret_post' as const },
    { ...common, client_id: 'by-basic', token_endpoint_auth_method: 'client_secret_basic' as const },
    {
      ...common,
      client_id: 'by-jwt',
      token_endpoint_auth_method: 'client_secret_jwt' as const,
      token_endpoint_auth_signing_alg: 'HS256' as const,
    },
    { client_id: 'by-name', redirect_uris: [RETURN], token_endpoint_auth_method: 'none' as const },
    {
      ...common,
      client_id: 'by-form',
      response_types: ['id_token' as const],
      grant_types: ['implicit' as const],
      token_endpoint_auth_method: 'client_secret_post' as const,
    },
  ]
  corp = await startForeignProvider('idp.corp.example', authority, clients)
  other = await startForeignProvider('idp.other.example', authority, clients)
  outbound = createOutbound({
    allow: [],
    connectTo: [corp, other].map(({ host, port }) => ({ host, port: 443, toAddress: '127.0.0.1', toPort: port })),
    caPem: authority.caPem,
  })
  const protocols = openProtocols({
    ...createSamlHouse(),
    fetch: outbound.fetch,
    webFetch: createWebFetch(outbound.fetch),
    allowsPlainHttp: () => false,
    mayAsk: () => true,
    now: () => new Date(),
  })
  if (protocols.oidc === undefined) throw new Error('no oidc')
  oidc = protocols.oidc
})

afterAll(async () => {
  await outbound.close()
  await Promise.all([corp.stop(), other.stop()])
})

/** As the registry would store it: what was typed, and what discovery found. */
async function registered(
  at: ForeignProvider,
  settings: JsonObject,
  use: Provider['use'] = 'workforce',
): Promise<Provider> {
  const probed = await oidc.probe?.({ use, known: 'UNSPECIFIED', issuer: at.issuer, settings })
  if (probed === undefined) throw new Error('nothing was probed')
  const { expectedIssuer } = probed
  const change = { uid: `${at.host}-${JSON.stringify(settings)}`, use, issuer: at.issuer, expectedIssuer }
  return providerOf(probed.settings, change)
}

const newBrowser = () => createBrowser([corp, other], authority.caPem)

/** Types a name at the first page and agrees at the second, as far as there are any. */
async function walk(browser: Browser, url: string, login: string): Promise<Arrival> {
  let found = await browser.open(url)
  for (let page = 0; page < 3 && !isArrival(found); page++) {
    const { action, fields } = formOf(found)
    found = await browser.open(action, fields.prompt === 'login' ? { ...fields, login, password: 'any' } : fields)
  }
  if (!isArrival(found)) throw new Error(`the browser is stuck at ${found.url}: ${found.text.slice(0, 500)}`)
  return found
}

interface Way {
  readonly browser?: Browser
  readonly login?: string
  readonly demands?: SignInDemands
  readonly secret?: string | null
  /** What becomes of the answer on its way. */
  readonly tamper?: (arrival: Arrival) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  readonly finishes?: number
}

interface Outcome {
  readonly told: string
  readonly person: SignedIn | null
  readonly rungs: readonly Rung[]
  readonly arrival: Arrival
  readonly asked: URLSearchParams
}

async function begin(provider: Provider, { demands = {}, secret = SECRET }: Way) {
  const state = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  const asking = { provider, secret: () => secret, returnUrl: RETURN, state, demands }
  const redirect = await oidc.signIn?.begin({ ...asking, loginHint: null, domainHint: null })
  if (redirect === undefined) throw new Error('nobody can sign in')
  return { asking, redirect }
}

async function signIn(provider: Provider, way: Way = {}): Promise<Outcome> {
  const { asking, redirect } = await begin(provider, way)
  const arrival = await walk(way.browser ?? newBrowser(), redirect.url, way.login ?? 'alice')
  const parameters = (await way.tamper?.(arrival)) ?? arrival.parameters
  const seen = { arrival, asked: new URL(redirect.url).searchParams }
  const outcomes: Outcome[] = []
  for (let time = 0; time < (way.finishes ?? 1); time++) {
    const ladder = createLadder('strict')
    try {
      const answer = { ...asking, parameters, memory: redirect.memory, now: new Date() }
      const person = (await oidc.signIn?.finish(answer, ladder)) ?? null
      outcomes.push({ ...seen, told: `accepted ${person?.subject}`, person, rungs: ladder.rungs })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      outcomes.push({ ...seen, told: `${error.rung} ${error.code}`, person: null, rungs: ladder.rungs })
    }
  }
  const last = outcomes.at(-1)
  if (last === undefined) throw new Error('nobody came')
  return last
}

const tokenRequests = (at: ForeignProvider) => at.asked.filter((line) => line === 'POST /token').length

describe('a person signs in with oidc-provider', () => {
  it.each([
    ['by-post', { clientAuthMethod: 'client_secret_post' }, SECRET],
    ['by-basic', { clientAuthMethod: 'client_secret_basic' }, SECRET],
    ['by-jwt', { clientAuthMethod: 'client_secret_jwt' }, SECRET],
    ['by-name', {}, null],
  ])('with a code and PKCE, as the client %s', async (clientId, settings, secret) => {
    const provider = await registered(corp, { clientId, ...settings })
    const { told, person, asked, arrival, rungs } = await signIn(provider, { secret })
    expect(told).toBe('accepted alice')
    expect(asked.get('code_challenge_method')).toBe('S256')
    // RFC 9207: it says who it is, and the rung that compares it was climbed.
    expect(arrival.parameters.iss).toBe(corp.issuer)
    expect(rungs).toContainEqual({ name: 'sender', outcome: 'passed' })
    expect(rungs.every(({ outcome }) => outcome !== 'failed')).toBe(true)
    // The ID token of a code has `sub` only: the rest is user info, merged.
    expect(person).toMatchObject({
      email: { address: 'alice@corp.example', isVerified: true },
      claims: { name: 'alice of corp', preferred_username: 'alice', iss: corp.issuer, aud: clientId },
    })
    expect(JSON.stringify(rungs)).not.toContain(SECRET)
  })

  it('with an ID token that comes by a form, without any request of ours but for keys', async () => {
    const provider = await registered(corp, { clientId: 'by-form', responseType: 'ID_TOKEN' })
    const before = tokenRequests(corp)
    const { told, person, arrival } = await signIn(provider)
    expect(told).toBe('accepted alice')
    expect(arrival.method).toBe('POST')
    expect(person?.email).toEqual({ address: 'alice@corp.example', isVerified: true })
    expect(tokenRequests(corp)).toBe(before)
  })

  it('by the ID token alone where that is all that counts', async () => {
    const provider = await registered(corp, { clientId: 'by-post', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS' })
    const before = corp.asked.filter((line) => line === 'GET /me').length
    const { told, person } = await signIn(provider)
    expect([told, person?.email, person?.claims.name]).toEqual(['accepted alice', null, undefined])
    expect(corp.asked.filter((line) => line === 'GET /me').length).toBe(before)
  })

  it('and whose address nobody has proved is not said to have one', async () => {
    const { person } = await signIn(await registered(corp, { clientId: 'by-post' }), { login: 'mallory' })
    expect(person?.email).toEqual({ address: 'mallory@corp.example', isVerified: false })
  })

  it('afresh where that was asked for, and the provider says when', async () => {
    const browser = newBrowser()
    const provider = await registered(corp, { clientId: 'by-post' })
    expect((await signIn(provider, { browser })).person?.authTime).toBeNull()
    const { told, person } = await signIn(provider, { browser, demands: { maxAge: 300 } })
    expect(told).toBe('accepted alice')
    expect(Date.now() - (person?.authTime?.getTime() ?? 0)).toBeLessThan(300_000)
  })

  it('and again without a page while the session there lasts, also by prompt=none', async () => {
    const browser = newBrowser()
    const provider = await registered(corp, { clientId: 'by-post' })
    await signIn(provider, { browser, login: 'bob' })
    expect((await signIn(provider, { browser, login: 'nobody', demands: { prompt: 'none' } })).told).toBe(
      'accepted bob',
    )
  })

  it('and leaves by its logout, which comes back to us; after it nobody is there', async () => {
    const browser = newBrowser()
    const provider = await registered(corp, { clientId: 'by-post' })
    const { person } = await signIn(provider, { browser })
    const redirect = await oidc.signIn?.logout?.({
      provider,
      memory: person?.logout ?? {},
      returnUrl: LOGGED_OUT,
      state: 'bye',
    })
    const page = await browser.open(redirect?.url ?? '')
    if (isArrival(page)) throw new Error('it did not ask')
    const { action, fields } = formOf(page)
    const back = await browser.open(action, { ...fields, logout: 'yes' })
    expect(back).toEqual({ url: LOGGED_OUT, parameters: { state: 'bye' }, method: 'GET' })
    const { told } = await signIn(provider, { browser, demands: { prompt: 'none' } })
    expect(told).toBe('answer upstream.login_required')
  })
})

describe('a person does not sign in with oidc-provider', () => {
  let provider: Provider
  beforeAll(async () => {
    provider = await registered(corp, { clientId: 'by-post' })
  })

  it('who says no at its page', async () => {
    const { asking, redirect } = await begin(provider, {})
    const browser = newBrowser()
    const page = await browser.open(redirect.url)
    const aborting = isArrival(page) ? null : /href="([^"]*\/abort)"/.exec(page.text)?.[1]
    const arrival = await browser.open(new URL(aborting ?? '', corp.issuer).href)
    if (!isArrival(arrival)) throw new Error('it did not come back')
    const answer = { ...asking, parameters: arrival.parameters, memory: redirect.memory, now: new Date() }
    await expect(oidc.signIn?.finish(answer, createLadder('strict'))).rejects.toMatchObject({
      rung: 'answer',
      code: 'upstream.access_denied',
    })
  })

  it('with the answer of another provider, whose code then goes nowhere', async () => {
    const elsewhere = await registered(other, { clientId: 'by-post' })
    const [here, there] = [tokenRequests(corp), tokenRequests(other)]
    const { redirect } = await begin(elsewhere, {})
    const foreign = await walk(newBrowser(), redirect.url, 'alice')
    const mixUp = ({ parameters }: Arrival) => ({ ...foreign.parameters, state: parameters.state ?? '' })
    expect((await signIn(provider, { tamper: mixUp })).told).toBe('sender answer.issuer_mismatch')
    const silent = ({ parameters: { iss: _, ...rest } }: Arrival) => rest
    expect((await signIn(provider, { tamper: silent })).told).toBe('sender answer.issuer_missing')
    expect([tokenRequests(corp), tokenRequests(other)]).toEqual([here, there])
  })

  it('with the code of somebody else’s login', async () => {
    const { redirect } = await begin(provider, {})
    const victim = await walk(newBrowser(), redirect.url, 'alice')
    const inject = ({ parameters }: Arrival) => ({ ...parameters, code: victim.parameters.code ?? '' })
    const { told, rungs } = await signIn(provider, { login: 'mallory', tamper: inject })
    expect(told).toBe('code code.refused')
    expect(rungs.at(-1)?.actual).toBe('invalid_grant')
  })

  it('with a code that was used', async () => {
    expect((await signIn(provider, { finishes: 2 })).told).toBe('code code.refused')
  })

  it('with the ID token of another login', async () => {
    const front = await registered(corp, { clientId: 'by-form', responseType: 'ID_TOKEN' })
    const { redirect } = await begin(front, {})
    const victim = await walk(newBrowser(), redirect.url, 'alice')
    const inject = ({ parameters }: Arrival) => ({ ...parameters, id_token: victim.parameters.id_token ?? '' })
    expect((await signIn(front, { login: 'mallory', tamper: inject })).told).toBe('nonce nonce.mismatch')
  })

  it('while our secret is wrong', async () => {
    const { told, rungs } = await signIn(provider, { secret: 'wrong' })
    expect(told).toBe('code code.client_refused')
    expect(rungs.at(-1)?.actual).toBe('invalid_client')
  })

  it('who has no session, by prompt=none', async () => {
    expect((await signIn(provider, { demands: { prompt: 'none' } })).told).toBe('answer upstream.login_required')
  })
})
