/** JWT-SVIDs that pass and those that must not, and what the decision says of each. Source: JWT-SVID §2, §3; reference threats, section 1. */
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLadder, Refused } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import type { TokenToVerify } from '../../registry/protocol.ts'
import { createTestKey, mint, type TestKey } from '../testing/minting.ts'
import { AUDIENCE, askFor, createUpstream, NOW, providerOf, type Reply } from '../testing/upstream.ts'
import { spiffeProtocol } from './index.ts'

const BUNDLE_URL = 'https://spire.example/bundle'
const DOMAIN = 'spiffe://prod.example.org'
const SUBJECT = `${DOMAIN}/ns/payments/sa/deployer`
const at = Math.floor(NOW.getTime() / 1000)

const KEYS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'].map((alg) =>
  createTestKey(alg, alg),
)
const es = createTestKey('ES256', 'es')
const next = createTestKey('ES256', 'next')
const ed = createTestKey('EdDSA', 'ed')
const x509 = createTestKey('ES256', 'x509')
const useless = createTestKey('ES256', 'useless')
const plain = createTestKey('ES256', 'plain')

const svidKey = ({ jwk }: TestKey): JsonObject => ({ ...jwk, use: 'jwt-svid' })
const bundle = (sequence: number, ...keys: TestKey[]): JsonObject => ({
  keys: [{ ...x509.jwk, use: 'x509-svid' }, ...keys.map(svidKey)],
  spiffe_sequence: sequence,
  spiffe_refresh_hint: 60,
})
const { use: _, ...useLess } = useless.jwk

function open(reply: Reply = { ...bundle(1, es, ed, ...KEYS), keys: [...allKeys()] }) {
  const upstream = createUpstream()
  upstream.reply(BUNDLE_URL, reply)
  const changes: string[][] = []
  const protocol = spiffeProtocol({
    ...upstream,
    now: () => new Date(),
    onKeysChanged: ({ after }) => void changes.push([...after.kids]),
  })
  const climb = async (token: string, change: Partial<TokenToVerify> = {}) => {
    const ladder = createLadder('strict')
    const ask = askFor(token, { provider: PROVIDER, now: new Date(), ...change })
    try {
      const judged = Promise.resolve(protocol.verifyToken?.(ask, ladder))
      judged.catch(() => {}) // it may be refused while the clock is turned on
      await vi.advanceTimersByTimeAsync(5_000)
      const verified = await judged
      return { verified, failure: ladder.failure, rungs: ladder.rungs }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { verified: null, failure: ladder.failure, rungs: ladder.rungs }
    }
  }
  return { upstream, protocol, climb, changes }
}

function allKeys(): JsonObject[] {
  return [
    { ...x509.jwk, use: 'x509-svid' },
    useLess,
    plain.jwk,
    { kty: 'oct', kid: 'oct', k: 'c2VjcmV0', use: 'jwt-svid' },
    { kty: 'LMS', kid: 'future', use: 'jwt-svid' },
    { ...es.jwk, kid: 'future-use', use: 'wit-svid' },
    ...[es, ed, ...KEYS].map(svidKey),
  ]
}

const PROVIDER = providerOf(
  { bundleEndpointUrl: BUNDLE_URL },
  { protocol: 'spiffe', known: 'SPIFFE', issuer: DOMAIN, expectedIssuer: DOMAIN },
)

const claims = (change: Readonly<Record<string, unknown>> = {}) => ({
  sub: SUBJECT,
  aud: [AUDIENCE],
  exp: at + 300,
  iat: at,
  ...change,
})

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

