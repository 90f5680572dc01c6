import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../stage.ts'
import { CALLBACK, openRelyingParty, type RelyingParty } from '../testing/relying-party.ts'
import { simulatedLogins } from './catalogue.ts'
import { accountIdOf, objectIdOf, PEOPLE, subjectOf, tenantIdOf } from './person.ts'
import type { SimulatedLogin } from './simulated-login.ts'

const OPENID = ['okta', 'entra']
let stage: Stage
const parties = new Map<string, RelyingParty>()

beforeAll(async () => {
  stage = await openStage([], { logins: simulatedLogins })
  for (const name of OPENID) parties.set(name, await openRelyingParty(stage.caPem, stage.login(name)))
})
afterEach(() => {
  for (const login of stage.logins) login.mend()
})
afterAll(async () => {
  await Promise.all([...parties.values()].map((party) => party.close()))
  await stage.stop()
})

function of(name: string): { login: SimulatedLogin; party: RelyingParty } {
  const party = parties.get(name)
  if (party === undefined) throw new Error(name)
  return { login: stage.login(name), party }
}

const [alice] = PEOPLE
if (alice === undefined) throw new Error('nobody')

describe.each(OPENID)('the login %s', (name) => {
  it('lets a person in whom openid-client believes, by discovery, PKCE, state, nonce and at_hash', async () => {
    const { login, party } = of(name)
    const tokens = await party.signIn({ login_hint: 'bob@corp.example' })
    const claims = tokens.claims()
    expect(claims?.iss).toBe(login.issuer)
    expect(claims).toMatchObject({ aud: 'entente', name: 'Bob Baker', email: 'bob@corp.example' })
    const keysUrl = party.config.serverMetadata().jwks_uri ?? ''
    const keys = createLocalJWKSet(Object(await (await party.fetch(keysUrl)).json()))
    await jwtVerify(tokens.id_token ?? '', keys, { issuer: login.issuer, audience: 'entente' })
    const info = await client.fetchUserInfo(party.config, tokens.access_token, String(claims?.sub))
    expect(info).toMatchObject({ sub: claims?.sub, name: 'Bob Baker', email: 'bob@corp.example' })
  })

  it('takes who is chosen, else who is hinted, else the first; another’s address is no hint', async () => {
    const { login, party } = of(name)
    const who = async (hint: Record<string, string>) => (await party.signIn(hint)).claims()?.name
    expect(await who({})).toBe('Alice Archer')
    expect(await who({ login_hint: 'carol' })).toBe('Carol Cole')
    expect(await who({ login_hint: 'carol@elsewhere.example' })).toBe('Alice Archer')
    login.cast.choose('bob')
    expect(await who({ login_hint: 'carol' })).toBe('Bob Baker')
    expect(() => login.cast.choose('nobody')).toThrow('there are alice')
  })

  it('gives tokens for a code once, to its client, with its verifier and for its address', async () => {
    const { party } = of(name)
    const visit = await party.visit()
    await party.redeem(visit)
    await expect(party.redeem(visit)).rejects.toMatchObject({ error: 'invalid_grant' })
    const other = { ...(await party.visit()), verifier: client.randomPKCECodeVerifier() }
    await expect(party.redeem(other)).rejects.toMatchObject({ error: 'invalid_grant' })
    const unproved = await openRelyingParty(stage.caPem, stage.login(name), {
      authentication: client.ClientSecretPost('a-guess'),
    })
    await expect(unproved.signIn()).rejects.toMatchObject({ error: 'invalid_client' })
    await unproved.close()
  })

  it('brings an ID token by form_post to who asks for that, and only there', async () => {
    const { login, party } = of(name)
    const asked = { response_type: 'id_token', response_mode: 'form_post' }
    const { parameters, nonce, state } = await party.visit(asked)
    expect(parameters.get('state')).toBe(state)
    expect(decodeJwt(parameters.get('id_token') ?? '')).toMatchObject({ nonce, iss: login.issuer })
    const inQuery = await party.visit({ response_type: 'id_token', response_mode: 'query' })
    expect(inQuery.parameters.get('error')).toBe('invalid_request')
  })

  it.each([
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ max_age: 'soon' }, 'invalid_request'],
    [{ claims: '{' }, 'invalid_request'],
  ])('sends a request with %j back', async (wrong, error) => {
    const { parameters } = await of(name).party.visit(wrong)
    expect(parameters.get('error')).toBe(error)
    expect(parameters.get('code')).toBeNull()
  })

  it('sends nobody to an address that it does not know', async () => {
    const { login, party } = of(name)
    login.clients.put({ id: 'strict', secret: 's', redirectUris: [CALLBACK] })
    await expect(party.visit({ client_id: 'strict', redirect_uri: `${CALLBACK}/more` })).rejects.toThrow('400')
    await expect(party.visit({ client_id: 'nobody' })).rejects.toThrow('400')
    expect((await party.visit({ client_id: 'strict' })).parameters.get('code')).not.toBeNull()
  })

  it('knows clients by post, basic, a JWT by their secret and one by their key', async () => {
    const { login } = of(name)
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    login.clients.put({ id: 'keyed', jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] } })
    login.clients.put({ id: 'public' })
    const secret = 'a-secret-of-the-simulator'
    for (const [clientId, authentication] of [
      ['entente', client.ClientSecretBasic(secret)],
      ['entente', client.ClientSecretPost(secret)],
      ['entente', client.ClientSecretJwt(secret)],
      ['keyed', client.PrivateKeyJwt({ key: privateKey, kid: 'k' })],
      ['public', client.None()],
    ] as const) {
      const party = await openRelyingParty(stage.caPem, login, { clientId, authentication })
      expect((await party.signIn()).claims()?.aud).toBe(clientId)
      await party.close()
    }
    const impostor = await openRelyingParty(stage.caPem, login, { clientId: 'keyed', authentication: client.None() })
    await expect(impostor.signIn()).rejects.toMatchObject({ error: 'invalid_client' })
    await impostor.close()
  })

  it('sends the browser on after the logout, to an address of its client', async () => {
    const { login, party } = of(name)
    login.clients.put({ id: 'tidy', secret: 's', postLogoutRedirectUris: ['https://app.example/out'] })
    const out = (to: string) =>
      client.buildEndSessionUrl(party.config, { client_id: 'tidy', post_logout_redirect_uri: to, state: 's' }).href
    const answer = await party.fetch(out('https://app.example/out'))
    expect(answer.headers.get('location')).toBe('https://app.example/out?state=s')
    expect((await party.fetch(out('https://elsewhere.example/'))).headers.get('location')).toBeNull()
  })

  it('has a name and a sentence for each fault, and mends all of them', async () => {
    const { login, party } = of(name)
    for (const [fault, says] of Object.entries(login.faults)) {
      expect(says, fault).not.toBe('')
      await login.fail(fault)
    }
    await expect(login.fail('no-such-thing')).rejects.toThrow('no such fault')
    login.mend()
    expect((await party.signIn()).claims()?.name).toBe('Alice Archer')
  })
})

