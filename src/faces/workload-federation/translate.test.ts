import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import type { Provider } from '../../registry/provider.ts'
import type { Trust } from '../../registry/trust.ts'
import { fromProvider, fromTrust, toProviderChange, toProviderDraft, toTrustChange, toTrustDraft } from './translate.ts'
import * as wire from './wire.ts'

const maybeText = fc.option(fc.string())
const date = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
const texts = fc.array(fc.string())
const common = {
  uid: fc.uuid(),
  id: fc.string(),
  organisation: fc.string(),
  displayName: maybeText,
  description: maybeText,
  condition: maybeText,
  enabled: fc.boolean(),
  labels: fc.dictionary(fc.string(), fc.string()),
  version: fc.nat(),
  createdAt: date,
  updatedAt: date,
}

const provider: fc.Arbitrary<Provider> = fc.record({
  ...common,
  use: fc.constant('workload' as const),
  protocol: fc.constantFrom('oidc' as const, 'spiffe' as const),
  known: fc.constantFrom('GITHUB_ACTIONS', 'CUSTOM', 'KUBERNETES', 'SPIFFE', 'NEW_SOURCE'),
  issuer: maybeText,
  expectedIssuer: maybeText,
  settings: fc.record(
    {
      jwksUri: fc.string(),
      jwksJson: fc.string(),
      allowedAudiences: texts,
      bundleEndpointUrl: fc.string(),
      secret: fc.string(),
    },
    { requiredKeys: [] },
  ),
  secrets: fc.dictionary(fc.string(), fc.string()),
  domains: texts,
  routingDomains: texts,
  firstLogin: fc.constant(null),
  examples: fc.constant([]),
  allowedScopes: texts,
  attributeMapping: fc.constant({}),
  mappers: fc.constant([]),
  syncMode: maybeText,
  expiresAt: fc.option(date),
  lastTestedAt: fc.option(date),
})

const trust: fc.Arbitrary<Trust> = fc.record({
  ...common,
  cutename: fc.string(),
  principal: fc.uuid(),
  provider: fc.uuid(),
  scopedRoleIds: texts,
  allowSourceCidrs: texts,
  passthroughClaims: texts,
  allowedResources: texts,
  allowedScopes: texts,
  tokenLifetimeSeconds: fc.option(fc.nat()),
  capLifetimeToSubject: fc.boolean(),
  examples: fc.array(fc.record({ claims: fc.record({ sub: fc.string() }), expect: fc.boolean() })),
  acknowledgedLint: texts,
})

/** As it arrives at a client. */
const sent = (answer: object): unknown => JSON.parse(JSON.stringify(answer))

function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(Object(value)).some(hasNull))
}

describe('an answer', () => {
  it('is what the schema says, without null, for any provider', () => {
    const schema = Compile(wire.Provider)
    fc.assert(
      fc.property(provider, (provider) => {
        const answer = sent(fromProvider(provider))
        expect(schema.Errors(answer)).toEqual([true, []])
        expect(hasNull(answer)).toBe(false)
        expect(JSON.stringify(answer)).not.toContain('"jwksUri"')
      }),
    )
  })

  it('is what the schema says, without null, for any trust', () => {
    const schema = Compile(wire.Trust)
    const names = { principal: 'p', provider: 'v', audience: 'entente.example' }
    fc.assert(
      fc.property(trust, (trust) => {
        const answer = sent(fromTrust(trust, names))
        expect(schema.Errors(answer)).toEqual([true, []])
        expect(hasNull(answer)).toBe(false)
      }),
    )
  })
})

describe('a request', () => {
  it('with nothing in it, or only null, is a draft that says nothing', () => {
    const nulls = {
      displayName: null,
      description: null,
      issuerUrl: null,
      wellKnownProvider: null,
      oidc: null,
      spiffe: null,
    }
    const nothing = { displayName: null, description: null, issuer: null, known: null, settings: {}, enabled: true }
    expect(toProviderDraft({})).toMatchObject(nothing)
    expect(toProviderDraft(nulls)).toMatchObject(nothing)
    expect(toProviderDraft({ oidc: { jwksJson: null } }).settings).toEqual({ oidc: {} })
    expect(toTrustDraft({ conditionExpression: '' })).toMatchObject({
      condition: null,
      provider: '',
      scopedRoleIds: [],
    })
  })

  it('keeps an empty block: it tells which settings were meant', () => {
    expect(toProviderDraft({ spiffe: {} }).settings).toEqual({ spiffe: {} })
    expect(toProviderDraft({ oidc: {}, spiffe: {} }).settings).toEqual({ oidc: {}, spiffe: {} })
  })
})

describe('a change', () => {
  it.each<[string, [string, unknown][], object]>([
    ['of nothing', [], {}],
    ['switches off', [['disabled', true]], { enabled: false }],
    ['switches on when cleared', [['disabled', null]], { enabled: true }],
    ['clears a text', [['description', null]], { description: null }],
    [
      'gathers a block',
      [
        ['oidc.jwksJson', '{}'],
        ['oidc.singleUse', null],
      ],
      { settings: { oidc: { jwksJson: '{}', singleUse: null } } },
    ],
  ])('of a provider %s', (_name, fields, change) => {
    expect(toProviderChange(new Map(fields))).toEqual(change)
  })

  it.each<[string, [string, unknown][], object]>([
    ['of nothing', [], {}],
    [
      'clears lists',
      [
        ['scopedRoleIds', null],
        ['allowSourceCidrs', null],
      ],
      { scopedRoleIds: [], allowSourceCidrs: [] },
    ],
    ['clears the condition', [['conditionExpression', '']], { condition: null }],
    [
      'clears the rest',
      [
        ['tokenLifetimeSeconds', null],
        ['capLifetimeToSubject', null],
      ],
      { tokenLifetimeSeconds: null, capLifetimeToSubject: false },
    ],
  ])('of a trust %s', (_name, fields, change) => {
    expect(toTrustChange(new Map(fields))).toEqual(change)
  })
})
