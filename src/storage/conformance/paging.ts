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

    it('passes over as many as the offset says, behind `after` or from the start', async () => {
      const { storage } = opened()
      const { organisation, provider, principal, credential, trust } = await newHousehold(storage)
      const rest = <T>(make: () => T) => Array.from({ length: 5 }, make)
      const providers = [provider, ...rest(() => providerOf(organisation))]
      const principals = [principal, ...rest(() => principalOf(organisation))]
      const credentials = [credential, ...rest(() => credentialOf(principal))]
      const trusts = [trust, ...rest(() => trustOf(principal, provider))]
      await storage.write(async (tx) => {
        for (const one of providers.slice(1)) await tx.providers.insert(one)
        for (const one of principals.slice(1)) await tx.servicePrincipals.insert(one)
        for (const one of credentials.slice(1)) await tx.credentials.insert(one)
        for (const one of trusts.slice(1)) await tx.trusts.insert(one)
      })
      const lists: [readonly Item[], (page: PageRequest) => Promise<readonly Item[]>][] = [
        [await storage.organisations.list({ limit: 1_000 }), (page) => storage.organisations.list(page)],
        [providers, (page) => storage.providers.list(organisation, page)],
        [principals, (page) => storage.servicePrincipals.list(organisation, page)],
        [credentials, (page) => storage.credentials.list(principal.uid, page)],
        [trusts, (page) => storage.trusts.list(organisation, page)],
      ]
      for (const [all, list] of lists) {
        expect(await list({ limit: 2, offset: 0 })).toEqual(all.slice(0, 2))
        expect(await list({ limit: 2, offset: 3 })).toEqual(all.slice(3, 5))
        expect(await list({ limit: 2, after: all[0]?.uid ?? '', offset: 3 })).toEqual(all.slice(4, 6))
        expect(await list({ limit: 2, offset: all.length })).toEqual([])
      }
      expect(await storage.providers.count(organisation)).toBe(6)
      expect(await storage.organisations.count()).toBe(lists[0]?.[0].length)
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
