/** The fake stores of apps, people and domains, with the contracts of their ports. */
import type { App } from '../app.ts'
import type { Domain } from '../domain.ts'
import type { Person } from '../person.ts'
import type { RegistryStores } from '../stores.ts'
import { find, pageOf, refuse, swap } from './memory-table.ts'

export interface PeopleTables {
  apps: Map<string, App>
  persons: Map<string, Person>
  domains: Map<string, Domain>
}

export function memoryPeople(tables: () => PeopleTables): Pick<RegistryStores, 'apps' | 'persons' | 'domains'> {
  return {
    apps: {
      async insert(app) {
        const { apps } = tables()
        const isSame = (other: App) => other.organisation === app.organisation && other.id === app.id
        refuse(apps, isSame, 'app.id_taken', 'id')
        apps.set(app.uid, structuredClone(app))
      },
      get: async (organisation, id) => find(tables().apps, (one) => one.organisation === organisation && one.id === id),
      getByUid: async (uid) => find(tables().apps, (one) => one.uid === uid),
      list: async (organisation, page) => pageOf(tables().apps, page, (one) => one.organisation === organisation),
      update: async (app) => swap(tables().apps, app),
      remove: async (uid) => tables().apps.delete(uid),
    },
    persons: {
      async insert(person) {
        const { persons } = tables()
        const isSame = (other: Person) => other.organisation === person.organisation && other.id === person.id
        refuse(persons, isSame, 'person.id_taken', 'id')
        refuseLinks(persons, person)
        persons.set(person.uid, structuredClone(person))
      },
      get: async (organisation, id) =>
        find(tables().persons, (one) => one.organisation === organisation && one.id === id),
      getByUid: async (uid) => find(tables().persons, (one) => one.uid === uid),
      getByLink: async (provider, subject) => find(tables().persons, (one) => hasLink(one, { provider, subject })),
      listByEmail: async (organisation, email) =>
        pageOf(tables().persons, { limit: 20 }, (one) => {
          return one.organisation === organisation && one.email?.toLowerCase() === email.toLowerCase()
        }),
      list: async (organisation, page, { provider, search = '' } = {}) =>
        pageOf(tables().persons, page, (one) => {
          if (one.organisation !== organisation) return false
          if (provider !== undefined && !one.links.some((link) => link.provider === provider)) return false
          const texts = [one.id, one.displayName ?? '', one.email ?? '']
          return texts.some((text) => text.toUpperCase().includes(search.toUpperCase()))
        }),
      async update(person) {
        refuseLinks(tables().persons, person)
        return swap(tables().persons, person)
      },
      remove: async (uid) => tables().persons.delete(uid),
      countLinks: async (provider) =>
        [...tables().persons.values()].flatMap(({ links }) => links).filter((link) => link.provider === provider)
          .length,
    },
    domains: {
      async insert(domain) {
        const { domains } = tables()
        refuse(domains, (other) => isNeighbour(other, domain) && other.id === domain.id, 'domain.id_taken', 'id')
        refuseDomain(domains, domain)
        domains.set(domain.uid, structuredClone(domain))
      },
      get: async (organisation, id) =>
        find(tables().domains, (one) => one.organisation === organisation && one.id === id),
      getByDomain: async (organisation, domain) =>
        find(tables().domains, (one) => one.organisation === organisation && one.domain === domain),
      list: async (organisation, page) => pageOf(tables().domains, page, (one) => one.organisation === organisation),
      async update(domain) {
        refuseDomain(tables().domains, domain)
        return swap(tables().domains, domain)
      },
      remove: async (uid) => tables().domains.delete(uid),
    },
  }
}

function hasLink(one: Person, link: Person['links'][number]): boolean {
  return one.links.some(({ provider, subject }) => provider === link.provider && subject === link.subject)
}

function refuseLinks(persons: ReadonlyMap<string, Person>, person: Person): void {
  const isTaken = (other: Person) => other.uid !== person.uid && person.links.some((link) => hasLink(other, link))
  refuse(persons, isTaken, 'person.link_taken', 'links')
}

function isNeighbour(one: Domain, other: Domain): boolean {
  return one.uid !== other.uid && one.organisation === other.organisation
}

function refuseDomain(domains: ReadonlyMap<string, Domain>, domain: Domain): void {
  const isTaken = (other: Domain) => isNeighbour(other, domain) && other.domain === domain.domain
  refuse(domains, isTaken, 'domain.domain_taken', 'domain')
}
