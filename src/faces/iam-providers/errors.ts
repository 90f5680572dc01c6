/** Errors of the face: `{error: {code, message, details}}`, where `code` is the HTTP status. Source: the API's reference. */
import type { Fault, FaultKind } from '../../fault.ts'
import type { Refusal, ShapedRefusal } from '../face.ts'

/** The error body; `details` is never empty, so that the stable code of the fault is always there. */
export function toIamError({ fault, spelling, status }: Refusal): ShapedRefusal {
  const code = status ?? STATUS[fault.kind]
  const fields = withoutRepeats(
    fault.fields.map(({ path, code, message }) => ({
      field: spelling === 'wire' ? path : toIamPath(path),
      code,
      message,
    })),
  )
  const details = fields.length > 0 ? fields : [{ code: fault.code, message: fault.message }]
  return { status: code, body: { error: { code, message: sentenceOf(fault, fields), details } } }
}

const STATUS: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  // A failed discovery is a fault of what was asked for. Source: CONTRACT.md section 4.
  upstream: 400,
  limited: 429,
  unavailable: 503,
  internal: 500,
}

interface Detail {
  readonly field: string
  readonly code: string
  readonly message: string
}

/** Issuer and discovery URL are one field here: the registry may say the same of both. */
function withoutRepeats(details: readonly Detail[]): Detail[] {
  return [...new Map(details.map((detail) => [JSON.stringify(detail), detail])).values()]
}

/** One bad field is named in the message itself, by the request's own word: some clients show nothing else. */
function sentenceOf({ kind, message }: Fault, [first, ...others]: readonly Detail[]): string {
  return kind === 'invalid' && first !== undefined && others.length === 0 ? `${first.field}: ${first.message}` : message
}

/** `oidc.clientId` → `oidcConfig.clientId`; the issuer is what the discovery URL says, the first domain is the tenant's. */
export function toIamPath(path: string): string {
  if (path === 'issuer') return 'oidcConfig.discoveryUrl'
  if (path === 'oidc' || path.startsWith('oidc.')) return `oidcConfig${path.slice('oidc'.length)}`
  return /^domains(\[\d+\])?$/.test(path) ? 'tenantDomain' : path
}
