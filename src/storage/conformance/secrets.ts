import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openKeys } from '../../keys/index.ts'
import { type Open, openedFor } from './opened.ts'
import { newOrganisation, newUid, providerOf } from './samples.ts'

export function describeSecrets(open: Open): void {
  describe('sealed secrets', () => {
    const opened = openedFor(open)

    it('leave no plain byte on the disk, and open again', async () => {
      const { storage, rawBytes, reopen } = opened()
      const now = () => new Date()
      const masterKey = randomBytes(32)
      const canary = `canary-${randomBytes(16).toString('hex')}`
      const { sealing } = await openKeys({ stores: storage, masterKey, now, randomBytes })
      const organisation = await newOrganisation(storage)
      const place = { organisation, table: 'providers', id: newUid(), column: 'clientSecret' }
      const clientSecret = sealing.seal(place, canary)
      const provider = providerOf(organisation, { uid: place.id, secrets: { clientSecret } })
      await storage.providers.insert(provider)

      const bytes = await rawBytes()
      // Without these the search could be looking in the wrong place.
      expect(bytes.includes(clientSecret)).toBe(true)
      expect(bytes.includes(provider.id)).toBe(true)
      for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) {
        const middle = Buffer.from(canary, 'utf8').toString(form).slice(3, -3)
        expect(bytes.includes(middle), form).toBe(false)
      }
      expect(bytes.includes('PRIVATE KEY')).toBe(false)
      expect(bytes.includes(masterKey)).toBe(false)

      const again = await reopen()
      const reopened = await openKeys({ stores: again, masterKey, now, randomBytes })
      const found = await again.providers.getByUid(provider.uid)
      expect(reopened.sealing.open(place, found?.secrets.clientSecret ?? '')).toBe(canary)
    })
  })
}
