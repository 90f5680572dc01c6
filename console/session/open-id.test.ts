/** Against an OpenID Provider of a few lines that signs for real, and lies where it is told to; the protocol is the library's own. */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOpenId } from './open-id.ts'

const CLIENT = 'entente:console'

let server: Server
let issuer: string
let lie: Readonly<Record<string, unknown>>
let wrongKey: boolean
let challenge: string
let nonce: string

beforeAll(async () => {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }
  const idToken = () =>
    new SignJWT({ nonce, name: 'Alice', organization: 'acme', roles: ['admin'], ...lie })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(String(lie.iss ?? issuer))
      .setAudience(String(lie.aud ?? CLIENT))
      .setSubject('alice-uid')
      .setIssuedAt()
      .setExpirationTime(String(lie.expires ?? '5m'))
      .sign(wrongKey ? other.privateKey : own.privateKey)
  const answers: Readonly<Record<string, (form: URLSearchParams) => object | Promise<object>>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/oauth2/authorize`,
      token_endpoint: `${issuer}/oauth2/token`,
      jwks_uri: `${issuer}/oauth2/jwks`,
      end_session_endpoint: `${issuer}/oauth2/logout`,
      authorization_response_iss_parameter_supported: true,
    }),
    '/oauth2/jwks': () => ({ keys: [jwk] }),
    async '/oauth2/token'(form) {
      const hash = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (hash !== challenge) return { error: 'invalid_grant', error_description: 'No.', decision_id: 'd' }
      return { access_token: 'a', token_type: 'Bearer', id_token: await idToken() }
    },
  }
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const body = await answers[request.url ?? '']?.(new URLSearchParams(text))
    const status = body === undefined ? 404 : 'error' in body ? 400 : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Sound: it listens on a port.
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

/** Begins, and has the provider remember what a real one would. */
async function begun(wish = {}) {
  ;[lie, wrongKey] = [{}, false]
  const settings = { issuer, clientId: CLIENT, scope: 'openid profile', defaultOrganization: 'default', version: '1' }
  const openId = createOpenId(settings)
  const { url, checks } = await openId.begin(wish)
  const asked = new URL(url).searchParams
  challenge = asked.get('code_challenge') ?? ''
  nonce = asked.get('nonce') ?? ''
  const answer = new URLSearchParams({ code: 'c', state: checks.state, iss: issuer })
  return { openId, checks, asked, answer }
}

describe('signing in', () => {
  it('asks with PKCE, state and nonce, and hands the wishes on', async () => {
    const wish = { organization: 'acme', acrValues: 'urn:entente:acr:2fa', maxAge: '300' }
    const { asked, checks } = await begun(wish)
    expect(Object.fromEntries(asked)).toEqual({
      client_id: CLIENT,
      response_type: 'code',
      redirect_uri: `${issuer}/console/return`,
      scope: 'openid profile',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      organization: 'acme',
      acr_values: wish.acrValues,
      max_age: '300',
    })
  })

  it('takes an answer that holds, and who came in from its ID token', async () => {
    const { openId, checks, answer } = await begun()
    expect(await openId.redeem(`?${answer}`, checks)).toEqual({
      accessToken: 'a',
      subject: 'alice-uid',
      name: 'Alice',
      organisation: 'acme',
      roles: ['admin'],
    })
  })

  it.each([
    ['of another state', { state: 'x' }, {}],
    ['that names another issuer', { iss: 'https://evil.example' }, {}],
    ['that names no issuer', { iss: null }, {}],
    ['whose ID token has another nonce', {}, { nonce: 'x' }],
    ['whose ID token is for somebody else', {}, { aud: 'x' }],
    ['whose ID token is of another issuer', {}, { iss: 'https://evil.example' }],
    ['whose ID token is long over', {}, { expires: '-1h' }],
    ['whose ID token another key signed', {}, 'wrong key'],
  ] as const)('does not take an answer %s', async (_name, parameters, told) => {
    const { openId, checks, answer } = await begun()
    for (const [name, value] of Object.entries(parameters)) {
      if (value === null) answer.delete(name)
      else answer.set(name, value)
    }
    if (told === 'wrong key') wrongKey = true
    else lie = told
    await expect(openId.redeem(`?${answer}`, checks)).rejects.toThrow('The answer does not hold')
  })

  it('does not take the code of another sign-in, and tells the decision', async () => {
    const { openId, checks, answer } = await begun()
    const refused = openId.redeem(`?${answer}`, { ...checks, verifier: 'x'.repeat(43) })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_grant', message: 'No.', decision: 'd' })
  })

  it('tells the server’s refusal', async () => {
    const { openId, checks } = await begun()
    const answer = new URLSearchParams({ error: 'login_required', state: checks.state, iss: issuer })
    await expect(openId.redeem(`?${answer}`, checks)).rejects.toMatchObject({ code: 'login_required' })
  })

  it('goes to the server’s own sign-out, and names no token', async () => {
    const { openId } = await begun()
    expect(await openId.signOutUrl()).toBe(
      `${issuer}/oauth2/logout?${new URLSearchParams({ post_logout_redirect_uri: `${issuer}/console/`, client_id: CLIENT })}`,
    )
  })
})

it('a server that is not there is said to be not there, and asked again the next time', async () => {
  const settings = {
    issuer: 'http://127.0.0.1:9',
    clientId: CLIENT,
    scope: 'openid',
    defaultOrganization: 'd',
    version: '1',
  }
  const openId = createOpenId(settings)
  await expect(openId.begin({})).rejects.toMatchObject({ code: 'unreachable' })
  await expect(openId.begin({})).rejects.toMatchObject({ code: 'unreachable' })
})
