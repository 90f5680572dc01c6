import { describe, expect, it } from 'vitest'
import { createAuditChain } from '../../decisions/audit.ts'
import { createChain, hashOf } from '../../decisions/chain.ts'
import type { AuditRow } from '../../decisions/decision-store.ts'
import type { Storage } from '../storage.ts'
import { type Open, openedFor } from './opened.ts'
import { eventOf, newOrganisation, newUid, providerOf } from './samples.ts'

export function describeAudit(open: Open): void {
  describe('audit', () => {
    const opened = openedFor(open)

    it('is refused before its chain is open, without harm to others', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const provider = providerOf(organisation)
      const [audited, plain] = await Promise.allSettled([
        storage.write(async (tx) => tx.audit(eventOf(organisation, 'provider.create'))),
        storage.write((tx) => tx.providers.insert(provider)),
      ])
      expect([audited.status, plain.status]).toEqual(['rejected', 'fulfilled'])
      expect(await storage.auditRows.list(organisation, { limit: 9 })).toEqual([])
    })

    it('has a row for every event of what was committed, in the order of its chain, and none for what was not', async () => {
      const { storage } = opened()
      const chain = openAudit(storage)
      const organisation = await newOrganisation(storage)
      const before = await storage.revision()
      const outcomes = await Promise.allSettled(
        Array.from({ length: 150 }, (_, index) =>
          storage.write(async (tx) => {
            tx.audit(eventOf(organisation, `first.${index}`))
            await tx.providers.insert(providerOf(organisation))
            tx.audit(eventOf(organisation, `second.${index}`))
            if (index % 5 === 0) throw new RangeError('a mistake')
          }),
        ),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(120)
      expect(await storage.revision()).toBeGreaterThan(before)
      const rows = await everyRow(storage, organisation)
      const wanted = Array.from({ length: 150 }, (_, index) => index).filter((index) => index % 5 !== 0)
      expect(rows.map(({ event }) => event.action)).toEqual(
        wanted.flatMap((index) => [`first.${index}`, `second.${index}`]),
      )
      expectChain(rows, chain)
    })

    it('comes back exactly, and only in its organisation', async () => {
      const { storage } = opened()
      openAudit(storage)
      const organisation = await newOrganisation(storage)
      const event = eventOf(organisation, 'trust.update')
      await storage.write(async (tx) => tx.audit(event))
      const [row] = await storage.auditRows.list(organisation, { limit: 9 })
      expect(row?.event).toEqual(event)
      expect(row?.at).toEqual(new Date('2026-03-01T00:00:00.123Z'))
      expect(row?.link).toMatchObject({ seq: 1, previous: 'origin' })
      const stranger = await newOrganisation(storage)
      expect(await storage.auditRows.list(stranger, { limit: 9 })).toEqual([])
      expect(await storage.auditRows.get(organisation, row?.id ?? '')).toEqual(row)
      expect(await storage.auditRows.get(stranger, row?.id ?? '')).toBeNull()
      expect(await storage.auditRows.get(organisation, newUid())).toBeNull()
    })

    it('takes thousands of events of one operation', async () => {
      const { storage } = opened()
      const chain = openAudit(storage)
      const organisation = await newOrganisation(storage)
      await storage.write(async (tx) => {
        for (let count = 0; count < 5_000; count++) tx.audit(eventOf(organisation, `event.${count}`))
      })
      const rows = await everyRow(storage, organisation)
      expect(rows).toHaveLength(5_000)
      expectChain(rows, chain)
    })

    it('keeps the heads of chains until a checkpoint joins them', async () => {
      const { storage } = opened()
      const chain = openAudit(storage)
      const organisation = await newOrganisation(storage)
      await storage.write(async (tx) => tx.audit(eventOf(organisation, 'a')))
      await storage.write(async (tx) => tx.audit(eventOf(organisation, 'b')))
      const [last] = await storage.auditRows.list(organisation, { limit: 1 })
      const heads = await storage.checkpoints.heads('audit')
      expect(heads[chain]).toBe(last?.link.hash)
      expect(await storage.checkpoints.heads('decisions')).not.toHaveProperty(chain)
      const at = new Date('2026-07-07T07:07:07.007Z')
      const checkpoint = { id: newUid(), at, stream: 'audit', chain: newUid(), joins: heads } as const
      await storage.checkpoints.insert(checkpoint)
      expect(await storage.checkpoints.list()).toContainEqual(checkpoint)
      expect(await storage.checkpoints.heads('audit')).toEqual({})
      await storage.write(async (tx) => tx.audit(eventOf(organisation, 'c')))
      expect(Object.keys(await storage.checkpoints.heads('audit'))).toEqual([chain])
    })
  })
}

function openAudit(storage: Storage): string {
  const chain = createChain(newUid(), 'origin')
  storage.useAuditChain(createAuditChain({ chain, now: () => new Date('2026-03-01T00:00:00.123Z'), newUid }))
  return chain.id
}

/** Oldest first, read page by page. */
async function everyRow(storage: Storage, organisation: string): Promise<AuditRow[]> {
  const rows: AuditRow[] = []
  for (;;) {
    const last = rows.at(-1)
    const page = await storage.auditRows.list(organisation, { limit: 400, ...(last && { after: last.id }) })
    if (page.length === 0) return rows.reverse()
    rows.push(...page)
  }
}

function expectChain(rows: readonly AuditRow[], chain: string): void {
  let previous = 'origin'
  rows.forEach(({ body, link }, index) => {
    expect(link).toEqual({ chain, seq: index + 1, previous, hash: hashOf(chain, index + 1, previous, body) })
    previous = link.hash
  })
}