/** The claims of a login, whatever a careful client would say to them. */
async function claimsAfter(name: string, fault: string | null, asked: Record<string, string> = {}) {
  const { login, party } = of(name)
  if (fault !== null) await login.fail(fault)
  const { url, verifier } = await party.visit({ login_hint: 'alice', ...asked })
  const answer = await party.fetch(party.config.serverMetadata().token_endpoint ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'entente',
      client_secret: 'a-secret-of-the-simulator',
      code: url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    }),
  })
  return decodeJwt(Object(await answer.json()).id_token)
}

const now = () => Math.floor(Date.now() / 1000)

describe('levels', () => {
  it('are reached as asked for, the first that there is, and named only when asked for', async () => {
    const { acr: none, auth_time: at } = await claimsAfter('okta', null)
    expect(none).toBeUndefined()
    expect(Math.abs(Number(at) - now())).toBeLessThan(10)
    expect(await claimsAfter('okta', null, { acr_values: 'urn:not:here phr' })).toMatchObject({
      acr: 'phr',
      amr: ['pwd', 'swk', 'mfa'],
    })
    const byClaims = JSON.stringify({ id_token: { acr: { essential: true, values: ['phrh'] } } })
    expect(await claimsAfter('okta', null, { claims: byClaims })).toMatchObject({ acr: 'phrh' })
    expect(await claimsAfter('okta', null, { acr_values: 'urn:not:here' })).toMatchObject({
      acr: 'urn:okta:loa:1fa:any',
    })
  })

  it.each([
    ['lower-acr', { acr: 'urn:okta:loa:1fa:any' }],
    ['no-acr', { acr: undefined, amr: undefined }],
    ['other-acr', { acr: 'urn:other:level' }],
    ['acr-as-list', { acr: ['phr'] }],
    ['missing-auth-time', { auth_time: undefined }],
    ['zero-auth-time', { auth_time: 0 }],
  ])('with the fault %s are %j', async (fault, wrong) => {
    const claims = await claimsAfter('okta', fault, { acr_values: 'phr', max_age: '0' })
    for (const [claim, value] of Object.entries(wrong)) expect(claims[claim]).toEqual(value)
  })

  it('have a time that can be old or still to come', async () => {
    expect(now() - Number((await claimsAfter('okta', 'stale-auth-time')).auth_time)).toBeGreaterThan(86_400)
    stage.login('okta').mend()
    expect(Number((await claimsAfter('okta', 'future-auth-time')).auth_time) - now()).toBeGreaterThan(3_000)
  })
})

