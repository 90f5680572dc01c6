import { describe, expect, it } from 'vitest'
import type { App } from '../../registry/app.ts'
import type { Domain } from '../../registry/domain.ts'
import type { Person } from '../../registry/person.ts'
import { faultOf } from './fault-of.ts'
import { type Open, openedFor } from './opened.ts'
import { newOrganisation, newUid, providerOf } from './samples.ts'

const MADE = new Date('2026-03-01T09:30:15.007Z')
const record = { version: 1, createdAt: MADE, updatedAt: MADE }

function appOf(organisation: string, fields: Partial<App> = {}): App {
  const uid = newUid()
  return {
    uid,
    id: `a-${uid}`,
    organisation,
    displayName: `Größe 'q' \u{1f511}`,
    enabled: true,
    redirectUris: ['https://app.example/cb?x=1'],
    postLogoutRedirectUris: [],
    backchannelLogoutUri: 'https://app.example/logout',
    grantTypes: ['authorization_code'],
    scopes: ['openid', 'entente.manage'],
    resources: ['https://api.example'],
    tokenEndpointAuthMethod: 'client_secret_post',
    secrets: { clientSecret: 's1.abc' },
    jwks: { keys: [{ kty: 'EC' }] },
    jwksUri: null,
    requireDpop: true,
    firstParty: false,
    idTokenSignedResponseAlg: 'ES256',
    initiateLoginUri: null,
    allowedOrganizations: ['acme'],
    allowedProviders: ['acme/okta'],
    labels: { team: 'x' },
    ...record,
    ...fields,
  }
}

function personOf(organisation: string, fields: Partial<Person> = {}): Person {
  const uid = newUid()
  return {
    uid,
    id: `p-${uid}`,
    organisation,
    email: 'Ada@Example.com',
    emailVerified: true,
    displayName: 'Ada',
    username: 'ada',
    enabled: true,
    groups: ['/staff'],
    roleIds: ['viewer'],
    attributes: { country: ['GB', 'FR'] },
    links: [],
    lastSignInAt: MADE,
    labels: {},
    ...record,
    ...fields,
  }
}

function domainOf(organisation: string, fields: Partial<Domain> = {}): Domain {
  const uid = newUid()
  const proof = { challenge: `c-${uid}`, vouched: false, verifiedAt: MADE }
  return {
    uid,
    id: `d-${uid}`,
    organisation,
    domain: `${uid}.example`,
    provider: null,
    ...proof,
    labels: {},
    ...record,
    ...fields,
  }
}

