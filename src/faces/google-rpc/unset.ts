/** Members whose value is set: the faces omit the others, and take null for not given. */
export function withoutUnset(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const set: Record<string, unknown> = {}
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value === null || value === undefined) continue
    // Not a member like the others: it would become the prototype.
    if (name === '__proto__') Object.defineProperty(set, name, { value, enumerable: true })
    else set[name] = value
  }
  return set
}
