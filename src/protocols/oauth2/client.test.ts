/** How we authenticate at the token endpoint. Source: RFC 6749 §2.3.1, OpenID Connect Core §9. */
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLadder } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import type { Provider } from '../../registry/provider.ts'
import { CLIENT, corporate, createFakeProvider, RETURN_URL, requestOf, SECRET, TOKEN_URL } from '../testing/login.ts'
import { createTestKey } from '../testing/minting.ts'
import { ISSUER } from '../testing/upstream.ts'
import { openUpstream } from './client.ts'
import { exchangeCode } from './code-exchange.ts'

const key = createTestKey('ES256')

async function sent(settings: JsonObject, secret: string | null = SECRET, provider: Partial<Provider> = {}) {
  const fake = createFakeProvider(key)
  fake.reply(TOKEN_URL, { json: { access_token: 'a', token_type: 'Bearer' } })
  const upstream = openUpstream(requestOf(corporate(settings, provider), { secret: () => secret }), (asked) =>
    JSON.stringify(asked),
  )
  await exchangeCode(
    fake.webFetch,
    upstream,
    { code: 'c', returnUrl: RETURN_URL, verifier: 'v' },
    createLadder('strict'),
  )
  const [request] = fake.sent
  const { authorization } = request?.headers ?? {}
  return { form: request?.form ?? {}, authorization, names: Object.keys(request?.form ?? {}).sort() }
}

const CODE_ONLY = ['code', 'code_verifier', 'grant_type', 'redirect_uri']

describe('the client', () => {
  it.each<[string, JsonObject, string]>([
    ['sends its secret in the body where nothing is said', {}, 'post'],
    [
      'sends it in the body where that is configured',
      { clientAuthMethod: 'client_secret_post', discovered: { clientAuthMethods: ['client_secret_basic'] } },
      'post',
    ],
    ['sends it in the header where that is configured', { clientAuthMethod: 'client_secret_basic' }, 'basic'],
    [
      'sends it in the header where the provider takes it nowhere else',
      { discovered: { clientAuthMethods: ['private_key_jwt', 'client_secret_basic'] } },
      'basic',
    ],
    [
      'sends it in the body where the provider takes both',
      { discovered: { clientAuthMethods: ['client_secret_basic', 'client_secret_post'] } },
      'post',
    ],
    [
      'sends it in the body where the provider names neither',
      { discovered: { clientAuthMethods: ['tls_client_auth'] } },
      'post',
    ],
  ])('%s', async (_name, settings, where) => {
    const { form, authorization, names } = await sent(settings)
    if (where === 'post') {
      expect([form.client_id, form.client_secret, authorization]).toEqual([CLIENT, SECRET, undefined])
    } else {
      expect(names).toEqual(CODE_ONLY)
      expect(authorization).toMatch(/^Basic /)
    }
  })

  it('encodes what it sends in the header as a form, as the specification has it', async () => {
    const { authorization } = await sent({ clientAuthMethod: 'client_secret_basic' }, 'a b:c/ü%')
    const [user, password] = Buffer.from(authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')
    expect(user).toBe('entente%2Dat%2Dupstream')
    expect(password).toBe('a+b%3Ac%2F%C3%BC%25')
  })

  it('without a secret says only who it is, whatever is configured', async () => {
    for (const clientAuthMethod of ['client_secret_post', 'client_secret_basic', 'client_secret_jwt']) {
      const { form, authorization, names } = await sent({ clientAuthMethod }, null)
      expect([names, form.client_id, authorization]).toEqual([[...CODE_ONLY, 'client_id'].sort(), CLIENT, undefined])
    }
  })

  it.each<[string, JsonObject, Partial<Provider>, string, string]>([
    ['by RS256 for where it is sent', {}, {}, 'RS256', TOKEN_URL],
    ['by ES256 where RS256 is not taken', { clientAuthAlgorithms: ['PS256', 'ES256'] }, {}, 'ES256', TOKEN_URL],
    ['for its issuer where Auth0 said so itself', {}, { known: 'AUTH0' }, 'RS256', ISSUER],
  ])('signs with our key %s, and sends no secret', async (_name, discovered, provider, algorithm, audience) => {
    const settings = { clientAuthMethod: 'private_key_jwt', discovered }
    const { form, authorization } = await sent(settings, SECRET, provider)
    expect(JSON.parse(form.client_assertion ?? '')).toEqual({ algorithm, clientId: CLIENT, audience })
    expect([form.client_id, form.client_secret, authorization]).toEqual([CLIENT, undefined, undefined])
    expect(form.client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
  })

  it('signs for no issuer where the token URL was typed: the assertion would be good elsewhere', async () => {
    const { form } = await sent({ clientAuthMethod: 'private_key_jwt', tokenUrl: TOKEN_URL }, null, { known: 'AUTH0' })
    expect(JSON.parse(form.client_assertion ?? '')).toMatchObject({ audience: TOKEN_URL })
  })

  it('signs with its secret, and does not send it, where that is configured', async () => {
    const { form, authorization } = await sent({ clientAuthMethod: 'client_secret_jwt' })
    const [header, payload, signature] = (form.client_assertion ?? '').split('.')
    const mac = createHmac('sha256', SECRET).update(`${header}.${payload}`).digest('base64url')
    expect(signature).toBe(mac)
    expect(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())).toMatchObject({
      iss: CLIENT,
      sub: CLIENT,
      aud: ISSUER,
    })
    expect([JSON.stringify(form).includes(SECRET), authorization]).toEqual([false, undefined])
  })
})