describe('people of Entra', () => {
  const contexts = (...values: string[]) => ({
    claims: JSON.stringify({ id_token: { acrs: { essential: true, values } } }),
  })
  const corp = tenantIdOf('Corp')
  const other = tenantIdOf('Other')

  it('are known by tenant and object', async () => {
    const claims = await claimsAfter('entra', null)
    expect([claims.auth_time, claims.acrs]).toEqual([undefined, undefined])
    expect(claims).toMatchObject({
      tid: corp,
      oid: objectIdOf(alice),
      ver: '2.0',
      xms_edov: true,
      preferred_username: 'alice@corp.example',
    })
    expect(await claimsAfter('entra', null, { max_age: '60' })).toHaveProperty('auth_time')
  })

  it('meet the authentication contexts that were asked for', async () => {
    expect((await claimsAfter('entra', null, contexts('c1', 'c25', 'c100', 'C1'))).acrs).toEqual(['c1', 'c25'])
    const single = JSON.stringify({ id_token: { acrs: { essential: true, value: 'c99' } } })
    expect((await claimsAfter('entra', null, { claims: single })).acrs).toEqual(['c99'])
  })

  it.each([
    ['missing-acrs', { acrs: undefined }],
    ['empty-acrs', { acrs: [] }],
    ['wrong-acrs', { acrs: ['c98'] }],
    ['fewer-acrs', { acrs: ['c1'] }],
    ['acrs-as-text', { acrs: 'c1 c2' }],
    ['wrong-tenant', { tid: other, iss: `https://login.microsoftonline.com/${other}/v2.0` }],
    ['other-tid', { tid: other, iss: `https://login.microsoftonline.com/${corp}/v2.0` }],
    ['missing-tid', { tid: undefined }],
    ['missing-oid', { oid: undefined }],
    ['other-person', { name: 'Bob Baker', tid: corp }],
    ['unproved-domain', { xms_edov: false }],
    ['unverified-email', { xms_edov: false }],
  ])('with the fault %s have %j', async (fault, wrong) => {
    const claims = await claimsAfter('entra', fault, contexts('c1', 'c2'))
    for (const [claim, value] of Object.entries(wrong)) expect(claims[claim]).toEqual(value)
  })

  it('come through the issuer of all tenants, of old and new make, each under the issuer of their own', async () => {
    const { party, login } = of('entra')
    const at = async (path: string) =>
      Object(await (await party.fetch(`https://${path}/.well-known/openid-configuration`)).json())
    expect((await at('login.microsoftonline.com/organizations/v2.0')).issuer).toBe(
      'https://login.microsoftonline.com/{tenantid}/v2.0',
    )
    expect((await at('login.microsoftonline.com/corp.example/v2.0')).issuer).toBe(login.issuer)
    const v1 = await at(`sts.windows.net/${corp}`)
    expect(v1.issuer).toBe(`https://sts.windows.net/${corp}/`)
    const asked = {
      client_id: 'entente',
      response_type: 'id_token',
      response_mode: 'form_post',
      redirect_uri: CALLBACK,
      nonce: 'n',
      scope: 'openid profile',
      login_hint: 'oscar',
    }
    const page = await (
      await party.fetch(
        `https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${new URLSearchParams(asked)}`,
      )
    ).text()
    const token = /name="id_token" value="([^"]*)"/.exec(page)?.[1] ?? ''
    expect(decodeJwt(token)).toMatchObject({ tid: other, iss: `https://login.microsoftonline.com/${other}/v2.0` })
    const old = await (
      await party.fetch(`${v1.authorization_endpoint}?${new URLSearchParams({ ...asked, login_hint: 'bob' })}`)
    ).text()
    expect(decodeJwt(/name="id_token" value="([^"]*)"/.exec(old)?.[1] ?? '')).toMatchObject({
      ver: '1.0',
      iss: v1.issuer,
    })
    // A stranger finds no door in the tenant's own.
    await expect(party.visit({ login_hint: 'oscar' })).rejects.toThrow('AADSTS50020')
  })

  it('in more groups than a token holds find the others at Graph, page by page', async () => {
    const { party, login } = of('entra')
    expect((await party.signIn({ login_hint: 'alice' })).claims()?.groups).toHaveLength(2)
    const tokens = await party.signIn({ login_hint: 'grace' })
    expect(tokens.claims()).toMatchObject({ _claim_names: { groups: 'src1' } })
    expect(tokens.claims()?.groups).toBeUndefined()
    const pages = async () => {
      const found: { '@odata.type': string }[] = []
      let next = 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$select=id&$top=999'
      for (let page = 0; next !== '' && page < 5; page++) {
        const answer = await party.fetch(next, { headers: { authorization: `Bearer ${tokens.access_token}` } })
        const { value = [], '@odata.nextLink': link = '' } = Object(await answer.json())
        found.push(...value)
        next = link
      }
      return { groups: found.filter((one) => one['@odata.type'] === '#microsoft.graph.group').length, next }
    }
    expect(await pages()).toEqual({ groups: 251, next: '' })
    expect((await party.fetch('https://graph.microsoft.com/v1.0/me/transitiveMemberOf')).status).toBe(401)
    await login.fail('groups-endless')
    expect((await pages()).next).not.toBe('')
  })
})

