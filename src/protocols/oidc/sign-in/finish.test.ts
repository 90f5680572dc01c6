/** Everything that an upstream, or somebody between it and us, may say that is not so. Source: threats, "OIDC login". */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Provider } from '../../../registry/provider.ts'
import {
  ACCESS_TOKEN,
  CLIENT,
  CODE,
  corporate,
  createFakeProvider,
  type FakeProvider,
  type Lie,
  leftHalf,
  logIn,
  RETURN_URL,
  SECRET,
  STATE,
  TOKEN_URL,
  USERINFO_URL,
} from '../../testing/login.ts'
import { base64url, createTestKey, mintHmac } from '../../testing/minting.ts'
import { ISSUER, KEYS_URL, NOW } from '../../testing/upstream.ts'
import { oidcProtocol } from '../index.ts'

const key = createTestKey('RS256', 'rs')
let fake: FakeProvider

beforeEach(() => {
  fake = createFakeProvider(key)
})

const open = (now: () => Date) =>
  oidcProtocol({ fetch: fake.fetch, webFetch: fake.webFetch, allowsPlainHttp: () => true, mayAsk: () => true, now })
const signIn = (lie: Lie = {}, provider: Provider = corporate()) => logIn(fake, open, provider, lie)
const tokenRequests = () => fake.sent.filter(({ url }) => url === TOKEN_URL)
const at = (seconds: number) => Math.floor(NOW.getTime() / 1000) + seconds
const advertised = corporate({ discovered: { issParameter: true } })

