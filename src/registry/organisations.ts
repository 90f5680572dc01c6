/** Use cases of organisations. Who may call them is for the face to ask: they are an operator's. */
import { type FieldFault, throwFields } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import { createWithId } from './create-with-id.ts'
import type { OrganisationDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { idFaults, isId } from './names.ts'
import { DEFAULT_ORGANISATION, type Organisation } from './organisation.ts'
import { settingsFaults } from './organisation-settings.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { BUILTIN_ROLES, roleFaults } from './roles.ts'
import type { Actor } from './stores.ts'
import { givenText, labelFaults, nameFaults } from './texts.ts'
import { write } from './write.ts'

/** Faults: organisation.id_taken, organisation.host_taken */
export async function createOrganisation(at: Registry, actor: Actor, draft: OrganisationDraft): Promise<Organisation> {
  const { displayName, description, host, roles, settings, labels = {} } = draft
  throwFields([
    ...idFaults(draft.id),
    ...nameFaults(draft),
    ...hostFaults(host),
    ...ownRoleFaults(roles),
    ...settingsFaults(settings),
    ...labelFaults(labels),
  ])
  requireOwnHost(host, at.publicUrl)
  const naming = { fallback: 'organisation', taken: 'organisation.id_taken' as const, randomBytes: at.randomBytes }
  return await createWithId({ given: draft.id, displayName, ...naming }, async (id) => {
    const now = at.now()
    const organisation: Organisation = {
      uid: at.newUid(),
      id,
      displayName: givenText(displayName),
      description: givenText(description),
      host,
      roles: [...new Set(roles)],
      settings,
      labels,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await write(at, async (tx) => {
      await tx.organisations.insert(organisation)
      tx.audit(eventOf(actor, { kind: 'organisation', verb: 'create', before: null, after: organisation }))
    })
    return organisation
  })
}

/** Faults: organisation.unknown */
export async function getOrganisation(at: Registry, id: string): Promise<Organisation> {
  const organisation = isId(id) ? await at.stores.organisations.get(id) : null
  if (organisation === null) throw registryFault('organisation.unknown')
  return organisation
}

export interface OrganisationChange {
  readonly displayName?: string | null
  readonly description?: string | null
  readonly host?: string | null
  readonly roles?: readonly string[]
  /** Replaced as a whole. */
  readonly settings?: JsonObject
  readonly labels?: Readonly<Record<string, string>>
  readonly version?: number
}

/** Merges the change into the organisation. Faults: organisation.unknown, organisation.changed, organisation.host_taken */
export async function updateOrganisation(
  at: Registry,
  actor: Actor,
  id: string,
  change: OrganisationChange,
): Promise<Organisation> {
  throwFields([
    ...nameFaults(change),
    ...hostFaults(change.host ?? null),
    ...ownRoleFaults(change.roles ?? []),
    ...settingsFaults(change.settings ?? {}),
    ...labelFaults(change.labels),
  ])
  requireOwnHost(change.host ?? null, at.publicUrl)
  return await swapped(change.version, 'organisation.changed', async () => {
    const seen = await getOrganisation(at, id)
    requireVersion(seen, change.version, 'organisation.changed')
    return await write(at, async (tx) => {
      const before = await tx.organisations.get(id)
      if (before === null || before.uid !== seen.uid) throw registryFault('organisation.unknown')
      requireVersion(before, change.version, 'organisation.changed')
      const { displayName, description, host, settings, labels } = change
      const part = {
        displayName: displayName === undefined ? undefined : givenText(displayName),
        description: description === undefined ? undefined : givenText(description),
        host,
        roles: change.roles === undefined ? undefined : [...new Set(change.roles)],
        settings,
        labels,
      }
      const after = merged(before, part, at.now())
      if (isSame(before, after)) return before
      if (!(await tx.organisations.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'organisation', verb: 'update', before, after }))
      return after
    })
  })
}

/** Only an empty one goes. Faults: organisation.unknown, organisation.is_default, organisation.not_empty */
export async function removeOrganisation(at: Registry, actor: Actor, id: string): Promise<void> {
  const seen = await getOrganisation(at, id)
  if (seen.id === DEFAULT_ORGANISATION) throw registryFault('organisation.is_default')
  await write(at, async (tx) => {
    const before = await tx.organisations.get(id)
    if (before === null || before.uid !== seen.uid) throw registryFault('organisation.unknown')
    if (!(await tx.organisations.remove(before.uid))) throw registryFault('organisation.unknown')
    tx.audit(eventOf(actor, { kind: 'organisation', verb: 'remove', before, after: null }))
  })
}

export function countOrganisations(at: Registry): Promise<number> {
  return at.stores.organisations.count()
}

export function listOrganisations(at: Registry, page: PageRequest): Promise<Organisation[]> {
  return at.stores.organisations.list(page)
}

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
const HOST = new RegExp(`^(?=.{1,253}(?::|$))${LABEL}(?:\\.${LABEL})*(?::[1-9][0-9]{0,4})?$`)

/** A host as `URL.host` spells it, since it is compared with what tokens carry byte for byte. */
function hostFaults(host: string | null): FieldFault[] {
  if (host === null) return []
  const spelled = HOST.test(host) && URL.canParse(`https://${host}`) && new URL(`https://${host}`).host === host
  if (spelled && !host.endsWith(':80')) return []
  return [fieldFault('organisation.host_invalid', 'host', 'must be a lower-case host name, with its port if unusual')]
}

/** The server's host is the default organisation's audience, and each name directly below it that of the organisation of that id. */
function requireOwnHost(host: string | null, publicUrl: string): void {
  const server = new URL(publicUrl).host
  if (host === null || (host !== server && !host.endsWith(`.${server}`))) return
  const message = 'belongs to the server itself, or to the organisation of that id'
  throw registryFault('organisation.host_taken', {
    fields: [fieldFault('organisation.host_taken', 'host', message)],
  })
}

function ownRoleFaults(roles: readonly string[]): FieldFault[] {
  const reserved = roles.flatMap((role, index) =>
    BUILTIN_ROLES.includes(role)
      ? [fieldFault('role.reserved', `roles[${index}]`, 'exists in every organisation already')]
      : [],
  )
  return [...roleFaults('roles', roles), ...reserved]
}
