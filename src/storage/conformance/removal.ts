import { describe, expect, it } from 'vitest'
import { faultOf } from './fault-of.ts'
import { type Open, openedFor } from './opened.ts'
import { newHousehold, providerOf, trustOf } from './samples.ts'

export function describeRemoval(open: Open): void {
  describe('removal', () => {
    const opened = openedFor(open)

    it('of a service principal takes its credentials and trusts along, and nobody else’s', async () => {
      const { storage } = opened()
      const gone = await newHousehold(storage)
      const stays = await newHousehold(storage)
      expect(await storage.servicePrincipals.remove(gone.principal.uid)).toBe(true)
      expect(await storage.servicePrincipals.getByUid(gone.principal.uid)).toBeNull()
      expect(await storage.credentials.get(gone.credential.id)).toBeNull()
      expect(await storage.trusts.getByCutename(gone.trust.cutename)).toBeNull()
      expect(await storage.providers.getByUid(gone.provider.uid)).toEqual(gone.provider)
      expect(await storage.credentials.get(stays.credential.id)).toEqual(stays.credential)
      expect(await storage.trusts.getByCutename(stays.trust.cutename)).toEqual(stays.trust)
    })

    it('of an organisation is refused while it has records, and leaves nothing of it', async () => {
      const { storage } = opened()
      const { organisation, provider, principal, trust } = await newHousehold(storage)
      const record = await storage.organisations.get(organisation)
      const count = await storage.organisations.count()
      if (record === null) throw new Error('it was made')
      const notEmpty = ['conflict', 'organisation.not_empty']
      expect(await faultOf(storage.organisations.remove(record.uid))).toEqual(notEmpty)
      await storage.trusts.remove(trust.uid)
      await storage.servicePrincipals.remove(principal.uid)
      expect(await faultOf(storage.write((tx) => tx.organisations.remove(record.uid)))).toEqual(notEmpty)
      expect(await storage.organisations.get(organisation)).toEqual(record)
      await storage.providers.remove(provider.uid)
      expect(await storage.organisations.remove(record.uid)).toBe(true)
      expect(await storage.organisations.remove(record.uid)).toBe(false)
      expect(await storage.organisations.get(organisation)).toBeNull()
      expect(await storage.organisations.count()).toBe(count - 1)
      expect(await faultOf(storage.providers.insert(provider))).toEqual(['missing', 'organisation.unknown'])
      await storage.organisations.insert(record)
      expect(await storage.organisations.get(organisation)).toEqual(record)
    })

    it('of what is not there is false', async () => {
      const { storage } = opened()
      const { credential, trust } = await newHousehold(storage)
      expect(await storage.trusts.remove(trust.uid)).toBe(true)
      expect(await storage.trusts.remove(trust.uid)).toBe(false)
      expect(await storage.credentials.remove(credential.uid)).toBe(true)
      expect(await storage.credentials.remove(credential.uid)).toBe(false)
      expect(await storage.servicePrincipals.remove('nobody')).toBe(false)
      expect(await storage.providers.remove('nobody')).toBe(false)
      expect(await storage.organisations.remove('nobody')).toBe(false)
    })

    it('of a provider is refused while a trust uses it', async () => {
      const { storage } = opened()
      const { provider, trust } = await newHousehold(storage)
      expect(await faultOf(storage.providers.remove(provider.uid))).toEqual(['conflict', 'provider.has_trusts'])
      expect(await storage.providers.getByUid(provider.uid)).toEqual(provider)
      await storage.trusts.remove(trust.uid)
      expect(await storage.providers.remove(provider.uid)).toBe(true)
    })

    it('of a provider that races the insert of a trust never leaves the trust without it', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const { organisation, principal } = await newHousehold(storage)
      for (let round = 0; round < 10; round++) {
        const provider = providerOf(organisation)
        await storage.providers.insert(provider)
        const trust = trustOf(principal, provider)
        const [removed, inserted] = await Promise.allSettled([
          storage.providers.remove(provider.uid),
          other.trusts.insert(trust),
        ])
        const isThere = (await storage.providers.getByUid(provider.uid)) !== null
        expect((await storage.trusts.getByCutename(trust.cutename)) !== null).toBe(isThere)
        expect(isThere).toBe(inserted.status === 'fulfilled')
        const refused = [removed, inserted].flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
        expect(refused).toEqual([isThere ? 'provider.has_trusts' : 'provider.unknown'])
      }
    })
  })
}