describe('a login with a code', () => {
  it('trades the code once, with what the login began with, and says who came', async () => {
    const provider = corporate({ discovered: { pkceMethods: ['S256'] } })
    const claims = { email: 'alice@corp.example', email_verified: true, acr: 'phr', amr: ['mfa', 7], sid: 's-1' }
    const { person, memory, told } = await signIn({ claims }, provider)
    expect(told).toBe('accepted alice')
    expect(tokenRequests()).toHaveLength(1)
    expect(tokenRequests()[0]?.form).toEqual({
      grant_type: 'authorization_code',
      code: CODE,
      redirect_uri: RETURN_URL,
      code_verifier: memory.verifier,
      client_id: CLIENT,
      client_secret: SECRET,
    })
    expect(person).toMatchObject({
      subject: 'alice',
      email: { address: 'alice@corp.example', isVerified: true },
      acr: 'phr',
      amr: ['mfa'],
      authTime: null,
      session: 's-1',
    })
    expect(person?.claims).toMatchObject({ sub: 'alice', email: 'alice@corp.example' })
  })

  it.each<[string, Lie, string, number]>([
    ['whose state is another', { parameters: { state: 'other' } }, 'state answer.state_mismatch', 0],
    ['without state', { parameters: { state: undefined } }, 'state answer.state_mismatch', 0],
    [
      'that begins with no state',
      { request: { state: '' }, parameters: { state: '' } },
      'state answer.state_mismatch',
      0,
    ],
    ['that another protocol began', { memory: { nonce: 7 } }, 'state answer.state_mismatch', 0],
    ['that names another issuer', { parameters: { iss: 'https://evil.example' } }, 'sender answer.issuer_mismatch', 0],
    ['that names the issuer with a slash', { parameters: { iss: `${ISSUER}/` } }, 'sender answer.issuer_mismatch', 0],
    ['that names no issuer but an empty one', { parameters: { iss: '' } }, 'sender answer.issuer_mismatch', 0],
    ['with neither code nor error', { parameters: { code: undefined } }, 'answer answer.empty', 0],
    ['with an empty code', { parameters: { code: '' } }, 'answer answer.empty', 0],
    ['with an endless code', { parameters: { code: 'x'.repeat(16_385) } }, 'answer answer.empty', 0],
    ['with an ID token instead', { parameters: { code: undefined, id_token: 'x' } }, 'answer answer.empty', 0],
    ['with an error beside the code', { parameters: { error: 'access_denied' } }, 'answer upstream.access_denied', 0],
    ['that is a no', { parameters: { code: undefined, error: 'login_required' } }, 'answer upstream.login_required', 0],
    ['that wanted consent', { parameters: { error: 'consent_required' } }, 'answer upstream.interaction_required', 0],
    [
      'that cannot go so far',
      { parameters: { error: 'unmet_authentication_requirements' } },
      'answer upstream.level_unmet',
      0,
    ],
    ['that was refused', { parameters: { error: 'invalid_scope' } }, 'answer upstream.request_refused', 0],
    ['that broke', { parameters: { error: 'server_error' } }, 'answer upstream.unavailable', 0],
    ['that went wrong somehow', { parameters: { error: 'toString' } }, 'answer upstream.error', 0],
    [
      'that asks too late for tokens',
      { tokenAnswer: { json: { error: 'invalid_grant' }, status: 400 } },
      'code code.refused',
      1,
    ],
    [
      'whose secret is wrong',
      { tokenAnswer: { json: { error: 'invalid_client' }, status: 401 } },
      'code code.client_refused',
      1,
    ],
    [
      'whose error has status 200',
      { tokenAnswer: { json: { error: 'bad_verification_code' } } },
      'code code.refused',
      1,
    ],
    ['with tokens and an error', { tokens: { error: 'invalid_grant' } }, 'code code.refused', 1],
    ['whose error is no text', { tokens: { error: 1 } }, 'code code.answer_malformed', 1],
    ['whose token endpoint is down', { tokenAnswer: 'unreachable' }, 'code code.unavailable', 1],
    ['whose token endpoint fails', { tokenAnswer: { json: {}, status: 503 } }, 'code code.unavailable', 1],
    ['with words of its own', { tokenAnswer: { json: { error: 'down' }, status: 503 } }, 'code code.unavailable', 1],
    ['whose token endpoint redirects', { tokenAnswer: { json: {}, status: 302 } }, 'code code.answer_malformed', 1],
    ['whose token endpoint shows a page', { tokenAnswer: { raw: '<html>' } }, 'code code.answer_malformed', 1],
    ['whose token endpoint says nothing', { tokenAnswer: { raw: '' } }, 'code code.answer_malformed', 1],
    ['whose token endpoint answers with a list', { tokenAnswer: { json: [] } }, 'code code.answer_malformed', 1],
    [
      'whose tokens say two things',
      { tokenAnswer: { raw: '{"access_token":"a","access_token":"b","token_type":"Bearer"}' } },
      'code code.answer_malformed',
      1,
    ],
    ['without access token', { tokens: { access_token: undefined } }, 'code code.answer_malformed', 1],
    ['with a bound access token', { tokens: { token_type: 'DPoP' } }, 'code code.answer_malformed', 1],
    ['with an ID token that is no text', { tokens: { id_token: { a: 1 } } }, 'code code.answer_malformed', 1],
    ['without ID token', { tokens: { id_token: undefined } }, 'token token.missing', 1],
    ['with the nonce of another login', { claims: { nonce: 'another' } }, 'nonce nonce.mismatch', 1],
    ['without nonce', { claims: { nonce: undefined } }, 'nonce nonce.mismatch', 1],
    ['with a nonce that is a list', { claims: { nonce: ['a'] } }, 'nonce nonce.mismatch', 1],
    ['for another client', { claims: { aud: 'other' } }, 'audience audience.mismatch', 1],
    ['for two without azp', { claims: { aud: [CLIENT, 'other'] } }, 'audience audience.mismatch', 1],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }, 'issuer issuer.mismatch', 1],
    ['signed by another key', { signedBy: createTestKey('RS256', 'rs') }, 'signature signature.invalid', 1],
    ['signed by an unknown key', { signedBy: createTestKey('RS256', 'other') }, 'key key.unknown', 1],
    ['that has expired', { claims: { exp: at(-120) } }, 'time token.expired', 1],
    ['issued before the login began', { claims: { iat: at(-90), exp: at(300) } }, 'time token.too_old', 1],
    ['issued in the future', { claims: { iat: at(300), exp: at(600) } }, 'time token.not_yet_valid', 1],
    ['beside another access token', { claims: { at_hash: leftHalf('other') } }, 'hash token.hash_mismatch', 1],
    ['beside another code', { claims: { c_hash: leftHalf('other') } }, 'hash token.hash_mismatch', 1],
    ['with a hash that is no text', { claims: { at_hash: 1 } }, 'hash token.hash_mismatch', 1],
    ['with an empty hash', { claims: { at_hash: '' } }, 'hash token.hash_mismatch', 1],
    ['with a logout token', { claims: { events: {} } }, 'token token.type', 1],
    ['with a token of another type', { header: { typ: 'at+jwt' } }, 'token token.type', 1],
    ['with a critical extension', { header: { crit: ['b64'], b64: true } }, 'token token.malformed', 1],
    ['of nobody', { claims: { sub: undefined } }, 'subject token.malformed', 1],
    ['of somebody with an endless name', { claims: { sub: 'a'.repeat(256) } }, 'subject token.malformed', 1],
    ['whose proof has a time that is a text', { claims: { auth_time: 'now' } }, 'freshness token.malformed', 1],
  ])('%s is refused', async (_name, lie, told, requests) => {
    const result = await signIn(lie)
    expect(result.told).toBe(told)
    expect(tokenRequests()).toHaveLength(requests)
    const texts = JSON.stringify(result.rungs)
    for (const secret of [SECRET, CODE, ACCESS_TOKEN, STATE, String(result.memory.nonce)])
      expect(texts).not.toContain(secret)
  })

  it.each<[string, Lie, Provider]>([
    ['that names the issuer', { parameters: { iss: ISSUER } }, advertised],
    ['that names it unasked', { parameters: { iss: ISSUER } }, corporate()],
    [
      'with the hashes of what came beside it',
      { claims: { at_hash: leftHalf(ACCESS_TOKEN), c_hash: leftHalf(CODE) } },
      corporate(),
    ],
    ['for two that says whom it was issued to', { claims: { aud: [CLIENT, 'other'], azp: CLIENT } }, corporate()],
    ['whose token type is spelt in any case', { tokens: { token_type: 'bEARER' } }, corporate()],
    ['that took nine minutes, by a token of the last second', { lasts: 540 }, corporate()],
  ])('%s is accepted', async (_name, lie, provider) => {
    expect((await signIn(lie, provider)).told).toBe('accepted alice')
  })

  it.each([
    ['RS384', 'sha384'],
    ['ES512', 'sha512'],
    ['EdDSA', 'sha512'],
    ['Ed448', 'shake256'],
  ])('under %s is bound to its access token by that algorithm’s hash', async (kind, hash) => {
    fake = createFakeProvider(createTestKey(kind, 'k'))
    const half = hash === 'shake256' ? shakeHalf(ACCESS_TOKEN) : leftHalf(ACCESS_TOKEN, hash)
    expect((await signIn({ claims: { at_hash: half } })).told).toBe('accepted alice')
    expect((await signIn({ claims: { at_hash: leftHalf(ACCESS_TOKEN) } })).told).toBe('hash token.hash_mismatch')
  })

  it('is refused without issuer where the provider says that it names it, before any code leaves', async () => {
    expect((await signIn({}, advertised)).told).toBe('sender answer.issuer_missing')
    expect((await signIn({ parameters: { iss: 'https://issuer.example.evil' } }, advertised)).told).toBe(
      'sender answer.issuer_mismatch',
    )
    expect(fake.sent).toEqual([])
  })

  it('sends nothing anywhere on a lenient ladder either, when the answer is somebody else’s', async () => {
    const { told, person, rungs } = await signIn({ mode: 'lenient', parameters: { state: 'other' } })
    expect([told, person]).toEqual(['state answer.state_mismatch', null])
    expect(fake.sent).toEqual([])
    expect(rungs.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)).toEqual(['state'])
    expect(rungs.at(-1)).toMatchObject({ name: 'groups', outcome: 'skipped' })
  })

  it('does not repeat what a token endpoint throws back', async () => {
    const said = { error: SECRET, error_description: `${SECRET} ${CODE}` }
    const { told, rungs } = await signIn({ tokenAnswer: { json: said, status: 400 } })
    expect(told).toBe('code code.refused')
    expect(JSON.stringify(rungs)).not.toMatch(/canary/)
    const microsoft = { error: 'invalid_client', error_description: `AADSTS7000215: Invalid client secret ${SECRET}` }
    const shown = (await signIn({ tokenAnswer: { json: microsoft, status: 401 } })).rungs.at(-1)?.actual
    expect(shown).toBe('invalid_client AADSTS7000215')
  })

  it('shows the provider’s own words where it said no', async () => {
    const parameters = { error: 'access_denied', error_description: 'User is not assigned to the client application.' }
    const { rungs } = await signIn({ parameters })
    expect(rungs.at(-1)?.actual).toBe('access_denied: User is not assigned to the client application.')
  })
})

