/** Who calls a face, and in which organisation they act. */
import { faultsOf } from '../fault.ts'

export interface Caller {
  /** Organisation acted in: the token's own, or the one an operator named. */
  readonly organisation: string
  /** Organisation the token belongs to. */
  readonly home: string
  /** `operator-token`, or the uid of the principal or person. */
  readonly subject: string
  readonly roles: readonly string[]
  /** May act in every organisation. */
  readonly operator: boolean
  readonly requestId: string
}

/** What a face hands over to have its caller known. */
export interface CallerRequest {
  readonly authorization: string | undefined
  /** The `Entente-Organization` header. */
  readonly organisationHeader: string | undefined
  /** The face's own word (orgId, namespace), if it was given. */
  readonly organisationNamed?: string
  readonly requestId: string
}

/**
 * Tells who calls. Faults: caller.unauthenticated (401), caller.organisations_disagree (400),
 * organisation.unknown (the face's 404, for a foreign or unknown organisation), caller.scope_missing (403)
 */
export type Callers = (request: CallerRequest) => Promise<Caller>

export const callerFaults = {
  'caller.unauthenticated': {
    kind: 'unauthenticated',
    message: 'The request carries no valid bearer token.',
    remedy: 'Send `Authorization: Bearer` with the operator token or an access token that Entente issued for itself.',
  },
  'caller.organisations_disagree': {
    kind: 'invalid',
    message: 'The request names two different organisations.',
    remedy: 'Name the organisation once: in the Entente-Organization header, or in the path or body.',
  },
  'caller.scope_missing': {
    kind: 'denied',
    message: 'The token was issued to an app without the scope entente.manage.',
    remedy: 'Let an operator grant the scope entente.manage to the app, and ask for it at sign-in.',
  },
  'caller.role_missing': {
    kind: 'denied',
    message: 'The caller has no role that allows this.',
    remedy: 'Reading needs the role viewer, writing needs admin, and acting for every organisation needs operator.',
  },
} as const

export const callerFault = faultsOf(callerFaults)

/** Refuses callers who may not read. Faults: caller.role_missing */
export function requireViewer(caller: Caller): void {
  if (caller.operator || caller.roles.includes('admin') || caller.roles.includes('viewer')) return
  throw callerFault('caller.role_missing')
}

/** Refuses callers who may not write in the organisation they act in. Faults: caller.role_missing */
export function requireAdmin(caller: Caller): void {
  if (caller.operator || caller.roles.includes('admin')) return
  throw callerFault('caller.role_missing')
}

/** Refuses everyone but operators. Faults: caller.role_missing */
export function requireOperator(caller: Caller): void {
  if (!caller.operator) throw callerFault('caller.role_missing')
}
