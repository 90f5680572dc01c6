/** What a change makes of a provider's settings, and when the upstream has to be asked again. */
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { ProviderChange } from './drafts.ts'
import { fieldFault } from './faults.ts'
import type { Protocols } from './protocol.ts'
import type { ProtocolName, Provider } from './provider.ts'
import { parseBlock } from './provider-rules.ts'

/** Written by discovery, not by callers: kept as long as the upstream need not be asked again. */
const FOUND: ReadonlySet<string> = new Set(['jwksUri', 'discovered'])

/** What the upstream's answer depends on; all other settings are judged here, when somebody comes. */
const ASKED: ReadonlySet<string> = new Set([
  'jwksJson',
  'caPem',
  'bundleEndpointUrl',
  'bundleJson',
  'profile',
  'discoveryUrl',
  'authorizationUrl',
  'tokenUrl',
  'userInfoUrl',
  'jwksUrl',
  'logoutUrl',
  'responseType',
  'allowedTenants',
  'microsoft',
  'metadataXml',
  'metadataUrl',
  'idpEntityId',
  'ssoUrl',
  'sloUrl',
  'signingCertificate',
])

export interface MergedSettings {
  readonly faults: FieldFault[]
  /** Null when the change leaves the settings as they are. */
  readonly settings: JsonObject | null
  /** The upstream's answer may be another one now. */
  readonly asksUpstream: boolean
}

/** The stored settings with the given keys replaced and null ones cleared, judged by the protocol. */
export function mergeSettings(protocols: Protocols, provider: Provider, change: ProviderChange): MergedSettings {
  const faults: FieldFault[] = []
  const found = only(provider.settings, (key) => FOUND.has(key))
  const own = only(provider.settings, (key) => !FOUND.has(key))
  let next: JsonObject = own
  // Sound: the keys of a change's settings are protocol names.
  for (const [protocol, given] of Object.entries(change.settings ?? {}) as [ProtocolName, JsonObject][]) {
    if (protocol !== provider.protocol) {
      const message = `does not go with this provider, which has ${provider.protocol} settings`
      faults.push(fieldFault('provider.settings_contradict', protocol, message))
      continue
    }
    const parsed = parseBlock(protocols, provider.use, protocol, mergedBlock(own, given), provider.settings)
    faults.push(...parsed.faults)
    next = parsed.settings
  }
  if (sameSettings(own, next)) return { faults, settings: null, asksUpstream: false }
  const asked = (key: string) => ASKED.has(key)
  const asksUpstream = !sameSettings(only(own, asked), only(next, asked))
  return { faults, settings: asksUpstream ? next : { ...next, ...found }, asksUpstream }
}

/** Key by key; an object merges into an object, null clears, anything else replaces. Source: RFC 7396. */
function mergedBlock(own: JsonObject, given: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...own }
  for (const [key, value] of Object.entries(given)) {
    const before = Object.hasOwn(own, key) ? own[key] : undefined
    if (value === null) delete merged[key]
    else merged[key] = isObject(value) ? mergedBlock(isObject(before) ? before : {}, value) : value
  }
  return merged
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Same keys, same values; the order of the keys does not matter. */
export function sameSettings(one: JsonObject, other: JsonObject): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(settings: JsonObject): [string, unknown][] {
  return Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))
}

function only(settings: JsonObject, wanted: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => wanted(key)))
}
