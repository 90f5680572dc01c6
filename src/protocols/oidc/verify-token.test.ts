/** The corpus of good and bad tokens against the verifier, and what does not depend on the token alone. */
import { createPublicKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createLadder, Refused } from '../../decisions/ladder.ts'
import type { Protocol, TokenToVerify } from '../../registry/protocol.ts'
import { peekClaims } from '../jose/peek.ts'
import { createCorpus } from '../testing/corpus/index.ts'
import { createCorpusKeys } from '../testing/corpus/keys.ts'
import { deep } from '../testing/corpus/minter.ts'
import { base64url, createTestKey, mint } from '../testing/minting.ts'
import { AUDIENCE, askFor, claimsAt, createUpstream, ISSUER, KEYS_URL, NOW, providerOf } from '../testing/upstream.ts'
import { oidcProtocol } from './index.ts'

const keys = createCorpusKeys()
const { rs, es, twin, foreign, stranger, weak } = keys
const corpus = createCorpus({
  keys,
  issuer: ISSUER,
  audience: AUDIENCE,
  resourceName: '//entente.example/organizations/default/providers/ci',
  now: () => NOW,
  margin: 0,
})
const { good, head, body, tail, withClaims, withHeader, withSignature, unsigned } = corpus.minter

const upstream = createUpstream()
let protocol: Protocol

beforeAll(async () => {
  upstream.reply(KEYS_URL, { keys: [...keys.published] })
  protocol = oidcProtocol({ ...upstream, allowsPlainHttp: () => false, mayAsk: () => true, now: () => NOW })
  await protocol.verifyToken?.(askFor(mint(rs, claimsAt())), createLadder('strict'))
})

/** The claims, or the rung and code that refused. */
async function judge(token: string, change: Partial<TokenToVerify> = {}): Promise<string> {
  const ladder = createLadder('strict')
  try {
    const verified = await protocol.verifyToken?.(askFor(token, change), ladder)
    return verified === null || verified === undefined ? 'null' : `accepted ${verified.subject}`
  } catch (error) {
    if (error instanceof Refused) return `${error.rung} ${error.code}`
    throw error
  }
}

const at = Math.floor(NOW.getTime() / 1000)

