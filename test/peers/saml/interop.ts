/**
 * The whole way of a person of a SAML identity provider that we did not write: an app that is openid-client, our program as a
 * process, and the provider as it is packaged. One suite, held against each of them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExternalAccountClient, type ExternalAccountClientOptions } from 'google-auth-library'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, at, createApi } from '../../../src/cli/demo/api.ts'
import { type ServerProcess, startServerProcess } from '../../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../../src/planes/openid-provider/testing/browser.ts'
import { askFor, CALLBACK } from '../app-request.ts'
import { program } from '../world.ts'
import { type Agreement, formOn, type Posted, type SamlIdentityProvider, type Sent } from './identity-provider.ts'
import { travel } from './travel.ts'

const GONE = 'https://shop.example/gone'
const NAMESPACE = '/apis/entente.dev/v1/namespaces/default'
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

export interface World {
  readonly server: ServerProcess
  readonly operator: Api
  readonly config: client.Configuration
}

/** A server of ours, and an app. */
export async function openSamlWorld(
  env: Readonly<Record<string, string>>,
): Promise<World & { close(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'entente-saml-'))
  const server = await startServerProcess({ data, program: program(), env })
  const operator = createApi(server.url, server.operatorToken())
  const spec = {
    displayName: 'Shop',
    redirectUris: [CALLBACK],
    postLogoutRedirectUris: [GONE],
    tokenEndpointAuthMethod: 'none',
    firstParty: true,
  }
  const app = { apiVersion: 'entente.dev/v1', kind: 'App', metadata: { name: 'shop' }, spec }
  expect((await operator.call('POST', `${NAMESPACE}/apps`, app)).status).toBe(201)
  const config = await client.discovery(new URL(server.url), 'shop', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  return {
    server,
    operator,
    config,
    async close() {
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Registered here by the other side's metadata URL, and there by ours. */
export async function connect(
  { server, operator }: World,
  idp: SamlIdentityProvider,
  alias: string,
  settings: Readonly<Record<string, unknown>>,
  agreement: Agreement,
): Promise<void> {
  const saml_config = { metadata_url: idp.metadataUrl, ...settings }
  const body = { alias, display_name: alias, provider_id: 'saml', enabled: true, saml_config }
  const made = await operator.call('POST', '/api/identity-providers', body)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const metadata = await fetch(`${server.url}/saml/default/${alias}/metadata`)
  await idp.agree(await metadata.text(), agreement)
}

export interface Begun {
  readonly browser: Browser
  readonly sent: Sent
  readonly checks: client.AuthorizationCodeGrantChecks
}

/** From the app to the door of the identity provider. */
export async function begin(
  { config, server }: World,
  alias: string,
  more: Readonly<Record<string, string>> = {},
  browser = openBrowser(server.url),
): Promise<Begun> {
  const scope = 'openid profile email groups'
  const { url, checks } = await askFor(config, { scope, idp_hint: alias, ...more })
  const page = await browser.go(url.href)
  const isForm = page.url.startsWith(server.url)
  const form = isForm ? formOn(page) : null
  const sent = form === null ? { url: page.url, form: null } : { url: form.action, form: form.fields }
  return { browser, sent, checks }
}

/** As the provider's page does it: a POST of another site, without cookies; then the browser goes where it is sent. */
export async function bring(browser: Browser, { action, fields }: Posted) {
  const parked = await fetch(action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) })
  const location = parked.headers.get('location')
  if (location === null) return { url: action, status: parked.status, text: await parked.text() }
  return await browser.go(new URL(location, action).href)
}

export async function signIn(
  world: World,
  idp: SamlIdentityProvider,
  alias: string,
  login: string,
  more: Readonly<Record<string, string>> = {},
) {
  const { browser, sent, checks } = await begin(world, alias, more)
  const posted = await idp.logIn(sent, login)
  return { browser, posted, checks, end: await bring(browser, posted) }
}

/** A test sign-in, begun by the address that a face answers: the page at its end, and the spec of its decision. */
export async function testSignIn({ operator, server }: World, alias: string, logIn: (sent: Sent) => Promise<Posted>) {
  const asked = await operator.call('POST', `/api/identity-providers/${alias}/test`)
  const browser = openBrowser(server.url)
  const page = await browser.go(String(at(asked.body, 'redirect_url')))
  const form = page.url.startsWith(server.url) ? formOn(page) : null
  const sent = form === null ? { url: page.url, form: null } : { url: form.action, form: form.fields }
  const end = await bring(browser, await logIn(sent))
  const answer = await operator.call('GET', `${NAMESPACE}/decisions?plane=test&limit=1`)
  return { end, spec: at(answer.body, 'items', '0', 'spec') }
}

/** The last decision of the sign-in plane. */
export async function latest({ operator }: World) {
  const answer = await operator.call('GET', `${NAMESPACE}/decisions?plane=sign-in&limit=1`)
  return { code: at(answer.body, 'items', '0', 'spec', 'code'), rungs: at(answer.body, 'items', '0', 'spec', 'rungs') }
}

async function tokensOf(world: World, { end, checks }: Awaited<ReturnType<typeof signIn>>) {
  expect(end.url, JSON.stringify(await latest(world))).toMatch(/^https:\/\/shop\.example\/cb\?/)
  return await client.authorizationCodeGrant(world.config, new URL(end.url), checks)
}

async function linkOf({ operator }: World, search: string): Promise<unknown> {
  const list = await operator.call('GET', `${NAMESPACE}/persons?search=${search}`)
  return at(list.body, 'items', '0', 'spec', 'links', '0')
}

/** `open` is null where the provider cannot be had; `missing` says why. */
export function describeInterop(
  name: string,
  open: (() => Promise<SamlIdentityProvider>) | null,
  missing: string,
): void {
  describe.skipIf(open === null)(open === null ? `${name} (skipped: ${missing})` : name, () => {
    let world: Awaited<ReturnType<typeof openSamlWorld>>
    let idp: SamlIdentityProvider

    beforeAll(async () => {
      if (open === null) return
      idp = await open()
      world = await openSamlWorld({ ENTENTE_UPSTREAM_ALLOW: '127.0.0.1/32' })
      await connect(
        world,
        idp,
        'persistent',
        { name_id_policy_format: PERSISTENT, post_binding_authn_request: false },
        { nameId: 'persistent', signs: ['response', 'assertion'], demandsSignedRequests: true },
      )
      await connect(
        world,
        idp,
        'mail',
        { name_id_policy_format: EMAIL, pin_name_id_format: true },
        { nameId: 'emailAddress', signs: ['assertion'], demandsSignedRequests: true },
      )
      await connect(
        world,
        idp,
        'sealed',
        { want_assertions_encrypted: true, ...idp.loginAttribute },
        { nameId: 'transient', signs: ['response'], encrypts: true },
      )
      await connect(
        world,
        idp,
        'fleeting',
        { name_id_policy_format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' },
        { nameId: 'transient', signs: ['assertion'] },
      )
    })
    afterAll(async () => {
      await world?.close()
      await idp?.stop()
    })

    const sidesOf = (ours: Browser, login: string) => ({
      ourOrigin: world.server.url,
      ours,
      theirOrigin: idp.origin,
      theirs: idp.browserOf(login),
    })

    const expectDead = async ({ access_token }: client.TokenEndpointResponse) => {
      await expect(client.fetchUserInfo(world.config, access_token, client.skipSubjectCheck)).rejects.toThrow()
    }

    it('lets people in by a persistent name, after a signed request by redirect', async () => {
      const arrived = await signIn(world, idp, 'persistent', 'ada')
      const tokens = await tokensOf(world, arrived)
      expect(tokens.claims()).toMatchObject({ organization: 'default', provider: 'persistent' })
      expect(decodeJwt(tokens.access_token)).toMatchObject({
        provider: 'persistent',
        acr: expect.stringContaining('urn:'),
      })
      const link = await linkOf(world, 'ada@corp.example')
      expect(link).toMatchObject({ provider: 'persistent' })
      const again = await tokensOf(world, await signIn(world, idp, 'persistent', 'ada'))
      expect(again.claims()?.sub).toBe(tokens.claims()?.sub)
      expect(await latest(world)).toMatchObject({ code: 'granted' })
    })

    it('is tested while it is off, and nobody comes of it', async () => {
      expect((await world.operator.call('POST', '/api/identity-providers/mail/disable')).status).toBe(200)
      const { end, spec } = await testSignIn(world, 'mail', (sent) => idp.logIn(sent, 'eve'))
      expect(spec).toMatchObject({ plane: 'test', outcome: 'granted', person: { how: 'created' } })
      expect([end.status, JSON.stringify(at(spec, 'claims')).includes('eve')]).toEqual([200, true])
      expect(await linkOf(world, 'eve')).toBeUndefined()
      expect((await world.operator.call('POST', '/api/identity-providers/mail/enable')).status).toBe(200)
    })

    it('lets people in by their address, after a signed request by POST', async () => {
      const tokens = await tokensOf(world, await signIn(world, idp, 'mail', 'bob'))
      expect(tokens.claims()).toMatchObject({ provider: 'mail', email: 'bob@corp.example' })
      expect(await linkOf(world, 'bob@corp.example')).toEqual({ provider: 'mail', subject: 'bob@corp.example' })
    })

    it('lets people in by an attribute beside a transient name, in an encrypted assertion', async () => {
      const arrived = await signIn(world, idp, 'sealed', 'bob')
      expect(Buffer.from(arrived.posted.fields.SAMLResponse ?? '', 'base64').toString()).toContain('EncryptedAssertion')
      const tokens = await tokensOf(world, arrived)
      const info = await client.fetchUserInfo(world.config, tokens.access_token, String(tokens.claims()?.sub))
      expect(info).toMatchObject({ name: 'Bob', email: 'bob@corp.example' })
    })

    it('links nobody by a transient name', async () => {
      const { end } = await signIn(world, idp, 'fleeting', 'ada')
      expect(end.status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'person.no_lasting_name' })
    })

    it('is asked by nobody but us: a request that we did not sign is refused there', async () => {
      const agreed = { nameId: 'persistent', signs: ['assertion'], demandsSignedRequests: true } as const
      await connect(world, idp, 'unsigned', { want_authn_requests_signed: false }, agreed)
      const { sent } = await begin(world, 'unsigned')
      await expect(idp.logIn(sent, 'ada')).rejects.toThrow(/sign/i)
    })

    it('makes people prove themselves anew where the app demands it', async () => {
      const { end } = await signIn(world, idp, 'persistent', 'ada', { prompt: 'login' })
      expect(end.url).toMatch(/^https:\/\/shop\.example\/cb\?code=/)
    })

    it('answers once, to one browser, and to the provider it was asked by', async () => {
      const mine = await begin(world, 'persistent')
      const posted = await idp.logIn(mine.sent, 'ada')
      const thief = await begin(world, 'persistent')
      const state = thief.sent.form?.RelayState ?? new URL(thief.sent.url).searchParams.get('RelayState') ?? ''
      const stolen = { ...posted, fields: { ...posted.fields, RelayState: state } }
      expect((await bring(thief.browser, stolen)).status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'saml.request_mismatch' })
      const moved = { ...posted, action: posted.action.replace('/persistent/', '/mail/') }
      expect((await bring(mine.browser, moved)).status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'login.other_provider' })
    })

    it('is not believed without a request, nor when a byte was changed', async () => {
      const { browser, sent } = await begin(world, 'mail')
      const posted = await idp.logIn(sent, 'ada')
      const { RelayState: _, ...alone } = posted.fields
      expect((await bring(browser, { ...posted, fields: alone })).status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'saml.unsolicited' })
      const xml = Buffer.from(posted.fields.SAMLResponse ?? '', 'base64').toString()
      const forged = xml.replaceAll('ada@corp.example', 'bob@corp.example')
      const fields = { ...posted.fields, SAMLResponse: Buffer.from(forged).toString('base64') }
      expect((await bring(browser, { ...posted, fields })).status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'saml.digest_mismatch' })
    })

    it('is left, too, when somebody signs out at an app, and says so under its signature', async () => {
      const arrived = await signIn(world, idp, 'persistent', 'carol')
      const tokens = await tokensOf(world, arrived)
      const sides = sidesOf(arrived.browser, 'carol')
      const url = client.buildEndSessionUrl(world.config, {
        id_token_hint: String(tokens.id_token),
        post_logout_redirect_uri: GONE,
      })
      const page = await arrived.browser.go(url.href)
      const left = await arrived.browser.submit(page, { logout: 'yes' })
      const end = await travel(sides, { url: left.url, form: null })
      expect(end.path.some((one) => one.startsWith(idp.origin))).toBe(true)
      expect(
        end.path.some((one) => one.endsWith('/saml/default/persistent/slo')),
        end.path.join(' '),
      ).toBe(true)
      expect(end.url.startsWith(GONE), `${end.url} ${end.text}`).toBe(true)
      await expectDead(tokens)
    })

    it('that ends its session ends ours, at once and at every app, and gets a signed answer that it takes', async () => {
      const arrived = await signIn(world, idp, 'persistent', 'dave')
      const tokens = await tokensOf(world, arrived)
      // Another browser of the same person at the provider: what counts is whom the request names.
      const sides = sidesOf(openBrowser(world.server.url), 'dave')
      const end = await travel(sides, { url: idp.logoutUrl('dave'), form: null })
      expect(end.path).toContain(`${world.server.url}/saml/default/persistent/slo`)
      expect([end.status, new URL(end.url).origin], end.text).toEqual([200, idp.origin])
      await expectDead(tokens)
      const records = await world.operator.call('GET', `${NAMESPACE}/auditrecords?limit=20`)
      expect(JSON.stringify(records.body)).toContain('provider:persistent')
    })

    it('is not obeyed without a signature, nor twice', async () => {
      const arrived = await signIn(world, idp, 'persistent', 'dave')
      const tokens = await tokensOf(world, arrived)
      const browser = openBrowser(world.server.url)
      const { url: request } = await idp.browserOf('dave').go(idp.logoutUrl('dave'))
      const bare = new URL(request)
      for (const name of ['Signature', 'SigAlg']) bare.searchParams.delete(name)
      expect((await browser.go(bare.href)).status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'saml.signature_missing' })
      expect((await client.fetchUserInfo(world.config, tokens.access_token, client.skipSubjectCheck)).sub).toBeTruthy()
      expect((await browser.go(request)).url.startsWith(idp.origin)).toBe(true)
      await expectDead(tokens)
      expect((await browser.go(request)).status).toBe(403)
      expect(await latest(world)).toMatchObject({ code: 'token.replayed' })
    })

    it('issues assertions that Google’s client exchanges, each once, at the endpoint and at the ACS alike', async () => {
      const { server, operator } = world
      const entityId = `${server.url}/saml/default/mail/metadata`
      const { fields } = await idp.unsolicited(entityId, 'ada')
      const assertion = fields.SAMLResponse ?? ''
      const exchanged = await exchangeByGoogle(world, 'mail', assertion)
      expect(decodeJwt(exchanged)).toMatchObject({
        iss: server.url,
        sub: `principal://${new URL(server.url).host}/organizations/default/subject/ada@corp.example`,
        provider: 'mail',
      })
      await expect(exchangeByGoogle(world, 'mail', assertion)).rejects.toThrow(/invalid_grant/)
      const decisions = await operator.call('GET', `${NAMESPACE}/decisions?plane=token-exchange&limit=1`)
      expect(at(decisions.body, 'items', '0', 'spec', 'code')).toBe('token.replayed')
    })

    it('issues assertions for linked people, who come as themselves', async () => {
      const { server } = world
      const signedIn = await tokensOf(world, await signIn(world, idp, 'mail', 'bob'))
      const { fields } = await idp.unsolicited(`${server.url}/saml/default/mail/metadata`, 'bob')
      const answer = await fetch(`${server.url}/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams(exchangeOf(server, 'mail', fields.SAMLResponse ?? '')),
      })
      const body: unknown = await answer.json()
      expect(answer.status, JSON.stringify(body)).toBe(200)
      expect(decodeJwt(String(at(body, 'access_token'))).sub).toBe(signedIn.claims()?.sub)
    })

    it('answers of logins are no tokens', async () => {
      const { sent } = await begin(world, 'mail')
      const { fields } = await idp.logIn(sent, 'ada')
      await expect(exchangeByGoogle(world, 'mail', fields.SAMLResponse ?? '')).rejects.toThrow(/invalid_grant/)
      const decisions = await world.operator.call('GET', `${NAMESPACE}/decisions?plane=token-exchange&limit=1`)
      expect(at(decisions.body, 'items', '0', 'spec', 'code')).toBe('saml.request_unexpected')
    })
  })
}

const SAML2 = 'urn:ietf:params:oauth:token-type:saml2'

/** By resource name, as our own clients do it. */
function exchangeOf({ url }: ServerProcess, alias: string, assertion: string): Readonly<Record<string, string>> {
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: `//${new URL(url).host}/organizations/default/providers/${alias}`,
    subject_token: assertion,
    subject_token_type: SAML2,
  }
}

/** The library that Google's own tools use, with nothing of ours but a configuration. */
async function exchangeByGoogle({ server }: World, alias: string, assertion: string): Promise<string> {
  const configuration = {
    type: 'external_account',
    audience: `//iam.googleapis.com/locations/global/workforcePools/default/providers/${alias}`,
    subject_token_type: SAML2,
    token_url: `${server.url}/v1/token`,
    subject_token_supplier: { getSubjectToken: async () => assertion },
  }
  // What a file says is not checked by the library's types either.
  const google = ExternalAccountClient.fromJSON(configuration as unknown as ExternalAccountClientOptions)
  const { token } = (await google?.getAccessToken()) ?? {}
  return token ?? ''
}
