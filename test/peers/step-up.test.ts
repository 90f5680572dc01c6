/**
 * Step-up through our program as a process: against the simulated Okta and Entra, telling the truth and every lie that they know,
 * and against a foreign OpenID Provider (oidc-provider) over TLS. Registered through the faces, as an operator would.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../../simulators/certificates.ts'
import { entra } from '../../simulators/people/entra.ts'
import { githubLogin } from '../../simulators/people/github-login.ts'
import { okta } from '../../simulators/people/okta.ts'
import { COMPANY, OTHER_COMPANY, objectIdOf, PEOPLE, subjectOf, tenantIdOf } from '../../simulators/people/person.ts'
import { openStage, type Stage } from '../../simulators/stage.ts'
import { fetchOver } from '../../simulators/testing/fetch-over.ts'
import { type Api, at, createApi, postForm, textAt } from '../../src/cli/demo/api.ts'
import { freePort, type ServerProcess, startServerProcess } from '../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { createBrowser, formOf, isArrival } from './scripted-browser.ts'
import { program } from './world.ts'

const SPACE = '/apis/entente.dev/v1/namespaces/default'
const SECRET = 'a-secret-of-the-simulator'
const HOST = 'proof.foreign.example'
const TENANT = tenantIdOf(COMPANY.name)
const OKTA_PROOF = { issuerUrl: 'https://corp.okta.com', oauth2: { acrValues: ['phr'] } }
const [alice] = PEOPLE
if (alice === undefined) throw new Error('nobody')

let data: string
let server: ServerProcess
let stage: Stage
let foreign: ForeignProvider
let caPem: string
let operator: Api
let simulated: ReturnType<typeof fetchOver>
let browser: Browser

beforeAll(async () => {
  const authority = await createAuthority()
  caPem = authority.caPem
  stage = await openStage([], { authority, logins: [okta, entra, githubLogin] })
  simulated = fetchOver(caPem, stage.logins)
  const port = await freePort()
  const redirect_uris = [`http://localhost:${port}/step-up/default/foreign-proof/return`]
  foreign = await startForeignProvider(
    HOST,
    authority,
    [{ client_id: 'entente', client_secret: SECRET, redirect_uris }],
    {
      acrValues: ['urn:foreign:strong'],
    },
  )
  data = mkdtempSync(join(tmpdir(), 'entente-step-up-'))
  writeFileSync(join(data, 'ca.pem'), caPem)
  const env = {
    ENTENTE_UPSTREAM_CONNECT_TO: `${stage.connectTo},${HOST}:443=127.0.0.1:${foreign.port}`,
    ENTENTE_UPSTREAM_CA: join(data, 'ca.pem'),
    ENTENTE_REFUSALS_PER_MINUTE: '5000',
  }
  server = await startServerProcess({ data, port, program: program(), env })
  operator = createApi(server.url, server.operatorToken())
  await expectMade('/api/identity-providers', stage.login('okta').registration)
  const secret = { clientId: 'entente', clientSecret: SECRET }
  const proofs = [
    { displayName: 'Okta proof', ...OKTA_PROOF },
    {
      displayName: 'Entra contexts',
      microsoft: { tenant: TENANT, conditionalAccessIds: ['C1', 'C2'], validationMode: mode('ACRS') },
    },
    { displayName: 'Entra fresh', microsoft: { tenant: TENANT, validationMode: mode('OIDC') } },
    { displayName: 'Foreign proof', issuerUrl: `https://${HOST}`, oauth2: { acrValues: [] } },
  ]
  for (const proof of proofs) await expectMade('/api/v1/step-up/providers', { ...secret, ...proof })
  const entraAlice = `${TENANT}/${objectIdOf(alice)}`
  const links = [
    { provider: 'okta', subject: subjectOf(alice) },
    { provider: 'entra-contexts', subject: entraAlice },
    { provider: 'foreign-proof', subject: 'alice' },
  ]
  const person = { apiVersion: 'entente.dev/v1', kind: 'Person', metadata: { name: 'alice' } }
  await expectMade(`${SPACE}/persons`, { ...person, spec: { displayName: 'Alice', links } })
  browser = openBrowser(server.url)
})

afterAll(async () => {
  await server?.stop()
  await Promise.all([stage?.stop(), foreign?.stop(), simulated?.close()])
  rmSync(data, { recursive: true, force: true })
})

function mode(name: string): string {
  return `MICROSOFT_VALIDATION_MODE_${name}`
}

async function expectMade(path: string, body: unknown): Promise<unknown> {
  const answer = await operator.call('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

async function newTransaction(spec: object): Promise<{ name: string; url: string }> {
  const document = { apiVersion: 'entente.dev/v1', kind: 'StepUpTransaction', metadata: {} }
  const made = await expectMade(`${SPACE}/stepuptransactions`, {
    ...document,
    spec: { person: 'alice', reason: 'send 12 000 EUR', ...spec },
  })
  return { name: String(at(made, 'metadata', 'name')), url: String(at(made, 'status', 'redirectUrl')) }
}

/** Follows the simulated logins, which ask nobody, until the browser stays at ours. */
async function walk(url: string) {
  let page = await browser.go(url)
  for (let step = 0; step < 6 && !page.url.startsWith(server.url); step++) {
    const answer = await simulated.fetch(page.url)
    page = await browser.go(answer.headers.get('location') ?? '')
  }
  return page
}

