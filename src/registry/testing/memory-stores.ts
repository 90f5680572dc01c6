/**
 * A fake of the registry's stores, with the contracts of their ports: uniqueness faults, compare-and-swap, keyset order by
 * uid, nothing returned shares memory with what is kept, and a write that fails leaves nothing behind.
 */
import { Fault } from '../../fault.ts'
import { DEFAULT_ORGANISATION, type Organisation } from '../organisation.ts'
import type { Provider } from '../provider.ts'
import type { ProviderFilter } from '../provider-store.ts'
import type { Credential, ServicePrincipal } from '../service-principal.ts'
import type { StepUpTransaction } from '../step-up-transaction.ts'
import type { RegistryEvent, RegistryStores, RegistryWrite, Write } from '../stores.ts'
import type { Trust } from '../trust.ts'
import { memoryPeople, type PeopleTables } from './memory-people.ts'
import { find, pageOf, refuse, swap } from './memory-table.ts'

interface Tables extends PeopleTables {
  organisations: Map<string, Organisation>
  providers: Map<string, Provider>
  servicePrincipals: Map<string, ServicePrincipal>
  credentials: Map<string, Credential>
  trusts: Map<string, Trust>
  stepUpTransactions: Map<string, StepUpTransaction>
}

export interface MemoryStores {
  readonly stores: RegistryStores
  readonly write: Write<RegistryWrite>
  /** Events of committed writes, oldest first. */
  readonly events: readonly RegistryEvent[]
}

/** Empty but for the organisation `default`. */
export function createMemoryStores(): MemoryStores {
  let tables: Tables = {
    organisations: new Map(),
    providers: new Map(),
    servicePrincipals: new Map(),
    credentials: new Map(),
    trusts: new Map(),
    stepUpTransactions: new Map(),
    apps: new Map(),
    persons: new Map(),
    domains: new Map(),
  }
  const root = organisationRecord({ uid: '00000000-0000-7000-8000-000000000000', id: DEFAULT_ORGANISATION })
  tables.organisations.set(root.uid, root)
  const events: RegistryEvent[] = []
  let last: Promise<unknown> = Promise.resolve()
  return {
    stores: storesOver(() => tables),
    events,
    write(work) {
      const run = last.then(async () => {
        const draft: Tables = {
          organisations: new Map(tables.organisations),
          providers: new Map(tables.providers),
          servicePrincipals: new Map(tables.servicePrincipals),
          credentials: new Map(tables.credentials),
          trusts: new Map(tables.trusts),
          stepUpTransactions: new Map(tables.stepUpTransactions),
          apps: new Map(tables.apps),
          persons: new Map(tables.persons),
          domains: new Map(tables.domains),
        }
        const audited: RegistryEvent[] = []
        const tx = { ...storesOver(() => draft), audit: (event: RegistryEvent) => void audited.push(event) }
        const answer = await work(tx)
        tables = draft
        events.push(...audited)
        return answer
      })
      last = run.catch(() => undefined)
      return run
    },
  }
}

/** A plain organisation; give what matters. */
export function organisationRecord(fields: Partial<Organisation> & { uid: string; id: string }): Organisation {
  const at = new Date('2026-01-01T00:00:00Z')
  const texts = { displayName: null, description: null, host: null }
  return { ...texts, roles: [], settings: {}, labels: {}, version: 1, createdAt: at, updatedAt: at, ...fields }
}

