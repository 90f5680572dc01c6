/** Errors of the face: `Status` objects as Kubernetes clients read them. Source: Kubernetes API conventions, "Response Status Kind". */
import { Type } from 'typebox'
import type { Fault } from '../../fault.ts'
import type { Refusal, ShapedRefusal } from '../face.ts'

/** `placeOf` tells where the caller wrote what a fault of the registry names: in a document, unless the operation says otherwise. */
export function toStatus(
  { fault, spelling, status: given }: Refusal,
  placeOf: (path: string) => string = toManifestPath,
): ShapedRefusal {
  const { status, reason } = reasonOf(fault)
  const code = given ?? status
  const fields = fault.fields.map(({ path, message, code }) => ({
    field: spelling === 'wire' ? path : placeOf(path),
    message,
    reason: code,
  }))
  // Always one at least: its reason is the stable code of the fault.
  const causes = fields.length > 0 ? fields : [{ message: fault.message, reason: fault.code }]
  return {
    status: code,
    body: {
      apiVersion: 'v1',
      kind: 'Status',
      metadata: {},
      status: 'Failure',
      message: sentenceOf(fault, fields[0]),
      reason: REASONS[code] ?? reason,
      details: { causes },
      code,
    },
  }
}

/** One bad field is named in the message itself, by the document's own word: some clients show nothing else. */
function sentenceOf(fault: Fault, first: { readonly field: string; readonly message: string } | undefined): string {
  const alone = fault.kind === 'invalid' && fault.fields.length === 1 && first !== undefined
  return alone ? `${first.field}: ${first.message}` : fault.message
}

/** Statuses that have a reason of their own. */
const REASONS: Readonly<Record<number, string>> = { 413: 'RequestEntityTooLarge', 415: 'UnsupportedMediaType' }

export function reasonOf({ kind, code, fields }: Fault): { status: number; reason: string } {
  switch (kind) {
    case 'invalid':
      return { status: 400, reason: fields.length > 0 ? 'Invalid' : 'BadRequest' }
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

/** Parameters of lists in the words of the face. */
export function toParameter(path: string): string {
  return path === 'pageToken' ? 'continue' : path
}

export const Cause = Type.Object(
  {
    field: Type.Optional(Type.String({ description: 'Path in the document, or the parameter.' })),
    message: Type.String(),
    reason: Type.String({ description: 'Code of the fault; stable.', examples: ['field.missing'] }),
  },
  { title: 'Cause' },
)

/** What every refusal looks like. */
export const Status = Type.Object(
  {
    apiVersion: Type.Literal('v1'),
    kind: Type.Literal('Status'),
    metadata: Type.Object({}),
    status: Type.Literal('Failure'),
    message: Type.String(),
    reason: Type.String({ description: 'Invalid, NotFound, Conflict, …' }),
    details: Type.Object({ causes: Type.Array(Cause, { minItems: 1 }) }),
    code: Type.Integer({ description: 'The HTTP status.', examples: [400] }),
  },
  { title: 'Status' },
)

/** What is answered where an object is gone. */
export const Removed = Type.Object(
  {
    apiVersion: Type.Literal('v1'),
    kind: Type.Literal('Status'),
    metadata: Type.Object({}),
    status: Type.Literal('Success'),
    details: Type.Object({ name: Type.String(), kind: Type.String({ description: 'Plural.' }) }),
  },
  { title: 'Removed' },
)

/** How a kind's spec spells what the registry names: beginning of a core path → what stands there below `spec`. */
export type Words = Readonly<Record<string, string>>

/** Core words that do not lie under `spec`. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  id: 'metadata.name',
  labels: 'metadata.labels',
  version: 'metadata.resourceVersion',
}

/** `displayName` → `spec.displayName`; an id is the name. The longest known beginning counts. */
export function toManifestPath(path: string, words: Words = {}): string {
  const [, first = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(path) ?? []
  const elsewhere = ELSEWHERE[first]
  if (elsewhere !== undefined) return elsewhere + rest
  const known = Object.keys(words).filter(
    (word) => path === word || path.startsWith(`${word}.`) || path.startsWith(`${word}[`),
  )
  const longest = known.sort((a, b) => b.length - a.length)[0]
  return `spec.${longest === undefined ? path : `${words[longest]}${path.slice(longest.length)}`}`
}