function shakeHalf(text: string): string {
  return createHash('shake256', { outputLength: 114 }).update(text).digest().subarray(0, 57).toString('base64url')
}

describe('a signature', () => {
  const jwks = JSON.stringify({ keys: [key.jwk] })
  const unsigned = (alg: string) => (claims: object) => `${base64url({ alg, typ: 'JWT' })}.${base64url(claims)}.`

  it.each(['none', 'None', 'NONE', ''])('of the algorithm %j is none, even where none is judged', async (alg) => {
    for (const provider of [corporate(), corporate({ validateSignature: false })]) {
      const claims = { iss: ISSUER, sub: 'alice', aud: CLIENT, iat: at(5), exp: at(300) }
      expect((await signIn({ idToken: unsigned(alg)(claims) }, provider)).told).toBe('token token.algorithm')
    }
  })

  it.each(['HS256', 'HS512'])('by %s with what everybody knows is none', async (alg) => {
    const claims = { iss: ISSUER, sub: 'alice', aud: CLIENT, iat: at(5), exp: at(300) }
    for (const secret of [SECRET, JSON.stringify(key.jwk)]) {
      const idToken = mintHmac(alg, secret, { kid: 'rs' }, claims)
      expect((await signIn({ idToken })).told).toBe('token token.algorithm')
    }
  })

  it('is not judged of a token from the token endpoint over TLS, where the settings say so; everything else is', async () => {
    const provider = corporate({ validateSignature: false })
    const signedBy = createTestKey('RS256', 'of-nobody')
    expect((await signIn({ signedBy }, provider)).told).toBe('accepted alice')
    expect(fake.sent.filter(({ url }) => url === KEYS_URL)).toEqual([])
    expect((await signIn({ signedBy, claims: { nonce: 'x' } }, provider)).told).toBe('nonce nonce.mismatch')
    expect((await signIn({ signedBy, claims: { aud: 'x' } }, provider)).told).toBe('audience audience.mismatch')
    expect((await signIn({ signedBy, claims: { iss: 'x' } }, provider)).told).toBe('issuer issuer.mismatch')
    expect((await signIn({ idToken: 'a.b' }, provider)).told).toBe('token token.malformed')
  })

  it('is judged all the same where the token endpoint has no TLS, and of a token that comes with the browser', async () => {
    const signedBy = createTestKey('RS256', 'rs')
    const plain = corporate({ validateSignature: false, tokenUrl: TOKEN_URL.replace('https', 'http') })
    fake.reply(TOKEN_URL.replace('https', 'http'), () => ({
      json: { access_token: 'a', token_type: 'Bearer', id_token: 'a.b.c' },
    }))
    expect((await signIn({ signedBy }, plain)).told).toBe('token token.malformed')
    const front = corporate({ validateSignature: false, responseType: 'ID_TOKEN' })
    expect((await signIn({ signedBy }, front)).told).toBe('signature signature.invalid')
  })

  it('is judged by the uploaded keys, and by none where none are to be fetched', async () => {
    expect((await signIn({}, corporate({ jwksJson: jwks }))).told).toBe('accepted alice')
    expect(fake.sent.filter(({ url }) => url === KEYS_URL)).toEqual([])
    expect((await signIn({}, corporate({ useJwksUrl: false }))).told).toBe('key key.unavailable')
    expect((await signIn({}, corporate({ useJwksUrl: false, jwksJson: jwks }))).told).toBe('accepted alice')
  })
})

