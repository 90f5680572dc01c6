import { describe, expect, it } from 'vitest'
import { faultOf } from './fault-of.ts'
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

export function describeUniqueness(open: Open): void {
  describe('uniqueness', () => {
    const opened = openedFor(open)

    it('refuses a taken id within an organisation and allows it in another', async () => {
      const { storage } = opened()
      const { organisation, provider, principal, trust } = await newHousehold(storage)
      const other = await newHousehold(storage)
      const again = providerOf(organisation, { id: provider.id })
      expect(await faultOf(storage.providers.insert(again))).toEqual(['conflict', 'provider.id_taken', 'id'])
      await storage.providers.insert({ ...again, organisation: other.organisation })
      const twin = principalOf(organisation, { id: principal.id })
      expect(await faultOf(storage.servicePrincipals.insert(twin))).toEqual(['conflict', 'principal.id_taken', 'id'])
      await storage.servicePrincipals.insert({ ...twin, organisation: other.organisation })
      const second = trustOf(principal, provider, { id: trust.id })
      expect(await faultOf(storage.trusts.insert(second))).toEqual(['conflict', 'trust.id_taken', 'id'])
      await storage.trusts.insert(trustOf(other.principal, other.provider, { id: trust.id }))
    })

    it('refuses the ids and hosts of organisations, and the names of clients, in the whole installation', async () => {
      const { storage } = opened()
      const one = organisationOf()
      await storage.organisations.insert(one)
      const sameId = storage.organisations.insert(organisationOf({ id: one.id }))
      expect(await faultOf(sameId)).toEqual(['conflict', 'organisation.id_taken', 'id'])
      const sameHost = storage.organisations.insert(organisationOf({ host: one.host }))
      expect(await faultOf(sameHost)).toEqual(['conflict', 'organisation.host_taken', 'host'])
      const other = organisationOf({ host: null })
      await storage.organisations.insert(other)
      await storage.organisations.insert(organisationOf({ host: null }))
      const moved = storage.organisations.update({ ...other, host: one.host, version: 2 })
      expect(await faultOf(moved)).toEqual(['conflict', 'organisation.host_taken', 'host'])

      const { credential, trust } = await newHousehold(storage)
      const { principal, provider } = await newHousehold(storage)
      const sameCredential = storage.credentials.insert(credentialOf(principal, { id: credential.id }))
      expect(await faultOf(sameCredential)).toEqual(['conflict', 'credential.id_taken', 'id'])
      const sameTrust = storage.trusts.insert(trustOf(principal, provider, { cutename: trust.cutename }))
      expect(await faultOf(sameTrust)).toEqual(['conflict', 'trust.id_taken', 'clientId'])
    })

    it('refuses an issuer twice among the workload providers of one organisation only', async () => {
      const { storage } = opened()
      const [here, there] = [await newOrganisation(storage), await newOrganisation(storage)]
      const issuer = 'https://token.actions.githubusercontent.com'
      const first = providerOf(here, { issuer })
      await storage.providers.insert(first)
      const taken = ['conflict', 'provider.issuer_taken', 'issuer']
      expect(await faultOf(storage.providers.insert(providerOf(here, { issuer })))).toEqual(taken)
      const elsewhere = providerOf(there, { issuer })
      await storage.providers.insert(elsewhere)
      for (const use of ['workforce', 'workforce', 'step-up', 'step-up'] as const) {
        await storage.providers.insert(providerOf(here, { issuer, use }))
      }
      await storage.providers.insert(providerOf(here, { issuer: null }))
      await storage.providers.insert(providerOf(here, { issuer: null }))
      expect((await storage.providers.getByIssuer(here, issuer))?.uid).toBe(first.uid)
      expect((await storage.providers.getByIssuer(there, issuer))?.uid).toBe(elsewhere.uid)
      const other = providerOf(here)
      await storage.providers.insert(other)
      expect(await faultOf(storage.providers.update({ ...other, issuer, version: 2 }))).toEqual(taken)
      expect(await storage.providers.count(here, { use: 'workload' })).toBe(4)
      expect(await storage.providers.count(here)).toBe(8)
    })

    it('lets one of twenty parallel inserts of the same issuer win', async () => {
      const { storage, beside } = opened()
      const other = await beside()
      const organisation = await newOrganisation(storage)
      const issuer = 'https://race.example'
      const tries = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? storage : other).providers.insert(providerOf(organisation, { issuer })),
      )
      const outcomes = await Promise.allSettled(tries)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await storage.providers.count(organisation)).toBe(1)
    })

    it('tells which record is missing', async () => {
      const { storage } = opened()
      const { provider, principal } = await newHousehold(storage)
      const lost = { provider: providerOf('nobody'), principal: principalOf('nobody') }
      const missing = async (work: Promise<unknown>) => (await faultOf(work)).slice(0, 2)
      expect(await missing(storage.providers.insert(lost.provider))).toEqual(['missing', 'organisation.unknown'])
      expect(await missing(storage.servicePrincipals.insert(lost.principal))).toEqual([
        'missing',
        'organisation.unknown',
      ])
      const credential = credentialOf(lost.principal)
      expect(await missing(storage.credentials.insert(credential))).toEqual(['missing', 'principal.unknown'])
      const homeless = trustOf(lost.principal, provider)
      expect(await missing(storage.trusts.insert(homeless))).toEqual(['missing', 'principal.unknown'])
      const untrusting = trustOf(principal, lost.provider)
      expect(await missing(storage.trusts.insert(untrusting))).toEqual(['missing', 'provider.unknown'])
    })
  })
}
