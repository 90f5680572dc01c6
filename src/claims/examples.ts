// INTERIM: replaced by the claims work under way
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
export function exampleFaults(
  _examples: readonly JsonObject[],
  _path: string,
  _judge: {
    readonly condition: string | null
    readonly mapping: Readonly<Record<string, string>>
    readonly variables?: readonly string[]
  },
): FieldFault[] {
  return []
}
