/** People of Microsoft Entra: tenants, who they are, their addresses, and groups that do not fit into a token. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../json.ts'
import type { Provider } from '../../../registry/provider.ts'
import { ACCESS_TOKEN, corporate, createFakeProvider, type FakeProvider, type Lie, logIn } from '../../testing/login.ts'
import { createTestKey } from '../../testing/minting.ts'
import { oidcProtocol } from '../index.ts'

const TENANT = 'aaaaaaaa-2222-3333-4444-55555555555b'
const OTHER = '99999999-2222-3333-4444-555555555555'
const TEMPLATE = 'https://login.microsoftonline.com/{tenantid}/v2.0'
const issuerOf = (tenant: string) => TEMPLATE.replace('{tenantid}', tenant)
const GRAPH = 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf'
const FIRST = `${GRAPH}?$select=id&$top=999`

const key = createTestKey('RS256', 'rs')
let fake: FakeProvider

beforeEach(() => {
  fake = createFakeProvider(key)
})

const of = (issuer: string, settings: JsonObject = {}, change: Partial<Provider> = {}) =>
  corporate(settings, { issuer, expectedIssuer: issuer, known: 'ENTRA_ID', ...change })
const one = of(issuerOf(TENANT))
const many = of(TEMPLATE, { allowedTenants: [TENANT] })

const signIn = (claims: Readonly<Record<string, unknown>>, provider: Provider = one, lie: Lie = {}) =>
  logIn(
    fake,
    (now) =>
      oidcProtocol({
        fetch: fake.fetch,
        webFetch: fake.webFetch,
        allowsPlainHttp: () => false,
        mayAsk: () => true,
        now,
      }),
    provider,
    { ...lie, claims: { iss: issuerOf(TENANT), tid: TENANT, oid: 'o-1', ...claims } },
  )

describe('a person of Entra', () => {
  it.each<[string, Provider, Record<string, unknown>, string]>([
    ['is known by tenant and object', one, {}, `accepted ${TENANT}/o-1`],
    ['is known likewise through the template of all tenants', many, {}, `accepted ${TENANT}/o-1`],
    ['without object id is nobody', one, { oid: undefined }, 'identity subject.object_missing'],
    ['with an empty object id is nobody', one, { oid: '' }, 'identity subject.object_missing'],
    ['with a list of object ids is nobody', one, { oid: ['o-1'] }, 'identity subject.object_missing'],
    ['without tenant is refused', one, { tid: undefined }, 'issuer issuer.mismatch'],
    ['of another tenant is refused', one, { tid: OTHER, iss: issuerOf(OTHER) }, 'issuer issuer.mismatch'],
    [
      'of a tenant that is not on the list is refused',
      many,
      { tid: OTHER, iss: issuerOf(OTHER) },
      'issuer issuer.mismatch',
    ],
    ['with the issuer of another tenant is refused', many, { iss: issuerOf(OTHER) }, 'issuer issuer.mismatch'],
  ])('%s', async (_name, provider, claims, told) => {
    expect((await signIn(claims, provider)).told).toBe(told)
  })

  it('has no link where a lenient ladder goes on without the object id', async () => {
    const { person } = await signIn({ oid: undefined }, one, { mode: 'lenient' })
    expect(person).toMatchObject({ subject: null, claims: { sub: 'alice' } })
  })

  it('is answered for by the issuer of an allowed tenant, the same one that signs', async () => {
    const two = of(TEMPLATE, { allowedTenants: [TENANT, OTHER] })
    const answered = (iss: string, provider = two) => signIn({}, provider, { parameters: { iss } })
    expect((await answered(issuerOf(TENANT))).told).toBe(`accepted ${TENANT}/o-1`)
    expect((await answered(issuerOf(OTHER))).told).toBe('sender answer.issuer_mismatch')
    fake = createFakeProvider(key)
    expect((await answered(issuerOf(OTHER), many)).told).toBe('sender answer.issuer_mismatch')
    expect((await answered(TEMPLATE, many)).told).toBe('sender answer.issuer_mismatch')
    expect(fake.sent).toEqual([])
  })

  it.each<[unknown, boolean]>([
    [true, true],
    [1, true],
    ['1', true],
    ['true', true],
    [false, false],
    [0, false],
    ['0', false],
    [undefined, false],
    [[true], false],
  ])('has an address whose domain owner is verified if xms_edov is %j: %s', async (xms_edov, isVerified) => {
    const { person } = await signIn({ email: 'a@corp.example', email_verified: true, xms_edov })
    expect(person?.email).toEqual({ address: 'a@corp.example', isVerified })
  })
})

describe('groups that do not fit into the token', () => {
  const group = (id: string) => ({ '@odata.type': '#microsoft.graph.group', id })
  const overage = { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://evil.example/x' } } }
  const reading = { condition: '"g-1" in assertion.groups' }

  it('are fetched from Graph, page by page, and nothing but groups', async () => {
    fake.reply(FIRST, {
      json: {
        value: [group('g-1'), { '@odata.type': '#microsoft.graph.directoryRole', id: 'r-1' }],
        '@odata.nextLink': `${GRAPH}?$skiptoken=2`,
      },
    })
    fake.reply(`${GRAPH}?$skiptoken=2`, { json: { value: [group('g-2'), null, { id: 'untyped' }] } })
    const { person, rungs } = await signIn(overage, of(issuerOf(TENANT), {}, reading))
    expect(person?.claims.groups).toEqual(['g-1', 'g-2'])
    expect(person?.claims).not.toHaveProperty('entente:groups_incomplete')
    expect(rungs.at(-1)).toMatchObject({ name: 'groups', outcome: 'passed' })
    const asked = fake.sent.filter(({ url }) => url.startsWith(GRAPH))
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${ACCESS_TOKEN}`,
      `Bearer ${ACCESS_TOKEN}`,
    ])
    expect(fake.sent.map(({ url }) => url)).not.toContain('https://evil.example/x')
  })

  it('are fetched from the Graph of the same cloud', async () => {
    const us = `https://login.microsoftonline.us/${TENANT}/v2.0`
    fake.reply('https://graph.microsoft.us/v1.0/me/transitiveMemberOf?$select=id&$top=999', {
      json: { value: [group('g')] },
    })
    expect((await signIn({ ...overage, iss: us }, of(us))).person?.claims.groups).toEqual(['g'])
  })

  it('are not asked for where the token has them, or where the provider is not Entra', async () => {
    expect((await signIn({ groups: ['g-1'] })).person?.claims.groups).toEqual(['g-1'])
    const plain = corporate()
    expect((await signIn({ ...overage, iss: plain.expectedIssuer }, plain)).told).toBe('accepted alice')
    expect(fake.sent.filter(({ url }) => url.includes('graph'))).toEqual([])
  })

  it.each<[string, () => void]>([
    ['is refused', () => fake.reply(FIRST, { json: {}, status: 403 })],
    ['is down', () => fake.reply(FIRST, 'unreachable')],
    ['answers with a page', () => fake.reply(FIRST, { raw: '<html>' })],
    ['answers without a list', () => fake.reply(FIRST, { json: { value: {} } })],
    [
      'breaks off',
      () => fake.reply(FIRST, { json: { value: [group('g-1')], '@odata.nextLink': `${GRAPH}?$skiptoken=2` } }),
    ],
    [
      'sends on to another host',
      () =>
        fake.reply(FIRST, {
          json: { value: [group('g-1')], '@odata.nextLink': 'https://graph.microsoft.com.evil.example/v1.0/x' },
        }),
    ],
    ['sends round and round', () => fake.reply(FIRST, { json: { value: [group('g-1')], '@odata.nextLink': FIRST } })],
  ])('refuse whoever is judged by them when Graph %s, and are left out for the others', async (_name, lie) => {
    lie()
    const judging: Partial<Provider>[] = [
      reading,
      { attributeMapping: { 'google.groups': 'assertion.groups' } },
      { mappers: [{ id: 'm', name: 'm', type: 'oidc-role-idp-mapper', syncMode: null, config: { claim: 'groups' } }] },
    ]
    for (const change of judging) {
      expect((await signIn(overage, of(issuerOf(TENANT), {}, change))).told).toBe('groups groups.incomplete')
    }
    const { told, person } = await signIn({ ...overage, groups: ['part'] })
    expect(told).toBe(`accepted ${TENANT}/o-1`)
    expect(person?.claims['entente:groups_incomplete']).toBe(true)
    expect(person?.claims).not.toHaveProperty('groups')
    expect(fake.sent.some(({ url }) => url.includes('evil'))).toBe(false)
    expect(fake.sent.filter(({ url }) => url.startsWith(GRAPH)).length).toBeLessThanOrEqual(24)
  })

  it('cannot be fetched for a token that came with the browser', async () => {
    const front = { responseType: 'ID_TOKEN' }
    expect((await signIn({ hasgroups: true }, of(issuerOf(TENANT), front, reading))).told).toBe(
      'groups groups.incomplete',
    )
    expect((await signIn({ hasgroups: 'true' }, of(issuerOf(TENANT), front))).told).toBe(`accepted ${TENANT}/o-1`)
  })
})