describe('what openid-client refuses of a login that went wrong', () => {
  it.each([
    ['wrong-state', 'state'],
    ['missing-state', 'state'],
    ['missing-iss', 'iss'],
    ['other-iss', 'iss'],
    ['access-denied', 'access_denied'],
    ['level-refused', 'authorization response'],
    ['wrong-code', 'invalid_grant'],
    ['code-of-another', 'invalid_grant'],
    ['wrong-nonce', 'nonce'],
    ['missing-nonce', 'nonce'],
    ['expired', 'JWT'],
    ['wrong-audience', 'JWT'],
    ['wrong-issuer', 'JWT'],
    ['unsigned', 'JWT'],
    ['other-party', 'JWT'],
    ['missing-sub', 'JWT'],
    ['without-id-token', 'id_token'],
    ['token-html', 'response'],
    ['token-unavailable', 'response'],
  ])('%s', async (fault, word) => {
    const { login, party } = of('okta')
    await login.fail(fault)
    const error: unknown = await party.signIn().then(
      () => 'granted',
      (thrown: unknown) => thrown,
    )
    const text = (one: unknown): string =>
      one instanceof Error
        ? `${one.message} ${String(Object(one).error ?? '')} ${text(one.cause)}`
        : JSON.stringify(one ?? '')
    expect(error, String(error)).toBeInstanceOf(Error)
    expect(text(error).toLowerCase()).toContain(word.toLowerCase())
  })

  it.each(['forged', 'unknown-key', 'tampered'])('%s, by the keys that are published', async (fault) => {
    const { login, party } = of('okta')
    client.enableNonRepudiationChecks(party.config)
    await party.signIn()
    await login.fail(fault)
    await expect(party.signIn()).rejects.toThrow()
  })

  it('a token that belongs to another access token', async () => {
    const good = await claimsAfter('okta', null)
    expect((await claimsAfter('okta', 'wrong-at-hash')).at_hash).not.toBe(good.at_hash)
  })

  it('a user info of somebody else', async () => {
    const { login, party } = of('okta')
    await login.fail('userinfo-of-another')
    const tokens = await party.signIn()
    await expect(client.fetchUserInfo(party.config, tokens.access_token, subjectOf(alice))).rejects.toThrow()
  })

  it('nothing of a provider that is lenient, which is why the other side must not be', async () => {
    const { login, party } = of('okta')
    await login.fail('code-reuse')
    await login.fail('ignores-pkce')
    const visit = await party.visit()
    await party.redeem(visit)
    await party.redeem({ ...visit, verifier: client.randomPKCECodeVerifier() })
  })
})