describe('a JWT-SVID passes', () => {
  it.each([...KEYS])('signed with $alg', async (key) => {
    expect((await open().climb(mint(key, claims()))).verified).toMatchObject({ subject: SUBJECT, tokenId: null })
  })

  it('that another library made', async () => {
    const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'es' }).sign(es.privateKey)
    expect((await open().climb(token)).failure).toBeNull()
  })

  it.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]>([
    ['with the type JWT', {}, { typ: 'JWT' }],
    ['with the type JOSE', {}, { typ: 'JOSE' }],
    ['with the type in lower case', {}, { typ: 'jose' }],
    ['without a type', {}, { typ: undefined }],
    ['without iat', { iat: undefined }, {}],
    ['with nbf', { nbf: at - 1 }, {}],
    ['with one audience as text', { aud: AUDIENCE }, {}],
    ['with several audiences', { aud: ['other', AUDIENCE] }, {}],
    ['whatever its iss says', { iss: 'https://oidc.example.org' }, {}],
    ['with claims of its own', { 'https://example.org/team': 'payments' }, {}],
    ['of the shortest path', { sub: `${DOMAIN}/a` }, {}],
    ['of the oddest path', { sub: `${DOMAIN}/.../-/_/A.b` }, {}],
    ['a moment after its end', { exp: at - 50, iat: at - 300 }, {}],
  ])('%s', async (_how, change, header) => {
    expect((await open().climb(mint(es, claims(change), header))).failure).toBeNull()
  })

  it('without a kid, when few keys can have signed it', async () => {
    const { climb } = open(bundle(1, es, next))
    expect((await climb(mint(next, claims(), { kid: undefined }))).failure).toBeNull()
  })
})