describe('a token that is accepted', () => {
  it.each([...corpus.good])('%s', async (_name, token) => expect(await judge(token())).toMatch(/^accepted /))

  it('is one that jose made', async () => {
    const token = await new SignJWT({ aud: AUDIENCE, sub: 's', iss: ISSUER })
      .setProtectedHeader({ alg: 'ES256', kid: 'es' })
      .setIssuedAt(at)
      .setExpirationTime(at + 300)
      .sign(es.privateKey)
    expect(await judge(token)).toBe('accepted s')
  })

  it('says what it says, and nothing is fetched for it', async () => {
    const before = upstream.asked.length
    const verified = protocol.verifyToken?.(askFor(good), createLadder('strict'))
    expect(verified).not.toBeInstanceOf(Promise)
    expect(verified).toEqual({
      claims: claimsAt(),
      subject: 'repo:octo/app',
      tokenId: 'j-1',
      expiresAt: new Date((at + 290) * 1000),
    })
    expect(upstream.asked.length).toBe(before)
  })

  it.each([
    [undefined, null],
    ['', null],
    ['j', 'j'],
  ])('with jti %j has the id %j', async (jti, id) => {
    const verified = await protocol.verifyToken?.(askFor(withClaims({ jti })), createLadder('strict'))
    expect(verified?.tokenId).toBe(id)
  })

  it('climbs the seven rungs in their order', async () => {
    const ladder = createLadder('strict')
    await protocol.verifyToken?.(askFor(good), ladder)
    expect(ladder.rungs.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(
      ['token', 'issuer', 'key', 'signature', 'audience', 'time', 'subject'].map((name) => `${name} passed`),
    )
    expect(JSON.stringify(ladder.rungs)).not.toContain(tail)
  })
})

describe('a token that is refused', () => {
  /** All at once: many of them wait for keys that nobody has, and they wait for the same fetch. */
  let verdicts: Promise<string>[] = []

  beforeAll(() => {
    verdicts = corpus.bad.map(([, , token]) => judge(token()))
  })

  it.each(corpus.bad.map(([name, expected], index) => [name, expected, index] as const))(
    '%s: %s',
    async (_name, expected, index) => expect(await verdicts[index]).toBe(expected),
  )

  it.each([
    'urn:ietf:params:oauth:token-type:access_token',
    'urn:ietf:params:oauth:token-type:refresh_token',
    'urn:ietf:params:oauth:token-type:saml2',
    'URN:IETF:PARAMS:OAUTH:TOKEN-TYPE:JWT',
    '',
  ])('a good one sent as type %j: token.type', async (tokenType) => {
    expect(await judge(good, { tokenType })).toBe('token token.type')
  })

  it('a good one sent as id_token passes', async () => {
    expect(await judge(good, { tokenType: 'urn:ietf:params:oauth:token-type:id_token' })).toBe('accepted repo:octo/app')
  })

  it('one for a provider that has no issuer, or expects a slash', async () => {
    const provider = (expectedIssuer: string | null) => providerOf(undefined, { expectedIssuer })
    expect(await judge(good, { provider: provider(null) })).toBe('issuer issuer.mismatch')
    expect(await judge(withClaims({ iss: null }), { provider: provider(null) })).toBe('issuer issuer.mismatch')
    expect(await judge(good, { provider: provider(`${ISSUER}/`) })).toBe('issuer issuer.mismatch')
  })

  it('one whose signature no key can have made, without asking anybody', async () => {
    const before = upstream.asked.length
    const started = performance.now()
    for (const length of [0, 63, 255, 1025])
      expect(await judge(withSignature(rs, () => Buffer.alloc(length)))).toBe('signature signature.invalid')
    expect(await judge(withSignature(stranger, () => Buffer.alloc(10)))).toBe('key key.unknown')
    expect(await judge(withSignature(es, () => Buffer.alloc(65)))).toBe('signature signature.invalid')
    expect(performance.now() - started).toBeLessThan(500)
    expect(upstream.asked.length).toBe(before)
  })

  it('one whose header names addresses, without anybody asking there', () => {
    expect(new Set(upstream.asked)).toEqual(new Set([KEYS_URL]))
  })
})

describe('a token with another kid than its key', () => {
  const provider = providerOf({
    jwksJson: JSON.stringify({ keys: Array.from({ length: 5 }, (_, i) => createTestKey('ES256', `k${i}`).jwk) }),
  })

  it('is not tried with every key of a large set', async () => {
    const key = createTestKey('ES256')
    expect(await judge(mint(key, claimsAt(), { kid: undefined }), { provider })).toBe('key key.unknown')
  })
})

describe('uploaded keys', () => {
  it('verify without any fetch, and are all there is', async () => {
    const provider = providerOf({ jwksJson: JSON.stringify({ keys: [es.jwk] }) }, { uid: 'uploaded' })
    const before = upstream.asked.length
    expect(await judge(mint(es, claimsAt()), { provider })).toBe('accepted repo:octo/app')
    expect(await judge(mint(rs, claimsAt()), { provider })).toBe('key key.unknown')
    expect(await judge(mint({ ...es, privateKey: twin.privateKey }, claimsAt()), { provider })).toBe(
      'signature signature.invalid',
    )
    expect(upstream.asked.length).toBe(before)
  })

  it('of a provider that has none usable are unavailable', async () => {
    const provider = providerOf({ jwksJson: '{"keys":[]}' }, { uid: 'empty' })
    expect(await judge(good, { provider })).toBe('key key.unavailable')
  })
})

describe('keys of two providers', () => {
  it('never stand in for each other, even under one kid and issuer', async () => {
    const ours = providerOf({ jwksJson: JSON.stringify({ keys: [es.jwk] }) }, { uid: 'a' })
    const other = createTestKey('ES256', 'es')
    const theirs = providerOf({ jwksJson: JSON.stringify({ keys: [other.jwk] }) }, { uid: 'b' })
    expect(await judge(mint(other, claimsAt()), { provider: ours })).toBe('signature signature.invalid')
    expect(await judge(mint(other, claimsAt()), { provider: theirs })).toBe('accepted repo:octo/app')
  })
})

describe('on a lenient ladder', () => {
  const climb = async (token: string, change: Partial<TokenToVerify> = {}) => {
    const ladder = createLadder('lenient')
    const verified = await protocol.verifyToken?.(askFor(token, change), ladder)
    return { verified, told: ladder.rungs.map(({ name, outcome }) => `${name} ${outcome}`) }
  }

  it('a good token passes everything', async () => {
    const { verified, told } = await climb(good)
    expect(verified?.subject).toBe('repo:octo/app')
    expect(told.every((line) => line.endsWith(' passed'))).toBe(true)
  })

  it('an expired token of the right key is judged to the end', async () => {
    const { verified, told } = await climb(withClaims({ iat: at - 4000, exp: at - 3600, aud: 'x' }))
    expect(verified).toBeNull()
    expect(told).toEqual([
      'token passed',
      'issuer passed',
      'key passed',
      'signature passed',
      'audience failed',
      'time failed',
      'subject passed',
    ])
  })

  it.each<[string, () => string, string[]]>([
    ['a forged one', () => mint(foreign, claimsAt()), ['signature failed', 'audience passed', 'subject passed']],
    ['one of another issuer', () => withClaims({ iss: 'x' }), ['issuer failed', 'key skipped', 'signature skipped']],
    [
      'one with alg none',
      () => unsigned({ alg: 'none' }),
      ['token failed', 'issuer passed', 'key skipped', 'time passed'],
    ],
    ['one of an unknown key', () => mint(stranger, claimsAt()), ['key failed', 'signature skipped', 'time passed']],
    ['an access token', () => withHeader({ typ: 'at+jwt' }), ['token failed', 'signature passed', 'subject passed']],
    ['one with a broken signature part', () => `${head}.${body}.!`, ['token failed', 'audience passed']],
    ['nonsense', () => 'nonsense', ['token failed', 'issuer skipped', 'subject skipped']],
  ])('%s is judged as far as can be, and never believed', async (_name, token, lines) => {
    const { verified, told } = await climb(token())
    expect(verified).toBeNull()
    for (const line of lines) expect(told).toContain(line)
  })

  it('an earlier failure of somebody else’s rung does not take the claims away', async () => {
    const ladder = createLadder('lenient')
    ladder.check('provider', false, 'provider.disabled')
    expect(await protocol.verifyToken?.(askFor(good), ladder)).not.toBeNull()
  })
})

describe('peeking', () => {
  it('shows claims whatever the signature, and nothing where nothing can be read', () => {
    expect(peekClaims(`${head}.${body}.`)).toEqual(claimsAt())
    expect(peekClaims(mint(foreign, claimsAt()))).toEqual(claimsAt())
    expect(peekClaims(`.${body}`)).toEqual(claimsAt())
    for (const token of [
      '',
      '.',
      'a.b.c',
      `a.${base64url('[]')}.c`,
      `a.${base64url(deep(2000))}.c`,
      'a'.repeat(17_000),
    ]) {
      expect(peekClaims(token)).toBeNull()
    }
  })
})

it('the key in the test set that has 1024 bits is a real key', () => {
  expect(createPublicKey(weak.privateKey).asymmetricKeyDetails?.modulusLength).toBe(1024)
})
