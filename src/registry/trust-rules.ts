/** The rules of a trust's own fields. */
import { type Conditions, TRUST_CONDITION_BYTES } from '../claims/condition-port.ts'
import { exampleFaults } from '../claims/examples.ts'
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import { cidrFaults } from './cidrs.ts'
import type { TrustChange, TrustDraft } from './drafts.ts'
import { fieldFault, type RegistryCode } from './faults.ts'
import {
  CLAIM_NAME_CHARACTERS,
  PASSTHROUGH_CLAIMS,
  RESOURCE_CHARACTERS,
  RESOURCES,
  SCOPE_CHARACTERS,
  SCOPES,
  TOKEN_LIFETIME_SECONDS,
} from './limits.ts'
import { roleFaults } from './roles.ts'
import { isPlainText, labelFaults, nameFaults } from './texts.ts'
import { acknowledgementFaults } from './trust-lint.ts'

/** Every fault of the fields that are there. */
export function trustFaults(conditions: Conditions, fields: TrustDraft | TrustChange): FieldFault[] {
  return [
    ...nameFaults(fields),
    ...conditionFaults(conditions, fields.condition ?? null),
    ...roleFaults('scopedRoleIds', fields.scopedRoleIds),
    ...cidrFaults('allowSourceCidrs', fields.allowSourceCidrs),
    ...listFaults('passthroughClaims', fields.passthroughClaims, CLAIMS),
    ...listFaults('allowedResources', fields.allowedResources, TARGETS),
    ...listFaults('allowedScopes', fields.allowedScopes, GRANTS),
    ...lifetimeFaults(fields.tokenLifetimeSeconds ?? null),
    ...acknowledgementFaults(fields.acknowledgedLint),
    ...labelFaults(fields.labels),
  ]
}

function conditionFaults(conditions: Conditions, expression: string | null): FieldFault[] {
  if (expression === null) return []
  // Stored as UTF-8: a lone surrogate would come back as another text than the one that was checked.
  if (!isPlainText(expression)) {
    return [fieldFault('field.not_text', 'condition', 'has control characters or broken Unicode')]
  }
  return conditions.check(expression, 'condition', ['claims'], TRUST_CONDITION_BYTES)
}

/** Examples of a trust's condition that do not come out as they say. */
export function trustExampleFaults(examples: readonly JsonObject[], condition: string | null): FieldFault[] {
  return examples.length === 0
    ? []
    : exampleFaults(examples, 'examples', { condition, mapping: {}, variables: ['claims'] })
}

/** Scope tokens that a trust or provider allows. */
export function scopeFaults(scopes: readonly string[] | undefined): FieldFault[] {
  return listFaults('allowedScopes', scopes, GRANTS)
}

/** Targets that tokens may be made for. */
export function resourceFaults(path: string, resources: readonly string[] | undefined): FieldFault[] {
  return listFaults(path, resources, TARGETS)
}

interface ListRule {
  readonly most: number
  readonly characters: number
  readonly code: RegistryCode
  readonly message: string
  readonly accepts: (text: string) => boolean
}

const CLAIMS: ListRule = {
  most: PASSTHROUGH_CLAIMS,
  characters: CLAIM_NAME_CHARACTERS,
  code: 'trust.claim_invalid',
  message: 'must be the name of a claim',
  accepts: (text) => text !== '' && isPlainText(text, 'line'),
}

const TARGETS: ListRule = {
  most: RESOURCES,
  characters: RESOURCE_CHARACTERS,
  code: 'trust.resource_invalid',
  message: 'must be an absolute URI without a fragment',
  // RFC 8707 section 2; RFC 3986 section 4.3. ASCII only, since callers must send it byte for byte.
  accepts: (text) =>
    /^[a-z][a-z0-9+.-]*:[\x21\x24-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/i.test(text) && URL.canParse(text),
}

const GRANTS: ListRule = {
  most: SCOPES,
  characters: SCOPE_CHARACTERS,
  code: 'trust.scope_invalid',
  message: 'must be a scope token',
  // RFC 6749 section 3.3.
  accepts: (text) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text),
}

function listFaults(path: string, list: readonly string[] | undefined, rule: ListRule): FieldFault[] {
  if (list === undefined) return []
  const faults: FieldFault[] = []
  if (list.length > rule.most) faults.push(fieldFault('field.too_many', path, `must have at most ${rule.most} items`))
  list.slice(0, rule.most).forEach((text, index) => {
    const place = `${path}[${index}]`
    if (text.length > rule.characters) {
      faults.push(fieldFault('field.too_long', place, `must have at most ${rule.characters} characters`))
    } else if (!rule.accepts(text)) faults.push(fieldFault(rule.code, place, rule.message))
  })
  return faults
}

function lifetimeFaults(seconds: number | null): FieldFault[] {
  const { least, most } = TOKEN_LIFETIME_SECONDS
  if (seconds === null || (Number.isInteger(seconds) && seconds >= least && seconds <= most)) return []
  return [fieldFault('trust.lifetime_invalid', 'tokenLifetimeSeconds', `must be ${least} to ${most} whole seconds`)]
}