describe('a JWT-SVID is refused', () => {
  it.each<[string, TestKey, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, string]>([
    ['signed with EdDSA, which JWT-SVIDs do not know', ed, {}, {}, 'token token.algorithm'],
    ['of algorithm none', es, {}, { alg: 'none' }, 'token token.algorithm'],
    ['of algorithm HS256', es, {}, { alg: 'HS256' }, 'token token.algorithm'],
    ['with the type of an access token', es, {}, { typ: 'at+jwt' }, 'token token.type'],
    ['with the type of a logout token', es, {}, { typ: 'logout+jwt' }, 'token token.type'],
    ['with events', es, { events: {} }, {}, 'token token.type'],
    ['with a critical header', es, {}, { crit: ['exp'] }, 'token token.malformed'],
    ['signed with a key for X.509-SVIDs', x509, {}, {}, 'key key.unknown'],
    ['signed with a key without a use', useless, {}, {}, 'key key.unknown'],
    ['signed with a key for plain signatures', plain, {}, {}, 'key key.unknown'],
    ['under a kid for another use', es, {}, { kid: 'future-use' }, 'key key.unknown'],
    ['under the kid of another key', plain, {}, { kid: 'es' }, 'signature signature.invalid'],
    ['without aud', es, { aud: undefined }, {}, 'audience audience.mismatch'],
    ['with an empty aud', es, { aud: [] }, {}, 'audience audience.mismatch'],
    ['for another audience', es, { aud: ['other'] }, {}, 'audience audience.mismatch'],
    ['for its own trust domain', es, { aud: [DOMAIN] }, {}, 'audience audience.mismatch'],
    ['without exp', es, { exp: undefined }, {}, 'time token.malformed'],
    ['with exp as text', es, { exp: String(at + 300) }, {}, 'time token.malformed'],
    ['with iat as text', es, { iat: String(at) }, {}, 'time token.malformed'],
    ['after its end', es, { exp: at - 61, iat: at - 300 }, {}, 'time token.expired'],
    ['after its end, without iat', es, { exp: at - 61, iat: undefined }, {}, 'time token.expired'],
    ['from the future', es, { iat: at + 100 }, {}, 'time token.not_yet_valid'],
    ['before its time', es, { nbf: at + 100 }, {}, 'time token.not_yet_valid'],
    ['that is old', es, { iat: at - 700 }, {}, 'time token.too_old'],
    ['that lives three days', es, { exp: at + 259_200 }, {}, 'time token.malformed'],
    ['that lives three days, without iat', es, { exp: at + 259_200, iat: undefined }, {}, 'time token.malformed'],
  ])('%s', async (_how, key, change, header, failed) => {
    const { failure, verified } = await open().climb(mint(key, claims(change), header))
    expect(verified).toBeNull()
    expect(`${failure?.rung} ${failure?.code}`).toBe(failed)
  })

  it.each([
    undefined,
    null,
    1,
    true,
    ['spiffe://prod.example.org/a'],
    { spiffe: 'spiffe://prod.example.org/a' },
    '',
    'deployer',
    '/ns/payments/sa/deployer',
    'prod.example.org/ns/payments/sa/deployer',
    'https://prod.example.org/ns/payments/sa/deployer',
    'spiffe:/prod.example.org/a',
    'spiffe:prod.example.org/a',
    'spiffe:///prod.example.org/a',
    'SPIFFE://prod.example.org/a',
    'Spiffe://prod.example.org/a',
    'spiffe://PROD.example.org/a',
    'spiffe://Prod.Example.Org/a',
    'spiffe://staging.example.org/a',
    'spiffe://example.org/a',
    'spiffe://a.prod.example.org/a',
    'spiffe://prod.example.org.evil.example/a',
    'spiffe://prod.example.organisation/a',
    'spiffe://prod.example.orgevil/a',
    'spiffe://prod.example.org./a',
    'spiffe://prod.example.org:443/a',
    'spiffe://prod.example.org:/a',
    'spiffe://prod.example.org@evil.example/a',
    'spiffe://user@prod.example.org/a',
    'spiffe://prod.example.org?/a',
    'spiffe://prod.example.org#/a',
    'spiffe://prod.example.org%2Fa',
    'spiffe://prod.example.org%00/a',
    'spiffe://prod.example.org\\a',
    'spiffe://prod%2Eexample.org/a',
    'spiffe://prod.exаmple.org/a',
    'spiffe://evil.example/prod.example.org/a',
    ' spiffe://prod.example.org/a',
    '\u0000spiffe://prod.example.org/a',
  ])('whose sub %j is in no way in the trust domain, before a key is looked up', async (sub) => {
    const { climb, upstream } = open()
    const { failure } = await climb(mint(es, claims({ sub })))
    expect(failure).toEqual({ rung: 'issuer', code: 'issuer.mismatch' })
    expect(upstream.asked).toEqual([])
  })

  it.each([
    DOMAIN,
    `${DOMAIN}/`,
    `${DOMAIN}//`,
    `${DOMAIN}//a`,
    `${DOMAIN}/a/`,
    `${DOMAIN}/a//b`,
    `${DOMAIN}/.`,
    `${DOMAIN}/..`,
    `${DOMAIN}/./a`,
    `${DOMAIN}/a/../b`,
    `${DOMAIN}/a/.`,
    `${DOMAIN}/../other.example/a`,
    `${DOMAIN}/%61`,
    `${DOMAIN}/a%2Fb`,
    `${DOMAIN}/a%2f..%2fb`,
    `${DOMAIN}/a?b`,
    `${DOMAIN}/a?`,
    `${DOMAIN}/a#b`,
    `${DOMAIN}/a#`,
    `${DOMAIN}/a b`,
    `${DOMAIN}/a `,
    `${DOMAIN}/a\n`,
    `${DOMAIN}/a\u0000`,
    `${DOMAIN}/a\\b`,
    `${DOMAIN}/a:b`,
    `${DOMAIN}/a;b`,
    `${DOMAIN}/a@b`,
    `${DOMAIN}/a*`,
    `${DOMAIN}/ä`,
    `${DOMAIN}/ａ`,
    `${DOMAIN}/а`,
    `${DOMAIN}/a\u200b`,
    `${DOMAIN}/${'a'.repeat(2_048)}`,
  ])('whose sub %j is no SPIFFE ID of a workload', async (sub) => {
    const { failure } = await open().climb(mint(es, claims({ sub })))
    expect(failure).toEqual({ rung: 'subject', code: 'token.malformed' })
  })
})

