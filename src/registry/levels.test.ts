import { describe, expect, it } from 'vitest'
import { LEVELS, levelReached, levelsOf, reaches, sufficient } from './levels.ts'
import { createProvider } from './providers.ts'
import { actorIn, createTestRegistry, providerDraft } from './testing/registry.ts'

const [ONE, TWO, PHR, PHRH] = LEVELS
const registry = await createTestRegistry()
const made = (id: string, use: 'workforce' | 'step-up', known: string | null, oidc = {}) =>
  createProvider(
    registry,
    actorIn('acme'),
    providerDraft({
      id,
      use,
      known,
      issuer: `https://${id}.example`,
      displayName: id,
      settings: { oidc: { clientId: 'c', ...oidc } },
    }),
  )
const okta = await made('okta', 'workforce', 'OKTA')
const corp = await made('corp', 'workforce', null)
const proof = await made('proof', 'step-up', null, { oauth2: { acrValues: ['phr', 'urn:okta:loa:2fa:any'] } })
const entra = await made('entra', 'step-up', null, { microsoft: { tenant: 't', validationMode: 'ACRS' } })

const table = (...levels: object[]) => ({ settings: { levels: JSON.parse(JSON.stringify(levels)) } })
const by = (acr: string | null, contexts: string[] = []) => ({ acr, contexts })

describe('a level', () => {
  it('is reached by itself and by every stronger one', () => {
    for (const [asked, level] of LEVELS.entries())
      expect(LEVELS.map((one) => reaches(one, level))).toEqual(LEVELS.map((_, index) => index >= asked))
    expect(reaches(null, ONE)).toBe(false)
  })

  it.each([
    ['the standard’s word', corp, by('phr'), PHR],
    ['a word of Okta, said by another', corp, by('urn:okta:loa:2fa:any'), null],
    ['our own word, said by another', corp, by(TWO), null],
    ['a word of Okta', okta, by('urn:okta:loa:2fa:any'), TWO],
    ['a second factor if it was possible', okta, by('urn:okta:loa:2fa:any:ifpossible'), ONE],
    ['what the step-up provider is registered with', proof, by('urn:okta:loa:2fa:any'), TWO],
    ['what it is not registered with', proof, by('phrh'), null],
    ['a context without a table', entra, by(null, ['c1']), null],
    ['nothing', okta, by(null), null],
  ])('is read from %s', (_name, provider, answer, level) => {
    expect(levelReached(table(), provider, answer)).toBe(level)
  })

  it('is read from the organisation’s table alone, where the table knows the provider', () => {
    const organisation = table(
      { level: TWO, provider: 'corp', values: ['gold', 'silver'] },
      { level: PHRH, provider: 'corp', values: ['hardware'] },
      { level: PHR, provider: 'entra', values: ['C1', 'c2'] },
    )
    expect(levelReached(organisation, corp, by('silver'))).toBe(TWO)
    expect(levelReached(organisation, corp, by('hardware'))).toBe(PHRH)
    expect(levelReached(organisation, corp, by('phr'))).toBeNull()
    // Every context of a line.
    expect(levelReached(organisation, entra, by(null, ['c1']))).toBeNull()
    expect(levelReached(organisation, entra, by(null, ['c2', 'c1', 'c9']))).toBe(PHR)
    expect(sufficient(organisation, corp, PHR).map(({ values }) => values)).toEqual([['hardware']])
    expect(sufficient(organisation, corp, ONE).map(({ level }) => level)).toEqual([TWO, PHRH])
  })

  it('is not reached by a line that says nothing', () => {
    const lines = [
      { level: 'gold', provider: 'corp', values: ['x'] },
      { level: TWO, provider: 'corp', values: [] },
      'x',
    ]
    expect(levelsOf({ settings: { levels: lines } })).toEqual([])
    expect(levelsOf({ settings: { levels: 'x' } })).toEqual([])
  })
})
