/** What only providers for people have: domains, mapping, condition, mappers, modes, examples. All faults at once. */
import { checkAttributeCondition } from '../claims/attribute-condition.ts'
import { exampleFaults } from '../claims/examples.ts'
import { judgeMapper } from '../claims/mappers.ts'
import { checkMapping } from '../claims/mapping.ts'
import type { FieldFault } from '../fault.ts'
import { judgeDomains } from './domains.ts'
import type { MapperDraft, WorkforceFields } from './drafts.ts'
import { fieldFault } from './faults.ts'
import { MAPPERS } from './limits.ts'
import type { FirstLogin, Mapper, ProtocolName, Provider } from './provider.ts'
import { shownMappingOf } from './provider-view.ts'
import { scopeFaults } from './trust-rules.ts'

export const SYNC_MODES = ['INHERIT', 'IMPORT', 'LEGACY', 'FORCE'] as const
export const FIRST_LOGINS: readonly FirstLogin[] = ['create', 'link_verified_email', 'refuse']

/** Members of the record that the fields make. */
export type WorkforcePart = { -readonly [K in WorkforceMember]?: Provider[K] }
type WorkforceMember =
  | 'domains'
  | 'routingDomains'
  | 'attributeMapping'
  | 'condition'
  | 'mappers'
  | 'syncMode'
  | 'firstLogin'
  | 'examples'
  | 'allowedScopes'
  | 'expiresAt'

/** What the record was; for a new one, nothing of all this. */
export type WorkforceBefore = Pick<Provider, WorkforceMember>

export const NOTHING_YET: WorkforceBefore = {
  domains: [],
  routingDomains: [],
  attributeMapping: {},
  condition: null,
  mappers: [],
  syncMode: null,
  firstLogin: null,
  examples: [],
  allowedScopes: [],
  expiresAt: null,
}

export interface FieldsAsk {
  readonly fields: Omit<WorkforceFields, 'secrets'>
  readonly protocol: ProtocolName
  readonly before: WorkforceBefore
  readonly newUid: () => string
}

/** The members that the given fields change, or every fault in them. */
export function judgeWorkforceFields(ask: FieldsAsk): { readonly part: WorkforcePart; readonly faults: FieldFault[] } {
  const { fields, protocol, before, newUid } = ask
  const faults: FieldFault[] = []
  const part: WorkforcePart = {}
  if (fields.domains !== undefined) {
    const judged = judgeDomains(fields.domains)
    faults.push(...judged.faults)
    part.domains = judged.domains
    // Who vouches, vouches for what they send; what was proved before stays proved as long as it stays.
    part.routingDomains =
      fields.vouched === true
        ? judged.domains
        : judged.domains.filter((domain) => before.routingDomains.includes(domain))
  }
  if (fields.attributeMapping !== undefined) {
    part.attributeMapping = fields.attributeMapping
    if (Object.keys(fields.attributeMapping).length > 0) {
      faults.push(...checkMapping(fields.attributeMapping, 'attributeMapping'))
    }
  }
  if (fields.condition !== undefined) {
    // An empty expression is an absent one on the pages that have the field.
    part.condition = fields.condition === '' ? null : fields.condition
    if (part.condition !== null) faults.push(...checkAttributeCondition(part.condition, 'condition'))
  }
  if (fields.mappers !== undefined) {
    const judged = judgeMappers(fields.mappers, protocol, before.mappers, newUid)
    faults.push(...judged.faults)
    part.mappers = judged.mappers
  }
  if (fields.syncMode !== undefined) {
    part.syncMode = fields.syncMode
    faults.push(...oneOf(fields.syncMode, SYNC_MODES, 'syncMode'))
  }
  if (fields.firstLogin !== undefined) {
    part.firstLogin = fields.firstLogin
    faults.push(...oneOf(fields.firstLogin, FIRST_LOGINS, 'firstLogin'))
  }
  if (fields.allowedScopes !== undefined) {
    part.allowedScopes = fields.allowedScopes
    faults.push(...scopeFaults(fields.allowedScopes))
  }
  if (fields.expiresAt !== undefined) {
    part.expiresAt = fields.expiresAt
    if (fields.expiresAt !== null && Number.isNaN(fields.expiresAt.getTime())) {
      faults.push(fieldFault('provider.expiry_invalid', 'expiresAt', 'must be an RFC 3339 time'))
    }
  }
  if (fields.examples !== undefined) part.examples = fields.examples
  if (faults.length === 0) faults.push(...judgeExamples({ ...before, ...part }, protocol))
  return { part, faults }
}

/** Examples hold for what the record will say, also when only the condition or the mapping changes. */
function judgeExamples(after: WorkforceBefore, protocol: ProtocolName): FieldFault[] {
  if (after.examples.length === 0) return []
  const mapping = shownMappingOf(after.attributeMapping, protocol)
  return exampleFaults(after.examples, 'examples', { condition: after.condition, mapping })
}

/** Mappers keep their id by id, or else by name; names are unique in a provider. */
function judgeMappers(
  drafts: readonly MapperDraft[],
  protocol: ProtocolName,
  before: readonly Mapper[],
  newUid: () => string,
): { readonly mappers: Mapper[]; readonly faults: FieldFault[] } {
  const faults: FieldFault[] = []
  if (drafts.length > MAPPERS) faults.push(fieldFault('field.too_many', 'mappers', `must have at most ${MAPPERS}`))
  const mappers: Mapper[] = []
  for (const [index, draft] of drafts.slice(0, MAPPERS).entries()) {
    const path = `mappers[${index}]`
    faults.push(...judgeMapper(draft, protocol, path))
    if (mappers.some(({ name }) => name === draft.name)) {
      faults.push(fieldFault('mapper.name_taken', `${path}.name`, 'is the name of another mapper of this provider'))
    }
    const known =
      before.find(({ id }) => id === draft.id) ?? before.find(({ name }) => draft.id == null && name === draft.name)
    const id = known === undefined || mappers.some((other) => other.id === known.id) ? newUid() : known.id
    mappers.push({ id, name: draft.name, type: draft.type, syncMode: draft.syncMode, config: draft.config })
  }
  return { mappers, faults }
}

function oneOf(value: string | null, values: readonly string[], path: string): FieldFault[] {
  if (value === null || values.includes(value)) return []
  return [fieldFault('field.not_offered', path, `must be one of ${values.join(', ')}`)]
}
