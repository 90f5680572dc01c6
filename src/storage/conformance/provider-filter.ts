import { describe, expect, it } from 'vitest'
import type { ProviderFilter } from '../../registry/provider-store.ts'
import { type Open, openedFor } from './opened.ts'
import { newOrganisation, providerOf } from './samples.ts'

type Name = 'github' | 'okta' | 'entra' | 'spire' | 'proof'

/** Every filter, and the names of those it leaves, in the order in which they were made. */
const CASES: readonly [ProviderFilter, readonly Name[]][] = [
  [{}, ['github', 'okta', 'entra', 'spire', 'proof']],
  [{ use: 'workforce' }, ['okta', 'entra']],
  [{ use: 'step-up' }, ['proof']],
  [{ protocols: ['saml'] }, ['entra']],
  [{ protocols: ['saml', 'spiffe'] }, ['entra', 'spire']],
  [{ protocols: [] }, []],
  [{ hasIssuer: true }, ['github', 'okta', 'spire']],
  [{ hasIssuer: false }, ['github', 'okta', 'entra', 'spire', 'proof']],
  [{ known: 'GITHUB_ACTIONS' }, ['github']],
  [{ enabled: false }, ['okta', 'proof']],
  [{ enabled: true, use: 'workforce' }, ['entra']],
  [{ ids: ['proof', 'github', 'nobody'] }, ['github', 'proof']],
  [{ ids: [] }, []],
  [{ search: '' }, ['github', 'okta', 'entra', 'spire', 'proof']],
  [{ search: 'GITHUB' }, ['github']],
  [{ search: 'größe' }, ['okta']],
  [{ search: '100% S' }, ['okta']],
  [{ search: '%' }, ['okta']],
  [{ search: '_' }, ['entra']],
  [{ search: '\\' }, ['entra']],
  [{ search: 'contoso.EXAMPLE' }, ['entra']],
  [{ search: 'example', protocols: ['saml'] }, ['entra']],
  [{ search: 'a'.repeat(100_000) }, []],
  [{ search: 'hub', searchAt: 'anywhere' }, ['github']],
  [{ search: 'hub', searchAt: 'start' }, []],
  [{ search: 'GIT', searchAt: 'start' }, ['github']],
  [{ search: 'contoso', searchAt: 'start' }, ['entra']],
  [{ search: 'a_b\\', searchAt: 'start' }, ['entra']],
  [{ search: 'contoso', searchAt: 'whole' }, []],
  [{ search: 'Contoso.example', searchAt: 'whole' }, ['entra']],
  [{ search: 'proof', searchAt: 'whole' }, ['proof']],
  [{ search: 'A_B\\C', searchAt: 'whole' }, ['entra']],
]

export function describeProviderFilter(open: Open): void {
  describe('filter of providers', () => {
    const opened = openedFor(open)

    it('leaves what it says, in lists and in counts alike, one page after the other', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const plain = { displayName: null, known: 'CUSTOM', domains: [] }
      const all = [
        providerOf(organisation, { ...plain, id: 'github', known: 'GITHUB_ACTIONS' }),
        providerOf(organisation, {
          ...plain,
          id: 'okta',
          use: 'workforce',
          enabled: false,
          displayName: 'GRÖSSE 100% sure, Größe',
        }),
        providerOf(organisation, {
          ...plain,
          id: 'entra',
          use: 'workforce',
          protocol: 'saml',
          issuer: null,
          displayName: 'a_b\\c',
          domains: ['example.com', 'contoso.example'],
        }),
        providerOf(organisation, { ...plain, id: 'spire', protocol: 'spiffe' }),
        providerOf(organisation, { ...plain, id: 'proof', use: 'step-up', issuer: null, enabled: false }),
      ]
      for (const one of all) await storage.providers.insert(one)
      for (const [filter, names] of CASES) {
        const said = JSON.stringify(filter).slice(0, 99)
        const found = await storage.providers.list(organisation, { limit: 9 }, filter)
        expect(
          found.map(({ id }) => id),
          said,
        ).toEqual(names)
        expect(await storage.providers.count(organisation, filter), said).toBe(names.length)
        const rest = await storage.providers.list(organisation, { limit: 9, offset: 1 }, filter)
        expect(rest, said).toEqual(found.slice(1))
      }
    })

    it('follows changes of what is searched', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const one = providerOf(organisation, { id: 'p', displayName: 'Slow Owl', domains: ['a.example'] })
      await storage.providers.insert(one)
      await storage.providers.update({ ...one, displayName: 'Clever Fox', domains: ['b.example'], version: 2 })
      const counts = ['owl', 'a.example', 'fox', 'b.example'].map((search) =>
        storage.providers.count(organisation, { search }),
      )
      expect(await Promise.all(counts)).toEqual([0, 0, 1, 1])
    })
  })
}
