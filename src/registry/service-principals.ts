/** Use cases of service principals. */
import { throwFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import type { ServicePrincipalChange, ServicePrincipalDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { registryFault } from './faults.ts'
import { textFaults } from './limits.ts'
import { isSame, merged, requireVersion } from './merge.ts'
import { idFaults } from './names.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { type Grantor, requireGrantable, roleFaults } from './roles.ts'
import type { ServicePrincipal } from './service-principal.ts'
import type { Actor } from './stores.ts'

/** Faults: principal.id_taken, role.above_own */
export async function createServicePrincipal(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  draft: ServicePrincipalDraft,
): Promise<ServicePrincipal> {
  throwFields([...idFaults(draft.id), ...textFaults(draft), ...roleFaults(draft.roleIds, 'roleIds')])
  requireGrantable(grantor, actor.organisation, draft.roleIds)
  const { displayName, roleIds, enabled, labels = {} } = draft
  const taken = { takenCode: 'principal.id_taken', randomBytes: at.randomBytes }
  return await createWithId({ given: draft.id, displayName, fallback: 'service-principal', ...taken }, async (id) => {
    const now = at.now()
    const base = { uid: at.newUid(), id, organisation: actor.organisation, version: 1, createdAt: now, updatedAt: now }
    const principal: ServicePrincipal = { ...base, displayName, roleIds: [...new Set(roleIds)], enabled, labels }
    await at.write(async (tx) => {
      await tx.servicePrincipals.insert(principal)
      tx.audit(eventOf(actor, { kind: 'principal', verb: 'create', before: null, after: principal }))
    })
    return principal
  })
}

/** Faults: principal.unknown */
export async function getServicePrincipal(at: Registry, organisation: string, id: string): Promise<ServicePrincipal> {
  const principal = await at.stores.servicePrincipals.get(organisation, id)
  if (principal === null) throw registryFault('principal.unknown')
  return principal
}

export function listServicePrincipals(
  at: Registry,
  organisation: string,
  page: PageRequest,
): Promise<ServicePrincipal[]> {
  return at.stores.servicePrincipals.list(organisation, page)
}

/** Faults: principal.unknown, principal.changed, role.above_own */
export async function updateServicePrincipal(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  id: string,
  change: ServicePrincipalChange,
): Promise<ServicePrincipal> {
  const { version, ...fields } = change
  throwFields([...textFaults(change), ...roleFaults(change.roleIds ?? [], 'roleIds')])
  return await at.write(async (tx) => {
    const before = await tx.servicePrincipals.get(actor.organisation, id)
    if (before === null) throw registryFault('principal.unknown')
    requireVersion(before, version, 'principal.changed')
    const added = (change.roleIds ?? []).filter((role) => !before.roleIds.includes(role))
    requireGrantable(grantor, actor.organisation, added)
    const after = merged(before, fields as Partial<ServicePrincipal>, at.now())
    if (isSame(before, after)) return before
    if (!(await tx.servicePrincipals.update(after))) throw registryFault('principal.changed')
    tx.audit(eventOf(actor, { kind: 'principal', verb: 'update', before, after }))
    return after
  })
}

/** Removes the principal with its credentials and trusts; each leaves its own audit row. Faults: principal.unknown */
export async function removeServicePrincipal(at: Registry, actor: Actor, id: string): Promise<void> {
  await at.write(async (tx) => {
    const before = await tx.servicePrincipals.get(actor.organisation, id)
    if (before === null) throw registryFault('principal.unknown')
    const all = { limit: Number.MAX_SAFE_INTEGER }
    for (const trust of await tx.trusts.list(actor.organisation, all, { principal: before.uid })) {
      tx.audit(eventOf(actor, { kind: 'trust', verb: 'remove', before: trust, after: null }))
    }
    for (const credential of await tx.credentials.list(before.uid, all)) {
      tx.audit(eventOf(actor, { kind: 'credential', verb: 'remove', before: credential, after: null }))
    }
    if (!(await tx.servicePrincipals.remove(before.uid))) throw registryFault('principal.unknown')
    tx.audit(eventOf(actor, { kind: 'principal', verb: 'remove', before, after: null }))
  })
}