async function outcome(name: string): Promise<unknown> {
  const { body } = await operator.call('GET', `${SPACE}/stepuptransactions/${name}`)
  return at(body, 'status')
}

async function latestCode(): Promise<unknown> {
  const answer = await operator.call('GET', `${SPACE}/decisions?plane=step-up&limit=1`)
  return at(answer.body, 'items', '0', 'spec', 'code')
}

describe('the honest way', () => {
  it.each([
    ['okta-proof', { acr: 'phr', amr: ['pwd', 'swk', 'mfa'], sub: subjectOf(alice) }],
    ['entra-contexts', { acrs: ['c1', 'c2'], tid: TENANT, oid: objectIdOf(alice) }],
    ['entra-fresh', { tid: TENANT, oid: objectIdOf(alice) }],
  ])('through %s is verified, with what was proved', async (provider, claims) => {
    const { name, url } = await newTransaction({ provider })
    expect((await walk(url)).status).toBe(200)
    expect(await outcome(name)).toMatchObject({ state: 'verified', claims })
    expect(await latestCode()).toBe('granted')
  })

  it('through a foreign provider asks the person there anew, each time', async () => {
    for (let time = 0; time < 2; time++) {
      const { name, url } = await newTransaction({ provider: 'foreign-proof' })
      const page = await browser.go(url)
      const upstream = createBrowser([foreign], caPem)
      let found = await upstream.open(page.url)
      let logins = 0
      for (let step = 0; step < 4 && !isArrival(found); step++) {
        const { action, fields } = formOf(found)
        if (fields.prompt === 'login') logins += 1
        const typed = fields.prompt === 'login' ? { ...fields, login: 'alice', password: 'any' } : fields
        found = await upstream.open(action, typed)
      }
      if (!isArrival(found)) throw new Error(`stuck at ${found.url}`)
      const back = await browser.go(`${found.url}?${new URLSearchParams(found.parameters)}`)
      expect([back.status, logins], back.text).toEqual([200, 1])
      expect(await outcome(name)).toMatchObject({ state: 'verified', claims: { sub: 'alice' } })
    }
  })

  it('of a test shows what came, and notes when', async () => {
    const made = await operator.call('POST', '/api/v1/step-up/providers/okta-proof/test')
    const page = await walk(String(at(made.body, 'redirectUrl')))
    expect([page.status, page.text.includes(subjectOf(alice))]).toEqual([200, true])
    const { body } = await operator.call('GET', '/api/v1/step-up/providers/okta-proof')
    expect(Date.parse(String(at(body, 'stepUpProvider', 'lastTestedAt')))).toBeGreaterThan(Date.now() - 60_000)
  })
})

