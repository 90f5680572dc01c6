/** People who come with GitHub: whose account it is, and which address it vouches for. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json.ts'
import type { SignInRequest } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import {
  ACCESS_TOKEN,
  type Answer,
  CLIENT,
  CODE,
  corporate,
  createFakeProvider,
  type FakeProvider,
  type Lie,
  logIn,
  RETURN_URL,
  requestOf,
  SECRET,
  STATE,
  TOKEN_URL,
} from '../testing/login.ts'
import { createTestKey } from '../testing/minting.ts'
import { oauth2Protocol } from './index.ts'

const USER = 'https://api.github.com/user'
const key = createTestKey('RS256', 'rs')
let fake: FakeProvider

beforeEach(() => {
  fake = createFakeProvider(key)
  fake.reply(USER, { json: { id: 583231, login: 'octocat', type: 'User', name: 'Octo', email: 'public@cat.example' } })
  fake.reply(`${USER}/emails`, {
    json: [
      { email: 'old@cat.example', primary: false, verified: true },
      { email: 'octo@cat.example', primary: true, verified: true, visibility: null },
    ],
  })
})

const github = (settings: JsonObject = {}): Provider =>
  corporate(
    { discovered: { userInfoUrl: USER, jwksUrl: null }, ...settings },
    { protocol: 'oauth2', known: 'GITHUB', issuer: null, expectedIssuer: null },
  )
const open = () => oauth2Protocol({ allowsPlainHttp: () => false, mayAsk: () => true, webFetch: fake.webFetch })
const signIn = (lie: Lie = {}, provider = github()) => logIn(fake, open, provider, { idToken: 'ignored', ...lie })
const begin = async (change: Partial<SignInRequest> = {}, settings: JsonObject = {}) => {
  const redirect = await open().signIn?.begin(requestOf(github(settings), change))
  return Object.fromEntries(new URL(redirect?.url ?? '').searchParams)
}

describe('what is asked of GitHub', () => {
  it('is a code for the user and their addresses, always with PKCE', async () => {
    const { code_challenge: challenge, ...asked } = await begin()
    expect(asked).toEqual({
      client_id: CLIENT,
      response_type: 'code',
      redirect_uri: RETURN_URL,
      scope: 'read:user user:email',
      state: STATE,
      code_challenge_method: 'S256',
    })
    expect(challenge).toMatch(/^[\w-]{43}$/)
  })

  it.each<[string, Partial<SignInRequest>, JsonObject, JsonObject]>([
    ['the scopes as typed', {}, { defaultScope: 'read:user read:org' }, { scope: 'read:user read:org' }],
    ['the account that is hinted at', { loginHint: 'octocat' }, {}, { login: 'octocat' }],
    ['no account by an address', { loginHint: 'a@cat.example' }, {}, { login: null }],
    ['no account by a domain', { loginHint: 'cat.example' }, {}, { login: null }],
    ['to choose an account', {}, { prompt: 'select_account' }, { prompt: 'select_account' }],
    [
      'to choose an account where a login is demanded',
      { demands: { prompt: 'login' } },
      {},
      { prompt: 'select_account' },
    ],
    ['nothing by none', { demands: { prompt: 'none' } }, {}, { prompt: null }],
  ])('is %s', async (_name, change, settings, expected) => {
    const asked = await begin(change, settings)
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, asked[name] ?? null]))).toEqual(expected)
  })

  it('is no proof of freshness, which it cannot give', async () => {
    for (const demands of [{ maxAge: 60 }, { acrs: ['c1'] }]) {
      await expect(begin({ demands })).rejects.toMatchObject({ code: 'provider.freshness_unsupported' })
    }
    await expect(begin({}, { discovered: {} })).rejects.toMatchObject({ code: 'provider.endpoint_missing' })
  })
})

describe('who came with GitHub', () => {
  it('is the account by its number, with the primary address that is verified', async () => {
    const { person, told, memory } = await signIn()
    expect(told).toBe('accepted 583231')
    expect(person).toMatchObject({
      email: { address: 'octo@cat.example', isVerified: true },
      claims: {
        sub: '583231',
        id: 583231,
        login: 'octocat',
        preferred_username: 'octocat',
        email: 'octo@cat.example',
        email_verified: true,
      },
      acr: null,
      authTime: null,
      logout: {},
    })
    const [tokens, user, emails] = fake.sent
    expect(tokens?.form).toEqual({
      grant_type: 'authorization_code',
      code: CODE,
      redirect_uri: RETURN_URL,
      code_verifier: memory.verifier,
      client_id: CLIENT,
      client_secret: SECRET,
    })
    expect(tokens?.headers.accept).toBe('application/json')
    expect([user, emails].map((sent) => [sent?.url, sent?.headers.authorization, sent?.headers.accept])).toEqual([
      [USER, `Bearer ${ACCESS_TOKEN}`, 'application/vnd.github+json'],
      [`${USER}/emails`, `Bearer ${ACCESS_TOKEN}`, 'application/vnd.github+json'],
    ])
  })

  it('is asked of the API of an Enterprise Server below its own path', async () => {
    const userInfoUrl = 'https://github.corp.example/api/v3/user'
    fake.reply(userInfoUrl, { json: { id: 7, login: 'octo' } })
    fake.reply(`${userInfoUrl}/emails`, { json: [{ email: 'o@corp.example', primary: true, verified: true }] })
    const { person, told } = await signIn({}, github({ userInfoUrl }))
    expect([told, person?.email?.address]).toEqual(['accepted 7', 'o@corp.example'])
  })

  it.each<[string, Answer, string | null, boolean]>([
    [
      'that is primary and not verified',
      { json: [{ email: 'o@cat.example', primary: true, verified: false }] },
      'o@cat.example',
      false,
    ],
    [
      'that is verified by a text',
      { json: [{ email: 'o@cat.example', primary: true, verified: 'true' }] },
      'o@cat.example',
      false,
    ],
    [
      'that is verified but not primary',
      { json: [{ email: 'o@cat.example', primary: false, verified: true }] },
      'public@cat.example',
      false,
    ],
    ['that is none', { json: [{ email: 'o cat', primary: true, verified: true }] }, null, false],
    [
      'among other things',
      { json: [null, 'x', { email: 'o@cat.example', primary: true, verified: true }] },
      'o@cat.example',
      true,
    ],
    ['that may not be read', { json: { message: 'Not Found' }, status: 404 }, 'public@cat.example', false],
    [
      'in something else than a list',
      { json: { email: 'o@cat.example', primary: true, verified: true } },
      'public@cat.example',
      false,
    ],
    [
      'smuggled into the list’s wrapping',
      { raw: '[],"list":[{"email":"o@cat.example","primary":true,"verified":true}]' },
      'public@cat.example',
      false,
    ],
    ['smuggled beside the list', { raw: '[],"other":[]' }, 'public@cat.example', false],
    ['that cannot be had', 'unreachable', 'public@cat.example', false],
  ])('has an address %s', async (_name, answer, address, isVerified) => {
    fake.reply(`${USER}/emails`, answer)
    const { person, told } = await signIn()
    expect(told).toBe('accepted 583231')
    expect(person?.email ?? null).toEqual(address === null ? null : { address, isVerified })
    expect(person?.claims.email_verified ?? false).toBe(isVerified)
  })

  it.each<[string, Answer, string]>([
    ['without number', { json: { login: 'octocat' } }, 'subject subject.account_missing'],
    ['with a number as text', { json: { id: '583231' } }, 'subject subject.account_missing'],
    ['with null for a number', { json: { id: null, sub: 'x' } }, 'subject subject.account_missing'],
    ['with half a number', { json: { id: 1.5 } }, 'subject subject.account_missing'],
    ['with a number past counting', { raw: '{"id":9007199254740993}' }, 'subject subject.account_missing'],
    ['that is an organisation', { json: { id: 1, type: 'Organization' } }, 'subject subject.account_missing'],
    ['with two numbers', { raw: '{"id":1,"id":2}' }, 'userinfo userinfo.malformed'],
    ['behind a page', { raw: '<html>' }, 'userinfo userinfo.malformed'],
    ['that may not be read', { json: {}, status: 401 }, 'userinfo userinfo.unavailable'],
    ['that cannot be had', 'unreachable', 'userinfo userinfo.unavailable'],
  ])('is nobody %s', async (_name, answer, told) => {
    fake.reply(USER, answer)
    expect((await signIn()).told).toBe(told)
    expect((await signIn({ mode: 'lenient' })).person).toBeNull()
  })

  it.each<[string, Lie, string]>([
    ['another state', { parameters: { state: 'x' } }, 'state answer.state_mismatch'],
    ['what another protocol began with', { memory: { verifier: null } }, 'state answer.state_mismatch'],
    ['a no', { parameters: { error: 'access_denied' } }, 'answer upstream.access_denied'],
    ['a suspended application', { parameters: { error: 'application_suspended' } }, 'answer upstream.request_refused'],
  ])('is nobody with %s, and no code leaves the house', async (_name, lie, told) => {
    expect((await signIn(lie)).told).toBe(told)
    expect(fake.sent).toEqual([])
  })

  it.each<[string, Answer, string]>([
    ['a code that was used', { json: { error: 'bad_verification_code' } }, 'code code.refused'],
    ['a wrong secret', { json: { error: 'incorrect_client_credentials' } }, 'code code.client_refused'],
    ['a form in place of JSON', { raw: 'access_token=x&token_type=bearer' }, 'code code.answer_malformed'],
  ])('is nobody with %s', async (_name, answer, told) => {
    expect((await signIn({ tokenAnswer: answer })).told).toBe(told)
    expect(fake.sent.map(({ url }) => url)).toEqual([TOKEN_URL])
  })
})
