/**
 * The one error of Entente: a stable code, a sentence that is safe to show, the bad fields, and a private cause.
 * Faces and endpoints map `kind` to a status and their own body; nothing in the core knows an HTTP status.
 */

/** `limited` and `unavailable` pass on their own (429, 503); the other seven do not. */
export type FaultKind =
  | 'invalid'
  | 'unauthenticated'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'upstream'
  | 'limited'
  | 'unavailable'
  | 'internal'

/** One bad field: `path` in core words (`issuer`, `oidc.jwksJson`, `condition`); faces translate it to their own. */
export interface FieldFault {
  readonly path: string
  readonly code: string
  readonly message: string
}

export interface FaultDetail {
  readonly fields?: readonly FieldFault[]
  /** Private: goes to the log and the decision, never to a caller. */
  readonly cause?: unknown
  /** Replaces the catalogue's public sentence where a more exact one is safe to show. */
  readonly message?: string
}

export class Fault extends Error {
  override readonly name = 'Fault'
  readonly kind: FaultKind
  readonly code: string
  readonly fields: readonly FieldFault[]

  constructor(kind: FaultKind, code: string, message: string, detail: FaultDetail = {}) {
    super(detail.message ?? message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.kind = kind
    this.code = code
    this.fields = detail.fields ?? []
  }
}

/** A line of a room's catalogue: what a caller reads, and what they can do about it. */
export interface FaultEntry {
  readonly kind: FaultKind
  readonly message: string
  readonly remedy: string
}

export type FaultCatalogue = Readonly<Record<string, FaultEntry>>

/** Makes the room's constructor: `fault('provider.issuer_taken', { fields })`; an unknown code does not compile. */
export function faultsOf<C extends FaultCatalogue>(
  catalogue: C,
): (code: keyof C & string, detail?: FaultDetail) => Fault {
  return (code, detail) => {
    const entry = catalogue[code]
    if (entry === undefined) throw new TypeError(`no such fault: ${code}`)
    return new Fault(entry.kind, code, entry.message, detail)
  }
}

/** One `invalid` fault for many bad fields: validation reports all of them, not the first. */
export function invalidFields(fields: readonly FieldFault[]): Fault {
  const first = fields[0]
  const message =
    fields.length === 1 && first !== undefined
      ? `${first.path}: ${first.message}`
      : `${fields.length} fields are invalid`
  return new Fault('invalid', fields.length === 1 && first !== undefined ? first.code : 'request.invalid', message, {
    fields,
  })
}

/** Throws one fault for all of them, if there are any. */
export function throwFields(fields: readonly FieldFault[]): void {
  if (fields.length > 0) throw invalidFields(fields)
}
