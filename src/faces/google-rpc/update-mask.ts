/**
 * Body masks: `updateMask` is one comma-separated string of camelCase paths. Absent or empty means every mutable field
 * that the body has; a path whose value is absent clears the field.
 *
 * Source: google.protobuf.FieldMask in JSON; CONTRACT.md section 3.
 */
import { type FieldFault, throwFields } from '../../fault.ts'

export interface MaskRules {
  /** Paths that may change, nested ones with a dot. A block's own path stands for all of its fields. */
  readonly mutable: readonly string[]
  /** Known paths that may not. */
  readonly readOnly: readonly string[]
}

/** The paths that the mask names; none where it is absent or empty. */
export function maskPaths(mask: string | null | undefined): string[] {
  const paths = (mask ?? '').split(',').map((path) => path.trim())
  return paths.filter((path) => path !== '')
}

/** Path → new value; null clears. Faults name every bad path of the mask. */
export function maskedFields(body: object, mask: string | null | undefined, rules: MaskRules): Map<string, unknown> {
  const asked = maskPaths(mask)
  const fields = new Map<string, unknown>()
  if (asked.length === 0) {
    for (const path of leaves(rules)) {
      const value = valueAt(body, path)
      if (value !== undefined) fields.set(path, value)
    }
    return fields
  }
  throwFields(asked.flatMap((path) => pathFaults(path, rules)))
  for (const path of asked) {
    for (const leaf of leaves(rules)) {
      if (leaf === path || leaf.startsWith(`${path}.`)) fields.set(leaf, valueAt(body, leaf) ?? null)
    }
  }
  return fields
}

/** Paths without fields below them. */
function leaves({ mutable }: MaskRules): string[] {
  return mutable.filter((path) => !mutable.some((other) => other.startsWith(`${path}.`)))
}

function pathFaults(path: string, { mutable, readOnly }: MaskRules): FieldFault[] {
  if (mutable.includes(path)) return []
  const known = readOnly.includes(path)
  const code = known ? 'field.read_only' : 'field.invalid'
  return [{ path: 'updateMask', code, message: known ? `${path} cannot be changed` : `${path} is not a field` }]
}

function valueAt(body: object, path: string): unknown {
  let value: unknown = body
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    // Own member of an object that the schema let through.
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
