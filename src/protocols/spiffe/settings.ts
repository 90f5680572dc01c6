/** Settings of a SPIFFE trust domain. Source: CONTRACT.md section 3, `WorkloadProvider.spiffe`; SPIFFE Federation §5.1, §5.2.1. */
import type { FieldFault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import { type ProtocolCode, settingFault } from '../faults.ts'
import { judgeUpload, type UploadRules } from '../jose/uploaded-keys.ts'
import { isForX509, parseBundle } from './bundle.ts'

const URL_CHARACTERS = 2_048
const KNOWN = ['bundleEndpointUrl', 'profile', 'bundleJson']

/** A bundle carries certificates beside its keys: twice the room of a plain key set. */
const BUNDLE: UploadRules = {
  use: 'jwt-svid',
  name: 'SPIFFE bundle',
  mostBytes: 131_072,
  mostKeys: 100,
  mostMembers: 2_000,
}

/** The settings as given, without those that are null, and every fault in them. */
export function parseSpiffeSettings(input: JsonObject): { settings: JsonObject; faults: FieldFault[] } {
  const given = Object.entries(input).filter(([, value]) => value !== null)
  const settings: JsonObject = Object.fromEntries(given)
  const { profile, bundleJson } = settings
  const faults = endpointFaults(settings)
  if (profile !== undefined) faults.push(...profileFaults(profile))
  if (bundleJson !== undefined) faults.push(...bundleFaults(bundleJson))
  for (const [name] of given) {
    if (!KNOWN.includes(name)) faults.push(settingFault('field.unknown', `spiffe.${name}`, 'is not a setting'))
  }
  return { settings, faults }
}

const wrong = (code: ProtocolCode, name: string, message: string): FieldFault =>
  settingFault(code, `spiffe.${name}`, message)

/** A trust domain has no discovery: without an uploaded bundle somebody must say where it is. */
function endpointFaults({ bundleEndpointUrl: url, bundleJson }: JsonObject): FieldFault[] {
  if (url === undefined || url === '') {
    const isNeeded = bundleJson === undefined || url === ''
    return isNeeded ? [wrong('spiffe.endpoint_invalid', 'bundleEndpointUrl', 'is required')] : []
  }
  if (typeof url === 'string' && isHttpsUrl(url)) return []
  return [wrong('spiffe.endpoint_invalid', 'bundleEndpointUrl', 'must be an https URL without user and fragment')]
}

function isHttpsUrl(text: string): boolean {
  if (text.length > URL_CHARACTERS || !/^https:\/\/[^/?#@\\\s]+(?:[/?][!-~]*)?$/i.test(text)) return false
  return URL.canParse(text) && !text.includes('#')
}

function profileFaults(profile: Json): FieldFault[] {
  if (profile === 'https_web') return []
  if (profile === 'https_spiffe') {
    const message = 'https_spiffe is not supported: use https_web, or upload the bundle as bundleJson'
    return [wrong('spiffe.profile_unsupported', 'profile', message)]
  }
  return [wrong('spiffe.profile_invalid', 'profile', 'must be https_web')]
}

function bundleFaults(value: Json): FieldFault[] {
  const { document, problems, faults } = judgeUpload(value, BUNDLE)
  const isOnlyForX509 = document !== null && faults.length > 0 && problems.every(({ kind }) => kind === 'skipped')
  if (isOnlyForX509 && isForX509(document)) {
    const message = 'has keys for X.509-SVIDs only, which are not supported: JWT-SVIDs are'
    return [wrong('spiffe.x509_unsupported', 'bundleJson', message)]
  }
  const bundle = document === null || faults.length > 0 ? null : parseBundle(document)
  const all = typeof bundle === 'string' ? [bundle] : faults
  return all.map((message) => wrong('spiffe.bundle_invalid', 'bundleJson', message))
}
