import { describe, expect, it } from 'vitest'
import type { Schema } from '../../../src/client/index.ts'
import { matches, merged, type Provider, providerOf, providerOfAlias, stateOf } from './provider.ts'
import { readProviderSearch } from './search.ts'
import { attentionOf, titleOf, toneOf } from './tones.ts'

const metadata = {
  name: 'github',
  namespace: 'default',
  uid: '01a2',
  resourceVersion: '3',
  creationTimestamp: '2026-01-01T00:00:00Z',
}
const ready = (status: 'True' | 'False', reason: string) => ({
  type: 'Ready',
  status,
  reason,
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
})
const workload: Schema<'manifests.WorkloadProvider'> = {
  apiVersion: 'entente.dev/v1',
  kind: 'WorkloadProvider',
  metadata,
  spec: { displayName: 'GitHub', issuer: 'https://token.example', disabled: true },
  status: { conditions: [ready('False', 'Disabled')] },
}
const alias: Schema<'identity-providers.Provider'> = {
  alias: 'github-login',
  display_name: 'GitHub',
  provider_id: 'oidc',
  enabled: true,
  config: { client_id: 'x' },
  attribute_mapping: {},
  domains: [],
  first_login: 'create',
  internal_id: '01a3',
  mapper_count: 0,
}

describe('a provider as it is shown', () => {
  it('comes from its document', () => {
    expect(providerOf('workload', workload)).toMatchObject({
      name: 'github',
      displayName: 'GitHub',
      issuer: 'https://token.example',
      enabled: false,
      state: { word: 'Disabled', tone: 'off' },
      resourceVersion: '3',
    })
  })

  it('has the issuer of its protocol', () => {
    const people = { ...workload, kind: 'WorkforceIdentityProvider' as const }
    expect(providerOf('workforce', { ...people, spec: { oidc: { issuerUri: 'https://a' } } }).issuer).toBe('https://a')
    expect(providerOf('workforce', { ...people, spec: { saml: { idpEntityId: 'urn:b' } } }).issuer).toBe('urn:b')
    expect(providerOf('workforce', { ...people, spec: {} })).toMatchObject({ issuer: null, displayName: 'github' })
  })

  it('comes by its alias where no document shows it, without a version', () => {
    const shown = providerOfAlias(alias)
    expect(shown).toMatchObject({
      use: 'workforce',
      name: 'github-login',
      issuer: null,
      enabled: true,
      resourceVersion: null,
    })
    expect(shown.spec).toMatchObject({ provider_id: 'oidc', client_id: 'x' })
  })

  it.each([
    ['usable', ready('True', 'Usable'), { word: 'Enabled', tone: 'good' }],
    ['switched off', ready('False', 'Disabled'), { word: 'Disabled', tone: 'off' }],
    ['stopped by a certificate', ready('False', 'CertificateExpired'), { word: 'Certificate expired', tone: 'bad' }],
    ['not told', undefined, { word: 'Unknown', tone: 'off' }],
  ])('says its state in a word: %s', (_name, condition, state) => {
    expect(stateOf(condition)).toEqual(state)
  })
})

describe('the list of providers', () => {
  const named = (name: string, displayName = name): Provider => ({ ...providerOfAlias(alias), name, displayName })

  it('has each of them once, as its document shows it, by what people read', () => {
    const document = { ...named('okta', 'Okta'), resourceVersion: '1' }
    const list = merged([document, named('b', 'Zed')], [named('okta', 'Okta'), named('git', 'a login')])
    expect(list.map(({ name, resourceVersion }) => [name, resourceVersion])).toEqual([
      ['git', null],
      ['okta', '1'],
      ['b', null],
    ])
  })

  it('is searched by name and issuer, in any case', () => {
    const one = { ...named('okta', 'Okta of Corp'), issuer: 'https://corp.okta.com' }
    expect(['OKTA', 'of corp ', 'CORP.okta', '', 'azure'].map((text) => matches(one, text))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it('takes from the address what it knows', () => {
    expect(readProviderSearch({ use: 'step-up', text: 'x', more: 1 })).toEqual({ use: 'step-up', text: 'x' })
    expect(readProviderSearch({ use: 'other', text: 1 })).toEqual({})
  })
})

describe('a condition', () => {
  it.each([
    ['Ready', 'True', 'Usable', 'good'],
    ['Ready', 'False', 'Expired', 'attention'],
    ['Ready', 'False', 'Disabled', 'plain'],
    ['Discovered', 'False', 'RefreshFailed', 'attention'],
    ['Discovered', 'Unknown', 'NotAsked', 'plain'],
    ['CertificateExpiring', 'True', 'NotAfter', 'attention'],
    ['Expired', 'False', 'ExpireTime', 'good'],
    ['SecretMissing', 'True', 'PublicClient', 'plain'],
  ] as const)('%s=%s for %s is %s', (type, status, reason, tone) => {
    expect(toneOf({ type, status, reason })).toBe(tone)
  })

  it.each([
    ['Ready', 'True', 'Ready'],
    ['Ready', 'False', 'Not ready'],
    ['Discovered', 'Unknown', 'Discovered: unknown'],
    ['CertificateExpiring', 'False', 'Certificate expiring: no'],
  ] as const)('%s=%s is called “%s”', (type, status, title) => {
    expect(titleOf({ type, status })).toBe(title)
  })

  it('is named in a list where it needs attention, but for the state that stands there already', () => {
    const all = [ready('False', 'Expired'), { ...ready('True', 'NotAfter'), type: 'CertificateExpiring' }]
    expect(attentionOf(all)).toEqual(['Certificate expiring'])
  })
})
