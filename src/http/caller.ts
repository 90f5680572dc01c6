/** Who calls a face, and in which organisation they act. */
import type { FastifyRequest } from 'fastify'
import { type Fault, faultsOf } from '../fault.ts'
import { requestNote } from './request-note.ts'

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
  /** How and when a person proved who they are; absent for machines and the operator token, which prove themselves otherwise. */
  readonly proof?: { readonly acr: string | null; readonly authTime: Date | null }
}

/** What the request shows of its sender, and what a proof of possession has to be about. */
export interface Presented {
  readonly authorization: string | undefined
  /** The `DPoP` header; several are joined by commas, and then are no proof. */
  readonly proof: string | undefined
  readonly method: string
  /** As in the request line, without the query. */
  readonly path: string
}

/** What a face hands over to have its caller known. */
export interface CallerRequest {
  /** One object per request: whoever it shows is asked for once, however many organisations the request names. */
  readonly presented: Presented
  /** The `Entente-Organization` header. */
  readonly organisationHeader: string | undefined
  /** The face's own word (orgId, namespace), if it was given. */
  readonly organisationNamed?: string
  readonly requestId: string
}

const shown = requestNote<Presented>()

/** The same object each time it is asked about the same request. */
export function presentedBy(request: FastifyRequest): Presented {
  const known = shown.get(request)
  if (known !== undefined) return known
  const { method, url, headers } = request
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  const presented = { authorization: headers.authorization, proof: proofHeader(request), method, path }
  shown.set(request, presented)
  return presented
}

/** The `DPoP` header as sent. */
export function proofHeader({ headers }: FastifyRequest): string | undefined {
  const { dpop } = headers
  return typeof dpop === 'string' ? dpop : dpop?.join(', ')
}

/**
 * What an organisation's `stepUpFor` asks of people: a second factor, given within the five minutes in which one still knows
 * what for.
 */
export const MANAGING = { acr: 'urn:entente:acr:2fa', maxAgeSeconds: 300 } as const

/**
 * What `WWW-Authenticate` says beside a 401, to whoever sent this `Authorization`: a token that is bound to a key is to be shown
 * with its proof again.
 *
 * Source: RFC 6750 §3, RFC 9449 §7.1, RFC 9470 §3.
 */
export function challengeOf({ code }: Fault, authorization = ''): string {
  if (code === 'caller.level_unmet') {
    const scheme = /^dpop /i.test(authorization) ? 'DPoP' : 'Bearer'
    const wanted = `acr_values="${MANAGING.acr}", max_age="${MANAGING.maxAgeSeconds}"`
    return `${scheme} error="insufficient_user_authentication", error_description="a stronger, recent proof is needed", ${wanted}`
  }
  if (code === 'caller.proof_missing') return 'DPoP error="invalid_token"'
  return code === 'caller.proof_invalid' ? 'DPoP error="invalid_dpop_proof"' : 'Bearer'
}

/**
 * Tells who calls. Faults: caller.unauthenticated, caller.proof_missing, caller.proof_invalid (401), caller.organisations_disagree (400),
 * organisation.unknown (the face's 404, for a foreign or unknown organisation), caller.scope_missing (403)
 */
export type Callers = (request: CallerRequest) => Promise<Caller>

export const callerFaults = {
  'caller.unauthenticated': {
    kind: 'unauthenticated',
    message: 'The request carries no valid bearer token.',
    remedy: 'Send `Authorization: Bearer` with the operator token or an access token that Entente issued for itself.',
  },
  'caller.proof_missing': {
    kind: 'unauthenticated',
    message: 'The access token is bound to a key, and was sent without a proof of that key.',
    remedy: 'Send `Authorization: DPoP` and a `DPoP` header with a proof made for this request (RFC 9449).',
  },
  'caller.proof_invalid': {
    kind: 'unauthenticated',
    message: 'The DPoP proof was not accepted.',
    remedy:
      'Make a proof for each request: this method, this URL without its query, this minute, and `ath` of the token.',
  },
  'caller.level_unmet': {
    kind: 'unauthenticated',
    message: 'The organisation asks people for a stronger, recent proof before they do this.',
    remedy:
      'Sign in again with the acr_values and max_age of the WWW-Authenticate header (RFC 9470), and send the request again.',
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