function storesOver(tables: () => Tables): RegistryStores {
  return {
    ...memoryPeople(tables),
    organisations: {
      async insert(organisation) {
        const { organisations } = tables()
        refuse(organisations, (other) => other.id === organisation.id, 'organisation.id_taken', 'id')
        refuseHost(organisations, organisation)
        organisations.set(organisation.uid, structuredClone(organisation))
      },
      get: async (id) => find(tables().organisations, (one) => one.id === id),
      list: async (page) => pageOf(tables().organisations, page, () => true),
      async update(organisation) {
        refuseHost(tables().organisations, organisation)
        return swap(tables().organisations, organisation)
      },
      count: async () => tables().organisations.size,
      async remove(uid) {
        const { organisations, providers, servicePrincipals, apps, persons, domains } = tables()
        const id = organisations.get(uid)?.id
        const isOwner = (one: { readonly organisation: string }) => one.organisation === id
        if ([providers, servicePrincipals, apps, persons, domains].some((table) => [...table.values()].some(isOwner))) {
          throw new Fault('conflict', 'organisation.not_empty', 'The organisation still has records.')
        }
        return organisations.delete(uid)
      },
    },
    providers: {
      async insert(provider) {
        const { providers } = tables()
        const isNeighbour = (other: Provider) => other.organisation === provider.organisation
        refuse(providers, (other) => isNeighbour(other) && other.id === provider.id, 'provider.id_taken', 'id')
        refuseIssuer(providers, provider)
        providers.set(provider.uid, structuredClone(provider))
      },
      get: async (organisation, id) =>
        find(tables().providers, (one) => one.organisation === organisation && one.id === id),
      getByUid: async (uid) => find(tables().providers, (one) => one.uid === uid),
      getByIssuer: async (organisation, issuer) =>
        find(
          tables().providers,
          (one) => one.organisation === organisation && one.use === 'workload' && one.issuer === issuer,
        ),
      listRouting: async (domain) =>
        pageOf(tables().providers, { limit: 100 }, (one) => one.routingDomains.includes(domain)),
      list: async (organisation, page, filter = {}) =>
        pageOf(tables().providers, page, (one) => one.organisation === organisation && isWanted(one, filter)),
      count: async (organisation, filter = {}) =>
        [...tables().providers.values()].filter((one) => one.organisation === organisation && isWanted(one, filter))
          .length,
      async update(provider) {
        refuseIssuer(tables().providers, provider)
        return swap(tables().providers, provider)
      },
      async touchTested(uid, at) {
        const { providers } = tables()
        const one = providers.get(uid)
        if (one === undefined || (one.lastTestedAt !== null && one.lastTestedAt >= at)) return
        providers.set(uid, { ...one, lastTestedAt: new Date(at) })
      },
      async remove(uid) {
        if (find(tables().trusts, (trust) => trust.provider === uid) !== null) {
          throw new Fault('conflict', 'provider.has_trusts', 'Trusts still use this provider.')
        }
        for (const one of tables().stepUpTransactions.values()) {
          if (one.provider === uid) tables().stepUpTransactions.delete(one.uid)
        }
        for (const one of tables().persons.values()) {
          const links = one.links.filter((link) => link.provider !== uid)
          if (links.length < one.links.length) tables().persons.set(one.uid, { ...one, links })
        }
        for (const one of tables().domains.values()) {
          if (one.provider === uid) tables().domains.set(one.uid, { ...one, provider: null })
        }
        return tables().providers.delete(uid)
      },
    },
    servicePrincipals: {
      async insert(principal) {
        const { servicePrincipals } = tables()
        const isSame = (other: ServicePrincipal) =>
          other.organisation === principal.organisation && other.id === principal.id
        refuse(servicePrincipals, isSame, 'principal.id_taken', 'id')
        servicePrincipals.set(principal.uid, structuredClone(principal))
      },
      get: async (organisation, id) =>
        find(tables().servicePrincipals, (one) => one.organisation === organisation && one.id === id),
      getByUid: async (uid) => find(tables().servicePrincipals, (one) => one.uid === uid),
      list: async (organisation, page) =>
        pageOf(tables().servicePrincipals, page, (one) => one.organisation === organisation),
      update: async (principal) => swap(tables().servicePrincipals, principal),
      async remove(uid) {
        const { credentials, trusts, servicePrincipals } = tables()
        for (const one of credentials.values()) if (one.principal === uid) credentials.delete(one.uid)
        for (const one of trusts.values()) if (one.principal === uid) trusts.delete(one.uid)
        return servicePrincipals.delete(uid)
      },
    },
    credentials: {
      async insert(credential) {
        const { credentials } = tables()
        refuse(credentials, (other) => other.id === credential.id, 'credential.id_taken', 'id')
        credentials.set(credential.uid, structuredClone(credential))
      },
      get: async (id) => find(tables().credentials, (one) => one.id === id),
      list: async (principal, page) => pageOf(tables().credentials, page, (one) => one.principal === principal),
      update: async (credential) => swap(tables().credentials, credential),
      remove: async (uid) => tables().credentials.delete(uid),
      async touch(uid, lastUsedAt) {
        const { credentials } = tables()
        const one = credentials.get(uid)
        if (one === undefined || (one.lastUsedAt !== null && one.lastUsedAt >= lastUsedAt)) return
        credentials.set(uid, { ...one, lastUsedAt: new Date(lastUsedAt) })
      },
    },
    trusts: {
      async insert(trust) {
        const { trusts } = tables()
        const isSame = (other: Trust) => other.organisation === trust.organisation && other.id === trust.id
        refuse(trusts, isSame, 'trust.id_taken', 'id')
        refuse(trusts, (other) => other.cutename === trust.cutename, 'trust.id_taken', 'clientId')
        trusts.set(trust.uid, structuredClone(trust))
      },
      getByCutename: async (cutename) => find(tables().trusts, (one) => one.cutename === cutename),
      get: async (organisation, id) =>
        find(tables().trusts, (one) => one.organisation === organisation && one.id === id),
      list: async (organisation, page, { principal, provider, query = '' } = {}) =>
        pageOf(tables().trusts, page, (one) => {
          if (one.organisation !== organisation) return false
          if (principal !== undefined && one.principal !== principal) return false
          if (provider !== undefined && one.provider !== provider) return false
          const texts = [one.displayName ?? one.id, one.description ?? '']
          return texts.some((text) => text.toLowerCase().includes(query.toLowerCase()))
        }),
      update: async (trust) => swap(tables().trusts, trust),
      remove: async (uid) => tables().trusts.delete(uid),
    },
    stepUpTransactions: {
      insert: async (one) => void tables().stepUpTransactions.set(one.uid, structuredClone(one)),
      get: async (organisation, uid) =>
        find(tables().stepUpTransactions, (one) => one.organisation === organisation && one.uid === uid),
      getByUid: async (uid) => find(tables().stepUpTransactions, (one) => one.uid === uid),
      list: async (organisation, page, filter) =>
        pageOf(tables().stepUpTransactions, page, (one) => {
          if (one.organisation !== organisation) return false
          if (filter.provider !== undefined && one.provider !== filter.provider) return false
          if (filter.person !== undefined && one.person !== filter.person) return false
          if (filter.taskId !== undefined && (one.target.kind !== 'task' || one.target.taskId !== filter.taskId))
            return false
          if (filter.target !== undefined && one.target.kind !== filter.target) return false
          if (filter.createdAfter !== undefined && one.createdAt <= filter.createdAfter) return false
          if (filter.createdBefore !== undefined && one.createdAt >= filter.createdBefore) return false
          const isOver = one.state === 'pending' && filter.now !== undefined && one.expiresAt <= filter.now
          return filter.state === undefined || (isOver ? 'error' : one.state) === filter.state
        }),
      update: async (one) => swap(tables().stepUpTransactions, one),
      async bind(uid, browserHash, now) {
        const one = tables().stepUpTransactions.get(uid)
        if (one === undefined || one.state !== 'pending' || one.expiresAt <= now) return false
        if (one.browserHash !== null && one.browserHash !== browserHash) return false
        tables().stepUpTransactions.set(uid, { ...one, browserHash })
        return true
      },
    },
  }
}

