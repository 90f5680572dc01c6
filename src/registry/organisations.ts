/** Use cases of organisations. */
import { type FieldFault, throwFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import type { OrganisationDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { registryFault } from './faults.ts'
import { textFaults } from './limits.ts'
import { idFaults } from './names.ts'
import type { Organisation } from './organisation.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { roleFaults } from './roles.ts'
import type { Actor } from './stores.ts'

const HOST = /^(?=.{1,261}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9]\d{0,4})?$/

/** Faults: organisation.id_taken, organisation.host_taken */
export async function createOrganisation(at: Registry, actor: Actor, draft: OrganisationDraft): Promise<Organisation> {
  throwFields([
    ...idFaults(draft.id),
    ...textFaults(draft),
    ...hostFaults(draft.host),
    ...roleFaults(draft.roles, 'roles'),
  ])
  const { displayName, description, host, roles, settings, labels = {} } = draft
  const taken = { takenCode: 'organisation.id_taken', randomBytes: at.randomBytes }
  return await createWithId({ given: draft.id, displayName, fallback: 'organisation', ...taken }, async (id) => {
    const now = at.now()
    const base = { uid: at.newUid(), id, version: 1, createdAt: now, updatedAt: now }
    const organisation: Organisation = { ...base, displayName, description, host, roles, settings, labels }
    await at.write(async (tx) => {
      await tx.organisations.insert(organisation)
      tx.audit(eventOf(actor, { kind: 'organisation', verb: 'create', before: null, after: organisation }))
    })
    return organisation
  })
}

/** Faults: organisation.unknown */
export async function getOrganisation(at: Registry, id: string): Promise<Organisation> {
  const organisation = await at.stores.organisations.get(id)
  if (organisation === null) throw registryFault('organisation.unknown')
  return organisation
}

export function listOrganisations(at: Registry, page: PageRequest): Promise<Organisation[]> {
  return at.stores.organisations.list(page)
}

function hostFaults(host: string | null): FieldFault[] {
  if (host === null || HOST.test(host)) return []
  const message = 'must be a lower-case host name with an optional port'
  return [{ path: 'host', code: 'organisation.host_invalid', message }]
}