export function describePeople(open: Open): void {
  describe('apps, people and domains', () => {
    const opened = openedFor(open)

    const newProviders = async (organisation: string) => {
      const { storage } = opened()
      const all = [
        providerOf(organisation, { use: 'workforce' }),
        providerOf(organisation, { use: 'workforce' }),
      ] as const
      for (const one of all) await storage.providers.insert(one)
      return all
    }

    it('come back as they were written, and are changed by one of two', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const [provider] = await newProviders(organisation)
      const app = appOf(organisation)
      await storage.apps.insert(app)
      expect(await storage.apps.get(organisation, app.id)).toEqual(app)
      expect(await storage.apps.getByUid(app.uid)).toEqual(app)
      const person = personOf(organisation, { links: [{ provider: provider.uid, subject: 's-1' }] })
      await storage.persons.insert(person)
      expect(await storage.persons.get(organisation, person.id)).toEqual(person)
      expect(await storage.persons.getByUid(person.uid)).toEqual(person)
      expect(await storage.persons.getByLink(provider.uid, 's-1')).toEqual(person)
      const domain = domainOf(organisation, { provider: provider.uid })
      await storage.domains.insert(domain)
      expect(await storage.domains.get(organisation, domain.id)).toEqual(domain)
      expect(await storage.domains.getByDomain(organisation, domain.domain)).toEqual(domain)
      const races = [
        () => storage.apps.update({ ...app, displayName: null, version: 2 }),
        () => storage.persons.update({ ...person, displayName: null, version: 2 }),
        () => storage.domains.update({ ...domain, vouched: true, version: 2 }),
      ]
      for (const race of races) {
        const won = await Promise.all([race(), race(), race()])
        expect(won.filter((isWinner) => isWinner)).toHaveLength(1)
      }
    })

    it('keep names, links and domains apart', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const other = await newOrganisation(storage)
      const [provider, second] = await newProviders(organisation)
      const app = appOf(organisation)
      await storage.apps.insert(app)
      expect(await faultOf(storage.apps.insert(appOf(organisation, { id: app.id })))).toEqual([
        'conflict',
        'app.id_taken',
        'id',
      ])
      await storage.apps.insert(appOf(other, { id: app.id }))
      const person = personOf(organisation, { links: [{ provider: provider.uid, subject: 'x' }] })
      await storage.persons.insert(person)
      expect(await faultOf(storage.persons.insert(personOf(organisation, { id: person.id })))).toEqual([
        'conflict',
        'person.id_taken',
        'id',
      ])
      const twin = personOf(organisation, { links: [...person.links] })
      expect(await faultOf(storage.persons.insert(twin))).toEqual(['conflict', 'person.link_taken', 'links'])
      // The whole of it fails, not the links alone.
      expect(await storage.write(async (tx) => tx.persons.getByUid(twin.uid))).toBeNull()
      await storage.persons.insert(personOf(organisation, { links: [{ provider: second.uid, subject: 'x' }] }))
      const lost = personOf(organisation, { links: [{ provider: newUid(), subject: 'x' }] })
      expect(await faultOf(storage.persons.insert(lost))).toEqual(['missing', 'provider.unknown'])
      const domain = domainOf(organisation)
      await storage.domains.insert(domain)
      expect(await faultOf(storage.domains.insert(domainOf(organisation, { domain: domain.domain })))).toEqual([
        'conflict',
        'domain.domain_taken',
        'domain',
      ])
      await storage.domains.insert(domainOf(other, { domain: domain.domain }))
      for (const insert of [
        () => storage.apps.insert(appOf('nobody')),
        () => storage.persons.insert(personOf('nobody')),
        () => storage.domains.insert(domainOf('nobody')),
      ]) {
        expect(await faultOf(insert())).toEqual(['missing', 'organisation.unknown'])
      }
    })

    it('find people by e-mail in any case, by link and by text, in pages', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const other = await newOrganisation(storage)
      const [provider, second] = await newProviders(organisation)
      const ada = personOf(organisation, { links: [{ provider: provider.uid, subject: '1' }] })
      const bob = personOf(organisation, {
        email: null,
        displayName: 'Bob',
        links: [
          { provider: second.uid, subject: '2' },
          { provider: provider.uid, subject: '2' },
        ],
      })
      const foreign = personOf(other)
      for (const one of [ada, bob, foreign]) await storage.persons.insert(one)
      expect(await storage.persons.listByEmail(organisation, 'aDA@example.COM')).toEqual([ada])
      expect(await storage.persons.list(organisation, { limit: 9 })).toEqual([ada, bob])
      expect(await storage.persons.list(organisation, { limit: 9, after: ada.uid })).toEqual([bob])
      expect(await storage.persons.list(organisation, { limit: 9 }, { provider: second.uid })).toEqual([bob])
      expect(await storage.persons.list(organisation, { limit: 9 }, { search: 'EXAMPLE.c' })).toEqual([ada])
      expect(await storage.persons.list(organisation, { limit: 9 }, { search: '%' })).toEqual([])
      expect(await storage.persons.countLinks(provider.uid)).toBe(2)
      const moved = { ...bob, links: bob.links.slice(0, 1), version: 2 }
      expect(await storage.persons.update(moved)).toBe(true)
      expect(await storage.persons.getByLink(provider.uid, '2')).toBeNull()
      expect(await storage.persons.getByLink(second.uid, '2')).toEqual(moved)
    })

    it('go with what they hang on', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const [provider] = await newProviders(organisation)
      const person = personOf(organisation, { links: [{ provider: provider.uid, subject: '1' }] })
      const domain = domainOf(organisation, { provider: provider.uid })
      await storage.persons.insert(person)
      await storage.domains.insert(domain)
      expect(await storage.providers.remove(provider.uid)).toBe(true)
      expect(await storage.persons.getByUid(person.uid)).toEqual({ ...person, links: [] })
      expect(await storage.domains.get(organisation, domain.id)).toEqual({ ...domain, provider: null })
      expect(await storage.persons.remove(person.uid)).toBe(true)
      expect(await storage.persons.remove(person.uid)).toBe(false)
      expect(await storage.domains.remove(domain.uid)).toBe(true)
      expect(await storage.apps.remove('nobody')).toBe(false)
    })

    it('route a domain to the providers that say so, in every organisation', async () => {
      const { storage } = opened()
      const organisation = await newOrganisation(storage)
      const other = await newOrganisation(storage)
      const domain = `${newUid()}.example`
      const one = providerOf(organisation, {
        use: 'workforce',
        domains: [domain],
        routingDomains: [domain, 'b.example'],
      })
      const two = providerOf(other, { use: 'workforce', domains: [domain], routingDomains: [domain], enabled: false })
      const pending = providerOf(other, { use: 'workforce', domains: [domain], routingDomains: [] })
      for (const provider of [one, two, pending]) await storage.providers.insert(provider)
      expect(await storage.providers.listRouting(domain)).toEqual([one, two])
      const moved = { ...one, routingDomains: ['b.example'], version: 2 }
      expect(await storage.providers.update(moved)).toBe(true)
      expect(await storage.providers.listRouting(domain)).toEqual([two])
      expect(await storage.providers.update({ ...one, version: 2 })).toBe(false)
      expect(await storage.providers.listRouting(domain)).toEqual([two])
      await storage.providers.remove(two.uid)
      expect(await storage.providers.listRouting(domain)).toEqual([])
    })
  })
}
