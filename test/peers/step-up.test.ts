/**
 * Step-up through our program as a process: against the simulated Okta and Entra, telling the truth and every lie that they know,
 * and against a foreign OpenID Provider (oidc-provider) over TLS. Registered through the faces, as an operator would.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMPANY, OTHER_COMPANY, objectIdOf, PEOPLE, subjectOf, tenantIdOf } from '../../simulators/people/person.ts'
import { at } from '../../src/cli/demo/api.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { type ForeignProvider, startForeignProvider } from './foreign-provider.ts'
import { createBrowser, formOf, isArrival } from './scripted-browser.ts'
import { OKTA_PROOF, openStepUpWorld, SECRET, SPACE, type StepUpWorld } from './step-up-world.ts'

const HOST = 'proof.foreign.example'
const TENANT = tenantIdOf(COMPANY.name)
const [alice] = PEOPLE
if (alice === undefined) throw new Error('nobody')

let foreign: ForeignProvider
let caPem: string
let world: StepUpWorld
let server: StepUpWorld['server']
let stage: StepUpWorld['stage']
let operator: StepUpWorld['operator']
let simulated: StepUpWorld['simulated']
let expectMade: StepUpWorld['expectMade']
let browser: Browser

beforeAll(async () => {
  world = await openStepUpWorld(async (authority, url) => {
    caPem = authority.caPem
    const redirect_uris = [`${url}/step-up/default/foreign-proof/return`]
    const client = { client_id: 'entente', client_secret: SECRET, redirect_uris }
    foreign = await startForeignProvider(HOST, authority, [client], { acrValues: ['urn:foreign:strong'] })
    return { connectTo: `${HOST}:443=127.0.0.1:${foreign.port}` }
  })
  ;({ server, stage, operator, simulated, expectMade } = world)
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
  await world?.close()
  await foreign?.stop()
})

function mode(name: string): string {
  return `MICROSOFT_VALIDATION_MODE_${name}`
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
