import * as client from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../stage.ts'
import { fetchOver } from '../testing/fetch-over.ts'
import { CALLBACK } from '../testing/relying-party.ts'
import { githubLogin } from './github-login.ts'
import { accountIdOf, PEOPLE } from './person.ts'

const SECRET = 'a-secret-of-the-simulator'
let stage: Stage
let reach: ReturnType<typeof fetchOver>

beforeAll(async () => {
  stage = await openStage([], { logins: [githubLogin] })
  reach = fetchOver(stage.caPem, stage.logins)
})
afterEach(() => stage.login('github-login').mend())
afterAll(async () => {
  await reach.close()
  await stage.stop()
})

/** An application as openid-client plays one for a server that has no discovery. */
function application(secret = SECRET): client.Configuration {
  const server = {
    issuer: 'https://github.com',
    authorization_endpoint: 'https://github.com/login/oauth/authorize',
    token_endpoint: 'https://github.com/login/oauth/access_token',
  }
  const config = new client.Configuration(server, 'entente', {}, client.ClientSecretPost(secret))
  const customFetch: client.CustomFetch = (url, init) => reach.fetch(url, init)
  config[client.customFetch] = customFetch
  return config
}

async function visit(config: client.Configuration, more: Record<string, string> = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'read:user user:email',
    state: 's',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  })
  url.searchParams.delete('response_type')
  const answer = await reach.fetch(url.href)
  return { back: new URL(answer.headers.get('location') ?? ''), verifier }
}

async function signIn(config: client.Configuration, more: Record<string, string> = {}) {
  const { back, verifier } = await visit(config, more)
  return client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: 's' })
}

async function api(path: string, token: string, headers: Record<string, string> = { 'user-agent': 'test' }) {
  const answer = await reach.fetch(`https://api.github.com${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  return { status: answer.status, body: Object(await answer.json()) }
}

const bob = PEOPLE.find(({ login }) => login === 'bob')
if (bob === undefined) throw new Error('nobody')

describe('the login of GitHub', () => {
  it('gives a token for a code, and tells with it who came and which addresses are proved', async () => {
    const tokens = await signIn(application(), { login: 'bob' })
    expect(tokens.access_token).toMatch(/^gho_/)
    const { body: user } = await api('/user', tokens.access_token)
    expect(user).toMatchObject({ login: 'bob', id: accountIdOf(bob), type: 'User', email: null })
    const { body: emails } = await api('/user/emails', tokens.access_token)
    expect(emails).toContainEqual({ email: 'bob@corp.example', primary: true, verified: true, visibility: 'private' })
    expect(emails).toContainEqual({ email: 'bob@typed.example', primary: false, verified: false, visibility: null })
  })

  it('serves nobody without a token, without the scope or without a name of the program', async () => {
    const tokens = await signIn(application(), { scope: 'read:user' })
    expect((await api('/user', 'gho_guess')).status).toBe(401)
    expect((await api('/user/emails', tokens.access_token)).status).toBe(404)
    const bare = await reach.fetch('https://api.github.com/user', {
      headers: { authorization: `Bearer ${tokens.access_token}`, 'user-agent': '' },
    })
    expect(bare.status).toBe(403)
  })

  it('refuses a code twice, a guessed secret and another verifier, with its own words and status 200', async () => {
    const { back, verifier } = await visit(application())
    const redeem = (config: client.Configuration, pkceCodeVerifier: string) =>
      client.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState: 's' })
    await expect(redeem(application('a-guess'), verifier)).rejects.toThrow()
    await redeem(application(), verifier)
    await expect(redeem(application(), verifier)).rejects.toThrow()
    const other = await visit(application())
    const form = {
      client_id: 'entente',
      client_secret: SECRET,
      redirect_uri: CALLBACK,
      code: other.back.searchParams.get('code') ?? '',
      code_verifier: client.randomPKCECodeVerifier(),
    }
    const answer = await reach.fetch('https://github.com/login/oauth/access_token', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form),
    })
    expect([answer.status, Object(await answer.json()).error]).toEqual([200, 'bad_verification_code'])
  })

  it.each([
    ['organization', { type: 'Organization' }],
    ['missing-id', { id: undefined }],
    ['id-as-text', { id: String(accountIdOf(bob)) }],
    ['other-id', { login: 'bob', id: accountIdOf(bob) + 1 }],
    ['other-person', { login: 'alice' }],
  ])('with the fault %s shows %j', async (fault, wrong) => {
    await stage.login('github-login').fail(fault)
    const { access_token: token } = await signIn(application(), { login: 'bob' })
    const { body } = await api('/user', token)
    for (const [member, value] of Object.entries(wrong)) expect(body[member]).toEqual(value)
  })

  it('has addresses that are not proved, may not be read, or cannot be had', async () => {
    const login = stage.login('github-login')
    const { access_token: token } = await signIn(application(), { login: 'bob' })
    const primary = async () =>
      (await api('/user/emails', token)).body.find(({ primary: is }: { primary: boolean }) => is)?.verified
    await login.fail('unverified-email')
    expect(await primary()).toBe(false)
    login.mend()
    await login.fail('without-emails')
    expect((await api('/user/emails', token)).status).toBe(404)
    login.mend()
    await login.fail('emails-unavailable')
    expect((await api('/user/emails', token)).status).toBe(503)
    await expect(login.fail('wrong-nonce')).rejects.toThrow('no such fault')
  })

  it.each(['wrong-state', 'missing-state', 'other-iss', 'access-denied', 'wrong-code', 'code-of-another'])(
    'with the fault %s is refused by openid-client',
    async (fault) => {
      await stage.login('github-login').fail(fault)
      await expect(signIn(application())).rejects.toThrow()
    },
  )
})
