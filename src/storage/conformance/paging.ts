import { describe, expect, it } from 'vitest'
import type { PageRequest } from '../../registry/provider-store.ts'
import { type Open, openedFor } from './opened.ts'
import {
  credentialOf,
  newHousehold,
  newOrganisation,
  organisationOf,
  principalOf,
  providerOf,
  trustOf,
} from './samples.ts'

interface Item {
  readonly uid: string
}

export function describePaging(open: Open): void {
  describe('paging', () => {
    const opened = openedFor(open)

    it('shows everything once, in the order of uids, while others insert and remove', async () => {
      const { storage } = opened()
      const { organisation, provider, principal } = await newHousehold(storage)
      const lists: {
        readonly list: (page: PageRequest) => Promise<readonly Item[]>
        readonly insert: () => Promise<Item>
      }[] = [
        {
          list: (page) => storage.organisations.list(page),
          insert: () => kept(organisationOf(), (one) => storage.organisations.insert(one)),
        },
        {
          list: (page) => storage.providers.list(organisation, page),
          insert: () => kept(providerOf(organisation), (one) => storage.providers.insert(one)),
        },
        {
          list: (page) => storage.servicePrincipals.list(organisation, page),
          insert: () => kept(principalOf(organisation), (one) => storage.servicePrincipals.insert(one)),
        },
        {
          list: (page) => storage.credentials.list(principal.uid, page),
          insert: () => kept(credentialOf(principal), (one) => storage.credentials.insert(one)),
        },
        {
          list: (page) => storage.trusts.list(organisation, page),
          insert: () => kept(trustOf(principal, provider), (one) => storage.trusts.insert(one)),
        },
      ]
      for (const { list, insert } of lists) {
        for (let count = 0; count < 11; count++) await insert()
        const before = (await list({ limit: 1000 })).map(({ uid }) => uid)
        expect(before.length).toBeGreaterThanOrEqual(11)
        expect(before).toEqual([...before].sort())
        const seen: string[] = []
        for (let page = await list({ limit: 3 }); page.length > 0; ) {
          seen.push(...page.map(({ uid }) => uid))
          await insert()
          if (seen.length > 60) break
          page = await list({ limit: 3, after: seen.at(-1) ?? '' })
        }
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen.slice(0, before.length)).toEqual(before)
      }
    })

    it('goes on behind an item that was removed in the meantime', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const all = Array.from({ length: 6 }, () => providerOf(organisation))
      for (const provider of all) await storage.providers.insert(provider)
      const first = await storage.providers.list(organisation, { limit: 2 })
      const last = first.at(-1)
      if (last === undefined) throw new Error('there are six')
      await storage.providers.remove(last.uid)
      const rest = await storage.providers.list(organisation, { limit: 10, after: last.uid })
      expect(rest.map(({ uid }) => uid)).toEqual(all.slice(2).map(({ uid }) => uid))
    })

    it('orders by bytes, not by the rules of a language', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const uids = ['b', 'B', 'a', 'A', '-', 'é', 'Z', '_', '0'].map((first) => `${first}${organisation}`)
      for (const uid of uids) await storage.providers.insert(providerOf(organisation, { uid }))
      const found = await storage.providers.list(organisation, { limit: 100 })
      expect(found.map(({ uid }) => uid)).toEqual([...uids].sort())
    })

    it('keeps to the filter', async () => {
      const { storage } = opened()
      const { organisation, provider, principal, trust } = await newHousehold(storage)
      const workforce = providerOf(organisation, { use: 'workforce' })
      const stranger = principalOf(organisation)
      await storage.providers.insert(workforce)
      await storage.servicePrincipals.insert(stranger)
      const strange = trustOf(stranger, workforce)
      await storage.trusts.insert(strange)
      expect(await storage.providers.list(organisation, { limit: 9 }, { use: 'workforce' })).toEqual([workforce])
      expect(await storage.trusts.list(organisation, { limit: 9 }, { principal: stranger.uid })).toEqual([strange])
      expect(await storage.trusts.list(organisation, { limit: 9 }, { provider: provider.uid })).toEqual([trust])
      const both = { provider: provider.uid, principal: stranger.uid }
      expect(await storage.trusts.list(organisation, { limit: 9 }, both)).toEqual([])
      expect(await storage.trusts.list(organisation, { limit: 9 }, { principal: principal.uid })).toEqual([trust])
    })
  })
}

async function kept<T>(one: T, insert: (one: T) => Promise<void>): Promise<T> {
  await insert(one)
  return one
}
