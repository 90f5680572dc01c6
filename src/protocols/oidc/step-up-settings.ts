/** Settings of a step-up provider. Source: the step-up page and its API's description (wire.md section 1.6). */
import type { FieldFault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import { settingFault } from '../faults.ts'
import { type Check, checkSettings, clientId, oneOf, texts } from './setting-checks.ts'

/** More levels than any provider has; RFC 9470 sends them in one parameter. */
const ACR_VALUES = { entries: 20, characters: 256 }
/** C1 to C99, each once. Source: Microsoft Graph, authenticationContextClassReference. */
const CONTEXT = /^C[1-9][0-9]?$/
/** A GUID, or a domain of at least two labels. */
const TENANT =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.{1,253}$)(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]{0,61}[a-z0-9])$/i

/** The settings as given, without those that are null, and every fault in them. That there is one block is the registry's rule. */
export function parseStepUpSettings(input: JsonObject): { settings: JsonObject; faults: FieldFault[] } {
  const { discovered, oauth2, microsoft, ...given } = input
  const checked = checkSettings('oidc', given, { clientId: { code: 'oidc.client_id_invalid', check: clientId } }, [
    'clientId',
  ])
  const faults = [...checked.faults]
  const settings: Record<string, Json> = { ...checked.settings }
  if (oauth2 !== undefined && oauth2 !== null) {
    const block = parseBlock('oidc.oauth2', oauth2, { acrValues: acrValues }, [], faults)
    settings.oauth2 = block
  }
  if (microsoft !== undefined && microsoft !== null) settings.microsoft = parseMicrosoft(microsoft, faults)
  return { settings: discovered === undefined ? settings : { ...settings, discovered }, faults }
}

function parseMicrosoft(input: Json, faults: FieldFault[]): JsonObject {
  const checks = {
    tenant,
    conditionalAccessIds: contexts,
    validationMode: oneOf(['ACRS', 'OIDC']),
  }
  const block = parseBlock('oidc.microsoft', input, checks, ['tenant', 'validationMode'], faults)
  const { validationMode, conditionalAccessIds } = block
  const isNamed = Array.isArray(conditionalAccessIds) && conditionalAccessIds.length > 0
  if (validationMode === 'ACRS' && !isNamed) {
    const message = 'is required for validation by ACRS: one or more of C1 to C99'
    faults.push(settingFault('oidc.setting_missing', 'oidc.microsoft.conditionalAccessIds', message))
  }
  return typeof block.tenant === 'string' ? { ...block, tenant: block.tenant.toLowerCase() } : block
}

function parseBlock(
  path: string,
  input: Json,
  checks: Readonly<Record<string, Check>>,
  required: readonly string[],
  faults: FieldFault[],
): JsonObject {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    faults.push(settingFault('oidc.value_invalid', path, 'must be an object'))
    return {}
  }
  const coded = Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [name, { code: 'oidc.value_invalid' as const, check }]),
  )
  const parsed = checkSettings(path, input as JsonObject, coded, required) // no list and not null: an object
  faults.push(...parsed.faults)
  return parsed.settings
}

const acrValues: Check = (value) => {
  const wrong = texts(ACR_VALUES.entries, ACR_VALUES.characters)(value)
  if (wrong !== null || !Array.isArray(value)) return wrong
  // Sent as one space-separated parameter.
  if (value.some((one) => /\s/.test(String(one)))) return 'must have values without spaces'
  return new Set(value).size === value.length ? null : 'must have each value once'
}

const contexts: Check = (value) => {
  const wrong = 'must be a list of C1 to C99, each once'
  if (!Array.isArray(value) || value.length > 99) return wrong
  if (!value.every((one) => typeof one === 'string' && CONTEXT.test(one))) return wrong
  return new Set(value).size === value.length ? null : wrong
}

const tenant: Check = (value) =>
  typeof value === 'string' && TENANT.test(value) ? null : 'must be the GUID of the tenant, or one of its domains'
