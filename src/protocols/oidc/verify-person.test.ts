/** ID tokens of people: what is asked of them beyond those of workloads. Source: CONTRACT.md sections 4 and 5. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createLadder, Refused } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import type { TokenToVerify, VerifiedToken } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { createTestKey, mint } from '../testing/minting.ts'
import {
  askFor,
  claimsAt,
  createUpstream,
  ISSUER,
  KEYS_URL,
  NOW,
  providerOf,
  type Upstream,
} from '../testing/upstream.ts'
import { oidcProtocol } from './index.ts'

const CLIENT = 'console-client'
const TENANT = 'aaaaaaaa-2222-3333-4444-55555555555b'
const OTHER = '99999999-2222-3333-4444-555555555555'
const TEMPLATE = 'https://login.microsoftonline.com/{tenantid}/v2.0'
const issuerOf = (tenant: string) => TEMPLATE.replace('{tenantid}', tenant)

const key = createTestKey('RS256', 'rs')
let upstream: Upstream

beforeEach(() => {
  upstream = createUpstream()
  upstream.reply(KEYS_URL, { keys: [key.jwk] })
})

const people = (settings: JsonObject = {}, change: Partial<Provider> = {}) =>
  providerOf(
    { clientId: CLIENT, discovered: { jwksUrl: KEYS_URL }, ...settings },
    { use: 'workforce', known: 'UNSPECIFIED', ...change },
  )

async function verify(claims: Record<string, unknown>, provider = people(), change: Partial<TokenToVerify> = {}) {
  const protocol = oidcProtocol({
    fetch: upstream.fetch,
    webFetch: upstream.webFetch,
    allowsPlainHttp: (url) => url.startsWith('http:'),
    mayAsk: () => true,
    now: () => NOW,
  })
  const token = mint(key, claimsAt({ sub: 'alice', aud: CLIENT, ...claims }))
  const ladder = createLadder('strict')
  try {
    const ask = askFor(token, { provider, audiences: [CLIENT], maxTokenAgeSeconds: 86_400, ...change })
    const verified: VerifiedToken | null | undefined = await protocol.verifyToken?.(ask, ladder)
    return { verified: verified ?? null, told: verified == null ? 'null' : `accepted ${verified.subject}` }
  } catch (error) {
    if (error instanceof Refused) return { verified: null, told: `${error.rung} ${error.code}` }
    throw error
  }
}

describe('the ID token of a person', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['is for the client id', {}, 'accepted alice'],
    ['may come in a list of one', { aud: [CLIENT] }, 'accepted alice'],
    ['may say whom it was issued to', { azp: 'android-app' }, 'accepted alice'],
    ['for several names the client as azp', { aud: [CLIENT, 'other'], azp: CLIENT }, 'accepted alice'],
    ['for several without azp is refused', { aud: [CLIENT, 'other'] }, 'audience audience.mismatch'],
    ['for several with another azp is refused', { aud: [CLIENT, 'other'], azp: 'other' }, 'audience audience.mismatch'],
    ['for several with a list as azp is refused', { aud: [CLIENT, 'x'], azp: [CLIENT] }, 'audience audience.mismatch'],
    ['for another client is refused', { aud: 'other', azp: CLIENT }, 'audience audience.mismatch'],
    ['for our own audience is refused', { aud: 'entente.example' }, 'audience audience.mismatch'],
    ['without audience is refused', { aud: undefined }, 'audience audience.mismatch'],
    ['may have a subject of 255 bytes', { sub: 'a'.repeat(255) }, `accepted ${'a'.repeat(255)}`],
    ['may not have a longer one', { sub: 'a'.repeat(256) }, 'subject token.malformed'],
    ['may not have one of more bytes than letters', { sub: 'é'.repeat(128) }, 'subject token.malformed'],
    ['may be a day old', { iat: at(-86_000), exp: at(60) }, 'accepted alice'],
    ['may not be older', { iat: at(-86_500), exp: at(60) }, 'time token.too_old'],
    ['may not live longer than 48 hours', { iat: at(0), exp: at(172_801) }, 'time token.malformed'],
    ['is no logout token', { events: {} }, 'token token.type'],
  ])('%s', async (_name, claims, told) => {
    expect((await verify(claims)).told).toBe(told)
  })

  it('is always verified, whatever the provider says of tokens that come over TLS', async () => {
    const provider = people({
      validateSignature: false,
      jwksJson: JSON.stringify({ keys: [createTestKey('RS256', 'rs').jwk] }),
    })
    expect((await verify({}, provider)).told).toBe('signature signature.invalid')
  })
})

function at(seconds: number): number {
  return Math.floor(NOW.getTime() / 1000) + seconds
}

describe('keys for people', () => {
  it('come from where discovery said', async () => {
    expect((await verify({})).told).toBe('accepted alice')
    expect(upstream.asked).toEqual([KEYS_URL])
  })

  it('come from where somebody typed, and discovery does not move them', async () => {
    const typed = 'https://keys.example/typed'
    upstream.reply(`${ISSUER}/.well-known/openid-configuration`, { issuer: ISSUER, jwks_uri: KEYS_URL })
    expect((await verify({}, people({ jwksUrl: typed }))).told).toBe('key key.unavailable')
    expect(new Set(upstream.asked)).toEqual(new Set([typed]))
    upstream.reply(typed, { keys: [key.jwk] })
    expect((await verify({}, people({ jwksUrl: typed }))).told).toBe('accepted alice')
  })

  it('are uploaded, and then nobody is asked', async () => {
    const provider = people({ jwksJson: JSON.stringify({ keys: [key.jwk] }) })
    expect((await verify({}, provider)).told).toBe('accepted alice')
    expect(upstream.asked).toEqual([])
  })

  it('may lie at plain http where the operator allowed it, which is never so for workloads', async () => {
    const url = 'http://idp.internal/keys'
    upstream.reply(url, { keys: [key.jwk] })
    expect((await verify({}, people({ discovered: { jwksUrl: url } }))).told).toBe('accepted alice')
    const workload = providerOf({ jwksUri: url })
    expect((await verify({}, workload)).told).toBe('key key.unavailable')
  })

  it('are asked for anew when their place changes in the settings', async () => {
    const other = 'https://keys.example/other'
    upstream.reply(other, { keys: [createTestKey('RS256', 'rs').jwk] })
    const protocol = oidcProtocol({
      fetch: upstream.fetch,
      webFetch: upstream.webFetch,
      allowsPlainHttp: () => false,
      mayAsk: () => true,
      now: () => NOW,
    })
    const token = mint(key, claimsAt({ sub: 'alice', aud: CLIENT }))
    const judge = async (provider: Provider) => {
      const ladder = createLadder('lenient')
      await protocol.verifyToken?.(askFor(token, { provider, audiences: [CLIENT] }), ladder)
      return ladder.failure?.code ?? 'granted'
    }
    expect(await judge(people())).toBe('granted')
    expect(await judge(people({ discovered: { jwksUrl: other } }))).toBe('signature.invalid')
  })
})

describe('a person of a Microsoft tenant', () => {
  const tenant = people({}, { issuer: issuerOf(TENANT), expectedIssuer: issuerOf(TENANT) })
  const many = people(
    { allowedTenants: [TENANT.toUpperCase(), 'contoso.example'] },
    { issuer: TEMPLATE, expectedIssuer: TEMPLATE },
  )
  it.each<[string, Provider, Record<string, unknown>, string]>([
    ['comes from the tenant of the issuer', tenant, { iss: issuerOf(TENANT), tid: TENANT }, 'accepted alice'],
    ['does not come from another one', tenant, { iss: issuerOf(OTHER), tid: OTHER }, 'issuer issuer.mismatch'],
    ['does not only say so', tenant, { iss: issuerOf(TENANT), tid: OTHER }, 'issuer issuer.mismatch'],
    ['says which tenant', tenant, { iss: issuerOf(TENANT) }, 'issuer issuer.mismatch'],
    ['comes from a tenant on the list', many, { iss: issuerOf(TENANT), tid: TENANT }, 'accepted alice'],
    ['does not come from one that is not', many, { iss: issuerOf(OTHER), tid: OTHER }, 'issuer issuer.mismatch'],
    ['has an issuer of that tenant', many, { iss: issuerOf(OTHER), tid: TENANT }, 'issuer issuer.mismatch'],
    ['does not have the template as issuer', many, { iss: TEMPLATE, tid: '{tenantid}' }, 'issuer issuer.mismatch'],
    [
      'is not let in by a domain on the list',
      many,
      { iss: issuerOf('contoso.example'), tid: 'contoso.example' },
      'issuer issuer.mismatch',
    ],
    [
      'says the tenant as Entra spells it',
      many,
      { iss: issuerOf(TENANT), tid: TENANT.toUpperCase() },
      'issuer issuer.mismatch',
    ],
    ['says it as a text', many, { iss: issuerOf(TENANT), tid: [TENANT] }, 'issuer issuer.mismatch'],
  ])('%s', async (_name, provider, claims, told) => {
    expect((await verify(claims, provider)).told).toBe(told)
  })

  it.each<[string, string, string, string]>([
    ['both name the same tenant', issuerOf(TENANT), TENANT, 'accepted alice'],
    ['they contradict each other', issuerOf(TENANT), OTHER, 'issuer issuer.mismatch'],
    ['the issuer is the template', TEMPLATE, TENANT, 'accepted alice'],
    ['the template has another tenant', TEMPLATE, OTHER, 'issuer issuer.mismatch'],
    ['the issuer names none', ISSUER, TENANT, 'accepted alice'],
    ['the issuer names none, and another one comes', ISSUER, OTHER, 'issuer issuer.mismatch'],
  ])('is held against the settings of a step-up provider, where %s', async (_name, issuer, named, told) => {
    const settings = { microsoft: { tenant: named, validationMode: 'OIDC' } }
    const stepUp = people(settings, { use: 'step-up', issuer, expectedIssuer: issuer, known: 'MICROSOFT' })
    const iss = issuer.replace('{tenantid}', TENANT)
    expect((await verify({ iss, tid: TENANT, oid: 'o' }, stepUp)).told).toBe(told)
  })

  it('is linked under tenant and object id', async () => {
    const claims = { iss: issuerOf(TENANT), tid: TENANT, oid: 'object-1' }
    expect((await verify(claims, many)).verified?.linkedAs).toBe(`${TENANT}/object-1`)
    expect((await verify({ tid: TENANT, oid: 'object-1' })).verified?.linkedAs).toBeUndefined()
  })

  it('lets nobody in where the list is empty', async () => {
    const none = people({}, { issuer: TEMPLATE, expectedIssuer: TEMPLATE })
    expect((await verify({ iss: issuerOf(TENANT), tid: TENANT }, none)).told).toBe('issuer issuer.mismatch')
  })

  it('has keys where the document of all organisations says', async () => {
    const provider = providerOf(
      { clientId: CLIENT, allowedTenants: [TENANT] },
      { ...many, settings: { clientId: CLIENT, allowedTenants: [TENANT] } },
    )
    upstream.reply('https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration', {
      issuer: TEMPLATE,
      jwks_uri: KEYS_URL,
    })
    expect((await verify({ iss: issuerOf(TENANT), tid: TENANT }, provider)).told).toBe('accepted alice')
  })
})
