/** Keycloak's mappers in our words: types and keys are the same; what we do not take is left out by name. */
import { isFor, mapperType } from '../../../claims/mapper-types.ts'
import { judgeMapper } from '../../../claims/mappers.ts'
import type { JsonObject } from '../../../json.ts'
import { MAPPERS } from '../../../registry/limits.ts'
import type { ProtocolName } from '../../../registry/provider.ts'
import { segmentsOf } from '../errors.ts'
import { isUnset, type Member, membersOf, NO_COUNTERPART, type Note } from './members.ts'

export interface ExportedMapper {
  readonly name: string
  readonly identity_provider_mapper: string
  readonly config: JsonObject
}

/** Ids and aliases of the other server name nothing here. */
const PASSED_OVER: ReadonlySet<string> = new Set(['id', 'identityProviderAlias'])
const READ: ReadonlySet<string> = new Set(['name', 'identityProviderMapper', 'config'])
/** Source: wire.md section 4.3: what Keycloak does where a mapper says nothing. */
const UNSAID_MODE = 'LEGACY'
const LEFT_OUT = 'the mapper is left out'

export function readMappers(
  members: readonly Member[],
  protocol: ProtocolName,
): { readonly mappers: ExportedMapper[]; readonly notes: Note[] } {
  const mappers: ExportedMapper[] = []
  const notes: Note[] = []
  for (const { loc } of members.slice(MAPPERS)) {
    notes.push({ loc, msg: `is beyond the first ${MAPPERS} of the provider: ${LEFT_OUT}` })
  }
  for (const member of members.slice(0, MAPPERS)) {
    const mapper = readMapper(member, protocol, notes)
    if (mapper !== null) mappers.push(mapper)
  }
  return { mappers, notes }
}

function readMapper({ value, loc }: Member, protocol: ProtocolName, notes: Note[]): ExportedMapper | null {
  const members = membersOf(value)
  const note = (path: readonly (string | number)[], msg: string) => void notes.push({ loc: [...loc, ...path], msg })
  const name = members?.get('name')
  const id = members?.get('identityProviderMapper')
  if (members === null || typeof name !== 'string' || typeof id !== 'string') {
    note([], `has no name and identityProviderMapper: ${LEFT_OUT}`)
    return null
  }
  const type = mapperType(id)
  const wrong =
    type === null
      ? 'is not a mapper type here'
      : (type.refused ?? (isFor(type, protocol) ? null : 'is not for providers of this kind'))
  if (type === null || wrong !== null) {
    note(['identityProviderMapper'], `${wrong}: ${LEFT_OUT}`)
    return null
  }
  for (const [member, given] of members) {
    if (!READ.has(member) && !PASSED_OVER.has(member) && !isUnset(given)) note([member], NO_COUNTERPART)
  }
  const config = new Map([['syncMode', UNSAID_MODE] as [string, unknown]])
  for (const [key, given] of membersOf(members.get('config')) ?? []) {
    if (isUnset(given)) continue
    if (key === 'syncMode' || type.properties.some((property) => property.name === key)) config.set(key, given)
    else note(['config', key], 'is not a property of this mapper type here')
  }
  // Parsed from JSON.
  const read = Object.fromEntries(config) as JsonObject
  const faults = judgeMapper({ name, type: id, syncMode: null, config: read }, protocol, 'mapper')
  for (const { path, message } of faults) note(segmentsOf(path.slice('mapper.'.length)), `${message}: ${LEFT_OUT}`)
  return faults.length > 0 ? null : { name, identity_provider_mapper: id, config: read }
}
