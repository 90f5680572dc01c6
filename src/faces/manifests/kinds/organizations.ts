/** Kind Organization. Operators see and make all of them; others see their own. */
import { type Static, Type } from 'typebox'
import { callerFault } from '../../../http/caller.ts'
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
import { requireStepUpForPolicy, STEP_UP_ACTIONS, unknownActions } from '../../step-up-for.ts'
import { defined, type Kind } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { listed } from '../paging.ts'
import { condition } from '../status-conditions.ts'

const closed = { additionalProperties: false } as const
const text = (description: string) => Type.Optional(Type.String({ description }))

const Spec = Type.Object(
  {
    displayName: text('Shown in lists and at sign-in; the name, where it is left out.'),
    description: text('What the organization is.'),
    host: Type.Optional(
      Type.String({ description: 'Own host name with an optional port; absent: {name}.{host of the server}.' }),
    ),
    roles: Type.Optional(Type.Array(Type.String(), { description: 'The organisation’s own role names.' })),
    branding: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 255, description: 'Shown on pages of sign-in.' })),
          color: Type.Optional(Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: 'As #336699.' })),
        },
        closed,
      ),
    ),
    session: Type.Optional(
      Type.Object(
        {
          idleSeconds: Type.Optional(
            Type.Integer({ minimum: 60, description: 'Without use, a session ends after them.' }),
          ),
          absoluteSeconds: Type.Optional(
            Type.Integer({ minimum: 300, description: 'Since the last login upstream; default 43200.' }),
          ),
        },
        closed,
      ),
    ),
    levels: Type.Optional(
      Type.Array(
        Type.Object(
          {
            level: Type.String({ description: 'A level of ours.' }),
            provider: Type.String({ description: 'Name of the provider that reaches it.' }),
            values: Type.Array(Type.String(), { maxItems: 100, description: 'What the provider calls it.' }),
          },
          closed,
        ),
        { maxItems: 100, description: 'Which answers of which provider reach which level.' },
      ),
    ),
    stepUpFor: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: 100,
        description: `What people have to prove themselves for, freshly and with a second factor: ${STEP_UP_ACTIONS.join(', ')}. Status tells of any other word.`,
      }),
    ),
  },
  closed,
)

/** Kept as they are, and read by the planes they are for. */
const SETTINGS: readonly string[] = ['branding', 'session', 'levels', 'stepUpFor']

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
  filters: {},
  roles: { read: 'viewer', write: 'viewer' },
  /** Writing is an operator's; others may know of their own only. */
  admit({ operator, home }, access, name) {
    if (operator) return
    if (name !== undefined && name !== home) throw registryFault('organisation.unknown')
    if (access === 'write') throw callerFault('caller.role_missing')
  },
  list({ registry, pageTokens }, ask) {
    const { operator, home } = ask.caller
    return listed(pageTokens, ask, {
      question: 'organizations',
      async read(page) {
        if (operator) return await listOrganisations(registry, page)
        return page.after === undefined ? [await getOrganisation(registry, home)] : []
      },
      key: ({ uid }) => uid,
      labels: ({ labels }) => labels,
      show: toDocument,
    })
  },
  get: async ({ registry }, _ask, name) => toDocument(await getOrganisation(registry, name)),
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
    async replace(at, { actor, caller }, name, document) {
      const { displayName = null, description = null, host = null, roles = [], ...settings } = specOf(document)
      const before = await getOrganisation(at, name)
      await requireStepUpForPolicy(at, caller, before, settings as JsonObject) // as above
      const unseen = Object.entries(before.settings).filter(([setting]) => !SETTINGS.includes(setting))
      const change = {
        displayName: displayName === shownName(before) ? undefined : displayName,
        description,
        host,
        roles,
        settings: { ...Object.fromEntries(unseen), ...(settings as JsonObject) }, // as above
        ...labelsOf(document),
        ...versionOf(document),
      }
      return toDocument(await updateOrganisation(at, actor, name, defined(change)))
    },
    remove: (at, { actor }, name) => removeOrganisation(at, actor, name),
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function shownName({ displayName, id }: Organisation): string {
  return displayName ?? id
}

function toDocument(organisation: Organisation): Manifest {
  const { description, host, roles } = organisation
  const settings = Object.fromEntries(SETTINGS.map((name) => [name, organisation.settings[name]]))
  const own = { displayName: shownName(organisation), description, host, roles: roles.length === 0 ? null : roles }
  return manifestOf('Organization', null, organisation, { ...own, ...settings }, statusOf(organisation))
}

function statusOf({ settings, updatedAt }: Organisation) {
  const unknown = unknownActions(settings.stepUpFor)
  if (unknown.length === 0) return {}
  const message = `Nothing asks for a proof of ${unknown.join(', ')}: stepUpFor may name ${STEP_UP_ACTIONS.join(', ')}.`
  return { conditions: [condition('StepUpForUnknown', 'True', 'NothingAsks', message, updatedAt)] }
}
