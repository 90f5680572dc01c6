/** Errors of the face: `Status` objects as Kubernetes clients read them. Source: Kubernetes API conventions, "Response Status Kind". */
import type { Fault } from '../../fault.ts'

interface StatusError {
  readonly status: number
  readonly body: object
}

export function toStatus(fault: Fault): StatusError {
  const { status, reason } = reasonOf(fault)
  const causes = fault.fields.map(({ path, message, code }) => ({ field: toManifestPath(path), message, reason: code }))
  const details = { ...(causes.length > 0 ? { causes } : {}), code: fault.code }
  return {
    status,
    body: {
      apiVersion: 'v1',
      kind: 'Status',
      metadata: {},
      status: 'Failure',
      message: fault.message,
      reason,
      details,
      code: status,
    },
  }
}

function reasonOf({ kind, code }: Fault): { status: number; reason: string } {
  switch (kind) {
    case 'invalid':
      return { status: 400, reason: 'Invalid' }
    case 'unauthenticated':
      return { status: 401, reason: 'Unauthorized' }
    case 'denied':
      return { status: 403, reason: 'Forbidden' }
    case 'missing':
      return { status: 404, reason: 'NotFound' }
    case 'conflict':
      return { status: 409, reason: code.endsWith('_taken') ? 'AlreadyExists' : 'Conflict' }
    case 'upstream':
      return { status: 400, reason: 'Invalid' }
    case 'limited':
      return { status: 429, reason: 'TooManyRequests' }
    case 'unavailable':
      return { status: 503, reason: 'ServiceUnavailable' }
    case 'internal':
      return { status: 500, reason: 'InternalError' }
  }
}

const OWN_WORDS = /^(apiVersion|kind|metadata|spec|status|limit|continue|labelSelector|since|until|plane|outcome)\b/

/** Core words lie under `spec`; an id is the name. */
export function toManifestPath(path: string): string {
  if (path === 'id') return 'metadata.name'
  if (path === 'pageToken') return 'continue'
  return OWN_WORDS.test(path) ? path : `spec.${path}`
}
