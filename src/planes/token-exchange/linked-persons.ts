/** The persons whom accounts at upstreams are linked to, cached until the registry changes. */
import type { Person } from '../../registry/person.ts'
import type { PersonStore } from '../../registry/person-store.ts'
import type { Provider } from '../../registry/provider.ts'
import { createLiveCache, type Freshness } from '../live-cache.ts'

export type LinkedPerson = Pick<Person, 'uid' | 'organisation' | 'enabled' | 'roleIds'>

/** Disabled persons are answered too: the ladder says so by name. */
export interface LinkedPersons {
  /** The person of the provider's organisation that the subject at this provider is linked to; at once when cached. */
  find(provider: Provider, subject: string): LinkedPerson | null | Promise<LinkedPerson | null>
  /** The person of the organisation with this uid, for tokens that name them as `sub`. */
  get(organisation: string, uid: string): LinkedPerson | null | Promise<LinkedPerson | null>
}

export function createLinkedPersons(
  persons: Pick<PersonStore, 'getByLink' | 'getByUid'>,
  freshness: Freshness,
): LinkedPersons {
  const links = createLiveCache<LinkedPerson>(freshness, (key) => {
    const end = key.indexOf(' ')
    return persons.getByLink(key.slice(0, end), key.slice(end + 1))
  })
  const people = createLiveCache<LinkedPerson>(freshness, (uid) => persons.getByUid(uid))
  return {
    // A uid has no space in it, so that no two links share a key.
    find: (provider, subject) => ofOrganisation(provider.organisation, links.get(`${provider.uid} ${subject}`)),
    get: (organisation, uid) => ofOrganisation(organisation, people.get(uid)),
  }
}

function ofOrganisation(
  organisation: string,
  found: LinkedPerson | Promise<LinkedPerson | null>,
): LinkedPerson | null | Promise<LinkedPerson | null> {
  const own = (person: LinkedPerson | null) => (person?.organisation === organisation ? person : null)
  return found instanceof Promise ? found.then(own) : own(found)
}
