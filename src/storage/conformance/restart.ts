import { describe, expect, it } from 'vitest'
import { faultOf } from './fault-of.ts'
import { type Open, openedFor } from './opened.ts'
import { newHousehold, providerOf } from './samples.ts'

export function describeRestart(open: Open): void {
  describe('a restart', () => {
    const opened = openedFor(open)

    it('finds one organisation `default`, with the id and moment of the first start', async () => {
      const { storage, beside, reopen } = opened()
      const first = await storage.organisations.get('default')
      expect(first).toMatchObject({ id: 'default', version: 1, host: null })
      expect(first?.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(await (await beside()).organisations.list({ limit: 9 })).toEqual([first])
      expect(await (await reopen()).organisations.list({ limit: 9 })).toEqual([first])
    })

    it('finds what was acknowledged, and the revision does not go back', async () => {
      const { storage, reopen } = opened()
      const { provider, principal, credential, trust } = await newHousehold(storage)
      await storage.revokedTokens.revoke('restart', new Date(2e12))
      const revision = await storage.revision()
      const again = await reopen()
      expect(await again.providers.getByUid(provider.uid)).toEqual(provider)
      expect(await again.servicePrincipals.getByUid(principal.uid)).toEqual(principal)
      expect(await again.credentials.get(credential.id)).toEqual(credential)
      expect(await again.trusts.getByCutename(trust.cutename)).toEqual(trust)
      expect(await again.revokedTokens.isRevoked('restart')).toBe(true)
      expect(await again.revision()).toBe(revision)
      await again.ping()
    })

    it('ends what the closed storage could do, with a fault', async () => {
      const { beside } = opened()
      const closed = await beside()
      const waiting = closed.providers.insert(providerOf('default'))
      await closed.close()
      await waiting
      const unavailable = ['unavailable', 'storage.unavailable']
      expect(await faultOf(closed.providers.insert(providerOf('default')))).toEqual(unavailable)
      expect(await faultOf(closed.providers.getByUid('any'))).toEqual(unavailable)
      expect(await faultOf(closed.ping())).toEqual(unavailable)
    })

    it('of a program older than the database is refused', async () => {
      const { sql, beside } = opened()
      await sql('update entente_schema set version = version + 1')
      expect(await faultOf(beside())).toEqual(['internal', 'storage.newer_database'])
      await expect(beside()).rejects.toThrow(/schema version \d+, this program knows \d+: .*newer/)
      await sql('update entente_schema set version = version - 1')
      await (await beside()).ping()
    })
  })
}
