/** What is asked of the provider, and what is kept for the return. Source: CONTRACT.md sections 5 and 7. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../fault.ts'
import type { JsonObject } from '../../../json.ts'
import type { SignInRequest } from '../../../registry/protocol.ts'
import type { Provider } from '../../../registry/provider.ts'
import { AUTHORIZE_URL, CLIENT, corporate, RETURN_URL, requestOf, SECRET, STATE } from '../../testing/login.ts'
import { NOW } from '../../testing/upstream.ts'
import { beginSignIn } from './begin.ts'

async function begin(provider: Provider, change: Partial<SignInRequest> = {}) {
  const redirect = await beginSignIn({ now: () => NOW, signAssertion: () => 'signed' }, requestOf(provider, change))
  const url = new URL(redirect.url)
  return { ...redirect, endpoint: url.origin + url.pathname, asked: Object.fromEntries(url.searchParams), url }
}

async function asked(settings: JsonObject, change: Partial<SignInRequest> = {}, provider: Partial<Provider> = {}) {
  return (await begin(corporate(settings, provider), change)).asked
}

describe('the authorization request', () => {
  it('asks for a code, at the endpoint, with nothing but what is needed', async () => {
    const { endpoint, asked, method, fields, memory, url } = await begin(corporate())
    expect([method, endpoint, fields]).toEqual(['GET', AUTHORIZE_URL, {}])
    expect(asked).toEqual({
      client_id: CLIENT,
      response_type: 'code',
      redirect_uri: RETURN_URL,
      scope: 'openid email profile',
      state: STATE,
      nonce: memory.nonce,
    })
    expect(url.href).not.toContain(SECRET)
    expect(memory).toEqual({
      carries: 'code',
      nonce: asked.nonce,
      verifier: null,
      maxAge: null,
      asksContexts: false,
      begunAt: NOW.getTime(),
    })
  })

  it('has another nonce and verifier each time', async () => {
    const provider = corporate({ pkceEnabled: true })
    const memories = await Promise.all(Array.from({ length: 20 }, async () => (await begin(provider)).memory))
    expect(new Set(memories.map(({ nonce }) => nonce)).size).toBe(20)
    expect(new Set(memories.map(({ verifier }) => verifier)).size).toBe(20)
  })

  it('says each parameter once, whatever stands in the endpoint’s own query', async () => {
    const authorizationUrl = `${AUTHORIZE_URL}?tenant=a&state=fixed&redirect_uri=https://evil.example&prompt=none`
    const { url } = await begin(corporate({ authorizationUrl, prompt: 'login' }))
    expect(url.searchParams.getAll('state')).toEqual([STATE])
    expect(url.searchParams.getAll('redirect_uri')).toEqual([RETURN_URL])
    expect(url.searchParams.getAll('prompt')).toEqual(['login'])
    expect(url.searchParams.get('tenant')).toBe('a')
  })

  it.each<[string, JsonObject, Partial<SignInRequest>, Partial<Provider>, JsonObject]>([
    ['the scopes as typed, and openid', { defaultScope: 'email groups' }, {}, {}, { scope: 'openid email groups' }],
    ['each scope once', { defaultScope: 'profile openid' }, {}, {}, { scope: 'openid profile' }],
    ['no more than openid for a step-up', {}, {}, { use: 'step-up' }, { scope: 'openid' }],
    ['profile of Entra, always', { defaultScope: 'openid' }, {}, { known: 'ENTRA_ID' }, { scope: 'openid profile' }],
    ['profile of Entra for a step-up', {}, {}, { known: 'ENTRA_ID', use: 'step-up' }, { scope: 'openid profile' }],
    [
      'for whom it is',
      {},
      { loginHint: 'a@corp.example', domainHint: 'corp.example' },
      {},
      { login_hint: 'a@corp.example' },
    ],
    [
      'for whose domain',
      {},
      { loginHint: 'corp.example', domainHint: 'corp.example' },
      {},
      { login_hint: 'corp.example' },
    ],
    [
      'Google for a domain',
      {},
      { loginHint: 'corp.example', domainHint: 'corp.example' },
      { known: 'GOOGLE' },
      { hd: 'corp.example', login_hint: null },
    ],
    [
      'Google for an address',
      {},
      { loginHint: 'a@corp.example', domainHint: 'corp.example' },
      { known: 'GOOGLE' },
      { hd: 'corp.example', login_hint: 'a@corp.example' },
    ],
    [
      'Entra for a domain',
      {},
      { loginHint: 'corp.example', domainHint: 'corp.example' },
      { known: 'ENTRA_ID' },
      { domain_hint: 'corp.example', login_hint: null },
    ],
    ['the prompt of the settings', { prompt: 'login' }, {}, {}, { prompt: 'login' }],
    ['the prompt that is demanded', {}, { demands: { prompt: 'none' } }, {}, { prompt: 'none' }],
    ['both prompts', { prompt: 'login' }, { demands: { prompt: 'consent login' } }, {}, { prompt: 'login consent' }],
    ['somebody in spite of none', { prompt: 'login' }, { demands: { prompt: 'none' } }, {}, { prompt: 'login' }],
    [
      'somebody in spite of none in the settings',
      { prompt: 'none' },
      { demands: { prompt: 'login' } },
      {},
      { prompt: 'login' },
    ],
    ['for the smaller age', { maxAge: 600 }, { demands: { maxAge: 60 } }, {}, { max_age: '60' }],
    ['for the smaller age of the settings', { maxAge: 60 }, { demands: { maxAge: 600 } }, {}, { max_age: '60' }],
    ['for no age at all', { maxAge: 600 }, { demands: { maxAge: 0 } }, {}, { max_age: '0' }],
    ['for levels', {}, { demands: { acrValues: ['phr', 'phrh'] } }, {}, { acr_values: 'phr phrh' }],
    ['for no levels', {}, { demands: { acrValues: [], acrs: [] } }, {}, { acr_values: null, claims: null }],
    [
      'for a context',
      {},
      { demands: { acrs: ['c1'] } },
      {},
      { claims: '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}' },
    ],
    [
      'for contexts',
      {},
      { demands: { acrs: ['c1', 'c2'] } },
      {},
      { claims: '{"id_token":{"acrs":{"essential":true,"values":["c1","c2"]}}}' },
    ],
    [
      'for an ID token by a form',
      { responseType: 'ID_TOKEN', pkceEnabled: true },
      {},
      {},
      { response_type: 'id_token', response_mode: 'form_post', code_challenge: null },
    ],
  ])('asks %s', async (_name, settings, change, provider, expected) => {
    const found = await asked(settings, change, provider)
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name] ?? null]))).toEqual(expected)
  })
})

describe('PKCE', () => {
  const open = (name: string) => (name === 'clientSecret' ? SECRET : null)
  const none = () => null
  it.each<[string, JsonObject, (name: string) => string | null, string | null]>([
    ['is left out where nobody asked for it', {}, open, null],
    ['is left out where discovery lists the weak one only', { discovered: { pkceMethods: ['plain'] } }, open, null],
    ['is S256 where it is switched on', { pkceEnabled: true }, open, 'S256'],
    ['is S256 where discovery lists it', { discovered: { pkceMethods: ['plain', 'S256'] } }, open, 'S256'],
    [
      'is S256 where discovery lists it and it is switched off',
      { pkceEnabled: false, discovered: { pkceMethods: ['S256'] } },
      open,
      'S256',
    ],
    [
      'is S256 where plain is configured and both are listed',
      { pkceEnabled: true, pkceMethod: 'plain', discovered: { pkceMethods: ['plain', 'S256'] } },
      open,
      'S256',
    ],
    [
      'is S256 where plain is configured and nothing is listed',
      { pkceEnabled: true, pkceMethod: 'plain' },
      open,
      'S256',
    ],
    [
      'is S256 where only plain is listed but not configured',
      { pkceEnabled: true, discovered: { pkceMethods: ['plain'] } },
      open,
      'S256',
    ],
    [
      'is plain where it is configured and all there is',
      { pkceEnabled: true, pkceMethod: 'plain', discovered: { pkceMethods: ['plain'] } },
      open,
      'plain',
    ],
    ['is S256 for a client without secret', {}, none, 'S256'],
  ])('%s', async (_name, settings, secret, method) => {
    const { asked, memory } = await begin(corporate(settings), { secret })
    expect(asked.code_challenge_method ?? null).toBe(method)
    const { verifier } = memory
    const expected =
      method === null
        ? null
        : method === 'plain'
          ? verifier
          : createHash('sha256').update(String(verifier)).digest('base64url')
    expect(asked.code_challenge ?? null).toBe(expected)
    if (method === null) expect(verifier).toBeNull()
    else expect(String(verifier)).toMatch(/^[\w-]{43}$/)
  })
})

describe('a provider that cannot be asked', () => {
  it.each<[string, JsonObject, Partial<Provider>, string]>([
    ['has no authorization URL', { discovered: { authorizationUrl: null } }, {}, 'provider.endpoint_missing'],
    ['has no token URL', { discovered: { tokenUrl: null } }, {}, 'provider.endpoint_missing'],
    [
      'takes assertions in no algorithm of ours',
      { clientAuthMethod: 'private_key_jwt', discovered: { clientAuthAlgorithms: ['EdDSA'] } },
      {},
      'provider.client_key_unfit',
    ],
  ])('%s', async (_name, settings, change, code) => {
    await expect(begin(corporate(settings, change))).rejects.toMatchObject({ code })
    await expect(begin(corporate(settings, change))).rejects.toBeInstanceOf(Fault)
  })

  it('may have no token URL where no code is asked for', async () => {
    const provider = corporate({ responseType: 'ID_TOKEN', discovered: { tokenUrl: null } })
    expect((await begin(provider)).asked.response_type).toBe('id_token')
  })
})
