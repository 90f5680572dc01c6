// INTERIM: replaced by the claims work under way
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
export function judgeMapper(
  _input: {
    readonly name: string
    readonly type: string
    readonly syncMode: string | null
    readonly config: JsonObject
  },
  _protocol: string,
  _path: string,
): FieldFault[] {
  return []
}
