import { describe, expect, it } from 'vitest'
import { faultOf } from './fault-of.ts'
import { type Open, openedFor } from './opened.ts'
import { newHousehold, newOrganisation, principalOf, providerOf, trustOf } from './samples.ts'

export function describeTransactions(open: Open): void {
  describe('transactions', () => {
    const opened = openedFor(open)

    it('see their own writes, which nobody else sees before the commit', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const organisation = await newOrganisation(storage)
      const provider = providerOf(organisation)
      const answer = await storage.write(async (tx) => {
        await tx.providers.insert(provider)
        const own = await tx.providers.getByUid(provider.uid)
        expect(await storage.providers.getByUid(provider.uid)).toBeNull()
        expect(await other.providers.getByUid(provider.uid)).toBeNull()
        return own
      })
      expect(answer).toEqual(provider)
      expect(await storage.providers.getByUid(provider.uid)).toEqual(provider)
      expect(await other.providers.getByUid(provider.uid)).toEqual(provider)
    })

    it('that fail leave nothing, and do not touch the others of their commit', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const mistake = new RangeError('a mistake')
      const providers = Array.from({ length: 100 }, () => providerOf(organisation))
      const outcomes = await Promise.allSettled(
        providers.map((provider, index) =>
          storage.write(async (tx) => {
            await tx.providers.insert(provider)
            const principal = principalOf(organisation)
            await tx.servicePrincipals.insert(principal)
            await tx.trusts.insert(trustOf(principal, provider))
            if (index % 3 === 0) throw mistake
            if (index % 3 === 1) await tx.providers.insert({ ...providerOf(organisation), id: provider.id })
            return index
          }),
        ),
      )
      outcomes.forEach((outcome, index) => {
        if (index % 3 === 0) expect(outcome).toEqual({ status: 'rejected', reason: mistake })
        else if (index % 3 === 2) expect(outcome).toEqual({ status: 'fulfilled', value: index })
        else expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'provider.id_taken' } })
      })
      const stored = await storage.providers.list(organisation, { limit: 200 })
      expect(stored).toEqual(providers.filter((_, index) => index % 3 === 2))
      expect(await storage.servicePrincipals.list(organisation, { limit: 200 })).toHaveLength(33)
      expect(await storage.trusts.list(organisation, { limit: 200 })).toHaveLength(33)
    })

    it('that caches must notice are told when they are committed, others and those that fail are not', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      let told = 0
      storage.onRevision(() => {
        told += 1
      })
      // What listens may still be on its way to the database, and tells when it is there.
      const toldBy = async (work: () => Promise<unknown>) => {
        const before = told
        await work()
        return told > before
      }
      expect(await toldBy(() => storage.providers.insert(providerOf(organisation)))).toBe(true)
      expect(await toldBy(() => storage.sessions.end({ organisation }))).toBe(true)
      const quiet = async () => {
        for (let tries = 0; tries < 20; tries += 1) {
          const now = new Date()
          const isTold = await toldBy(() => storage.oneTime.consume('t', String(tries), now, now))
          if (!isTold) return 'not told'
        }
        return 'told'
      }
      expect(await quiet()).toBe('not told')
    })

    it('that fail alone leave nothing either', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const provider = providerOf(organisation)
      const failing = storage.write(async (tx) => {
        await tx.providers.insert(provider)
        await tx.providers.insert(provider)
      })
      await expect(failing).rejects.toThrow()
      expect(await storage.providers.count(organisation)).toBe(0)
      await storage.providers.insert(provider)
      expect(await storage.providers.count(organisation)).toBe(1)
    })

    it('run one after another within a process', async () => {
      const { storage } = opened()
      const { provider } = await newHousehold(storage)
      const increments = Array.from({ length: 30 }, () =>
        storage.write(async (tx) => {
          const found = await tx.providers.getByUid(provider.uid)
          if (found === null) throw new Error('it was just written')
          return await tx.providers.update({ ...found, version: found.version + 1 })
        }),
      )
      expect(new Set(await Promise.all(increments))).toEqual(new Set([true]))
      expect((await storage.providers.getByUid(provider.uid))?.version).toBe(31)
    })

    it('follow one another while decisions are appended', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const body = '{"rungs":[]}'
      const work = Array.from({ length: 40 }, async (_, seq) => {
        const link = { chain: organisation, seq, previous: '', hash: `${seq}` }
        const decision = { id: `d${seq}`, organisation, plane: 'test', outcome: 'granted', code: 'granted' } as const
        const rest = { provider: null, trust: null, at: new Date(seq), rungs: [], address: null, issued: null }
        await storage.decisions.append([{ decision: { ...decision, ...rest }, body, link }])
        await storage.write((tx) => tx.providers.insert(providerOf(organisation)))
      })
      await Promise.all(work)
      expect(await storage.providers.count(organisation)).toBe(40)
      expect(await storage.decisions.list(organisation, { limit: 100 })).toHaveLength(40)
    })

    it('that change the registry are noticed by every process, others are not', async () => {
      const { storage } = opened()
      const { organisation, credential } = await newHousehold(storage)
      const start = await storage.revision()
      await storage.credentials.touch(credential.uid, new Date())
      await storage.oneTime.consume('revision', organisation, new Date(2e12), new Date(1e12))
      await storage.write(async (tx) => tx.providers.count(organisation))
      await faultOf(storage.providers.insert(providerOf('nobody')))
      expect(await storage.revision()).toBe(start)
      await storage.revokedTokens.revoke(organisation, new Date(2e12))
      const revoked = await storage.revision()
      expect(revoked).toBeGreaterThan(start)
      await storage.providers.insert(providerOf(organisation))
      expect(await storage.revision()).toBeGreaterThan(revoked)
    })
  })
}
