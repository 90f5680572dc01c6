/** The simulated SAML identity provider against the whole program: every named fault is refused by the name that it deserves. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../../simulators/certificates.ts'
import { samlLogin } from '../../../simulators/people/saml/index.ts'
import { readAuthnRequest } from '../../../simulators/people/saml/request.ts'
import type { SimulatedLogin } from '../../../simulators/people/simulated-login.ts'
import { openBrowser } from '../../../src/planes/openid-provider/testing/browser.ts'
import { formOn, type Posted, type Sent } from './identity-provider.ts'
import { begin, bring, latest, openSamlWorld, testSignIn, type World } from './interop.ts'

const HOST = 'saml.corp.example'
const [ONE, TWO] = ['urn:entente:acr:1fa', 'urn:entente:acr:2fa']
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'
const MFA = 'https://refeds.org/profile/mfa'
let data: string
let idp: SimulatedLogin
let caPem: string
let world: World & { close(): Promise<void> }

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'entente-saml-simulator-'))
  const authority = await createAuthority()
  caPem = authority.caPem
  writeFileSync(join(data, 'ca.pem'), caPem)
  idp = await samlLogin.start({ authority, now: () => new Date() })
  world = await openSamlWorld({
    ENTENTE_UPSTREAM_CONNECT_TO: idp.connectTo,
    ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
    ENTENTE_REFUSALS_PER_MINUTE: '100000',
  })
  await register('corp-saml', {})
  await register('strict', { authn_context_class_refs: [MFA], force_authn: true })
  await register('levelled', {})
  const levels = [
    { level: ONE, provider: 'levelled', values: [PASSWORD] },
    { level: TWO, provider: 'levelled', values: [MFA] },
  ]
  const written = await world.operator.call('PATCH', '/apis/entente.dev/v1/organizations/default', { spec: { levels } })
  expect(written.status, JSON.stringify(written.body)).toBe(200)
})
afterEach(() => idp.mend())
afterAll(async () => {
  await world?.close()
  await idp?.stop()
  rmSync(data, { recursive: true, force: true })
})

async function register(alias: string, settings: object) {
  const saml_config = Object.assign({}, idp.registration.saml_config, settings)
  const body = { ...idp.registration, alias, saml_config, ...(alias === 'corp-saml' ? {} : { domains: [] }) }
  const made = await world.operator.call('POST', '/api/identity-providers', body)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
}

/** Over the simulator's TLS, under its own name. */
function answerOf({ url, form }: Sent): Promise<Posted> {
  const { pathname, search } = new URL(url)
  const body = form === null ? null : new URLSearchParams(form).toString()
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: idp.port, servername: HOST, ca: caPem, path: pathname + search }
    const headers = { host: HOST, ...(body === null ? {} : { 'content-length': Buffer.byteLength(body) }) }
    const asked = request({ ...options, method: body === null ? 'GET' : 'POST', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve(formOn({ url, text })))
    })
    asked.on('error', reject)
    asked.end(body ?? undefined)
  })
}

async function signIn(alias: string, more: Readonly<Record<string, string>> = {}) {
  const { browser, sent, checks } = await begin(world, alias, more)
  return { end: await bring(browser, await answerOf(sent)), checks }
}

