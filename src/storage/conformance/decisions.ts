import { describe, expect, it } from 'vitest'
import { createChain } from '../../decisions/chain.ts'
import type { Decision } from '../../decisions/decision.ts'
import type { DecisionFilter, DecisionRow } from '../../decisions/decision-store.ts'
import { type Open, openedFor } from './opened.ts'
import { decisionOf, newOrganisation, newUid } from './samples.ts'

export function describeDecisions(open: Open): void {
  describe('decisions', () => {
    const opened = openedFor(open)

    it('come back exactly, in their organisation only', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const reads = [{ text: 'claims.ref', value: '"dev"' }]
      const part = { text: 'claims.ref == "main"', value: 'false', reads, differs: true } as const
      const nearestTrusts = [{ trust: 'clever-fox-42195', verdict: 'false', parts: [part] }] as const
      const explained = { conditionParts: [part], nearestTrusts }
      const [row] = rowsOf([decisionOf(organisation, { provider: null, trust: null, issued: null, ...explained })])
      if (row === undefined) throw new Error('one was made')
      await storage.decisions.append([row])
      expect(await storage.decisions.get(organisation, row.decision.id)).toEqual(row)
      expect(await storage.decisions.get('default', row.decision.id)).toBeNull()
    })

    it('are appended all or none', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const one = decisionOf(organisation)
      await expect(storage.decisions.append(rowsOf([decisionOf(organisation), one, one]))).rejects.toThrow()
      expect(await storage.decisions.list(organisation, { limit: 9 })).toEqual([])
      await storage.decisions.append([])
      await storage.decisions.append(rowsOf([one]))
      expect(await storage.decisions.list(organisation, { limit: 9 })).toHaveLength(1)
    })

    it('are listed newest first, page by page, while others come in', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const rows = rowsOf(Array.from({ length: 300 }, () => decisionOf(organisation)))
      await storage.decisions.append(rows)
      const seen: DecisionRow[] = []
      for (;;) {
        const last = seen.at(-1)?.decision.id
        const page = await storage.decisions.list(organisation, { limit: 41, ...(last && { after: last }) })
        if (page.length === 0) break
        seen.push(...page)
        await storage.decisions.append(rowsOf([decisionOf(organisation)]))
      }
      expect(seen).toEqual([...rows].reverse())
    })

    it('keep the head of their chain', async () => {
      const { storage } = opened()
      const rows = rowsOf(Array.from({ length: 3 }, () => decisionOf('default')))
      const last = rows.at(-1)?.link
      await storage.decisions.append(rows)
      const heads = await storage.checkpoints.heads('decisions')
      expect(heads[last?.chain ?? '']).toBe(last?.hash)
    })

    it.each<[string, DecisionFilter, readonly number[]]>([
      ['nothing', {}, [4, 3, 2, 1, 0]],
      ['a plane', { plane: 'client-credentials' }, [3]],
      ['an outcome', { outcome: 'refused' }, [2, 1]],
      ['a code', { code: 'token.expired' }, [2]],
      ['a provider', { provider: 'gitlab' }, [4, 2]],
      ['a trust', { trust: 'slow-owl-10000' }, [4]],
      ['a beginning, included', { since: new Date(3_000) }, [4, 3]],
      ['an end, not included', { until: new Date(2_000) }, [1, 0]],
      ['several at once', { outcome: 'granted', provider: 'gitlab', since: new Date(1_000) }, [4]],
      ['what matches none', { provider: 'gitlab', plane: 'sign-in' }, []],
    ])('are filtered by %s', async (_, filter, wanted) => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const fields: Partial<Decision>[] = [
        {},
        { outcome: 'refused', code: 'token.audience' },
        { outcome: 'refused', code: 'token.expired', provider: 'gitlab' },
        { plane: 'client-credentials', provider: null },
        { provider: 'gitlab', trust: 'slow-owl-10000' },
      ]
      const rows = rowsOf(
        fields.map((some, index) => decisionOf(organisation, { at: new Date(index * 1_000), ...some })),
      )
      await storage.decisions.append(rows)
      const found = await storage.decisions.list(organisation, { limit: 9 }, filter)
      expect(found).toEqual(wanted.map((index) => rows[index]))
      const [first] = wanted
      const page = await storage.decisions.list(organisation, { limit: 1 }, filter)
      expect(page).toEqual(first === undefined ? [] : [rows[first]])
    })
  })
}

function rowsOf(decisions: readonly Decision[]): DecisionRow[] {
  const chain = createChain(newUid(), 'origin')
  return decisions.map((decision) => {
    const body = JSON.stringify(decision)
    const link = chain.next(chain.head, body)
    chain.advance(link)
    return { decision, body, link }
  })
}