describe('a provider that lies', () => {
  it.each([
    ['okta-proof', 'lower-acr', 'step_up.level_unmet'],
    ['okta-proof', 'other-acr', 'step_up.level_unmet'],
    ['okta-proof', 'no-acr', 'step_up.level_missing'],
    ['okta-proof', 'acr-as-list', 'step_up.level_missing'],
    ['okta-proof', 'other-person', 'step_up.person_unknown'],
    ['okta-proof', 'stale-auth-time', 'auth_time.too_old'],
    ['okta-proof', 'future-auth-time', 'auth_time.too_old'],
    ['okta-proof', 'missing-auth-time', 'auth_time.missing'],
    ['okta-proof', 'zero-auth-time', 'auth_time.missing'],
    ['okta-proof', 'auth-time-as-text', 'token.malformed'],
    ['okta-proof', 'wrong-nonce', 'nonce.mismatch'],
    ['okta-proof', 'code-of-another', 'code.refused'],
    ['okta-proof', 'other-iss', 'answer.issuer_mismatch'],
    ['okta-proof', 'level-refused', 'upstream.level_unmet'],
    ['okta-proof', 'access-denied', 'upstream.access_denied'],
    ['okta-proof', 'without-id-token', 'token.missing'],
    ['entra-contexts', 'missing-acrs', 'step_up.context_missing'],
    ['entra-contexts', 'empty-acrs', 'step_up.context_unmet'],
    ['entra-contexts', 'wrong-acrs', 'step_up.context_unmet'],
    ['entra-contexts', 'fewer-acrs', 'step_up.context_unmet'],
    ['entra-contexts', 'acrs-as-text', 'step_up.context_unmet'],
    ['entra-contexts', 'wrong-tenant', 'issuer.mismatch'],
    ['entra-contexts', 'other-tid', 'issuer.mismatch'],
    ['entra-contexts', 'missing-tid', 'issuer.mismatch'],
    ['entra-contexts', 'other-oid', 'step_up.person_unknown'],
    ['entra-contexts', 'missing-oid', 'subject.object_missing'],
    ['entra-contexts', 'stale-auth-time', 'auth_time.too_old'],
    ['entra-fresh', 'stale-auth-time', 'auth_time.too_old'],
    ['entra-fresh', 'missing-auth-time', 'auth_time.missing'],
    ['entra-fresh', 'zero-auth-time', 'auth_time.missing'],
    ['entra-fresh', 'other-person', 'step_up.person_unknown'],
  ])('%s, %s, is told by its own code', async (provider, fault, code) => {
    const login = stage.login(provider.startsWith('okta') ? 'okta' : 'entra')
    const { name, url } = await newTransaction({ provider })
    await login.fail(fault)
    try {
      const page = await walk(url)
      expect(page.status, page.text).toBe(403)
    } finally {
      login.mend()
    }
    expect(await outcome(name)).toMatchObject({ state: 'error' })
    expect(await outcome(name)).not.toHaveProperty('claims')
    expect(await latestCode()).toBe(code)
    // What failed once is over, however honest the next try.
    expect((await walk(url)).status).toBe(403)
    expect(await latestCode()).toBe('step_up.transaction_used')
  })

  it('says in words what Entra’s numbers mean, also those of its token endpoint', async () => {
    const secret = (clientSecret: string) =>
      operator.call('POST', '/api/v1/step-up/providers/entra-fresh/secret', { clientSecret })
    await secret('a-secret-that-has-been-withdrawn')
    const { name, url } = await newTransaction({ provider: 'entra-fresh' })
    await walk(url)
    await secret(SECRET)
    expect(await outcome(name)).toMatchObject({
      state: 'error',
      errorMessage: expect.stringMatching(/the client secret is wrong \(AADSTS7000215\)\. \(code\.client_refused\)$/),
    })
    const again = await newTransaction({ provider: 'entra-fresh' })
    await walk(again.url)
    expect(await outcome(again.name)).toMatchObject({ state: 'verified' })
  })

  it('may leave out the time where contexts were asked for', async () => {
    const { name, url } = await newTransaction({ provider: 'entra-contexts' })
    await stage.login('entra').fail('missing-auth-time')
    expect((await walk(url)).status).toBe(200)
    stage.login('entra').mend()
    expect(await outcome(name)).toMatchObject({ state: 'verified' })
  })
})

describe('a provider of Microsoft', () => {
  const entraOf = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`
  const OTHER = tenantIdOf(OTHER_COMPANY.name)

  it.each([
    ['the domain of the issuer’s tenant', COMPANY.domain, entraOf(TENANT), 200],
    ['the domain, with an issuer of version 1', COMPANY.domain, `https://sts.windows.net/${TENANT}/`, 200],
    ['the GUID of the issuer’s domain', TENANT, entraOf(COMPANY.domain), 200],
    ['the GUID of another tenant', OTHER, entraOf(TENANT), 400],
    ['the domain of another tenant', OTHER_COMPANY.domain, entraOf(TENANT), 400],
    ['the domain of nobody', 'nobody.example', entraOf(TENANT), 400],
    ['a domain, where the issuer is everybody’s', COMPANY.domain, entraOf('common'), 400],
  ])('that names %s is taken only where that is its issuer’s', async (_name, tenant, issuerUrl, status) => {
    const answer = await operator.call('POST', '/api/v1/step-up/providers', {
      displayName: 'Tenant',
      clientId: 'entente',
      issuerUrl,
      microsoft: { tenant, validationMode: mode('OIDC') },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    if (status === 400)
      expect(at(answer.body, 'details', '0', 'fieldViolations', '0', 'field')).toBe('microsoft.tenant')
    const id = at(answer.body, 'stepUpProvider', 'id')
    if (status === 200) await operator.call('DELETE', `/api/v1/step-up/providers/${id}`)
  })
})

