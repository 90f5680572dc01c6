/** Kind ServicePrincipal: machine identities of ours. Source: CONTRACT.md section 3. */
import { type Static, Type } from 'typebox'
import type { ServicePrincipal } from '../../../registry/service-principal.ts'
import {
  createServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  removeServicePrincipal,
  updateServicePrincipal,
} from '../../../registry/service-principals.ts'
import { defined, type Kind } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { listed } from '../paging.ts'
import { condition } from '../status-conditions.ts'

const Spec = Type.Object(
  {
    displayName: Type.Optional(Type.String({ description: 'Shown in lists; the name, where it is left out.' })),
    roleIds: Type.Optional(Type.Array(Type.String(), { description: 'What its tokens may do.' })),
    disabled: Type.Optional(Type.Boolean({ description: 'Nobody acts as a disabled one.' })),
  },
  { additionalProperties: false },
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'ServicePrincipal',
  metadata: { name: 'deploy-bot' },
  spec: { displayName: 'Deploy bot', roleIds: ['deployer'] },
}

export const servicePrincipals: Kind = {
  kind: 'ServicePrincipal',
  plural: 'serviceprincipals',
  namespaced: true,
  summary: 'List service principals',
  document: manifestSchema('ServicePrincipal', Spec, EXAMPLE),
  filters: {},
  roles: { read: 'viewer', write: 'admin' },
  words: { enabled: 'disabled' },
  list: ({ registry, pageTokens }, ask) =>
    listed(pageTokens, ask, {
      question: 'serviceprincipals',
      read: (page) => listServicePrincipals(registry, ask.caller.organisation, page),
      key: ({ uid }) => uid,
      labels: ({ labels }) => labels,
      show: toDocument,
    }),
  async get({ registry }, { caller }, name) {
    return toDocument(await getServicePrincipal(registry, caller.organisation, name))
  },
  write: {
    async find(at, { caller }, name) {
      const principal = await at.stores.servicePrincipals.get(caller.organisation, name)
      return principal === null ? null : toDocument(principal)
    },
    async create(at, { actor, caller }, document) {
      const { displayName = null, roleIds = [], disabled } = specOf(document)
      const draft = { id: document.metadata.name ?? null, displayName, roleIds, enabled: disabled !== true }
      return toDocument(await createServicePrincipal(at, actor, caller, { ...draft, ...labelsOf(document) }))
    },
    async replace(at, { actor, caller }, name, document) {
      const { displayName = null, roleIds = [], disabled } = specOf(document)
      const before = await getServicePrincipal(at, caller.organisation, name)
      const change = {
        displayName: displayName === shownName(before) ? undefined : displayName,
        roleIds,
        enabled: disabled !== true,
        ...labelsOf(document),
        ...versionOf(document),
      }
      return toDocument(await updateServicePrincipal(at, actor, caller, name, defined(change)))
    },
    remove: (at, { actor }, name) => removeServicePrincipal(at, actor, name),
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function shownName({ displayName, id }: ServicePrincipal): string {
  return displayName ?? id
}

function toDocument(principal: ServicePrincipal): Manifest {
  const { roleIds, enabled, updatedAt } = principal
  const spec = { displayName: shownName(principal), roleIds, disabled: enabled ? null : true }
  const ready = enabled
    ? condition('Ready', 'True', 'Usable', 'Tokens may be issued.', updatedAt)
    : condition('Ready', 'False', 'Disabled', 'The service principal is disabled.', updatedAt)
  return manifestOf('ServicePrincipal', principal.organisation, principal, spec, { conditions: [ready] })
}
