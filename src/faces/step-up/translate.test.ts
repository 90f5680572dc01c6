import { describe, expect, it } from 'vitest'
import { parseStepUpSettings } from '../../protocols/oidc/step-up-settings.ts'
import type { Protocol } from '../../registry/protocol.ts'
import { judgeStepUpProvider } from '../../registry/step-up-rules.ts'
import { toWirePath } from '../google-rpc/errors.ts'
import { toProviderChange } from './provider-change.ts'
import { toProviderDraft, WORDS } from './translate.ts'

const MODE = 'MICROSOFT_VALIDATION_MODE_'
const oauth2 = { acrValues: ['phr'] }
const microsoft = { tenant: 'contoso.example', conditionalAccessIds: ['C1'], validationMode: `${MODE}ACRS` }

describe('a draft', () => {
  it('has the settings of the registry', () => {
    const draft = toProviderDraft({ clientId: 'c', clientSecret: 's', microsoft, oauth2: null })
    expect(draft.settings).toEqual({ oidc: { clientId: 'c', microsoft: { ...microsoft, validationMode: 'ACRS' } } })
    expect(draft.secrets).toEqual({ clientSecret: 's' })
    expect(toProviderDraft({ clientSecret: '' })).not.toHaveProperty('secrets')
  })

  it.each([
    ['an unspecified mode', { ...microsoft, validationMode: `${MODE}UNSPECIFIED` }, 'microsoft.validationMode'],
    ['no mode', { ...microsoft, validationMode: null }, 'microsoft.validationMode'],
    ['no tenant', { ...microsoft, tenant: null }, 'microsoft.tenant'],
    ['no context for ACRS', { ...microsoft, conditionalAccessIds: null }, 'microsoft.conditionalAccessIds'],
    ['another context', { ...microsoft, conditionalAccessIds: ['C0'] }, 'microsoft.conditionalAccessIds'],
  ])('with %s is refused by the protocol, at a field that the wire has', (_name, block, field) => {
    const { faults } = parseStepUpSettings(toProviderDraft({ clientId: 'c', microsoft: block }).settings.oidc ?? {})
    expect(faults.map(({ path }) => toWirePath(path, { words: WORDS }))).toContain(field)
  })

  it.each<[string, Record<string, unknown>]>([
    ['a tenant that is none', { ...microsoft, tenant: 'no tenant' }],
    ['no tenant', { ...microsoft, tenant: null }],
  ])('with %s finds fault with no issuer, which nobody gave', (_name, block) => {
    const oidc: Protocol = {
      name: 'oidc',
      issuerSchemes: ['https'],
      secretFields: [],
      parseSettings: (_use, given) => parseStepUpSettings(given),
    }
    const draft = toProviderDraft({ displayName: 'x', clientId: 'c', microsoft: block })
    const verdict = judgeStepUpProvider(draft, { protocols: { oidc }, allowsPlainHttp: () => false })
    expect(verdict).toMatchObject({ faults: [{ path: 'oidc.microsoft.tenant' }] })
  })
})

describe('a change', () => {
  it.each<[string, object | null, string | null | undefined, object]>([
    ['nothing', null, undefined, {}],
    ['nothing that can change', { id: 'x', lastTestedAt: null }, '', {}],
    ['nulls without a mask', { displayName: null, enabled: null, issuerUrl: null, oauth2: null }, undefined, {}],
    ['a name', { displayName: 'n', clientId: 'c' }, 'displayName', { displayName: 'n' }],
    ['a client id', { clientId: 'c' }, null, { settings: { oidc: { clientId: 'c' } } }],
    ['a switch', { enabled: true }, 'enabled', { enabled: true }],
    ['a block without a mask', { oauth2 }, undefined, { settings: { oidc: { oauth2, microsoft: null } } }],
    [
      'an empty block without a mask',
      { oauth2: {} },
      undefined,
      { settings: { oidc: { oauth2: {}, microsoft: null } } },
    ],
    ['a block by its mask', { oauth2, microsoft }, 'oauth2', { settings: { oidc: { oauth2, microsoft: null } } }],
    [
      'the other block, with what it lacks cleared',
      { microsoft: { tenant: 't.example', validationMode: `${MODE}OIDC` } },
      'microsoft',
      {
        settings: {
          oidc: {
            oauth2: null,
            microsoft: { tenant: 't.example', conditionalAccessIds: null, validationMode: 'OIDC' },
          },
        },
      },
    ],
    [
      'both blocks, of which one is there',
      { oauth2, microsoft: null },
      'oauth2,microsoft',
      { settings: { oidc: { oauth2, microsoft: null } } },
    ],
    [
      'both blocks, which the registry refuses',
      { oauth2, microsoft },
      undefined,
      { settings: { oidc: { oauth2, microsoft: { ...microsoft, validationMode: 'ACRS' } } } },
    ],
    ['a block that is not there', {}, 'oauth2', { settings: { oidc: { oauth2: null } } }],
    [
      'one field of a block',
      { microsoft },
      'microsoft.validationMode',
      { settings: { oidc: { microsoft: { validationMode: 'ACRS' } } } },
    ],
    [
      'an unspecified mode',
      { microsoft: { validationMode: `${MODE}UNSPECIFIED` } },
      undefined,
      { settings: { oidc: { oauth2: null, microsoft: { validationMode: null } } } },
    ],
    ['a cleared list', {}, 'oauth2.acrValues', { settings: { oidc: { oauth2: { acrValues: null } } } }],
  ])('of %s', (_name, stepUpProvider, updateMask, expected) => {
    expect(toProviderChange({ stepUpProvider, updateMask: updateMask ?? null })).toEqual(expected)
  })
})