describe('the control endpoint of logins', () => {
  it('lists who is there, chooses, adds people, registers clients, and lets things go wrong', async () => {
    const { login, party } = of('okta')
    const tell = async (method: string, path: string, body?: object) => {
      const answer = await fetch(stage.control.url + path, {
        method,
        headers: { authorization: `Bearer ${stage.control.token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: Object(await answer.json()) }
    }
    const { logins } = (await tell('GET', '/')).body
    expect(logins.map(({ name }: { name: string }) => name)).toEqual(simulatedLogins.map(({ name }) => name))
    expect((await tell('PUT', '/okta/people', { login: 'dan', claims: { department: 'sales' } })).status).toBe(200)
    expect((await tell('PUT', '/okta/person', { login: 'dan' })).status).toBe(200)
    expect((await party.signIn()).claims()).toMatchObject({ email: 'dan@corp.example', department: 'sales' })
    expect((await tell('PUT', '/okta/person', { login: 'nobody' })).status).toBe(400)
    expect((await tell('PUT', '/okta/people', { login: 'dan', colour: 'red' })).status).toBe(400)
    expect((await tell('DELETE', '/okta/person')).status).toBe(200)
    expect((await tell('PUT', '/okta/client', { clientId: 'more', redirectUris: [CALLBACK] })).status).toBe(200)
    expect(login.clients.get('more')).toEqual({ id: 'more', redirectUris: [CALLBACK] })
    expect((await tell('PUT', '/okta/fault', { fault: 'access-denied' })).status).toBe(200)
    expect((await party.visit()).parameters.get('error')).toBe('access_denied')
    expect((await tell('PUT', '/okta/fault', { fault: 'nothing' })).status).toBe(400)
    expect((await tell('DELETE', '/okta/fault')).status).toBe(200)
    expect((await tell('GET', '/okta/asked')).body.authorize).toBeGreaterThan(0)
  })
})

describe('accounts', () => {
  it('have the same identifiers at every start', () => {
    expect(subjectOf(alice)).toMatch(/^00u[0-9a-f]{17}$/)
    expect(objectIdOf(alice)).toMatch(/^[0-9a-f-]{36}$/)
    expect(accountIdOf(alice)).toBeGreaterThan(0)
    expect(new Set(PEOPLE.map(subjectOf)).size).toBe(PEOPLE.length)
  })
})
