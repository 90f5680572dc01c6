import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { ProviderDraft } from './drafts.ts'
import { knownSources } from './known/index.ts'
import { judgeWorkloadProvider } from './provider-rules.ts'
import { createTestRegistry, providerDraft, type TestRegistry } from './testing/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await createTestRegistry()
})

/** The codes with their fields, sorted; `ok` where there is none. */
function verdict(fields: Partial<ProviderDraft>): string[] | 'ok' {
  const judged = judgeWorkloadProvider(providerDraft(fields), registry.protocols)
  return 'judged' in judged ? 'ok' : judged.faults.map((fault) => `${fault.path}: ${fault.code}`).sort()
}

const SPIFFE: JsonObject = { bundleEndpointUrl: 'https://prod.example.com/bundle' }
const HTTPS_ISSUER = 'https://issuer.example.com'
const SPIFFE_ISSUER = 'spiffe://prod.example.com'
const ISSUERS = [HTTPS_ISSUER, SPIFFE_ISSUER]
const BLOCKS = {
  none: {},
  oidc: { oidc: {} },
  spiffe: { spiffe: SPIFFE },
  both: { oidc: {}, spiffe: SPIFFE },
}

describe('the tri-invariant', () => {
  /** Sources that may have any https issuer, so that only the invariant decides. */
  const names = ['CUSTOM', 'GITLAB_CI', 'HCP_TERRAFORM', 'KUBERNETES', 'SPIFFE']
  const combinations = names.flatMap((known) =>
    ISSUERS.flatMap((issuer) =>
      Object.keys(BLOCKS).map((block) => ({ known, issuer, block: block as keyof typeof BLOCKS })),
    ),
  )

  it.each(combinations)('$known, $issuer, $block', ({ known, issuer, block }) => {
    const isSpiffe = known === 'SPIFFE'
    const holds = isSpiffe
      ? issuer.startsWith('spiffe:') && block === 'spiffe'
      : issuer.startsWith('https:') && (block === 'oidc' || block === 'none')
    const said = verdict({ known, issuer, settings: BLOCKS[block] })
    if (holds) expect(said).toBe('ok')
    else expect(said).not.toBe('ok')
  })

  it.each([null, '', 'UNSPECIFIED'])('refuses the known source %o with every issuer and block', (known) => {
    for (const issuer of ISSUERS) {
      for (const settings of Object.values(BLOCKS)) {
        expect(verdict({ known, issuer, settings })).toContain('known: provider.known_missing')
      }
    }
  })

  const contradictions: readonly (readonly [string, Partial<ProviderDraft>, readonly string[]])[] = [
    [
      'custom with spiffe',
      { known: 'CUSTOM', issuer: SPIFFE_ISSUER, settings: { spiffe: SPIFFE } },
      ['issuer: provider.known_contradicts_issuer', 'spiffe: provider.settings_contradict'],
    ],
    [
      'a spiffe issuer called GitHub',
      { known: 'GITHUB_ACTIONS', issuer: SPIFFE_ISSUER, settings: {} },
      ['issuer: provider.known_contradicts_issuer', 'spiffe: provider.settings_contradict'],
    ],
    [
      'SPIFFE with an https issuer and no block',
      { known: 'SPIFFE', issuer: HTTPS_ISSUER, settings: {} },
      ['issuer: provider.known_contradicts_issuer', 'spiffe: provider.settings_contradict'],
    ],
    [
      'SPIFFE without its block',
      { known: 'SPIFFE', issuer: SPIFFE_ISSUER, settings: {} },
      ['spiffe: provider.settings_contradict'],
    ],
    [
      'an https issuer with a spiffe block',
      { known: 'CUSTOM', issuer: HTTPS_ISSUER, settings: { spiffe: SPIFFE } },
      ['spiffe: provider.protocol_contradicts_issuer', 'spiffe: provider.settings_contradict'],
    ],
    [
      'a spiffe issuer with an oidc block',
      { known: 'SPIFFE', issuer: SPIFFE_ISSUER, settings: { oidc: {} } },
      ['oidc: provider.protocol_contradicts_issuer', 'oidc: provider.settings_contradict'],
    ],
    [
      'both blocks',
      { known: 'CUSTOM', issuer: HTTPS_ISSUER, settings: BLOCKS.both },
      ['oidc: provider.settings_contradict', 'spiffe: provider.settings_contradict'],
    ],
    [
      'no source, and a spiffe block beside an https issuer',
      { known: null, issuer: HTTPS_ISSUER, settings: { spiffe: SPIFFE } },
      ['known: provider.known_missing', 'spiffe: provider.protocol_contradicts_issuer'],
    ],
    [
      'a protocol of other uses',
      { known: 'CUSTOM', issuer: HTTPS_ISSUER, settings: { saml: {} } },
      ['saml: provider.settings_contradict'],
    ],
  ]
  it.each(contradictions)('names what contradicts: %s', (_what, fields, codes) => {
    expect(verdict(fields)).toEqual(codes)
  })
})

describe('a draft', () => {
  it.each(knownSources.map(({ name, sampleClaims }) => [name, sampleClaims.iss] as const))(
    'of %s is fine with its own issuer',
    (known, issuer) => {
      const settings = known === 'SPIFFE' ? { spiffe: SPIFFE } : {}
      expect(verdict({ known, issuer: typeof issuer === 'string' ? issuer : 'spiffe://a.example', settings })).toBe(
        'ok',
      )
    },
  )

  it('has every fault told at once', () => {
    const said = verdict({
      id: 'Not An Id',
      displayName: 'x'.repeat(256),
      description: 'bell \u0007',
      known: 'NOBODY',
      issuer: 'http://example.com',
      settings: { oidc: { nonsense: true } },
      labels: { '': 'x' },
    })
    expect(said).toEqual([
      'description: field.not_text',
      'displayName: field.too_long',
      'id: id.invalid',
      'issuer: provider.issuer_invalid',
      'known: provider.known_unknown',
      'labels.: label.invalid',
      'oidc.nonsense: field.unknown',
    ])
  })

  it('needs an issuer', () => {
    expect(verdict({ issuer: null })).toEqual(['issuer: provider.issuer_invalid'])
    expect(verdict({ issuer: '' })).toEqual(['issuer: provider.issuer_invalid'])
  })

  it('whose protocol is not spoken here is refused by name', () => {
    const judged = judgeWorkloadProvider(providerDraft(), {})
    expect(judged).toMatchObject({ faults: [{ path: 'oidc', code: 'provider.protocol_unsupported' }] })
  })
})