function isWanted(one: Provider, filter: ProviderFilter): boolean {
  const { use, protocols, hasIssuer, search, searchAt, known, ids, enabled } = filter
  if (use !== undefined && one.use !== use) return false
  if (protocols !== undefined && !protocols.includes(one.protocol)) return false
  if (hasIssuer === true && one.issuer === null) return false
  if (known !== undefined && one.known !== known) return false
  if (ids !== undefined && !ids.includes(one.id)) return false
  if (enabled !== undefined && one.enabled !== enabled) return false
  const texts = [one.id, one.displayName ?? '', ...one.domains].map((text) => text.toUpperCase())
  const words = search?.toUpperCase() ?? ''
  if (searchAt === 'whole') return words === '' || texts.includes(words)
  return texts.some((text) => (searchAt === 'start' ? text.startsWith(words) : text.includes(words)))
}

function refuseHost(table: ReadonlyMap<string, Organisation>, one: Organisation): void {
  const isTaken = (other: Organisation) => one.host !== null && other.uid !== one.uid && other.host === one.host
  refuse(table, isTaken, 'organisation.host_taken', 'host')
}

function refuseIssuer(table: ReadonlyMap<string, Provider>, one: Provider): void {
  if (one.use !== 'workload' || one.issuer === null) return
  const isTaken = (other: Provider) =>
    other.uid !== one.uid &&
    other.organisation === one.organisation &&
    other.use === 'workload' &&
    other.issuer === one.issuer
  refuse(table, isTaken, 'provider.issuer_taken', 'issuer')
}