describe('a simulated login', () => {
  it('is tested to its end: claims, mapping and who it would be, and of a bad answer the check that refused', async () => {
    const { end, spec } = await testSignIn(world, 'corp-saml', answerOf)
    expect(spec).toMatchObject({ plane: 'test', outcome: 'granted', person: { how: 'created' } })
    expect([end.status, end.text.includes('Test sign-in')]).toEqual([200, true])
    expect(JSON.stringify(spec)).not.toMatch(/<saml|PHNhbWx/)
    await idp.fail('tampered')
    const bad = await testSignIn(world, 'corp-saml', answerOf)
    expect(bad.spec).toMatchObject({ plane: 'test', outcome: 'refused', code: 'saml.digest_mismatch' })
    expect(bad.spec).not.toHaveProperty('claims')
    expect([bad.end.status, bad.end.text.includes('saml.digest_mismatch')]).toEqual([200, true])
  })

  it('lets a person in, with their names, groups and class of authentication', async () => {
    const { end, checks } = await signIn('corp-saml', { login_hint: 'alice@corp.example' })
    const tokens = await client.authorizationCodeGrant(world.config, new URL(end.url), checks)
    expect(tokens.claims()).toMatchObject({
      provider: 'corp-saml',
      email: 'alice@corp.example',
      email_verified: true,
      name: 'Alice Archer',
    })
    expect(await latest(world)).toMatchObject({ code: 'granted' })
  })

  it.each(['response-signed', 'assertion-signed', 'short-session', 'missing-attributes'])(
    'is good although it is unusual: %s',
    async (fault) => {
      await idp.fail(fault)
      const { end } = await signIn('corp-saml')
      expect(end.url, JSON.stringify(await latest(world))).toMatch(/^https:\/\/shop\.example\/cb\?code=/)
    },
  )

  it.each<[string, string]>([
    ['wrong-issuer', 'issuer.mismatch'],
    ['wrong-destination', 'saml.destination_mismatch'],
    ['missing-destination', 'saml.destination_missing'],
    ['wrong-recipient', 'saml.recipient_mismatch'],
    ['missing-recipient', 'saml.recipient_mismatch'],
    ['wrong-audience', 'audience.mismatch'],
    ['missing-audience', 'audience.mismatch'],
    ['wrong-request', 'saml.request_mismatch'],
    ['unsolicited', 'saml.unsolicited'],
    ['without-relay-state', 'saml.unsolicited'],
    ['replayed', 'saml.request_mismatch'],
    ['expired', 'token.expired'],
    ['not-yet-valid', 'token.not_yet_valid'],
    ['valid-for-a-week', 'saml.lifetime_too_long'],
    ['session-ended', 'saml.session_ended'],
    ['status-failed', 'upstream.unavailable'],
    ['missing-name-id', 'saml.name_id_missing'],
    ['transient-name-id', 'person.no_lasting_name'],
    ['missing-authn-statement', 'saml.authn_statement_missing'],
    ['unsigned', 'saml.signature_missing'],
    ['other-key', 'signature.invalid'],
    ['sha1', 'saml.sha1_refused'],
    ['tampered', 'saml.digest_mismatch'],
    ['signature-stripped', 'saml.signature_missing'],
    ['comment-in-name-id', 'saml.comment_refused'],
    ['wrapped', 'saml.assertion_not_alone'],
    ['two-assertions', 'saml.assertion_not_alone'],
    ['doctype', 'saml.doctype_refused'],
  ])('is refused: %s', async (fault, code) => {
    if (fault === 'replayed') await signIn('corp-saml')
    await idp.fail(fault)
    const { end } = await signIn('corp-saml')
    expect(end.status).toBe(403)
    expect(await latest(world)).toMatchObject({ code })
  })

  it.each([
    ['weak-context', 'upstream.level_unmet'],
    ['stale-authn-instant', 'auth_time.too_old'],
  ])('is refused where more was asked for: %s', async (fault, code) => {
    const good = await signIn('strict')
    expect(good.end.url, JSON.stringify(await latest(world))).toMatch(/^https:\/\/shop\.example\/cb\?code=/)
    await idp.fail(fault)
    expect((await signIn('strict')).end.status).toBe(403)
    expect(await latest(world)).toMatchObject({ code })
  })
})