describe('the bundle of a trust domain', () => {
  const rotated = bundle(2, next)

  it('is asked once for a key that nobody has seen, and believed at once', async () => {
    const { climb, upstream, changes } = open(bundle(1, es))
    expect((await climb(mint(es, claims()))).failure).toBeNull()
    upstream.reply(BUNDLE_URL, rotated)
    expect((await climb(mint(next, claims()))).failure).toBeNull()
    expect(changes).toEqual([['next']])
    expect((await climb(mint(es, claims()))).failure?.code).toBe('key.unknown')
  })

  it('is asked for a key that came under a known kid', async () => {
    const { climb, upstream } = open(bundle(1, es))
    await climb(mint(es, claims()))
    const twin = createTestKey('ES256', es.kid)
    upstream.reply(BUNDLE_URL, bundle(2, twin))
    expect((await climb(mint(twin, claims()))).failure).toBeNull()
  })

  it.each<[string, Reply]>([
    ['is an older one', bundle(1, next)],
    ['cannot be had', 'refused'],
    ['hangs', 'hang'],
    ['is an error', { raw: { status: 503 } }],
    ['is a redirect', { raw: { status: 302, headers: { location: 'https://evil.example/' } } }],
    ['is HTML', { raw: { text: '<html>' } }],
    ['is a list', { raw: { text: '[]' } }],
    ['has no keys, and no higher number', { keys: [], spiffe_sequence: 2 }],
    ['has no keys, and no number', { keys: [] }],
    ['has private keys', { keys: [{ ...svidKey(next), d: 'x' }], spiffe_sequence: 9 }],
    ['has a number that is none', { ...bundle(9, next), spiffe_sequence: '9' }],
  ])('that %s never replaces a good one', async (_how, reply) => {
    const { climb, upstream } = open(bundle(2, es))
    await climb(mint(es, claims()))
    upstream.reply(BUNDLE_URL, reply)
    expect((await climb(mint(next, claims()))).failure?.rung).toBe('key')
    expect((await climb(mint(es, claims({ exp: at + 900, iat: undefined })))).failure).toBeNull()
  })

  it('that is newer and has no keys takes all back', async () => {
    const { climb, upstream, changes } = open(bundle(2, es))
    await climb(mint(es, claims()))
    upstream.reply(BUNDLE_URL, { keys: [], spiffe_sequence: 3 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await climb(mint(es, claims()))).failure).toEqual({ rung: 'key', code: 'key.unknown' })
    expect(changes).toEqual([[]])
  })

  it('is asked for again as often as it says itself, and not at all for an uploaded one', async () => {
    const { climb, upstream } = open({ ...bundle(1, es), spiffe_refresh_hint: 60 })
    await climb(mint(es, claims()))
    await vi.advanceTimersByTimeAsync(600_000)
    expect(upstream.asked.length).toBe(11)
  })

  it('that was uploaded is all there is', async () => {
    const { climb, upstream } = open('refused')
    const provider = { ...PROVIDER, settings: { bundleJson: JSON.stringify(bundle(1, es)) } }
    expect((await climb(mint(es, claims()), { provider })).failure).toBeNull()
    expect((await climb(mint(next, claims()), { provider })).failure?.code).toBe('key.unknown')
    const pushed = { ...PROVIDER, settings: { bundleJson: JSON.stringify(bundle(2, next)) } }
    expect((await climb(mint(next, claims()), { provider: pushed })).failure).toBeNull()
    expect((await climb(mint(es, claims()), { provider: pushed })).failure?.code).toBe('key.unknown')
    expect(upstream.asked).toEqual([])
  })

  it('is no other trust domain’s, though the two have one key id', async () => {
    const { climb, upstream } = open(bundle(1, es))
    const otherUrl = 'https://other.example/bundle'
    const twin = createTestKey('ES256', es.kid)
    upstream.reply(otherUrl, bundle(1, twin))
    const other = {
      ...PROVIDER,
      uid: 'provider-2',
      expectedIssuer: 'spiffe://other.example',
      settings: { bundleEndpointUrl: otherUrl },
    }
    const foreign = mint(twin, claims({ sub: 'spiffe://other.example/a' }))
    expect((await climb(foreign, { provider: other })).failure).toBeNull()
    expect((await climb(foreign)).failure?.code).toBe('issuer.mismatch')
    expect((await climb(mint(twin, claims()))).failure?.code).toBe('signature.invalid')
  })
})
