/** Nobody opens a road to roles above their own: which roles a provider's tokens and sign-ins can yield. */
import type { JsonObject } from '../json.ts'
import { DEFAULT_ORGANISATION } from './organisation.ts'
import { everyItem } from './paging.ts'
import type { Mapper, Provider } from './provider.ts'
import { effectiveRoles, type Grantor, OPERATOR, requireGrantable } from './roles.ts'
import type { RegistryWrite } from './stores.ts'

/** What a writer may change without deciding who comes in. */
const HARMLESS: ReadonlySet<string> = new Set([
  'displayName',
  'description',
  'labels',
  'version',
  'updatedAt',
  'lastTestedAt',
  'examples',
])

/**
 * Whoever decides which tokens and people a provider lets in holds every role that these may get.
 *
 * Faults: role.above_own, role.operator_needs_default
 */
export async function requireOwnPower(
  tx: RegistryWrite,
  grantor: Grantor,
  before: Provider,
  after: Provider,
): Promise<void> {
  const changed = changedMembers(before, after)
  const isOnlyNarrower = changed.every((name) => name === 'enabled' && !after.enabled)
  if (isOnlyNarrower) return
  requireMapperRoles(grantor, before.organisation, [...before.mappers, ...after.mappers])
  if (grantor.operator) return
  const path = after.enabled !== before.enabled ? 'enabled' : before.protocol
  const trusts = await everyItem((page) => tx.trusts.list(before.organisation, page, { provider: before.uid }))
  for (const trust of trusts) {
    const principal = await tx.servicePrincipals.getByUid(trust.principal)
    const roles = effectiveRoles(principal?.roleIds ?? [], trust.scopedRoleIds)
    requireGrantable(grantor, before.organisation, path, roles)
  }
}

/** Mappers that make operators are an operator's to write, and in `default` only. Faults: role.above_own */
export function requireMapperRoles(grantor: Grantor, organisation: string, mappers: readonly Mapper[]): void {
  const roles = mappers.flatMap(rolesOf).filter((role) => role === OPERATOR)
  // Elsewhere the role means nothing, and nobody is the wiser for a mapper that gives it.
  if (roles.length > 0 && (organisation === DEFAULT_ORGANISATION || !grantor.operator)) {
    requireGrantable(grantor, organisation, 'mappers', roles)
  }
}

function rolesOf({ config }: { readonly config: JsonObject }): string[] {
  const { role } = config
  return typeof role === 'string' ? [role] : []
}

function changedMembers(before: Provider, after: Provider): string[] {
  const names = Object.keys(after).filter((name) => !HARMLESS.has(name))
  // Sound: names are members of a provider.
  const text = (provider: Provider, name: string) => JSON.stringify(provider[name as keyof Provider])
  return names.filter((name) => text(before, name) !== text(after, name))
}
