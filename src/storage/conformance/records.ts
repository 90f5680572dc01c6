import { describe, expect, it } from 'vitest'
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

export function describeRecords(open: Open): void {
  describe('records', () => {
    const opened = openedFor(open)

    it('come back exactly as they were written, with milliseconds', async () => {
      const { storage } = opened()
      const organisation = organisationOf()
      await storage.organisations.insert(organisation)
      expect(await storage.organisations.get(organisation.id)).toEqual(organisation)
      const provider = providerOf(organisation.id)
      await storage.providers.insert(provider)
      expect(await storage.providers.get(organisation.id, provider.id)).toEqual(provider)
      expect(await storage.providers.getByUid(provider.uid)).toEqual(provider)
      expect(await storage.providers.getByIssuer(organisation.id, provider.issuer ?? '')).toEqual(provider)
      const principal = principalOf(organisation.id)
      await storage.servicePrincipals.insert(principal)
      expect(await storage.servicePrincipals.get(organisation.id, principal.id)).toEqual(principal)
      expect(await storage.servicePrincipals.getByUid(principal.uid)).toEqual(principal)
      const credential = credentialOf(principal, { lastUsedAt: new Date('2026-04-05T06:07:08.009Z') })
      await storage.credentials.insert(credential)
      expect(await storage.credentials.get(credential.id)).toEqual(credential)
      const trust = trustOf(principal, provider)
      await storage.trusts.insert(trust)
      expect(await storage.trusts.get(organisation.id, trust.id)).toEqual(trust)
      expect(await storage.trusts.getByCutename(trust.cutename)).toEqual(trust)
    })

    it('come back with everything empty, too', async () => {
      const { storage } = opened()
      const texts = { displayName: null, description: null }
      const organisation = organisationOf({ ...texts, host: null, roles: [], settings: {}, labels: {} })
      await storage.organisations.insert(organisation)
      expect(await storage.organisations.get(organisation.id)).toEqual(organisation)
      const blank = { ...texts, issuer: null, expectedIssuer: null, settings: {}, secrets: {}, domains: [], labels: {} }
      const rest = { attributeMapping: {}, condition: null, mappers: [], syncMode: null, expiresAt: null }
      const provider = providerOf(organisation.id, { ...blank, ...rest, lastTestedAt: null, enabled: false })
      await storage.providers.insert(provider)
      expect(await storage.providers.getByUid(provider.uid)).toEqual(provider)
      const principal = principalOf(organisation.id, { displayName: null, roleIds: [], enabled: false, labels: {} })
      await storage.servicePrincipals.insert(principal)
      expect(await storage.servicePrincipals.getByUid(principal.uid)).toEqual(principal)
      const credential = credentialOf(principal, { displayName: null, allowSourceCidrs: [], requireDpop: false })
      await storage.credentials.insert(credential)
      expect(await storage.credentials.get(credential.id)).toEqual(credential)
      const lists = {
        scopedRoleIds: [],
        allowSourceCidrs: [],
        passthroughClaims: [],
        allowedResources: [],
        examples: [],
      }
      const flags = { capLifetimeToSubject: false, enabled: true, tokenLifetimeSeconds: null, condition: null }
      const trust = trustOf(principal, provider, { ...texts, ...lists, ...flags, allowedScopes: [], labels: {} })
      await storage.trusts.insert(trust)
      expect(await storage.trusts.get(organisation.id, trust.id)).toEqual(trust)
    })

    it('that are not there are null', async () => {
      const { storage } = opened()
      expect(await storage.organisations.get('nobody')).toBeNull()
      expect(await storage.providers.get('default', 'nobody')).toBeNull()
      expect(await storage.providers.getByUid('nobody')).toBeNull()
      expect(await storage.providers.getByIssuer('default', 'https://nobody.example')).toBeNull()
      expect(await storage.servicePrincipals.get('default', 'nobody')).toBeNull()
      expect(await storage.servicePrincipals.getByUid('nobody')).toBeNull()
      expect(await storage.credentials.get('nobody')).toBeNull()
      expect(await storage.trusts.get('default', 'nobody')).toBeNull()
      expect(await storage.trusts.getByCutename('nobody')).toBeNull()
      expect(await storage.decisions.get('default', 'nobody')).toBeNull()
    })

    it('of one organisation are not seen in another', async () => {
      const { storage } = opened()
      const { provider, principal, trust } = await newHousehold(storage)
      const other = await newOrganisation(storage)
      expect(await storage.providers.get(other, provider.id)).toBeNull()
      expect(await storage.providers.getByIssuer(other, provider.issuer ?? '')).toBeNull()
      expect(await storage.providers.list(other, { limit: 10 })).toEqual([])
      expect(await storage.providers.count(other)).toBe(0)
      expect(await storage.servicePrincipals.get(other, principal.id)).toBeNull()
      expect(await storage.servicePrincipals.list(other, { limit: 10 })).toEqual([])
      expect(await storage.trusts.get(other, trust.id)).toBeNull()
      expect(await storage.trusts.list(other, { limit: 10 }, { provider: provider.uid })).toEqual([])
    })

    it('share no memory with what is stored', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const written = structuredClone(providerOf(organisation))
      const kept = structuredClone(written)
      await storage.providers.insert(written)
      scribble(written)
      const read = await storage.providers.getByUid(kept.uid)
      expect(read).toEqual(kept)
      scribble(read)
      expect(await storage.providers.getByUid(kept.uid)).toEqual(kept)
      scribble((await storage.providers.list(organisation, { limit: 1 }))[0])
      expect(await storage.providers.list(organisation, { limit: 1 })).toEqual([kept])
    })

    it('are changed by exactly one of twenty who saw the same version', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const { organisation, provider, principal, credential, trust } = await newHousehold(storage)
      const found = await storage.organisations.get(organisation)
      if (found === null) throw new Error('it was just written')
      const races: ((at: typeof storage, name: string) => Promise<boolean>)[] = [
        (at, displayName) => at.organisations.update({ ...found, displayName, version: 2 }),
        (at, displayName) => at.providers.update({ ...provider, displayName, version: 2 }),
        (at, displayName) => at.servicePrincipals.update({ ...principal, displayName, version: 2 }),
        (at, displayName) => at.credentials.update({ ...credential, displayName, version: 2 }),
        (at, displayName) => at.trusts.update({ ...trust, displayName, version: 2 }),
      ]
      for (const race of races) {
        const tries = Array.from({ length: 20 }, (_, index) => race(index % 2 === 0 ? storage : other, `try ${index}`))
        const won = await Promise.all(tries)
        expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      }
      const changed = await storage.providers.getByUid(provider.uid)
      expect(changed).toEqual({ ...provider, displayName: changed?.displayName, version: 2 })
      expect(await storage.providers.update({ ...provider, version: 2 })).toBe(false)
      expect(await storage.providers.update({ ...providerOf(organisation), version: 2 })).toBe(false)
    })

    it('of providers keep the latest moment of a test, whatever else changes', async () => {
      const { storage } = opened()
      const { provider } = await newHousehold(storage)
      const { organisation, id } = provider
      await storage.providers.get(organisation, id)
      const late = new Date('2026-05-05T05:05:05.005Z')
      await storage.providers.touchTested(provider.uid, late)
      await storage.providers.touchTested(provider.uid, new Date(late.getTime() - 1))
      expect(await storage.providers.get(organisation, id)).toEqual({ ...provider, lastTestedAt: late })
      expect(await storage.providers.update({ ...provider, displayName: 'new', version: 2 })).toBe(true)
      const changed = { ...provider, displayName: 'new', version: 2, lastTestedAt: late }
      expect(await storage.providers.getByUid(provider.uid)).toEqual(changed)
    })

    it('of credentials keep the latest moment of use, whatever else changes', async () => {
      const { storage } = opened()
      const { credential } = await newHousehold(storage)
      const late = new Date('2026-05-05T05:05:05.005Z')
      await storage.credentials.touch(credential.uid, late)
      await storage.credentials.touch(credential.uid, new Date(late.getTime() - 1))
      await storage.credentials.update({ ...credential, displayName: 'new', version: 2 })
      expect(await storage.credentials.get(credential.id)).toEqual({
        ...credential,
        displayName: 'new',
        version: 2,
        lastUsedAt: late,
      })
    })
  })
}

/** Overwrites whatever can be reached; the types say readonly, a careless caller may not. */
function scribble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Date) {
    value.setTime(0)
    return
  }
  for (const inner of Object.values(value)) scribble(inner)
  Object.assign(value, Array.isArray(value) ? ['scribbled'] : { displayName: 'scribbled' })
}
