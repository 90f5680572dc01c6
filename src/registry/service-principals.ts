/** Use cases of service principals. */
import { throwFields } from '../fault.ts'
import { createWithId } from './create-with-id.ts'
import type { ServicePrincipalChange, ServicePrincipalDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { registryFault } from './faults.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { idFaults, isId } from './names.ts'
import { everyItem } from './paging.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { type Grantor, requireGrantable, roleFaults } from './roles.ts'
import type { ServicePrincipal } from './service-principal.ts'
import type { Actor } from './stores.ts'
import { givenText, labelFaults, nameFaults } from './texts.ts'
import { write } from './write.ts'

/** Faults: organisation.unknown, principal.id_taken, role.above_own, role.operator_needs_default */
export async function createServicePrincipal(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  draft: ServicePrincipalDraft,
): Promise<ServicePrincipal> {
  const { displayName, roleIds, enabled, labels = {} } = draft
  throwFields([
    ...idFaults(draft.id),
    ...nameFaults({ displayName }),
    ...roleFaults('roleIds', roleIds),
    ...labelFaults(labels),
  ])
  requireGrantable(grantor, actor.organisation, 'roleIds', roleIds)
  if ((await at.stores.organisations.get(actor.organisation)) === null) throw registryFault('organisation.unknown')
  const naming = { fallback: 'service-principal', taken: 'principal.id_taken' as const, randomBytes: at.randomBytes }
  return await createWithId({ given: draft.id, displayName, ...naming }, async (id) => {
    const now = at.now()
    const principal: ServicePrincipal = {
      uid: at.newUid(),
      id,
      organisation: actor.organisation,
      displayName: givenText(displayName),
      roleIds: [...new Set(roleIds)],
      enabled,
      labels,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await write(at, async (tx) => {
      await tx.servicePrincipals.insert(principal)
      tx.audit(eventOf(actor, { kind: 'principal', verb: 'create', before: null, after: principal }))
    })
    return principal
  })
}

/** Faults: principal.unknown */
export async function getServicePrincipal(at: Registry, organisation: string, id: string): Promise<ServicePrincipal> {
  const principal = isId(id) ? await at.stores.servicePrincipals.get(organisation, id) : null
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

/** Faults: principal.unknown, principal.changed, role.above_own, role.operator_needs_default */
export async function updateServicePrincipal(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  id: string,
  change: ServicePrincipalChange,
): Promise<ServicePrincipal> {
  const { version, displayName, roleIds, enabled, labels } = change
  throwFields([
    ...nameFaults({ displayName: displayName ?? null }),
    ...roleFaults('roleIds', roleIds),
    ...labelFaults(labels),
  ])
  const part = {
    displayName: displayName === undefined ? undefined : givenText(displayName),
    roleIds: roleIds === undefined ? undefined : [...new Set(roleIds)],
    enabled,
    labels,
  }
  const seen = await getServicePrincipal(at, actor.organisation, id)
  return await swapped(version, 'principal.changed', () =>
    write(at, async (tx) => {
      const before = await tx.servicePrincipals.getByUid(seen.uid)
      if (before === null) throw registryFault('principal.unknown')
      requireVersion(before, version, 'principal.changed')
      const after = merged(before, part, at.now())
      if (isSame(before, after)) return before
      requireGrantable(grantor, actor.organisation, 'roleIds', newlyGiven(before, after))
      if (!(await tx.servicePrincipals.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'principal', verb: 'update', before, after }))
      return after
    }),
  )
}

/** Roles that nobody had through this principal before: added ones, or all of one that is enabled again. */
function newlyGiven(before: ServicePrincipal, after: ServicePrincipal): readonly string[] {
  if (after.enabled && !before.enabled) return after.roleIds
  return after.roleIds.filter((role) => !before.roleIds.includes(role))
}

/** Removes the principal with its credentials and trusts; each leaves its own audit row. Faults: principal.unknown */
export async function removeServicePrincipal(at: Registry, actor: Actor, id: string): Promise<void> {
  const seen = await getServicePrincipal(at, actor.organisation, id)
  await write(at, async (tx) => {
    const before = await tx.servicePrincipals.getByUid(seen.uid)
    if (before === null) throw registryFault('principal.unknown')
    const trusts = await everyItem((page) => tx.trusts.list(before.organisation, page, { principal: before.uid }))
    for (const trust of trusts) tx.audit(eventOf(actor, { kind: 'trust', verb: 'remove', before: trust, after: null }))
    const credentials = await everyItem((page) => tx.credentials.list(before.uid, page))
    for (const credential of credentials) {
      tx.audit(eventOf(actor, { kind: 'credential', verb: 'remove', before: credential, after: null }))
    }
    if (!(await tx.servicePrincipals.remove(before.uid))) throw registryFault('principal.unknown')
    tx.audit(eventOf(actor, { kind: 'principal', verb: 'remove', before, after: null }))
  })
}
