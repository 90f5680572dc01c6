/** Roles: the three that exist everywhere, an organisation's own, and who may grant them. Source: CONTRACT.md section 2. */
import type { FieldFault } from '../fault.ts'
import { fieldFault, registryFault } from './faults.ts'
import { ROLES } from './limits.ts'
import { DEFAULT_ORGANISATION } from './organisation.ts'

/** Acts in every organisation; counts only in `default`. */
export const OPERATOR = 'operator'
export const ADMIN = 'admin'
export const VIEWER = 'viewer'
export const BUILTIN_ROLES: readonly string[] = [OPERATOR, ADMIN, VIEWER]

const ROLE = /^[a-z][a-z0-9._:-]{0,62}$/

/** Who asks for a role to be given: the caller of a face has this shape. */
export interface Grantor {
  readonly operator: boolean
  readonly roles: readonly string[]
}

export function isRole(text: string): boolean {
  return ROLE.test(text)
}

/** A principal's roles, narrowed by those of its trust or credential; none there means all. */
export function effectiveRoles(principalRoles: readonly string[], scoped: readonly string[]): readonly string[] {
  return scoped.length === 0 ? principalRoles : principalRoles.filter((role) => scoped.includes(role))
}

/** Shape of a list of roles; every bad one with its place. */
export function roleFaults(path: string, roles: readonly string[] | undefined): FieldFault[] {
  if (roles === undefined) return []
  const faults: FieldFault[] = []
  if (roles.length > ROLES) faults.push(fieldFault('field.too_many', path, `must have at most ${ROLES} items`))
  roles.slice(0, ROLES).forEach((role, index) => {
    if (isRole(role)) return
    faults.push(fieldFault('role.invalid', `${path}[${index}]`, 'must be a lower-case name of at most 63 characters'))
  })
  return faults
}

/** Whether the grantor may hand on the role: operators all, admins all but operator, others what they hold themselves. */
export function mayGrant(grantor: Grantor, role: string): boolean {
  if (grantor.operator) return true
  if (role === OPERATOR) return false
  return grantor.roles.includes(ADMIN) || grantor.roles.includes(role)
}

/**
 * Refuses what the grantor may not give. `roles` are those that would be given newly, or through a new road.
 *
 * Faults: role.above_own; role.operator_needs_default
 */
export function requireGrantable(grantor: Grantor, organisation: string, path: string, roles: readonly string[]): void {
  const above = roles.filter((role) => !mayGrant(grantor, role))
  if (above.length > 0) {
    const message = `would give ${above.join(', ')}, which is above your own roles`
    throw registryFault('role.above_own', { fields: [fieldFault('role.above_own', path, message)] })
  }
  // Elsewhere the role would be a promise that no face keeps.
  if (organisation !== DEFAULT_ORGANISATION && roles.includes(OPERATOR)) {
    const message = 'may contain operator only in the organisation default'
    const fields = [fieldFault('role.operator_needs_default', path, message)]
    throw registryFault('role.operator_needs_default', { fields })
  }
}
