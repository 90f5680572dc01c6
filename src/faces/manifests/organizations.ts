/** Kind Organization. Operators see and make all of them; others see their own. */
import { type Static, Type } from 'typebox'
import type { JsonObject } from '../../json.ts'
import { registryFault } from '../../registry/faults.ts'
import type { Organisation } from '../../registry/organisation.ts'
import { createOrganisation, getOrganisation, listOrganisations } from '../../registry/organisations.ts'
import { API_VERSION, type Kind, withoutUnset } from './kind.ts'
import { labelTest } from './labels.ts'
import { readManifestPage } from './paging.ts'

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

const Document = Type.Object(
  {
    apiVersion: Type.Literal(API_VERSION),
    kind: Type.Literal('Organization'),
    metadata: Type.Object(
      {
        name: text,
        labels: Type.Optional(Type.Record(Type.String(), Type.String())),
        // What a read answered may be sent back.
        uid: text,
        resourceVersion: text,
        creationTimestamp: text,
      },
      closed,
    ),
    spec: Type.Optional(Spec),
    status: Type.Optional(Type.Object({})),
  },
  closed,
)

export const organizations: Kind = {
  kind: 'Organization',
  plural: 'organizations',
  namespaced: false,
  summary: 'List organizations: all of them for operators, their own for others',
  document: Document,
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
  async create({ registry }, { actor }, document) {
    // The route validated against this very schema.
    const { metadata, spec = {} } = document as Static<typeof Document>
    const { displayName = null, description = null, host = null, roles = [], ...settings } = spec
    const draft = { id: metadata.name ?? null, displayName, description, host, roles, settings: settings as JsonObject }
    return toDocument(await createOrganisation(registry, actor, { ...draft, labels: metadata.labels ?? {} }))
  },
}

function toDocument(organisation: Organisation): object {
  const { id, uid, version, labels, createdAt, displayName, description, host, roles, settings } = organisation
  const optional = {
    labels: Object.keys(labels).length === 0 ? null : labels,
    roles: roles.length === 0 ? null : roles,
  }
  return {
    apiVersion: API_VERSION,
    kind: 'Organization',
    metadata: {
      name: id,
      uid,
      resourceVersion: String(version),
      creationTimestamp: createdAt.toISOString(),
      ...withoutUnset({ labels: optional.labels }),
    },
    spec: {
      displayName: displayName ?? id,
      ...withoutUnset({ description, host, roles: optional.roles }),
      ...settings,
    },
  }
}
