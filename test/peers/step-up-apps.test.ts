/**
 * Apps, devices and policies that ask for a proof, through our program as a process: what they get of the simulated Okta and
 * GitHub, and what they are told where there is none.
 */
import { createHash, randomUUID } from 'node:crypto'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PEOPLE, subjectOf } from '../../simulators/people/person.ts'
import { at, createApi, postForm, textAt } from '../../src/cli/demo/api.ts'
import { type Browser, openBrowser } from '../../src/planes/openid-provider/testing/browser.ts'
import { OKTA_PROOF, openStepUpWorld, SECRET, SPACE, type StepUpWorld } from './step-up-world.ts'

const [alice] = PEOPLE
if (alice === undefined) throw new Error('nobody')

let world: StepUpWorld
let server: StepUpWorld['server']
let stage: StepUpWorld['stage']
let operator: StepUpWorld['operator']
let simulated: StepUpWorld['simulated']
let expectMade: StepUpWorld['expectMade']

beforeAll(async () => {
  world = await openStepUpWorld()
  ;({ server, stage, operator, simulated, expectMade } = world)
  const links = [{ provider: 'okta', subject: subjectOf(alice) }]
  const person = { apiVersion: 'entente.dev/v1', kind: 'Person', metadata: { name: 'alice' } }
  await expectMade(`${SPACE}/persons`, { ...person, spec: { displayName: 'Alice', links } })
})
afterAll(() => world?.close())

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
    if (code === null) {
      // Whoever runs the app can look up why.
      const [, decision = ''] = /; decision ([\da-f-]{36})$/.exec(answer.get('error_description') ?? '') ?? []
      const { body } = await operator.call('GET', `${SPACE}/decisions/${decision}`)
      expect(at(body, 'spec', 'outcome'), answer.get('error_description') ?? '').toBe('refused')
      return { sent, error: answer.get('error') }
    }
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
