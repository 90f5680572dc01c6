import { describe, expect, it } from 'vitest'
import type { StepUpTransactionFilter } from '../../registry/step-up-transaction-store.ts'
import { faultOf } from './fault-of.ts'
import { type Open, openedFor } from './opened.ts'
import { newOrganisation, newUid, providerOf, stepUpTransactionOf } from './samples.ts'

export function describeStepUpTransactions(open: Open): void {
  describe('step-up transactions', () => {
    const opened = openedFor(open)

    const newProvider = async (organisation?: string) => {
      const { storage } = opened()
      const provider = providerOf(organisation ?? (await newOrganisation(storage)), { use: 'step-up', issuer: null })
      await storage.providers.insert(provider)
      return provider
    }

    it('come back exactly, and only in their organisation', async () => {
      const { storage, reopen } = opened()
      const provider = await newProvider()
      const full = stepUpTransactionOf(provider)
      const bare = stepUpTransactionOf(provider, {
        person: null,
        target: { kind: 'test' },
        state: 'pending',
        errorMessage: null,
        claims: {},
      })
      await storage.stepUpTransactions.insert(full)
      await storage.write((tx) => tx.stepUpTransactions.insert(bare))
      const again = await reopen()
      expect(await again.stepUpTransactions.get(provider.organisation, full.uid)).toEqual(full)
      expect(await again.stepUpTransactions.get(provider.organisation, bare.uid)).toEqual(bare)
      expect(await again.stepUpTransactions.get('default', full.uid)).toBeNull()
      expect(await again.stepUpTransactions.get(provider.organisation, newUid())).toBeNull()
      expect(await again.stepUpTransactions.list('default', { limit: 9 }, {})).toEqual([])
    })

    it('are changed by one of those who saw the same version', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const provider = await newProvider()
      const one = stepUpTransactionOf(provider, { state: 'pending', errorMessage: null, claims: {} })
      await storage.stepUpTransactions.insert(one)
      const verified = { ...one, state: 'verified', claims: { acr: 'c1' }, version: 2 } as const
      const failed = { ...one, state: 'error', errorMessage: 'too late', version: 2 } as const
      const won = await Promise.all([
        storage.stepUpTransactions.update(verified),
        other.stepUpTransactions.update(failed),
      ])
      expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      const winner = won[0] === true ? verified : failed
      expect(await other.stepUpTransactions.get(provider.organisation, one.uid)).toEqual(winner)
      expect(await storage.stepUpTransactions.update(verified)).toBe(false)
      expect(await storage.stepUpTransactions.update(stepUpTransactionOf(provider, { version: 2 }))).toBe(false)
    })

    it('belong to the first browser that opens them, as long as they are pending and in time', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const provider = await newProvider()
      const now = new Date('2026-03-01T09:00:00Z')
      const pending = { state: 'pending', errorMessage: null, claims: {}, browserHash: null } as const
      const one = stepUpTransactionOf(provider, { ...pending, expiresAt: new Date(now.getTime() + 1) })
      const late = stepUpTransactionOf(provider, { ...pending, expiresAt: now })
      const over = stepUpTransactionOf(provider, { ...pending, state: 'verified' })
      for (const transaction of [one, late, over]) await storage.stepUpTransactions.insert(transaction)
      const tries = await Promise.all([
        storage.stepUpTransactions.bind(one.uid, 'first', now),
        other.stepUpTransactions.bind(one.uid, 'second', now),
      ])
      expect(tries.filter((isBound) => isBound)).toHaveLength(1)
      const hash = tries[0] === true ? 'first' : 'second'
      expect(await storage.stepUpTransactions.getByUid(one.uid)).toEqual({ ...one, browserHash: hash })
      expect(await storage.stepUpTransactions.bind(one.uid, hash, now)).toBe(true)
      for (const { uid } of [late, over]) expect(await storage.stepUpTransactions.bind(uid, 'x', now)).toBe(false)
      expect(await storage.stepUpTransactions.getByUid(newUid())).toBeNull()
      const { organisation } = provider
      const found = async (state: 'pending' | 'error') =>
        (await storage.stepUpTransactions.list(organisation, { limit: 9 }, { state, now })).map(({ uid }) => uid)
      expect([await found('pending'), await found('error')]).toEqual([[one.uid], [late.uid]])
    })

    it('are listed in the order they were made, page by page, as the filter says', async () => {
      const { storage } = opened()
      const provider = await newProvider()
      const other = await newProvider(provider.organisation)
      const at = (ms: number) => new Date(Date.UTC(2026, 2, 1) + ms)
      const person = newUid()
      const all = [
        stepUpTransactionOf(provider, { createdAt: at(0), person }),
        stepUpTransactionOf(provider, { createdAt: at(1), person: null, target: { kind: 'test' } }),
        stepUpTransactionOf(other, { createdAt: at(2), state: 'verified' }),
        stepUpTransactionOf(provider, {
          createdAt: at(3),
          target: { kind: 'task', taskId: 'pay', policyStepId: 's' },
          state: 'pending',
        }),
      ]
      for (const one of all) await storage.stepUpTransactions.insert(one)
      const cases: readonly [StepUpTransactionFilter, readonly number[]][] = [
        [{}, [0, 1, 2, 3]],
        [{ provider: other.uid }, [2]],
        [{ person }, [0]],
        [{ taskId: 'pay' }, [3]],
        [{ target: 'test' }, [1]],
        [{ target: 'task' }, [0, 2, 3]],
        [{ state: 'verified' }, [2]],
        [{ createdAfter: at(0), createdBefore: at(3) }, [1, 2]],
        [{ state: 'pending', target: 'test' }, []],
      ]
      const { organisation } = provider
      const list = (page: { limit: number; after?: string; offset?: number }, filter: StepUpTransactionFilter) =>
        storage.stepUpTransactions.list(organisation, page, filter)
      for (const [filter, indexes] of cases) {
        expect(await list({ limit: 9 }, filter), JSON.stringify(filter)).toEqual(indexes.map((index) => all[index]))
      }
      expect(await list({ limit: 2, after: all[0]?.uid ?? '' }, {})).toEqual(all.slice(1, 3))
      expect(await list({ limit: 2, offset: 3 }, {})).toEqual(all.slice(3))
    })

    it('go with their provider, and with no other', async () => {
      const { storage } = opened()
      const provider = await newProvider()
      const stays = await newProvider(provider.organisation)
      const kept = stepUpTransactionOf(stays)
      await storage.stepUpTransactions.insert(stepUpTransactionOf(provider))
      await storage.stepUpTransactions.insert(kept)
      expect(await storage.providers.remove(provider.uid)).toBe(true)
      expect(await storage.stepUpTransactions.list(provider.organisation, { limit: 9 }, {})).toEqual([kept])
      const late = storage.stepUpTransactions.insert(stepUpTransactionOf(provider))
      expect(await faultOf(late)).toEqual(['missing', 'provider.unknown'])
    })
  })
}
