/** Kind Person: people and the accounts elsewhere that are theirs. Source: CONTRACT.md section 3. */
import { type Static, Type } from 'typebox'
import type { Person } from '../../../registry/person.ts'
import { createPerson, getPerson, listPersons, removePerson, updatePerson } from '../../../registry/persons.ts'
import type { Registry } from '../../../registry/registry.ts'
import { defined, type Kind } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { listed } from '../paging.ts'
import { condition } from '../status-conditions.ts'
import { sessionOperations } from './person-sessions.ts'

const text = (description: string) => Type.Optional(Type.String({ description }))
const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))

const Spec = Type.Object(
  {
    email: text('Their address. What a provider proved is in the status.'),
    displayName: text('Shown in lists; the name, where it is left out.'),
    disabled: Type.Optional(Type.Boolean({ description: 'Nobody comes in as a disabled person; their sessions end.' })),
    groups: texts('Groups they are in.'),
    roleIds: texts('What their tokens may do.'),
    links: Type.Optional(
      Type.Array(
        Type.Object(
          {
            provider: Type.String({ description: 'Name of a provider of the organisation.' }),
            subject: Type.String({ description: 'Who they are there, as the provider spells it.' }),
          },
          { additionalProperties: false },
        ),
        { description: 'Accounts elsewhere that are this person.' },
      ),
    ),
  },
  { additionalProperties: false },
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'Person',
  metadata: { name: 'ada' },
  spec: { displayName: 'Ada', email: 'ada@example.com', roleIds: ['viewer'] },
}

export const persons: Kind = {
  kind: 'Person',
  plural: 'persons',
  namespaced: true,
  summary: 'List people',
  document: manifestSchema('Person', Spec, EXAMPLE),
  status: {
    emailVerified: Type.Optional(Type.Boolean()),
    username: Type.Optional(Type.String()),
    attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What mappers took over.' })),
    lastSignInAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  filters: { search: 'Part of name, display name or e-mail, in any case.' },
  roles: { read: 'viewer', write: 'admin' },
  more: sessionOperations,
  words: { enabled: 'disabled' },
  list: ({ registry, pageTokens }, ask) => {
    const filter = defined({ search: ask.query.search })
    return listed(pageTokens, ask, {
      question: `persons ${JSON.stringify(filter)}`,
      read: (page) => listPersons(registry, ask.caller.organisation, page, filter),
      key: ({ uid }) => uid,
      labels: ({ labels }) => labels,
      show: (person) => toDocument(registry, person),
    })
  },
  async get({ registry }, { caller }, name) {
    return await toDocument(registry, await getPerson(registry, caller.organisation, name))
  },
  write: {
    async find(at, { caller }, name) {
      const person = await at.stores.persons.get(caller.organisation, name)
      return person === null ? null : await toDocument(at, person)
    },
    async create(at, { actor, caller }, document) {
      const { disabled, ...fields } = specOf(document)
      const draft = defined({ ...fields, enabled: disabled !== true, ...labelsOf(document) })
      return await toDocument(
        at,
        await createPerson(at, actor, caller, { ...draft, id: document.metadata.name ?? null }),
      )
    },
    async replace(at, { actor, caller }, name, document) {
      const { disabled, email = null, displayName = null, groups = [], roleIds = [], links = [] } = specOf(document)
      const before = await getPerson(at, caller.organisation, name)
      const change = {
        email,
        displayName: displayName === (before.displayName ?? before.id) ? undefined : displayName,
        groups,
        roleIds,
        links,
        enabled: disabled !== true,
        ...labelsOf(document),
        ...versionOf(document),
      }
      return await toDocument(at, await updatePerson(at, actor, caller, name, defined(change)))
    },
    remove: (at, { actor }, name) => removePerson(at, actor, name),
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

const orUnset = <T>(list: readonly T[]) => (list.length === 0 ? null : list)

async function toDocument({ stores }: Pick<Registry, 'stores'>, person: Person): Promise<Manifest> {
  const links = await Promise.all(
    person.links.map(async ({ provider, subject }) => {
      const record = await stores.providers.getByUid(provider)
      return record === null ? [] : [{ provider: record.id, subject }]
    }),
  )
  const spec = {
    email: person.email,
    displayName: person.displayName ?? person.id,
    disabled: person.enabled ? null : true,
    groups: orUnset(person.groups),
    roleIds: orUnset(person.roleIds),
    links: orUnset(links.flat()),
  }
  const ready = person.enabled
    ? condition('Ready', 'True', 'Usable', 'The person may sign in.', person.updatedAt)
    : condition('Ready', 'False', 'Disabled', 'The person is disabled.', person.updatedAt)
  const status = {
    emailVerified: person.email === null ? null : person.emailVerified,
    username: person.username,
    attributes: Object.keys(person.attributes).length === 0 ? null : person.attributes,
    lastSignInAt: person.lastSignInAt?.toISOString() ?? null,
    conditions: [ready],
  }
  return manifestOf('Person', person.organisation, person, spec, status)
}
