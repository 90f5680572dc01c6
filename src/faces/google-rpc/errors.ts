/** Errors: google.rpc.Status as grpc-gateway writes it. Source: google/rpc/code.proto, error_details.proto. */
import type { Fault } from '../../fault.ts'
import type { Refusal, ShapedRefusal } from '../face.ts'

/** Fields that stand beside the object in an update, not in it. */
const BESIDE = ['updateMask']

/** Core path → wire path, for what is not spelt alike; a path's longest beginning that is here counts. */
export type Words = Readonly<Record<string, string>>

/** How an operation's body spells what the registry names: the object it wraps, and words of its own. */
export interface Spelling {
  /** Name of the wrapped object: `provider` makes `provider.displayName` of `displayName`. */
  readonly wrapped?: string
  readonly words?: Words
  /** Fields of the request that stand beside the wrapped object. */
  readonly beside?: readonly string[]
}

/** The error body; paths of fields are those of the request. */
export function toRpcError({ fault, spelling, status: given }: Refusal, spelt: Spelling = {}): ShapedRefusal {
  const { status, code } = codeOf(fault)
  const reason = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: fault.code, domain: 'entente.dev' }
  const fieldViolations = fault.fields.map(({ path, message, code }) => ({
    field: spelling === 'wire' ? path : toWirePath(path, spelt),
    description: message,
    reason: code,
  }))
  const badRequest = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }
  return {
    status: given ?? status,
    body: {
      code,
      message: sentenceOf(fault, fieldViolations[0]),
      details: fieldViolations.length > 0 ? [badRequest, reason] : [reason],
    },
  }
}

/** One bad field is named in the message itself, by the request's own word: some clients show nothing else. */
function sentenceOf(fault: Fault, first: { readonly field: string; readonly description: string } | undefined): string {
  const alone = fault.kind === 'invalid' && fault.fields.length === 1 && first !== undefined
  return alone ? `${first.field}: ${first.description}` : fault.message
}

/** Conflicts that repeating the request does not settle. */
const PRECONDITIONS: readonly string[] = ['provider.has_trusts', 'test.journey_unavailable']

/** Source: grpc-gateway's mapping of codes to statuses. */
function codeOf({ kind, code }: Fault): { status: number; code: number } {
  switch (kind) {
    case 'invalid':
      return { status: 400, code: 3 }
    case 'unauthenticated':
      return { status: 401, code: 16 }
    case 'denied':
      return { status: 403, code: 7 }
    case 'missing':
      return { status: 404, code: 5 }
    case 'conflict':
      // FAILED_PRECONDITION: what stands in the way must go first. ABORTED: read and try again.
      if (PRECONDITIONS.includes(code)) return { status: 400, code: 9 }
      // Source: CONTRACT.md section 4, which names the status.
      if (code === 'provider.issuer_linked') return { status: 409, code: 9 }
      return { status: 409, code: code.endsWith('.changed') ? 10 : 6 }
    case 'upstream':
      // A failed discovery is a fault of what was asked for. Source: CONTRACT.md section 4.
      return { status: 400, code: 9 }
    case 'limited':
      return { status: 429, code: 8 }
    case 'unavailable':
      return { status: 503, code: 14 }
    case 'internal':
      return { status: 500, code: 13 }
  }
}

/** `condition` → `conditionExpression`, in an update of a trust `trust.conditionExpression`. */
export function toWirePath(path: string, { wrapped, words = {}, beside = [] }: Spelling = {}): string {
  const known = beginningsOf(path).find((beginning) => Object.hasOwn(words, beginning))
  const spelt = known === undefined ? path : `${words[known]}${path.slice(known.length)}`
  const [first = ''] = path.split(/[.[]/, 1)
  return wrapped === undefined || BESIDE.includes(first) || beside.includes(spelt) ? spelt : `${wrapped}.${spelt}`
}

/** `a.b[0]` → `a.b[0]`, `a.b`, `a` */
function beginningsOf(path: string): string[] {
  const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => index)
  return [path, ...ends.reverse().map((end) => path.slice(0, end))]
}
