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
import type { Kind } from '../kind.ts'
import { labelTest } from '../labels.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { readManifestPage } from '../paging.ts'

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
  filters: { labelSelector: 'Terms like a=b, a!=b, a and !a, joined by commas.' },
  roles: { read: 'viewer', write: 'admin' },
  words: { enabled: 'disabled' },
  async list({ registry, pageTokens }, { caller: { organisation }, query }) {
    const selector = query.labelSelector
    const matches = labelTest(selector)
    const page = { query, tokens: pageTokens, organisation, question: `serviceprincipals ${selector ?? ''}` }
    const { records, next } = await readManifestPage(
      page,
      (page) => listServicePrincipals(registry, organisation, page),
      ({ uid }) => uid,
      selector === undefined ? undefined : ({ labels }) => matches(labels),
    )
    return { items: records.map(toDocument), next }
  },
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
      const change = { displayName: displayName === name ? null : displayName, roleIds, enabled: disabled !== true }
      const all = { ...change, ...labelsOf(document), ...versionOf(document) }
      return toDocument(await updateServicePrincipal(at, actor, caller, name, all))
    },
    remove: (at, { actor }, name) => removeServicePrincipal(at, actor, name),
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function toDocument(principal: ServicePrincipal): Manifest {
  const { id, displayName, roleIds, enabled } = principal
  const spec = { displayName: displayName ?? id, roleIds, disabled: enabled ? null : true }
  const ready = enabled
    ? { type: 'Ready', status: 'True' as const, reason: 'Usable', message: 'Tokens may be issued.' }
    : { type: 'Ready', status: 'False' as const, reason: 'Disabled', message: 'The service principal is disabled.' }
  return manifestOf('ServicePrincipal', principal.organisation, principal, spec, { conditions: [ready] })
}
