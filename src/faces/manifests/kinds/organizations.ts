/** Kind Organization. Operators see and make all of them; others see their own. */
import { type Static, Type } from 'typebox'
import type { JsonObject } from '../../../json.ts'
import { registryFault } from '../../../registry/faults.ts'
import type { Organisation } from '../../../registry/organisation.ts'
import {
  createOrganisation,
  getOrganisation,
  listOrganisations,
  removeOrganisation,
  updateOrganisation,
} from '../../../registry/organisations.ts'
import type { Kind } from '../kind.ts'
import { labelTest } from '../labels.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { readManifestPage } from '../paging.ts'

const closed = { additionalProperties: false } as const
const text = Type.Optional(Type.String())

const Spec = Type.Object(
  {
    displayName: text,
    description: text,
    host: Type.Optional(
      Type.String({ description: 'Own host name with an optional port; absent: {name}.{host of the server}.' }),
    ),
    roles: Type.Optional(Type.Array(Type.String(), { description: 'The organisation’s own role names.' })),
    branding: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 255 })),
          color: Type.Optional(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })),
        },
        closed,
      ),
    ),
    session: Type.Optional(
      Type.Object(
        {
          idleSeconds: Type.Optional(Type.Integer({ minimum: 60 })),
          absoluteSeconds: Type.Optional(Type.Integer({ minimum: 300 })),
        },
        closed,
      ),
    ),
    levels: Type.Optional(
      Type.Array(
        Type.Object(
          { level: Type.String(), provider: Type.String(), values: Type.Array(Type.String(), { maxItems: 100 }) },
          closed,
        ),
        { maxItems: 100 },
      ),
    ),
    stepUpFor: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
  },
  closed,
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'Organization',
  metadata: { name: 'acme' },
  spec: { displayName: 'Acme', roles: ['deployer'] },
}

export const organizations: Kind = {
  kind: 'Organization',
  plural: 'organizations',
  namespaced: false,
  summary: 'List organizations: all of them for operators, their own for others',
  document: manifestSchema('Organization', Spec, EXAMPLE, false),
  filters: { labelSelector: 'Terms like a=b, a!=b, a and !a, joined by commas.' },
  roles: { read: 'viewer', write: 'operator' },
  async list({ registry, pageTokens }, { caller, query }) {
    const selector = query.labelSelector
    const matches = labelTest(selector)
    if (!caller.operator) {
      const own = await getOrganisation(registry, caller.home)
      return { items: matches(own.labels) ? [toDocument(own)] : [], next: null }
    }
    const question = `organizations ${selector ?? ''}`
    const page = { query, tokens: pageTokens, organisation: caller.organisation, question }
    const { records, next } = await readManifestPage(
      page,
      (page) => listOrganisations(registry, page),
      ({ uid }) => uid,
      selector === undefined ? undefined : ({ labels }) => matches(labels),
    )
    return { items: records.map(toDocument), next }
  },
  async get({ registry }, { caller }, name) {
    if (!caller.operator && name !== caller.home) throw registryFault('organisation.unknown')
    return toDocument(await getOrganisation(registry, name))
  },
  write: {
    async find(at, _ask, name) {
      const organisation = await at.stores.organisations.get(name)
      return organisation === null ? null : toDocument(organisation)
    },
    async create(at, { actor }, document) {
      const { displayName = null, description = null, host = null, roles = [], ...settings } = specOf(document)
      const texts = { id: document.metadata.name ?? null, displayName, description, host }
      // The schema has let only JSON through.
      const draft = { ...texts, roles, settings: settings as JsonObject, ...labelsOf(document) }
      return toDocument(await createOrganisation(at, actor, draft))
    },
    async replace(at, { actor }, name, document) {
      const { displayName = null, description = null, host = null, roles = [], ...settings } = specOf(document)
      const change = {
        displayName: displayName === name ? null : displayName,
        description,
        host,
        roles,
        settings: settings as JsonObject, // as above
        ...labelsOf(document),
        ...versionOf(document),
      }
      return toDocument(await updateOrganisation(at, actor, name, change))
    },
    remove: (at, { actor }, name) => removeOrganisation(at, actor, name),
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function toDocument(organisation: Organisation): Manifest {
  const { id, displayName, description, host, roles, settings } = organisation
  const own = { displayName: displayName ?? id, description, host, roles: roles.length === 0 ? null : roles }
  return manifestOf('Organization', null, organisation, { ...own, ...settings })
}
