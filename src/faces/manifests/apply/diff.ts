/** What a write changes in a document, field by field. */
import type { Json, JsonObject } from '../../../json.ts'
import type { Manifest } from '../manifest.ts'

export interface FieldChange {
  /** `spec.oidc.clientId`, `metadata.labels.team`. */
  readonly path: string
  /** Absent: the field was not there, or is gone. */
  readonly from?: Json
  readonly to?: Json
}

/** Labels and spec; what the server writes by itself (version, times, status) is no change of the caller's. */
export function diffOf(before: Manifest | null, after: Manifest | null): FieldChange[] {
  const changes: FieldChange[] = []
  compare('metadata.labels', Object(before?.metadata.labels), Object(after?.metadata.labels), changes)
  compare('spec', before?.spec ?? {}, after?.spec ?? {}, changes)
  return changes
}

function compare(path: string, before: JsonObject, after: JsonObject, changes: FieldChange[]): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [before[name], after[name]]
    if (isBlock(from) && isBlock(to) && Object.keys({ ...from, ...to }).length > 0) {
      compare(`${path}.${name}`, from ?? {}, to ?? {}, changes)
    } else if (JSON.stringify(from) !== JSON.stringify(to)) {
      changes.push({
        path: `${path}.${name}`,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      })
    }
  }
}

/** An object, or none at all: a block that is new or gone is told field by field, too. */
function isBlock(value: Json | undefined): value is JsonObject | undefined {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))
}