describe('an ID token that comes with the browser', () => {
  const provider = corporate({ responseType: 'ID_TOKEN' })

  it('is asked for by form_post with a nonce, and asks for no token', async () => {
    const { asked, told } = await signIn({}, provider)
    expect(told).toBe('accepted alice')
    expect([asked.get('response_type'), asked.get('response_mode')]).toEqual(['id_token', 'form_post'])
    expect([asked.get('code_challenge'), asked.get('nonce')?.length]).toEqual([null, 43])
    expect(tokenRequests()).toEqual([])
  })

  it('need not be accompanied by its issuer, but if it is by the right one', async () => {
    const naming = corporate({ responseType: 'ID_TOKEN', discovered: { issParameter: true } })
    expect((await signIn({}, naming)).told).toBe('accepted alice')
    const parameters = { iss: 'https://evil.example' }
    expect((await signIn({ parameters }, naming)).told).toBe('sender answer.issuer_mismatch')
  })

  it.each<[string, Lie, string]>([
    ['of another login', { claims: { nonce: 'other' } }, 'nonce nonce.mismatch'],
    ['without nonce', { claims: { nonce: undefined } }, 'nonce nonce.mismatch'],
    ['of another key', { signedBy: createTestKey('RS256', 'rs') }, 'signature signature.invalid'],
    ['from before', { claims: { iat: at(-90), exp: at(300) } }, 'time token.too_old'],
    ['that is a code', { parameters: { id_token: undefined, code: CODE } }, 'answer answer.empty'],
  ])('%s is refused', async (_name, lie, told) => {
    expect((await signIn(lie, provider)).told).toBe(told)
    expect(tokenRequests()).toEqual([])
  })
})

