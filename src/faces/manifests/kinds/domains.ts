/** Kind Domain: names whose people an organisation may send to its provider, and their proof. Source: CONTRACT.md sections 3 and 7. */
import { type Static, Type } from 'typebox'
import { invalidFields } from '../../../fault.ts'
import { type Domain, isProved } from '../../../registry/domain.ts'
import {
  createDomain,
  getDomain,
  listDomains,
  removeDomain,
  updateDomain,
  verifyDomain,
} from '../../../registry/domain-records.ts'
import { registryFault } from '../../../registry/faults.ts'
import type { Registry } from '../../../registry/registry.ts'
import { defined, type Kind } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { listed } from '../paging.ts'
import { condition } from '../status-conditions.ts'

const Spec = Type.Object(
  {
    domain: Type.Optional(Type.String({ description: 'DNS name, such as example.com. Immutable.' })),
    provider: Type.Optional(Type.String({ description: 'Name of the workforce provider that it routes to.' })),
    vouched: Type.Optional(Type.Boolean({ description: 'An operator answers for it: no proof is asked.' })),
  },
  { additionalProperties: false },
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'Domain',
  metadata: { name: 'example-com' },
  spec: { domain: 'example.com', provider: 'employees' },
}

export const domains: Kind = {
  kind: 'Domain',
  plural: 'domains',
  namespaced: true,
  summary: 'List sign-in domains',
  document: manifestSchema('Domain', Spec, EXAMPLE),
  status: {
    verified: Type.Boolean({ description: 'Proved or vouched for: it routes people.' }),
    challenge: Type.String({ description: 'What the TXT record at _entente.{domain} has to say.' }),
  },
  filters: {},
  roles: { read: 'viewer', write: 'admin' },
  list: ({ registry, pageTokens }, ask) =>
    listed(pageTokens, ask, {
      question: 'domains',
      read: (page) => listDomains(registry, ask.caller.organisation, page),
      key: ({ uid }) => uid,
      labels: ({ labels }) => labels,
      show: (domain) => domainDocument(registry, domain),
    }),
  async get({ registry }, { caller }, name) {
    return await domainDocument(registry, await getDomain(registry, caller.organisation, name))
  },
  write: {
    async find(at, { caller }, name) {
      const domain = await at.stores.domains.get(caller.organisation, name)
      return domain === null ? null : await domainDocument(at, domain)
    },
    async create(at, { actor, caller }, document) {
      const { domain, provider, vouched } = specOf(document)
      if (domain === undefined) throw invalidFields([{ path: 'domain', code: 'field.missing', message: 'is required' }])
      const draft = { id: document.metadata.name ?? null, domain, ...labelsOf(document) }
      return await domainDocument(
        at,
        await createDomain(at, actor, caller, { ...draft, ...defined({ provider, vouched }) }),
      )
    },
    async replace(at, { actor, caller }, name, document) {
      const { domain, provider = null, vouched = false } = specOf(document)
      const before = await getDomain(at, caller.organisation, name)
      if (domain !== before.domain) {
        const message = 'cannot change: remove the domain and make another'
        throw invalidFields([{ path: 'domain', code: 'field.read_only', message }])
      }
      const change = { provider, vouched, ...labelsOf(document), ...versionOf(document) }
      return await domainDocument(at, await updateDomain(at, actor, caller, name, change))
    },
    remove: (at, { actor }, name) => removeDomain(at, actor, name),
    async verify({ registry, txt }, { actor }, name) {
      return await domainDocument(registry, await verifyDomain(registry, actor, name, txt))
    },
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

/** The document of a domain, with what DNS has to say. */
export async function domainDocument({ stores }: Pick<Registry, 'stores'>, domain: Domain): Promise<Manifest> {
  const provider = domain.provider === null ? null : await stores.providers.getByUid(domain.provider)
  if (domain.provider !== null && provider === null) throw registryFault('provider.unknown')
  const spec = { domain: domain.domain, provider: provider?.id ?? null, vouched: domain.vouched ? true : null }
  const verified = isProved(domain)
  const why = domain.vouched
    ? condition('Verified', 'True', 'Vouched', 'An operator answers for it.', domain.updatedAt)
    : verified
      ? condition('Verified', 'True', 'Proved', 'DNS has proved it.', domain.updatedAt)
      : condition(
          'Verified',
          'False',
          'Pending',
          `Waits for the TXT record at _entente.${domain.domain}.`,
          domain.updatedAt,
        )
  return manifestOf('Domain', domain.organisation, domain, spec, {
    verified,
    challenge: domain.challenge,
    conditions: [why],
  })
}