describe('an app that asks for a recent proof', () => {
  const redirect = 'https://shop.example/cb'

  beforeAll(async () => {
    await expectMade('/api/identity-providers', { ...stage.login('github-login').registration, domains: [] })
    const spec = { redirectUris: [redirect], tokenEndpointAuthMethod: 'none', firstParty: true, scopes: ['openid'] }
    await expectMade(`${SPACE}/apps`, {
      apiVersion: 'entente.dev/v1',
      kind: 'App',
      metadata: { name: 'shop' },
      spec,
    })
  })

  /** What the app is told, by people who come in anew. */
  async function told(parameters: Readonly<Record<string, string>>, by: Browser = openBrowser(server.url)) {
    const verifier = 'v'.repeat(43)
    const asked = {
      ...{ client_id: 'shop', response_type: 'code', redirect_uri: redirect, scope: 'openid', idp_hint: 'okta' },
      ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' },
      ...parameters,
    }
    let page = await by.go(`${server.url}/oauth2/authorize?${new URLSearchParams(asked)}`)
    const sent: string[] = []
    for (let step = 0; step < 4 && page.url.startsWith('https://') && !page.url.startsWith(redirect); step++) {
      sent.push(new URL(page.url).searchParams.get('max_age') ?? 'none')
      page = await by.go((await simulated.fetch(page.url)).headers.get('location') ?? '')
    }
    const answer = new URL(page.url).searchParams
    expect(page.url.startsWith(redirect), page.url).toBe(true)
    const code = answer.get('code')
    if (code === null) return { sent, error: answer.get('error') }
    const form = { grant_type: 'authorization_code', client_id: 'shop', code, redirect_uri: redirect }
    const tokens = await postForm(`${server.url}/oauth2/token`, { ...form, code_verifier: verifier })
    const { auth_time: authTime } = decodeJwt(textAt(tokens, 'access_token'))
    return { sent, age: Math.round(Date.now() / 1000) - Number(authTime) }
  }

  it.each(['0', '5'])('of at most %s seconds gets one, or is told that there is none', async (max_age) => {
    expect(await told({ max_age })).toEqual({ sent: [max_age], age: expect.closeTo(0, -1) })
    for (const fault of ['stale-auth-time', 'missing-auth-time', 'zero-auth-time', 'future-auth-time']) {
      await stage.login('okta').fail(fault)
      const unmet = await told({ max_age })
      stage.login('okta').mend()
      expect(unmet, fault).toEqual({ sent: [max_age], error: 'unmet_authentication_requirements' })
    }
  })

  it('is told so by a pushed request, too', async () => {
    const pushed = await postForm(`${server.url}/oauth2/par`, {
      ...{ client_id: 'shop', response_type: 'code', redirect_uri: redirect, scope: 'openid', idp_hint: 'okta' },
      ...{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256', max_age: '0' },
    })
    await stage.login('okta').fail('stale-auth-time')
    const unmet = await told({ request_uri: textAt(pushed, 'request_uri') })
    stage.login('okta').mend()
    expect(unmet).toEqual({ sent: ['0'], error: 'unmet_authentication_requirements' })
  })

  it('is told so where the provider can say nothing of when', async () => {
    expect(await told({ max_age: '60', idp_hint: 'github' })).toEqual({
      sent: [],
      error: 'unmet_authentication_requirements',
    })
    const { body } = await operator.call('GET', `${SPACE}/decisions?plane=sign-in&limit=1`)
    expect(at(body, 'items', '0', 'spec', 'code')).toBe('login.not_begun')
  })
})

describe('a device that asks for a level', () => {
  it('is told that nobody reaches it where it asks for its tokens', async () => {
    const grant = 'urn:ietf:params:oauth:grant-type:device_code'
    const spec = { grantTypes: [grant], tokenEndpointAuthMethod: 'none', firstParty: true, scopes: ['openid'] }
    const document = { apiVersion: 'entente.dev/v1', kind: 'App', metadata: { name: 'device' } }
    await expectMade(`${SPACE}/apps`, { ...document, spec })
    const asked = { client_id: 'device', scope: 'openid', acr_values: 'phrh' }
    const device = await postForm(`${server.url}/oauth2/device_authorization`, asked)
    const person = openBrowser(server.url)
    const typed = { user_code: textAt(device, 'user_code') }
    const confirm = await person.submit(await person.go(textAt(device, 'verification_uri')), typed)
    await stage.login('okta').fail('lower-acr')
    const known = await person.submit(await person.submit(confirm, { confirm: 'yes' }), { choice: 'default/okta' })
    const back = await person.go((await simulated.fetch(known.url)).headers.get('location') ?? '')
    stage.login('okta').mend()
    expect([back.status, back.text.includes('That did not work.')]).toEqual([400, true])
    const form = { grant_type: grant, client_id: 'device', device_code: textAt(device, 'device_code') }
    expect(await postForm(`${server.url}/oauth2/token`, form)).toMatchObject({
      status: 400,
      body: { error: 'unmet_authentication_requirements' },
    })
  })
})

describe('a policy that asks people for a proof', () => {
  const organisation = '/apis/entente.dev/v1/organizations/default'
  const KEPT = '/api/v1/step-up/providers/kept'

  beforeAll(async () => {
    await operator.call('PATCH', organisation, { spec: { stepUpFor: ['provider.delete'] } })
    await operator.call('PATCH', `${SPACE}/persons/alice`, { spec: { roleIds: ['admin'] } })
    await expectMade('/api/v1/step-up/providers', { displayName: 'Kept', clientId: 'c', ...OKTA_PROOF })
  })
  afterAll(() => operator.call('PATCH', organisation, { spec: { stepUpFor: null } }))

  it('asks also those who came by exchanging a token of their company', async () => {
    const alices = createApi(server.url, textAt(await exchanged(), 'access_token'))
    expect((await alices.call('GET', KEPT)).status).toBe(200)
    const refused = await alices.call('DELETE', KEPT)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer error="insufficient_user_authentication"/),
    ])
  })

  it('asks them for it in the way in which their token is shown', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const jwk = await exportJWK(publicKey)
    const proofOf = (claims: Readonly<Record<string, string>>) =>
      new SignJWT({ jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt()
        .sign(privateKey)
    const token = textAt(
      await exchanged({ dpop: await proofOf({ htm: 'POST', htu: `${server.url}/oauth2/token` }) }),
      'access_token',
    )
    const ath = createHash('sha256').update(token).digest('base64url')
    const url = server.url + KEPT
    const headers = { authorization: `DPoP ${token}`, dpop: await proofOf({ htm: 'DELETE', htu: url, ath }) }
    const refused = await fetch(url, { method: 'DELETE', headers })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^DPoP error="insufficient_user_authentication"/),
    ])
  })

  async function exchanged(headers: Readonly<Record<string, string>> = {}) {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await idTokenOfAlice(),
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      audience: `//${new URL(server.url).host}/organizations/default/providers/okta`,
    }
    return await postForm(`${server.url}/oauth2/token`, form, headers)
  }

  /** As the company's own app gets one. */
  async function idTokenOfAlice(): Promise<string> {
    const { issuer } = stage.login('okta')
    const redirect_uri = `${server.url}/sign-in/default/okta/return`
    const asked = { client_id: 'entente', response_type: 'code', scope: 'openid', redirect_uri, state: 's' }
    const arrived = await simulated.fetch(`${issuer}/oauth2/v1/authorize?${new URLSearchParams(asked)}`)
    const code = new URL(arrived.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri, client_id: 'entente', client_secret: SECRET }
    const answer = await simulated.fetch(`${issuer}/oauth2/v1/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    return String(Object(await answer.json()).id_token)
  }
})

describe('a transaction of somebody', () => {
  it('is refused a disabled provider, and an address of nobody', async () => {
    const change = { stepUpProvider: { enabled: false }, updateMask: 'enabled' }
    await operator.call('POST', '/api/v1/step-up/providers/entra-fresh', change)
    const document = { apiVersion: 'entente.dev/v1', kind: 'StepUpTransaction', metadata: {} }
    const spec = { person: 'alice', reason: 'x', provider: 'entra-fresh', returnTo: 'https://evil.example/' }
    const refused = await operator.call('POST', `${SPACE}/stepuptransactions`, { ...document, spec })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).toContain('step_up.provider_invalid')
    expect(JSON.stringify(refused.body)).toContain('step_up.return_to_invalid')
  })
})