/** What the request asked of the provider, and what the app has in the end. */
async function levelOf(asked: Readonly<Record<string, string>>, browser = openBrowser(world.server.url)) {
  const { sent, checks } = await begin(world, 'levelled', asked, browser)
  const binding = sent.form === null ? 'redirect' : 'post'
  const request = readAuthnRequest(new URLSearchParams(sent.form ?? new URL(sent.url).searchParams), binding)
  const end = await bring(browser, await answerOf(sent))
  const classes = { contexts: request?.contexts, isForced: request?.isForced }
  const error = new URL(end.url).searchParams.get('error')
  if (error !== null) return { ...classes, error }
  const { access_token, id_token } = await client.authorizationCodeGrant(world.config, new URL(end.url), checks)
  return { ...classes, acr: [access_token, id_token ?? ''].map((token) => decodeJwt(token).acr) }
}

const UNMET = { error: 'unmet_authentication_requirements' }

describe('classes of authentication in an organisation’s table of levels', () => {
  it.each([
    ['nothing', {}, { contexts: [], isForced: false, acr: [ONE, ONE] }],
    ['one factor', { acr_values: ONE }, { contexts: [PASSWORD, MFA], isForced: false, acr: [ONE, ONE] }],
    ['two factors', { acr_values: TWO }, { contexts: [MFA], isForced: false, acr: [TWO, TWO] }],
    ['what no class reaches', { acr_values: 'phrh' }, { contexts: [], isForced: false, ...UNMET }],
  ])('are asked for where an app asks for %s', async (_name, asked, end) => {
    expect(await levelOf(asked)).toEqual(end)
  })

  it('raise a session that has less, by a proof made now', async () => {
    const browser = openBrowser(world.server.url)
    expect(await levelOf({}, browser)).toMatchObject({ acr: [ONE, ONE] })
    const raised = { contexts: [MFA], isForced: true, acr: [TWO, TWO] }
    expect(await levelOf({ acr_values: TWO }, browser)).toEqual(raised)
  })

  it.each(['signed in before', 'new'])('that were not heeded are no level, of a browser that is %s', async (kind) => {
    const browser = openBrowser(world.server.url)
    if (kind !== 'new') await levelOf({}, browser)
    await idp.fail('weak-context')
    expect(await levelOf({ acr_values: TWO }, browser)).toMatchObject({ contexts: [MFA], ...UNMET })
    expect(await latest(world)).toMatchObject({ code: 'upstream.level_unmet' })
    const { sent } = await begin(world, 'levelled', { prompt: 'none' }, browser)
    // Nobody was let in by it, and nobody's session says more than before.
    const before = new URL(sent.url).searchParams
    expect([before.has('code'), before.get('error')]).toEqual(kind === 'new' ? [false, 'login_required'] : [true, null])
    const { sent: strong } = await begin(world, 'levelled', { prompt: 'none', acr_values: TWO }, browser)
    expect(new URL(strong.url).searchParams.get('error')).toBe(kind === 'new' ? 'login_required' : UNMET.error)
  })
})

describe('a simulated login that changes', () => {
  it.each(['metadata-unavailable', 'metadata-other-entity', 'metadata-past'])(
    'is not registered with %s',
    async (fault) => {
      await idp.fail(fault)
      const saml_config = { metadata_url: idp.issuer, idp_entity_id: idp.issuer }
      const body = { alias: 'bad', display_name: 'Bad', provider_id: 'saml', saml_config }
      expect((await world.operator.call('POST', '/api/identity-providers', body)).status).toBe(400)
    },
  )

  // Asked at most once a minute: a test before this one may have been the cause already.
  it('with a new key is refused once: it has the metadata read again, and the audit says what changed', async () => {
    await idp.rotate({ keepOld: false })
    expect((await signIn('corp-saml')).end.status).toBe(403)
    expect(await latest(world)).toMatchObject({ code: 'signature.invalid' })
    await expect
      .poll(async () => (await signIn('corp-saml')).end.url, { timeout: 70_000 })
      .toMatch(/^https:\/\/shop\.example\/cb\?code=/)
    const records = await world.operator.call('GET', '/apis/entente.dev/v1/namespaces/default/auditrecords?limit=50')
    expect(JSON.stringify(records.body)).toContain('provider.refresh')
  })
})