describe('a login that had to be fresh', () => {
  it.each<[string, Lie, string]>([
    ['says when', { claims: { auth_time: at(0) } }, 'accepted alice'],
    ['may be as old as was asked', { claims: { auth_time: at(5 - 300) } }, 'accepted alice'],
    ['may be a minute older, for clocks differ', { claims: { auth_time: at(5 - 360) } }, 'accepted alice'],
    ['may not be older', { claims: { auth_time: at(5 - 361) } }, 'freshness auth_time.too_old'],
    ['may not lie in the future', { claims: { auth_time: at(5 + 61) } }, 'freshness auth_time.too_old'],
    ['has to say when', {}, 'freshness auth_time.missing'],
    ['has to say it as a number', { claims: { auth_time: String(at(0)) } }, 'freshness token.malformed'],
  ])('%s', async (_name, lie, told) => {
    const asked = { request: { demands: { maxAge: 300 } } }
    expect((await signIn({ ...asked, ...lie })).told).toBe(told)
    expect((await signIn(lie, corporate({ maxAge: 300 }))).told).toBe(told)
  })

  it('need not say when at Entra’s authentication contexts, but if it does it is held to it', async () => {
    const request = { demands: { maxAge: 300, acrs: ['c1'] } }
    expect((await signIn({ request })).told).toBe('accepted alice')
    expect((await signIn({ request, claims: { auth_time: at(-900) } })).told).toBe('freshness auth_time.too_old')
  })

  it('says when it was', async () => {
    expect((await signIn({ claims: { auth_time: at(-7) } })).person?.authTime).toEqual(new Date(at(-7) * 1000))
  })
})

describe('user info', () => {
  const merging = corporate({ userInfoUrl: USERINFO_URL })
  const say = (json: unknown): Lie => ({ userInfo: { json } })

  it('is merged over the claims of the token', async () => {
    const info = { sub: 'alice', name: 'Alice', email: 'alice@corp.example', email_verified: true }
    const { person } = await signIn({ ...say(info), claims: { name: 'A.', groups: ['x'] } }, merging)
    expect(person?.claims).toMatchObject({ name: 'Alice', groups: ['x'] })
    expect(person?.email).toEqual({ address: 'alice@corp.example', isVerified: true })
    const [asked] = fake.sent.filter(({ url }) => url === USERINFO_URL)
    expect([asked?.method, asked?.headers.authorization]).toEqual(['GET', `Bearer ${ACCESS_TOKEN}`])
  })

  it.each<[string, Lie, string]>([
    ['of somebody else', say({ sub: 'mallory' }), 'userinfo userinfo.subject_mismatch'],
    ['of nobody', say({ name: 'Alice' }), 'userinfo userinfo.subject_mismatch'],
    ['of a list of people', say({ sub: ['alice'] }), 'userinfo userinfo.subject_mismatch'],
    ['that is a list', say([]), 'userinfo userinfo.malformed'],
    ['that says two things', { userInfo: { raw: '{"sub":"alice","sub":"mallory"}' } }, 'userinfo userinfo.malformed'],
    ['that is a token', { userInfo: { raw: 'a.b.c' } }, 'userinfo userinfo.malformed'],
    ['that cannot be had', { userInfo: 'unreachable' }, 'userinfo userinfo.unavailable'],
    ['that is refused', { userInfo: { json: {}, status: 403 } }, 'userinfo userinfo.unavailable'],
    ['that is elsewhere', { userInfo: { json: {}, status: 302 } }, 'userinfo userinfo.unavailable'],
  ])('%s is refused', async (_name, lie, told) => {
    const result = await signIn(lie, merging)
    expect(result.told).toBe(told)
    expect(JSON.stringify(result.rungs)).not.toContain('mallory')
  })

  it('never says otherwise what the token says of itself and of the login', async () => {
    const info = {
      sub: 'alice',
      iss: 'x',
      aud: 'x',
      acr: 'phrh',
      amr: ['mfa'],
      auth_time: 1,
      nonce: 'x',
      sid: 'x',
      tid: 'x',
    }
    const { person } = await signIn({ ...say(info), claims: { acr: '1' } }, merging)
    expect(person).toMatchObject({ acr: '1', amr: [], authTime: null, session: null })
    expect(person?.claims).toMatchObject({ iss: ISSUER, aud: CLIENT, acr: '1' })
    expect(person?.claims).not.toHaveProperty('tid')
  })

  it.each<[string, Lie['claims'], object, boolean]>([
    ['verified there and here', { email: 'a@corp.example', email_verified: true }, { email: 'a@corp.example' }, true],
    [
      'verified in the token, another one here',
      { email: 'a@corp.example', email_verified: true },
      { email: 'b@corp.example' },
      false,
    ],
    ['of the token, something verified here', { email: 'a@corp.example' }, { email_verified: true }, false],
    ['verified here', {}, { email: 'b@corp.example', email_verified: true }, true],
    ['said to be verified by a text', {}, { email: 'b@corp.example', email_verified: 'true' }, false],
    [
      'taken back here',
      { email: 'a@corp.example', email_verified: true },
      { email: 'a@corp.example', email_verified: false },
      false,
    ],
  ])('has an address %s', async (_name, claims = {}, info, isVerified) => {
    const { person } = await signIn({ ...say({ sub: 'alice', ...info }), claims }, merging)
    expect(person?.email?.isVerified).toBe(isVerified)
  })

  it.each<[string, Provider]>([
    [
      'where only the token counts',
      corporate({ userInfoUrl: USERINFO_URL, assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS' }),
    ],
    ['for a step-up', corporate({ discovered: { userInfoUrl: USERINFO_URL } }, { use: 'step-up' })],
    ['where the provider has none', corporate()],
  ])('is not asked for %s', async (_name, provider) => {
    expect((await signIn({}, provider)).told).toBe('accepted alice')
    expect(fake.sent.filter(({ url }) => url === USERINFO_URL)).toEqual([])
  })

  it('that was explicitly wanted has to be there', async () => {
    const provider = corporate({ assertionClaimsBehavior: 'MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS' })
    expect((await signIn({}, provider)).told).toBe('userinfo userinfo.unavailable')
  })
})

describe('an address', () => {
  it.each<[string, object, string, object | null]>([
    [
      'that is verified',
      { email: 'a@b.example', email_verified: true },
      'OKTA',
      { address: 'a@b.example', isVerified: true },
    ],
    [
      'that is not',
      { email: 'a@b.example', email_verified: false },
      'OKTA',
      { address: 'a@b.example', isVerified: false },
    ],
    ['of which nothing is said', { email: 'a@b.example' }, 'OKTA', { address: 'a@b.example', isVerified: false }],
    [
      'verified by a text',
      { email: 'a@b.example', email_verified: 'true' },
      'OKTA',
      { address: 'a@b.example', isVerified: false },
    ],
    ['that is none', { email: 'a b@c', email_verified: true }, 'OKTA', null],
    ['with two hosts', { email: 'a@b@c.example', email_verified: true }, 'OKTA', null],
    ['that is a list', { email: ['a@b.example'], email_verified: true }, 'OKTA', null],
    ['without end', { email: `${'a'.repeat(250)}@b.example`, email_verified: true }, 'OKTA', null],
    [
      'of a Workspace domain',
      { email: 'a@b.example', email_verified: true, hd: 'b.example' },
      'GOOGLE',
      { address: 'a@b.example', isVerified: true },
    ],
    [
      'of Gmail',
      { email: 'a@gmail.com', email_verified: true },
      'GOOGLE',
      { address: 'a@gmail.com', isVerified: true },
    ],
    [
      'that Google once verified',
      { email: 'a@b.example', email_verified: true },
      'GOOGLE',
      { address: 'a@b.example', isVerified: false },
    ],
    [
      'like Gmail’s',
      { email: 'a@evilgmail.com', email_verified: true },
      'GOOGLE',
      { address: 'a@evilgmail.com', isVerified: false },
    ],
  ])('%s', async (_name, claims, known, email) => {
    expect((await signIn({ claims: { ...claims } }, corporate({}, { known }))).person?.email ?? null).toEqual(email)
  })
})
